"""What the next version of a page would say, and what it is still short of."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Subquery

from dekaan.access.models import RoleAssignment
from dekaan.access.queries import in_force
from dekaan.core.academic_year import academic_year_of, today, year_end, year_label, year_start
from dekaan.library.queries import offered
from dekaan.people.models import Group
from dekaan.people.queries import pupils_named
from dekaan.programme.models import Audience, Session
from dekaan.programme.queries import sessions, time_in_words
from dekaan.provider_requests.models import AccessGround, AccessRules
from dekaan.provider_requests.queries import digits, free_times, ground_lines, rules_said
from dekaan.publication.models import CareersInformation, Page, PublishedVersion, VersionApproval
from dekaan.publication.queries.leavers import leavers_told
from dekaan.publication.sections import Section, public_page
from dekaan.schools.models import School
from dekaan.schools.queries import calendar

Content = dict[str, Any]
LEADER = "careers-leader"
# Whom the library offers resources to, and what those are called here.
RESOURCES_FOR = {
    "pupils": "the resources for pupils",
    "carers": "the resources for parents and carers",
    "staff": "the resources for teachers",
}
MEANT_BY_THE_LAW = range(8, 14)  # year groups whom providers are to reach
EASTER_DAYS = 8  # a break as long as this in spring is Easter's


@dataclass(frozen=True)
class Facts:
    """What both pages say as facts; a blank is not known."""

    leader_name: str
    leader_email: str
    telephone: str
    next_review_on: date | None
    statement_review_on: date | None
    own_page: str
    # Whom providers write to, where that is somebody else than the Careers Leader; else blank.
    provider_contact: str = ""
    provider_email: str = ""
    provider_telephone: str = ""
    statement_approved_on: date | None = None  # of the version that was published last


def information() -> CareersInformation:
    """What the school in scope has said, with the day on which its statement was approved; an empty row where nothing is."""
    shown = [PublishedVersion.State.PUBLISHED, PublishedVersion.State.TAKEN_DOWN]
    last = PublishedVersion.objects.filter(page=Page.STATEMENT, state__in=shown).order_by("-number")
    signed = VersionApproval.objects.filter(version=Subquery(last.values("pk")[:1])).values("signed_on")
    return CareersInformation.objects.annotate(approved_on=Subquery(signed[:1])).first() or CareersInformation()


def facts_now(school: School, said: CareersInformation | None = None) -> Facts:
    """The facts as they are today: who the Careers Leader is follows from the role, unless another is named."""
    said = said or information()
    name, email = said.leader_name, said.leader_email
    if not (name and email):
        held = RoleAssignment.objects.filter(in_force(today()), school=school, role=LEADER, known_as="")
        leader = held.select_related("user").order_by("starts_on", "pk").first()
        if leader is not None:
            name, email = name or leader.user.name, email or leader.user.email
    return Facts(
        name,
        email,
        said.telephone,
        said.next_review_on,
        said.statement_review_on,
        said.own_page,
        statement_approved_on=getattr(said, "approved_on", None),
    )


def words_of(section: Section, said: CareersInformation, school: School, facts: Facts, rules: AccessRules) -> str:
    """The section's words: the school's own, else the usual ones with its facts in them.

    Of rooms and facilities the usual words are those by which requests of providers are answered, where it said any.
    """
    own = str(said.own_words.get(section.key, ""))
    if own.strip():
        return own.strip()
    if section.follows == "premises" and rules.premises.strip():
        return rules.premises.strip()
    leader = f"{facts.leader_name}, our Careers Leader," if facts.leader_name else "our Careers Leader"
    return section.usual.format(
        school=school.name,
        year=year_label(academic_year_of(today())),
        contact=rules.contact_name or leader,
        email=rules.contact_email or facts.leader_email or "the school",
        telephone=rules.contact_telephone or facts.telephone or "the school",
        weeks_notice=rules.weeks_notice,
        decision_days=rules.decision_days,
    )


def _with_contact(facts: Facts, rules: AccessRules) -> Facts:
    """With whom providers write to, where the policy on their requests names another than the Careers Leader."""
    name, email = rules.contact_name or facts.leader_name, rules.contact_email or facts.leader_email
    telephone = rules.contact_telephone or facts.telephone
    if (name, email, digits(telephone)) == (facts.leader_name, facts.leader_email, digits(facts.telephone)):
        return facts
    return replace(facts, provider_contact=name, provider_email=email, provider_telephone=telephone)


def facts_for_providers(school: School) -> Facts:
    """The facts as they are today, with whom providers write to where the policy on requests names another."""
    return _with_contact(facts_now(school), rules_said())


def _leading(section: Section) -> dict[str, str]:
    """The sentence that leads to what follows by itself: after the school's own words, wherever those end."""
    return {"leads": _leads(section)} if section.leads else {}


def _leads(section: Section) -> str:
    return section.leads.format(year=year_label(academic_year_of(today())))


TERMS = ("Autumn term", "Spring term", "Summer term")


def _opportunities(listed: Sequence[Session]) -> dict[str, Any]:
    """A row for each year group that the law means, with what the programme has for it in each term; `{}` without any."""
    year = academic_year_of(today())
    breaks = [first for first, last in calendar(year).breaks if (last - first).days >= EASTER_DAYS]
    easter = next((each for each in breaks if each >= date(year + 1, 3, 15)), date(year + 1, 4, 1))
    found: dict[int, list[dict[str, None]]] = {}
    for session in sorted(listed, key=lambda each: (each.held_on, each.pk)):
        if session.activity.audience != Audience.PUPILS or session.catches_up_id:
            continue
        term = 0 if session.held_on.year == year else 1 if session.held_on < easter else 2
        for year_group in _year_groups(session):
            if year_group in MEANT_BY_THE_LAW:
                found.setdefault(year_group, [{}, {}, {}])[term][session.activity.title] = None
    titles = list({title for terms in found.values() for term in terms for title in term})
    named = {titles[place] for place, _ in pupils_named(titles)} if titles else set()
    rows = [
        {
            "of": f"Year {group}",
            "cells": [
                {"head": head, "words": "; ".join(each for each in term if each not in named)}
                for head, term in zip(TERMS, terms, strict=True)
            ],
        }
        for group, terms in sorted(found.items())
    ]
    return {"table": {"of": "Year group", "heads": list(TERMS), "rows": rows}} if rows else {}


def _following(section: Section, rules: AccessRules, listed: Sequence[Session]) -> dict[str, Any]:
    """What of the policy on providers' requests stands below the section's words: `lists`, each with what leads to it.

    The statement and the answers to requests are of one policy: a refusal names a ground that stands here.
    """
    if section.follows == "opportunities":
        return _opportunities(listed)
    found: list[dict[str, Any]] = []
    if section.follows == "grounds":
        found = [
            {"lead": "Providers may be offered:", "points": rules.offers_in_words},
            {"lead": "We say yes where:", "points": ground_lines(AccessGround.Kind.GRANT)},
            {"lead": "We may refuse where:", "points": ground_lines(AccessGround.Kind.REFUSE)},
        ]
    elif section.follows == "times":
        times = [f"{each.get_weekday_display()} {each.times}, {each.name}: {each.years}" for each in free_times()]
        found = [{"lead": "Times of the week that usually suit:", "points": times}]
    found = [each for each in found if each["points"]]
    return {"lists": found} if found else {}


def draft(school: School, page: Page) -> Content:
    """What the page would say if it were prepared now: plain words, facts and dates, and no row of any pupil."""
    of, said, rules = public_page(page), information(), rules_said()
    facts = _with_contact(facts_now(school, said), rules)
    year = academic_year_of(today())
    listed = list(sessions().filter(held_on__gte=year_start(year), held_on__lte=year_end(year), cancelled_at=None))
    sections = []
    for each in of.sections:
        words = words_of(each, said, school, facts, rules)
        if each.follows == "leavers":
            following = leavers_told(school, said.leavers_of).content if said.leavers_of else {}
            is_said = bool(words or following)
        else:
            following = _following(each, rules, listed) if words else {}
            is_said = bool(words and (following or each.follows != "opportunities"))
        if is_said:
            paragraphs = {"key": each.key, "heading": each.heading, "paragraphs": _paragraphs(words, _leads(each))}
            sections.append(paragraphs | _leading(each) | following)
    content: Content = {
        "title": of.title,
        "says": of.says,
        "school": {"name": school.name, "urn": school.urn},
        "year": year_label(year),
        "facts": {
            key: value.isoformat() if isinstance(value, date) else value
            for key, value in asdict(facts).items()
            if key != "statement_approved_on"  # it is the version's own, and is not known before it is
        },
        "sections": sections,
    }
    if page == Page.CAREERS:
        content["programme"], content["calendar"] = _programme(listed), _calendar(listed)
        content["resources"] = {audience: lines for audience in RESOURCES_FOR if (lines := _resources(audience))}
    return content


def _resources(audience: str) -> list[dict[str, Any]]:
    """What the library offers to that audience: by the number of its public link, which leads to where it is then."""
    return [
        {"number": each.resource.number, "title": each.resource.title, "says": each.resource.says}
        for each in offered(audience)
    ]


def _paragraphs(words: str, leads: str) -> list[str]:
    """Without the sentence that leads to what follows, which a school may have kept among words of its own."""
    words = words.replace(leads, "") if leads else words
    return [" ".join(each.split()) for each in words.replace("\r\n", "\n").split("\n\n") if each.strip()]


def _programme(listed: Iterable[Session]) -> list[dict[str, Any]]:
    """By year group, in which month there is what: sessions for whole year groups or their tutor groups, and no others.

    Without days, times, places and names: who is where, and when, is nobody's business outside the school.
    """
    found: dict[int, dict[str, list[str]]] = {}
    for session in sorted(listed, key=lambda each: (each.held_on, each.pk)):
        if session.activity.audience != Audience.PUPILS or session.catches_up_id:
            continue
        for year_group in sorted(_year_groups(session)):
            months = found.setdefault(year_group, {}).setdefault(session.activity.title, [])
            month = f"{session.held_on:%B %Y}"
            if month not in months:
                months.append(month)
    return [
        {"year_group": group, "lines": [{"what": what, "when": ", ".join(months)} for what, months in lines.items()]}
        for group, lines in sorted(found.items())
    ]


def _year_groups(session: Session) -> set[int]:
    invitations = list(session.invitations.all())
    if any(each.pupil_id for each in invitations):
        return set()
    whole = {each.year_group for each in invitations if each.year_group is not None}
    tutor = {each.group.year_group for each in invitations if each.group and each.group.kind == Group.Kind.TUTOR}
    return {each for each in whole | tutor if each is not None}


def _calendar(listed: Iterable[Session]) -> list[dict[str, Any]]:
    """What parents and carers can come to, from today on."""
    return [
        {
            "on": each.held_on.isoformat(),
            "at": f"{each.starts_at:%H:%M}" if each.starts_at else "",
            "time": time_in_words(each) if each.starts_at else "",
            "what": each.activity.title,
            "where": each.place,
            "session": each.pk,
        }
        for each in sorted(listed, key=lambda each: (each.held_on, each.pk))
        if each.activity.audience == Audience.CARERS and each.held_on >= today()
    ]


FACTS_IN_WORDS = {
    "leader_name": "The Careers Leader’s name",
    "leader_email": "The Careers Leader’s e-mail address",
    "telephone": "The telephone number",
    "next_review_on": "The next review",
    "statement_review_on": "The statement’s next review",
    "own_page": "The page on the school’s own website",
    "provider_contact": "Whom providers write to",
    "provider_email": "The e-mail address for providers",
    "provider_telephone": "The telephone number for providers",
}
OF_THE_STATEMENT = ("statement_review_on",)


def still_to_come(content: Content) -> list[dict[str, Any]]:
    """The dates for parents and carers that are not over."""
    return [each for each in content.get("calendar", []) if each["on"] >= today().isoformat()]


def _as_seen(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != "session"}


def changed_since(version: PublishedVersion, now: Content) -> list[str]:
    """What the page would say otherwise than that version does: facts, sections and the programme by name."""
    then = version.content
    of_page = [each for each in FACTS_IN_WORDS if (each in OF_THE_STATEMENT) <= (version.page == Page.STATEMENT)]
    if version.page == Page.STATEMENT:
        of_page = [each for each in of_page if each not in {"next_review_on", "own_page"}]
    found = [
        FACTS_IN_WORDS[each] for each in of_page if (then["facts"].get(each) or "") != (now["facts"].get(each) or "")
    ]
    before = {each["key"]: each for each in then["sections"]}
    after = {each["key"]: each for each in now["sections"]}
    for each in public_page(Page(version.page)).sections:
        if before.get(each.key) != after.get(each.key):
            found.append(each.heading)
    if then.get("resources", {}) != now.get("resources", {}):
        found.append("The resources of the library")
    if then.get("programme") != now.get("programme"):
        found.append("The programme by year group")
    if [_as_seen(each) for each in still_to_come(then)] != [_as_seen(each) for each in now.get("calendar", [])]:
        found.append("The dates for parents and carers")
    return found

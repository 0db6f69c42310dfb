"""What the pages showed on a day: a version that was public then is evidence of what it said."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.db.models import Exists, OuterRef
from django.utils import timezone

from dekaan.provider_requests.queries import digits
from dekaan.publication.models import Page, PublishedVersion, VersionApproval
from dekaan.publication.queries.drafting import FACTS_IN_WORDS, Facts, facts_for_providers
from dekaan.publication.sections import public_page
from dekaan.schools.models import School

State = PublishedVersion.State


@dataclass(frozen=True)
class Said:
    """A fact that the public could read: in which version, and until when that is good.

    `no_more` says what it says otherwise than it is now, or that nobody has approved it; `is_wrong` that it is known what
    is right.
    """

    version: PublishedVersion
    valid_until: date | None
    no_more: str = ""
    is_wrong: bool = False
    awaits: bool = False  # the governing body's approval


def said_on(day: date, school: School | None = None) -> dict[str, Said]:
    """By the fact of the evidence cabinet, what the public of the school in scope could read that day. One statement.

    What a page says is good until the day of its own next review; what it says of a year, until that year ends. Where the
    `school` is given, what it says of people is held to who they are now.
    """
    ends = timezone.make_aware(datetime.combine(day, time.max))
    seen: dict[str, PublishedVersion] = {}
    rows = PublishedVersion.objects.filter(state__in=[State.PUBLISHED, State.TAKEN_DOWN], decided_at__lte=ends)
    signed = VersionApproval.objects.filter(version=OuterRef("pk"), signed_on__lte=day)
    for version in rows.annotate(is_approved=Exists(signed)).order_by("page", "number"):
        seen[version.page] = version
    found: dict[str, Said] = {}
    for version in seen.values():
        if version.taken_down_at is None or version.taken_down_at > ends:
            found |= _said(version, is_approved=version.is_approved)  # type: ignore[attr-defined]
    return _held_to(facts_for_providers(school), found) if school and found else found


# Fact of the cabinet → the facts of the page that it rests on.
OF_PEOPLE = {
    "website-leader": ("leader_name",),
    "website-contact": ("leader_email", "telephone"),
    "statement-procedure": ("leader_name", "leader_email", "telephone"),
}


def _held_to(now: Facts, found: dict[str, Said]) -> dict[str, Said]:
    """The same, with what is said of people otherwise than it is now."""
    held = dict(found)
    for fact, names in OF_PEOPLE.items():
        if fact in found:
            held[fact] = _held(found[fact], names, now)
    if (asked := held.get("statement-procedure")) and not asked.no_more:
        held["statement-procedure"] = _held_to_one_number(asked, now)
    return held


def _held_to_one_number(said: Said, now: Facts) -> Said:
    """Providers are told one number: that of the statement as published, of the policy on requests and of the pages."""
    then = said.version.content["facts"]
    before = str(then.get("provider_telephone") or then.get("telephone") or "")
    after = now.provider_telephone or now.telephone
    if after and digits(before) != digits(after):
        what = f"The published statement gives providers the number {before or '(none)'}; it is {after} now."
        return replace(said, no_more=f"{what} Publish its next version.", is_wrong=True)
    is_one_person = now.provider_contact == now.leader_name  # for another person another number is right
    if is_one_person and digits(now.provider_telephone) != digits(now.telephone):
        return replace(
            said,
            no_more=(
                f"The policy on requests gives {now.leader_name} the number {now.provider_telephone}, and the public pages give "
                f"{now.telephone or 'none'}. Leave it blank in the policy, and it is that of the public pages."
            ),
        )
    return said


def _held(said: Said, names: Iterable[str], now: Facts) -> Said:
    then, words = said.version.content["facts"], _words(said.version)
    for name in names:
        before, after = then.get(name) or "", getattr(now, name)
        is_said = said.version.page == Page.CAREERS or before in words
        if before and not _are_the_same(name, before, after) and is_said:
            what = FACTS_IN_WORDS[name]
            since = f"it is {after} now" if after else "nobody is known to be it now"
            return replace(said, no_more=f"The published page says: {what}, {before}; {since}.", is_wrong=bool(after))
    return said


def _are_the_same(name: str, before: str, after: str) -> bool:
    """A telephone number by its figures, however it is spaced."""
    return digits(before) == digits(after) if name == "telephone" and digits(before) else before == after


def _words(version: PublishedVersion) -> str:
    return " ".join(each for section in version.content["sections"] for each in section["paragraphs"])


def _said(version: PublishedVersion, *, is_approved: bool) -> dict[str, Said]:
    facts, page = version.content["facts"], Page(version.page)
    there = {each["key"] for each in version.content["sections"]}
    shows = [fact for each in public_page(page).sections if each.key in there for fact in each.shows]
    if page == Page.STATEMENT:
        of_it = _until(["statement-published", "statement-approved", *shows], version, facts.get("statement_review_on"))
        if not is_approved:
            of_it["statement-approved"] = replace(
                of_it["statement-approved"], no_more=_not_approved(version), awaits=True
            )
        return of_it
    audiences = {"pupils", "parents", "teachers", "employers"}
    shows += ["website-leader"] * bool(facts["leader_name"])
    shows += ["website-contact"] * bool(facts["leader_email"] and facts["telephone"])
    shows += ["website-review"] * bool(facts.get("next_review_on"))
    shows += ["website-four-audiences"] * (audiences <= there)
    of_the_year = _until(
        ["website-summary"] * bool(version.content.get("programme")), version, _year_ends(version.content["year"])
    )
    return _until(shows, version, facts.get("next_review_on")) | of_the_year


def _not_approved(version: PublishedVersion) -> str:
    since = f" since {timezone.localdate(version.decided_at):%-d %B %Y}" if version.decided_at else ""
    return (
        f"Version {version.number} is public{since}, and no approval of its words by the governing body is recorded. Put it "
        "before the governors, then record who signed it and when."
    )


def _until(shows: Iterable[str], version: PublishedVersion, until: str | None) -> dict[str, Said]:
    return {each: Said(version, date.fromisoformat(until) if until else None) for each in shows}


def _year_ends(year: str) -> str:
    """ "2026/27" ends on 31 August 2027."""
    return f"{int(year[:4]) + 1}-08-31"

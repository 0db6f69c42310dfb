"""The book of a successor: what was promised, the year, people, what is open, where things are, and what was tried.

Nothing in it is typed: each line is read from the records as the book is opened, and leads to where it lives. No pupil
is named, and no password, key or link that opens anything stands in it.
"""

from collections.abc import Callable, Collection
from datetime import date, timedelta

from django.db.models import Q

from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, year_label, year_start
from dekaan.duties.queries import AtHand, deadlines_in_law
from dekaan.evidence.models import Evidence
from dekaan.handover.queries.kept import access, documents, tried
from dekaan.handover.queries.lines import Book, Chapter, Line, Section, day_said, joined, until_said
from dekaan.partners.models import Contact, Conversation
from dekaan.plan.models import Action, Meeting, Policy, Task
from dekaan.plan.queries import APPROVED, plan_lines
from dekaan.programme.models import Session
from dekaan.programme.queries import open_catch_ups
from dekaan.provider_requests.queries import providers_waiting
from dekaan.quality.models import Improvement
from dekaan.schemes.models import Observation
from dekaan.schools.models import School
from dekaan.schools.queries import HalfTerm, half_terms
from dekaan.team.models import Post

AHEAD = timedelta(days=14)
LONG_AGO = timedelta(days=730)  # whom nobody spoke to since is left out of the people


def book(school: School, on: date, permissions: Collection[Permission]) -> Book:
    """Every chapter, as far as somebody with these permissions may read it."""
    return Book(school.name, on, [chapter(school, slug, on, permissions) for slug in CHAPTERS])


def chapter(school: School, slug: str, on: date, permissions: Collection[Permission]) -> Chapter:
    """One chapter. Raises KeyError where there is none of that name."""
    title, says, sections = CHAPTERS[slug]
    read = [each for each in sections(school, on) if each.asks is None or each.asks in permissions]
    return Chapter(slug, title, says, read)


# --- this fortnight --------------------------------------------------------------------------------


def _fortnight(school: School, on: date) -> list[Section]:
    until = on + AHEAD
    tasks = Task.objects.filter(ending=Task.Ending.OPEN, due_on__lte=until).select_related("owner")
    sessions = Session.objects.filter(held_on__range=(on, until), cancelled_at=None, recorded_at=None)
    meetings = Meeting.objects.filter(state=Meeting.State.PLANNED, held_on__range=(on, until)).select_related("chair")
    actions = Action.objects.filter(ending=Action.Ending.OPEN, due_on__lte=until).select_related("owner", "objective")
    return [
        Section(
            "Promised to be done",
            [Line(each.title, until_said(each.due_on, each.who, on), "task-list") for each in tasks]
            + [
                Line(each.title, until_said(each.due_on, each.who, on), "plan-detail", each.objective.plan_id)
                for each in actions
            ],
            "Nothing is due. Decisions of a meeting become tasks, and stand here until they are done.",
        ),
        Section(
            "Sessions to come",
            [
                Line(each.title, joined(day_said(each.held_on), each.partner, _led(each)), "session-detail", each.pk)
                for each in sessions.select_related("activity", "led_by")
            ],
            "No session is planned. Each one that is stands here from two weeks before.",
        ),
        Section(
            "Meetings",
            [
                Line(str(each), joined(day_said(each.held_on), each.who_chairs), "meeting-detail", each.pk)
                for each in meetings
            ],
            "No meeting is planned: one with the senior line manager each half-term is usual.",
        ),
        Section("Providers who wait for an answer", _requests(), "No provider waits for an answer."),
        Section(
            "What the law asks for now",
            [
                Line(each.in_force.duty.title, each.judgement.sentence, "duty-board")
                for each in deadlines_in_law(school, on, AtHand())
            ],
            "Nothing is broken or at risk.",
        ),
    ]


def _requests() -> list[Line]:
    return [
        Line(
            each.request.organisation,
            each.clock or "its mail came back",
            "provider-request-detail",
            each.request.pk,
        )
        for each in providers_waiting()
    ]


# --- the year --------------------------------------------------------------------------------------


def _year(_school: School, on: date) -> list[Section]:
    year = academic_year_of(on)
    terms = half_terms(year)
    first, last = year_start(year - 1), year_start(year + 1)
    sessions = list(
        Session.objects.filter(held_on__gte=first, held_on__lt=last, cancelled_at=None).select_related("activity")
    )
    meetings = list(
        Meeting.objects.filter(held_on__gte=first, held_on__lt=last).exclude(state=Meeting.State.CALLED_OFF)
    )
    policies = list(
        Policy.objects.filter(withdrawn_on=None, next_review_on__gte=year_start(year), next_review_on__lt=last)
    )
    before = half_terms(year - 1)
    return [
        Section(
            f"Half-term {now.number}, {day_said(now.starts_on)} to {day_said(now.ends_on)}",
            [
                *_of_term(f"Last year, {year_label(year - 1)}", sessions, meetings, then),
                *_of_term(f"This year, {year_label(year)}", sessions, meetings, now),
                *(
                    Line(
                        "To be looked at again",
                        f"{each.title} by {day_said(each.next_review_on)}",
                        "policy-list",
                    )
                    for each in policies
                    if each.next_review_on and now.starts_on <= each.next_review_on <= now.ends_on
                ),
            ],
            "Nothing was done last year and nothing is planned.",
        )
        for now, then in zip(terms, before, strict=False)
    ]


def _of_term(name: str, sessions: list[Session], meetings: list[Meeting], term: HalfTerm) -> list[Line]:
    """What was done or is planned in a half-term, each activity once with how often; and its meetings."""
    counted: dict[str, int] = {}
    for each in sessions:
        if term.starts_on <= each.held_on <= term.ends_on:
            counted[each.activity.title] = counted.get(each.activity.title, 0) + 1
    met = [str(each) for each in meetings if term.starts_on <= each.held_on <= term.ends_on]
    said = [f"{title} ({number} times)" if number > 1 else title for title, number in sorted(counted.items())]
    found = [Line(name, "; ".join(said), "programme-calendar")] if said else []
    return found + ([Line(f"{name}, meetings", "; ".join(sorted(met)), "meeting-list")] if met else [])


# --- people ----------------------------------------------------------------------------------------


def _people(_school: School, on: date) -> list[Section]:
    posts = Post.objects.filter(starts_on__lte=on).filter(Q(ends_on=None) | Q(ends_on__gt=on)).select_related("staff")
    talks = Conversation.objects.filter(held_on__gt=on - LONG_AGO).select_related("contact", "organisation")
    talked: dict[int, list[Conversation]] = {}
    for talk in talks.order_by("-held_on", "-pk"):
        talked.setdefault(talk.organisation_id, []).append(talk)
    contacts: dict[int, list[str]] = {}
    for contact in Contact.objects.filter(organisation__in=talked, left_on=None):
        contacts.setdefault(contact.organisation_id, []).append(
            joined(contact.name, contact.role, contact.telephone, contact.email)
        )
    return [
        Section(
            "Colleagues and governors",
            [
                Line(each.role_name, joined(each.holder, each.staff.email if each.staff else ""), "team-page")
                for each in posts
            ],
            "Nobody has said who holds which role: the guided start of Team does.",
        ),
        Section(
            "Partners, and how they like to be asked",
            [
                Line(
                    lately[0].organisation.name,
                    joined(*contacts.get(number, ()), _asked(lately)),
                    "organisation-detail",
                    number,
                )
                for number, lately in sorted(talked.items(), key=lambda pair: pair[1][0].organisation.name)
            ],
            "Nobody has written down a conversation with a partner. Each one that is tells here how they were asked.",
            asks=Permission.PARTNERS_SEE,  # as the directory's own page of a person
        ),
    ]


def _asked(lately: list[Conversation]) -> str:
    """ "by telephone on 3 November 2026, 4 times in two years: likes to come in spring"."""
    last, number = lately[0], len(lately)
    often = f", {number} times in two years" if number > 1 else ""
    said = f": {last.said}" if last.said else ""
    return f"last by {last.get_how_display().lower()} on {day_said(last.held_on)}{often}{said}"


# --- what is open ----------------------------------------------------------------------------------


def _open(_school: School, on: date) -> list[Section]:
    waits = [(plan, standing) for plan, standing, _ in plan_lines() if plan.ends_on >= on]
    observed = Observation.objects.filter(action_done_on=None, action_dropped_on=None).exclude(action="")
    improvements = Improvement.objects.filter(done_on=None).select_related("who")
    tasks = Task.objects.filter(ending=Task.Ending.OPEN, decision__isnull=False).select_related("owner", "decision")
    to_check = Evidence.objects.filter(review=Evidence.Review.TO_CHECK, set_aside_on=None).count()
    return [
        Section("Requests of providers", _requests(), "No provider waits for an answer."),
        Section(
            "Decided, and not done yet",
            [
                Line(str(each.decision), f"{each.title} ({until_said(each.due_on, each.who, on)})", "task-list")
                for each in tasks
            ],
            "Every decision was carried out.",
        ),
        Section(
            "Waits for approval",
            [
                Line(str(plan), standing.words, "plan-detail", plan.pk)
                for plan, standing in waits
                if standing.state != APPROVED
            ],
            "Every plan is approved in the words that it has.",
        ),
        Section(
            "To be caught up",
            [
                Line(
                    each.session.title,
                    f"{each.pupils} missed it on {day_said(each.session.held_on)}",
                    "session-detail",
                    each.session.pk,
                )
                for each in open_catch_ups(on)
            ],
            "Nobody has to catch up on a session.",
        ),
        Section(
            "To be done after looking",
            [
                Line(each.action, until_said(each.action_due_on, "", on), "observation-detail", each.pk)
                for each in observed
            ]
            + [
                Line(
                    each.what, until_said(each.due_on, str(each.who or ""), on), "evaluation-detail", each.evaluation_id
                )
                for each in improvements
            ]
            + ([Line("Evidence to be checked", f"{to_check} in the cabinet", "evidence-list")] if to_check else []),
            "Nothing is left of observations and evaluations.",
        ),
    ]


CHAPTERS: dict[str, tuple[str, str, Callable[[School, date], list[Section]]]] = {
    "fortnight": ("This fortnight", "What was promised for the next two weeks, and to whom.", _fortnight),
    "year": ("The year", "Each half-term: what was done last year, and what is planned in this.", _year),
    "people": ("People", "Who does what, and how partners like to be asked.", _people),
    "open": ("What is open", "What was begun, and waits for somebody.", _open),
    "documents": ("Where things are", "Each document: where it lives, whose it is, until when it is good.", documents),
    "tried": ("What was tried", "What was done this year and last, and what came of it.", tried),
    "access": ("Access", "Who may see what. No password, key or code stands in this book.", access),
}


def _led(session: Session) -> str:
    return f"led by {session.led_by}" if session.led_by else ""

"""A person's week, over every school where they hold a role: tasks, actions, sessions, registers, meetings, deadlines.

Nothing in it names a pupil, so that one list may span schools.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from dekaan.access.models import RoleAssignment, User
from dekaan.access.permissions import Permission
from dekaan.access.queries import assignments_of, held_at, permissions_of
from dekaan.core.academic_year import academic_year_of, year_start
from dekaan.core.scope import working_in
from dekaan.evidence.models import Evidence
from dekaan.plan.models import Action, Meeting, Policy, Task, WeeklyMail
from dekaan.programme.models import Session
from dekaan.programme.queries import Colleague, waiting_for
from dekaan.schools.models import School

AHEAD = timedelta(days=7)
DEADLINES = timedelta(days=30)  # what runs out: a policy's review, a piece of evidence
WAITING = 10  # registers named of one school; the calendar has them all


@dataclass(frozen=True)
class Entry:
    """One thing of a person's week: when, at which school, what, and where it leads."""

    day: date
    school: School
    kind: str
    says: str
    to: str
    args: tuple[Any, ...] = ()
    at: str = ""
    task: Task | None = field(default=None, compare=False)

    @property
    def sort_key(self) -> tuple[date, str, str, str]:
        """By day, then time, then words."""
        return self.day, self.at or "99", self.school.name, self.says


@dataclass(frozen=True)
class Week:
    """What is overdue, what is today's, what the next seven days bring, and what comes after."""

    on: date
    overdue: list[Entry]
    today: list[Entry]
    next: list[Entry]
    later: list[Entry]
    schools: list[School]

    @property
    def parts(self) -> list[tuple[str, list[Entry]]]:
        """The parts of it that have anything, each with its heading."""
        named = [
            ("Overdue", self.overdue),
            ("Today", self.today),
            ("In the next seven days", self.next),
            ("Later", self.later),
        ]
        return [(name, entries) for name, entries in named if entries]

    @property
    def is_of_several(self) -> bool:
        """Whether it is of more than one school."""
        return len(self.schools) > 1

    @property
    def is_pressing(self) -> bool:
        """Whether anything is overdue, or comes within seven days."""
        return bool(self.overdue or self.today or self.next)


def week_of(user: User, on: date) -> Week:
    """The person's week, of all schools where they hold a role today.

    As many statements for one school as for ten, but for those where they take registers.
    """
    held = assignments_of(user)
    schools = _schools_of(held)
    by_id = {each.pk: each for each in schools}
    if not schools:
        return Week(on, [], [], [], [], [])
    with working_in(*schools):
        entries = [
            *_tasks(user, by_id),
            *_actions(user, by_id),
            *_meetings(user, by_id, on),
            *_sessions(user, by_id, on),
            *_deadlines(user, by_id, on),
        ]
    entries += _registers(user, schools, held, on)
    entries.sort(key=lambda each: each.sort_key)
    return Week(
        on,
        [each for each in entries if each.day < on],
        [each for each in entries if each.day == on],
        [each for each in entries if on < each.day <= on + AHEAD],
        [each for each in entries if each.day > on + AHEAD],
        schools,
    )


def _schools_of(held: Iterable[RoleAssignment]) -> list[School]:
    """The schools at which one of these roles opens the home page, by name."""
    held = list(held)
    places = Q(pk__in=[each.school_id for each in held]) | Q(trust_id__in=[each.trust_id for each in held])
    found = School.objects.filter(places)
    return [each for each in found if Permission.HOME_SEE in permissions_of(held_at(each, held))]


def _tasks(user: User, schools: dict[int, School]) -> list[Entry]:
    mine = Task.objects.filter(ending=Task.Ending.OPEN, owner__user=user).select_related("decision")
    return [
        Entry(each.due_on, schools[each.school_id], "Task", each.title, "task-end", (each.pk,), task=each)
        for each in mine
    ]


def _actions(user: User, schools: dict[int, School]) -> list[Entry]:
    mine = Action.objects.filter(ending=Action.Ending.OPEN, owner__user=user).select_related("objective")
    return [
        Entry(
            each.due_on,
            schools[each.school_id],
            "Action of the plan",
            each.title,
            "plan-detail",
            (each.objective.plan_id,),
        )
        for each in mine
    ]


def _meetings(user: User, schools: dict[int, School], on: date) -> list[Entry]:
    mine = Meeting.objects.filter(state=Meeting.State.PLANNED, held_on__gte=on, held_on__lte=on + DEADLINES)
    mine = mine.filter(Q(chair__user=user) | Q(members__staff__user=user)).distinct()
    return [
        Entry(
            each.held_on,
            schools[each.school_id],
            "Meeting",
            str(each),
            "meeting-detail",
            (each.pk,),
            f"{each.starts_at:%H:%M}" if each.starts_at else "",
        )
        for each in mine
    ]


def _sessions(user: User, schools: dict[int, School], on: date) -> list[Entry]:
    """Sessions that the person leads or advises in, of the next seven days."""
    mine = Session.objects.filter(Q(led_by__user=user) | Q(adviser__user=user), cancelled_at=None)
    mine = mine.filter(held_on__gte=on, held_on__lte=on + AHEAD, recorded_at=None).select_related("activity")
    return [
        Entry(
            each.held_on,
            schools[each.school_id],
            "Session",
            each.title,
            "session-detail",
            (each.pk,),
            f"{each.starts_at:%H:%M}" if each.starts_at else "",
        )
        for each in mine
    ]


def _deadlines(user: User, schools: dict[int, School], on: date) -> list[Entry]:
    policies = Policy.objects.filter(owner__user=user, withdrawn_on=None, next_review_on__lte=on + DEADLINES)
    pieces = Evidence.objects.filter(owner__user=user, set_aside_on=None, valid_until__lte=on + DEADLINES)
    found = [
        Entry(each.next_review_on, schools[each.school_id], "Policy to review", each.title, "policy-list")
        for each in policies
        if each.next_review_on
    ]
    return found + [
        Entry(each.valid_until, schools[each.school_id], "Evidence to renew", each.title, "evidence-detail", (each.pk,))
        for each in pieces
        if each.valid_until
    ]


def _registers(user: User, schools: list[School], held: list[RoleAssignment], on: date) -> list[Entry]:
    """Sessions of this year whose register the person has still to take: as leader, or of their own pupils."""
    found = []
    for school in schools:
        roles = held_at(school, held)
        if Permission.REGISTER_TAKE not in permissions_of(roles):
            continue
        with working_in(school):
            past = Session.objects.filter(held_on__gte=year_start(academic_year_of(on)), held_on__lt=on)
            asker = Colleague(user, roles)
            waiting = waiting_for(asker, past.select_related("activity"))
            if asker.records_all:  # all of the school's wait on its home page; here stand their own
                waiting = waiting.filter(led_by__user=user)
            found += [
                Entry(each.held_on, school, "Register to take", each.title, "session-detail", (each.pk,))
                for each in waiting.order_by("-held_on", "-pk")[:WAITING]
            ]
    return found


def mail_words(week: Week) -> str:
    """What the mail of the week says: plain lines, a heading for each part."""
    parts = []
    for name, entries in [(name, entries) for name, entries in week.parts if name != "Later"]:
        lines = [
            f"- {each.day:%a %-d %B}{' ' + each.at if each.at else ''}: {each.says} ({each.kind.lower()}"
            f"{', ' + each.school.name if week.is_of_several else ''})"
            for each in entries
        ]
        parts.append("\n".join([name, *lines]))
    return "\n\n".join(parts)


def wants_mail(user: User) -> bool:
    """Whether the person gets the mail of their week; everybody does who has not said otherwise."""
    return not WeeklyMail.objects.filter(user=user, is_off=True).exists()


def who_has_something() -> set[int]:
    """Accounts to whom a task, an action or a meeting to come belongs, at the schools in scope."""
    asked = (
        Task.objects.filter(ending=Task.Ending.OPEN).values_list("owner__user_id", flat=True),
        Action.objects.filter(ending=Action.Ending.OPEN).values_list("owner__user_id", flat=True),
        Meeting.objects.filter(state=Meeting.State.PLANNED).values_list("chair__user_id", flat=True),
        Meeting.objects.filter(state=Meeting.State.PLANNED).values_list("members__staff__user_id", flat=True),
    )
    return {each for rows in asked for each in rows if each is not None}

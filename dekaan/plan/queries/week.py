"""A person's week, over every school where they hold a role: tasks, actions, sessions, registers, meetings, deadlines.

Nothing in it names a pupil, so that one list may span schools. For whom somebody covers is told by the area above that
lends the role, which enters itself in COVERS (decision 0054): what falls due of theirs stands beside one's own.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from dekaan.access.models import RoleAssignment, User
from dekaan.access.permissions import Permission
from dekaan.access.queries import assignments_of, held_at, permissions_of
from dekaan.core.academic_year import academic_year_of, year_start
from dekaan.core.scope import working_in
from dekaan.evidence.models import Evidence
from dekaan.people.models import StaffMember
from dekaan.plan.models import Action, Meeting, MeetingMember, Policy, Task, WeeklyMail
from dekaan.programme.models import Session
from dekaan.programme.queries import Colleague, waiting_for
from dekaan.schools.models import School

AHEAD = timedelta(days=7)
DEADLINES = timedelta(days=30)  # what runs out: a policy's review, a piece of evidence
WAITING = 10  # registers named of one school; the calendar has them all


@dataclass(frozen=True)
class Covering:
    """An account covers for a colleague of a school, until a day."""

    user_id: int
    school_id: int
    staff_id: int
    name: str
    until: date


COVERS: list[Callable[[date], list[Covering]]] = []  # of the schools in scope, one a school at most


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
    covers_for: str = ""  # whose it is, where the person covers for them
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
    covers: list[Covering] = field(default_factory=list)

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

    As many statements for one school as for ten, but for those where they take registers. Of whom the person covers for
    there stands what falls due until the cover ends, and no register.
    """
    held = assignments_of(user)
    schools = _schools_of(held)
    by_id = {each.pk: each for each in schools}
    if not schools:
        return Week(on, [], [], [], [], [])
    with working_in(*schools):
        covers = [each for told in COVERS for each in told(on) if each.user_id == user.pk]
        mine = _Mine(user, by_id, {each.school_id: each for each in covers})
        entries = [
            *_tasks(mine),
            *_actions(mine),
            *_meetings(mine, on),
            *_sessions(mine, on),
            *_deadlines(mine, on),
        ]
    entries = [each for each in entries if mine.is_due(each)]
    entries += _registers(user, schools, held, on)
    entries.sort(key=lambda each: each.sort_key)
    return Week(
        on,
        [each for each in entries if each.day < on],
        [each for each in entries if each.day == on],
        [each for each in entries if on < each.day <= on + AHEAD],
        [each for each in entries if each.day > on + AHEAD],
        schools,
        covers,
    )


@dataclass(frozen=True)
class _Mine:
    """Whose rows are read: the person's own, and those of whom they cover for, a colleague a school."""

    user: User
    schools: dict[int, School]
    covers: dict[int, Covering]

    def held(self, *fields: str) -> Q:
        """Rows of which one of these fields is the person, or a colleague for whom they cover."""
        away = [each.staff_id for each in self.covers.values()]
        found = Q()
        for name in fields:
            found |= Q(**{f"{name}__user": self.user}) | Q(**{f"{name}__in": away})
        return found

    def whose(self, school_id: int, holder: int | None) -> str:
        """The name of whom the person covers for, where it is theirs; nothing where it is the person's own."""
        cover = self.covers.get(school_id)
        return cover.name if cover and cover.staff_id == holder else ""

    def away(self, school_id: int) -> str:
        """The name of whom the person covers for at that school."""
        return self.covers[school_id].name

    def is_there(self, *people: StaffMember | None) -> bool:
        """Whether the person is one of these."""
        return any(each is not None and each.user_id == self.user.pk for each in people)

    def is_due(self, entry: Entry) -> bool:
        """Whether it is the person's own, or falls due while they cover."""
        return not entry.covers_for or entry.day <= self.covers[entry.school.pk].until


def _schools_of(held: Iterable[RoleAssignment]) -> list[School]:
    """The schools at which one of these roles opens the home page, by name."""
    held = list(held)
    places = Q(pk__in=[each.school_id for each in held]) | Q(trust_id__in=[each.trust_id for each in held])
    found = School.objects.filter(places)
    return [each for each in found if Permission.HOME_SEE in permissions_of(held_at(each, held))]


def _tasks(of: _Mine) -> list[Entry]:
    rows = Task.objects.filter(of.held("owner"), ending=Task.Ending.OPEN).select_related("decision")
    return [
        Entry(
            each.due_on,
            of.schools[each.school_id],
            "Task",
            each.title,
            "task-end",
            (each.pk,),
            covers_for=of.whose(each.school_id, each.owner_id),
            task=each,
        )
        for each in rows
    ]


def _actions(of: _Mine) -> list[Entry]:
    rows = Action.objects.filter(of.held("owner"), ending=Action.Ending.OPEN).select_related("objective")
    return [
        Entry(
            each.due_on,
            of.schools[each.school_id],
            "Action of the plan",
            each.title,
            "plan-detail",
            (each.objective.plan_id,),
            covers_for=of.whose(each.school_id, each.owner_id),
        )
        for each in rows
    ]


def _meetings(of: _Mine, on: date) -> list[Entry]:
    rows = Meeting.objects.filter(state=Meeting.State.PLANNED, held_on__gte=on, held_on__lte=on + DEADLINES)
    own = MeetingMember.objects.filter(meeting=OuterRef("pk"), staff__user=of.user)
    rows = rows.filter(of.held("chair", "members__staff")).distinct()
    return [
        Entry(
            each.held_on,
            of.schools[each.school_id],
            "Meeting",
            str(each),
            "meeting-detail",
            (each.pk,),
            f"{each.starts_at:%H:%M}" if each.starts_at else "",
            "" if each.is_own else of.away(each.school_id),
        )
        for each in rows.annotate(is_own=Exists(own) | Q(chair__user=of.user))
    ]


def _sessions(of: _Mine, on: date) -> list[Entry]:
    """Sessions that the person leads or advises in, of the next seven days."""
    rows = Session.objects.filter(of.held("led_by", "adviser"), cancelled_at=None)
    rows = rows.filter(held_on__gte=on, held_on__lte=on + AHEAD, recorded_at=None)
    rows = rows.select_related("activity", "led_by", "adviser")
    return [
        Entry(
            each.held_on,
            of.schools[each.school_id],
            "Session",
            each.title,
            "session-detail",
            (each.pk,),
            f"{each.starts_at:%H:%M}" if each.starts_at else "",
            "" if of.is_there(each.led_by, each.adviser) else of.away(each.school_id),
        )
        for each in rows
    ]


def _deadlines(of: _Mine, on: date) -> list[Entry]:
    policies = Policy.objects.filter(of.held("owner"), withdrawn_on=None, next_review_on__lte=on + DEADLINES)
    pieces = Evidence.objects.filter(of.held("owner"), set_aside_on=None, valid_until__lte=on + DEADLINES)
    found = [
        Entry(
            each.next_review_on,
            of.schools[each.school_id],
            "Policy to review",
            each.title,
            "policy-list",
            covers_for=of.whose(each.school_id, each.owner_id),
        )
        for each in policies
        if each.next_review_on
    ]
    return found + [
        Entry(
            each.valid_until,
            of.schools[each.school_id],
            "Evidence to renew",
            each.title,
            "evidence-detail",
            (each.pk,),
            covers_for=of.whose(each.school_id, each.owner_id),
        )
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
            f"{', ' + each.school.name if week.is_of_several else ''}"
            f"{', covering for ' + each.covers_for if each.covers_for else ''})"
            for each in entries
        ]
        parts.append("\n".join([name, *lines]))
    return "\n\n".join(parts)


def wants_mail(user: User) -> bool:
    """Whether the person gets the mail of their week; everybody does who has not said otherwise."""
    return not WeeklyMail.objects.filter(user=user, is_off=True).exists()


def who_has_something(on: date) -> set[int]:
    """Accounts to whom a task, an action, a meeting to come or what runs out belongs, or who cover for another, in scope."""
    within = on + AHEAD
    asked = (
        Task.objects.filter(ending=Task.Ending.OPEN).values_list("owner__user_id", flat=True),
        Action.objects.filter(ending=Action.Ending.OPEN).values_list("owner__user_id", flat=True),
        Meeting.objects.filter(state=Meeting.State.PLANNED).values_list("chair__user_id", flat=True),
        Meeting.objects.filter(state=Meeting.State.PLANNED).values_list("members__staff__user_id", flat=True),
        Policy.objects.filter(withdrawn_on=None, next_review_on__lte=within).values_list("owner__user_id", flat=True),
        Evidence.objects.filter(set_aside_on=None, valid_until__lte=within).values_list("owner__user_id", flat=True),
    )
    covering = {each.user_id for told in COVERS for each in told(on)}
    return covering | {each for rows in asked for each in rows if each is not None}

"""Sessions in lists: what is planned, what waits to be recorded or checked, who is to catch up."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from dekaan.access.models import RoleAssignment, User
from dekaan.access.roles import ROLES
from dekaan.core.academic_year import academic_year_of, today, year_end, year_start
from dekaan.measures.queries import is_small
from dekaan.participation.models import Participation, State
from dekaan.participation.queries import Tally, tallies
from dekaan.people.models import Membership, Pupil, YearRecord
from dekaan.programme.models import Act, Activity, Invitation, Session
from dekaan.programme.queries.colleague import Colleague
from dekaan.programme.queries.inviting import invited_in_words
from dekaan.programme.queries.occasions import SOURCE


@dataclass(frozen=True)
class SessionLine:
    """A session in a list, with whom it invites in words and what was recorded; small numbers may be hidden."""

    session: Session
    invited: str
    tally: Tally | None
    is_hidden: bool = False
    caught_up: int | None = 0  # of those who missed it; None where that may not be told
    caught_up_on: tuple[date, ...] = ()

    @property
    def left(self) -> int:
        """How many are still to catch up; everybody who missed it, where who has caught up may not be told."""
        return self.tally.to_catch_up - (self.caught_up or 0) if self.tally else 0

    @property
    def missed_words(self) -> str:
        """ "9 to catch up", "9 caught up on 28 November", or "4 to catch up, 5 caught up"; "9 missed it" where not told."""
        if self.caught_up is None:
            return f"{self.left} missed it"
        said = [f"{self.left} to catch up"] if self.left or not self.caught_up else []
        if self.caught_up:
            day = f" on {self.caught_up_on[0]:%-d %B}" if len(self.caught_up_on) == 1 else ""
            said.append(f"{self.caught_up} caught up{day}")
        return ", ".join(said)


def sessions() -> QuerySet[Session]:
    """Sessions with all that a list shows of them; cancelled ones too."""
    return Session.objects.select_related(
        "activity__organisation", "organisation", "led_by", "adviser"
    ).prefetch_related("invitations__group")


def sessions_visible_to(user: User, assignments: Iterable[RoleAssignment]) -> QuerySet[Session]:
    """Those who only take registers see the sessions that they lead; everyone else sees the programme."""
    return sessions().filter(led_by__user=user) if _sees_own_only(assignments) else sessions()


def visible_among(listed: Iterable[Session], user: User, assignments: Iterable[RoleAssignment]) -> list[Session]:
    """Those of the sessions, fetched already, that `sessions_visible_to` would find; without a statement."""
    listed = list(listed)
    if not _sees_own_only(assignments):
        return listed
    return [each for each in listed if each.led_by is not None and each.led_by.user_id == user.pk]


def activities_visible_to(user: User, assignments: Iterable[RoleAssignment]) -> QuerySet[Activity]:
    """Those who only take registers see the activities of the sessions that they lead; everyone else sees all."""
    own = Session.objects.filter(led_by__user=user)
    return (
        Activity.objects.filter(pk__in=own.values("activity_id"))
        if _sees_own_only(assignments)
        else Activity.objects.all()
    )


def _sees_own_only(assignments: Iterable[RoleAssignment]) -> bool:
    return all(ROLES[assignment.role].sees == "own-sessions" for assignment in assignments)


def lines(listed: Iterable[Session], seen_by: Colleague | None = None) -> list[SessionLine]:
    """The sessions as lines of a list, with their tallies in one statement.

    The one exit for the numbers of a session: outside the careers team they are hidden where one of them is small.
    """
    listed = list(listed)
    counted = tallies(SOURCE, [session.pk for session in listed])
    return [_line(session, counted.get(session.pk), seen_by) for session in listed]


def _line(session: Session, tally: Tally | None, seen_by: Colleague | None) -> SessionLine:
    exactly = seen_by is None or seen_by.sees_exactly(session)
    hidden = not exactly and tally is not None and is_small(*tally.numbers)
    return SessionLine(session, invited_in_words(session, exactly=exactly), None if hidden else tally, hidden)


def with_caught_up(listed: list[SessionLine], seen_by: Colleague) -> list[SessionLine]:
    """The lines, which say too how many of those who missed each have caught up since, and when: as far as it may be told.

    At most three statements, however many lines there are.
    """
    missing = [line.session.pk for line in listed if line.tally and line.tally.to_catch_up]
    makes_up = dict(
        Session.objects.filter(catches_up__in=missing, cancelled_at__isnull=True)
        .order_by()
        .values_list("pk", "catches_up_id")
        if missing
        else ()
    )
    if not makes_up:
        return listed
    rows = Participation.objects.filter(superseded_at__isnull=True, source_kind=SOURCE, pupil__isnull=False).order_by()
    missed = set(
        rows.filter(source_id__in=set(makes_up.values()), state=State.ABSENT).values_list("source_id", "pupil_id")
    )
    done: dict[int, dict[int, date]] = defaultdict(dict)
    made_up = rows.filter(source_id__in=makes_up, counts=1).values_list("source_id", "pupil_id", "happened_on")
    for source_id, pupil_id, day in made_up:
        if (makes_up[source_id], pupil_id) in missed:
            done[makes_up[source_id]][pupil_id or 0] = day
    return [_caught_up(line, done.get(line.session.pk, {}), seen_by) for line in listed]


def _caught_up(line: SessionLine, done: dict[int, date], seen_by: Colleague) -> SessionLine:
    if not done or line.tally is None:
        return line
    left = line.tally.to_catch_up - len(done)
    if not seen_by.sees_exactly(line.session) and is_small(left, len(done)):
        return replace(line, caught_up=None)
    return replace(line, caught_up=len(done), caught_up_on=tuple(sorted(set(done.values()))))


def waiting_for(asker: Colleague, among: QuerySet[Session]) -> QuerySet[Session]:
    """Those of the sessions that this person has still to record.

    For whoever takes the register of some pupils: the sessions that they lead or that invite any of those pupils, until
    their register is in.
    """
    waiting = among.filter(recorded_at__isnull=True, cancelled_at__isnull=True)
    if asker.records_all:
        return waiting
    done = Act.objects.filter(by=asker.user, undone_at__isnull=True).values("session_id")
    asked = Invitation.objects.filter(_invites_any(asker.takes_registers_of(today()))).values("session_id")
    return waiting.filter(Q(led_by__user=asker.user) | (Q(pk__in=asked) & ~Q(pk__in=done)))


def own_sessions(asker: Colleague, among: QuerySet[Session]) -> QuerySet[Session]:
    """Those of the sessions that are this person's: all for the careers team, else what they lead, advise in or register."""
    if asker.records_all:
        return among
    asked = Invitation.objects.filter(_invites_any(asker.takes_registers_of(today()))).values("session_id")
    return among.filter(Q(led_by__user=asker.user) | Q(adviser__user=asker.user) | Q(pk__in=asked))


def _invites_any(pupils: QuerySet[Pupil]) -> Q:
    records = YearRecord.objects.filter(academic_year=academic_year_of(today()), pupil__in=pupils.values("pk"))
    members = Membership.objects.filter(pupil__in=pupils.values("pk"))
    return (
        Q(pupil__in=pupils.values("pk"))
        | Q(group__in=members.values("group_id"))
        | Q(year_group__in=records.values("year_group"))
    )


def own_tally(session: Session, seen_by: Colleague) -> Tally | None:
    """What became of the pupils whose register this person takes; None where none of them is on it."""
    own = seen_by.takes_register_of(session)
    return tallies(SOURCE, [session.pk], own).get(session.pk)


def unrecorded_before(visible: QuerySet[Session], on: date, seen_by: Colleague | None = None) -> list[SessionLine]:
    """Sessions of this academic year, before that day, that are not recorded, or not by every tutor group."""
    return lines(
        visible.filter(
            held_on__lt=on,
            held_on__gte=year_start(academic_year_of(on)),
            recorded_at__isnull=True,
            cancelled_at__isnull=True,
        ),
        seen_by,
    )


def unchecked(visible: QuerySet[Session], on: date, seen_by: Colleague | None = None) -> list[SessionLine]:
    """Sessions recorded this academic year whose absences nobody has checked."""
    return lines(
        visible.filter(
            held_on__lte=on,
            held_on__gte=year_start(academic_year_of(on)),
            recorded_at__isnull=False,
            absences_checked_at__isnull=True,
        ),
        seen_by,
    )


def year_of_sessions(
    visible: QuerySet[Session], academic_year: int, seen_by: Colleague | None = None
) -> list[SessionLine]:
    """Every session of the year in order of date."""
    return lines(visible.filter(held_on__gte=year_start(academic_year), held_on__lte=year_end(academic_year)), seen_by)


def planned_between(first: date, last: date) -> list[SessionLine]:
    """Sessions still to come between two days."""
    return lines(
        sessions().filter(held_on__gte=first, held_on__lte=last, recorded_at__isnull=True, cancelled_at__isnull=True)
    )


def held_between(first: date, last: date) -> list[SessionLine]:
    """Sessions recorded as having happened between two days."""
    return lines(sessions().filter(held_on__gte=first, held_on__lte=last, recorded_at__isnull=False))


def to_catch_up(session: Session, *, not_invited: bool = False) -> list[int]:
    """Ids of the pupils who missed the session and have not caught up in an occasion that makes up for it.

    With `not_invited`, without those who are invited to one to come.
    """
    catch_ups = Session.objects.filter(catches_up_id=session.catches_up_id or session.pk, cancelled_at__isnull=True)
    rows = Participation.objects.filter(superseded_at__isnull=True, source_kind=SOURCE, pupil__isnull=False).order_by()
    missed = set(rows.filter(source_id=session.pk, state=State.ABSENT).values_list("pupil_id", flat=True))
    done = set(rows.filter(source_id__in=catch_ups.values("pk"), counts=1).values_list("pupil_id", flat=True))
    if not_invited:
        to_come = Invitation.objects.filter(session__in=catch_ups.filter(recorded_at__isnull=True))
        done |= {pk for pk in to_come.values_list("pupil_id", flat=True) if pk}
    return sorted(missed - done)


def have_had(session: Session) -> set[int]:
    """Ids of the pupils who took part in the session, or in one that makes up for it."""
    first = session.catches_up_id or session.pk
    family = Session.objects.filter(Q(pk=first) | Q(catches_up=first)).values("pk")
    rows = Participation.objects.filter(superseded_at__isnull=True, source_kind=SOURCE, source_id__in=family, counts=1)
    return set(rows.filter(pupil__isnull=False).order_by().values_list("pupil_id", flat=True))


@dataclass(frozen=True)
class OpenCatchUp:
    """A session that some pupils missed and have not caught up."""

    session: Session
    pupils: int


def open_catch_ups(on: date | None = None, visible: QuerySet[Session] | None = None) -> list[OpenCatchUp]:
    """Sessions of this academic year that pupils missed and have not caught up on, newest first.

    Without those who are invited to a catch-up to come; whoever misses that is still to catch up on the first.
    """
    waiting = left_to_catch_up(academic_year_of(on or today()))
    among = sessions() if visible is None else visible
    found = among.filter(pk__in=list(waiting)).order_by("-held_on", "-pk")
    return [OpenCatchUp(session, waiting[session.pk]) for session in found]


def left_to_catch_up(year: int) -> dict[int, int]:
    """Session → how many missed it, have not caught up and are invited to no catch-up to come, where there are any."""
    catch_ups = Session.objects.filter(catches_up__isnull=False, cancelled_at__isnull=True)
    rows = Participation.objects.filter(superseded_at__isnull=True, source_kind=SOURCE, pupil__isnull=False).order_by()
    rows = rows.filter(
        Q(academic_year=year, state=State.ABSENT) | Q(source_id__in=catch_ups.values("pk"), counts=1)
    ).annotate(makes_up_for=Subquery(catch_ups.filter(pk=OuterRef("source_id")).values("catches_up_id")[:1]))
    missed: dict[int, set[int]] = defaultdict(set)
    done: dict[int, set[int]] = defaultdict(set)
    for source_id, pupil_id, counts, first_id in rows.values_list("source_id", "pupil_id", "counts", "makes_up_for"):
        if first_id is None:
            missed[source_id].add(pupil_id)
        elif counts:
            done[first_id].add(pupil_id)
    to_come = Invitation.objects.filter(session__in=catch_ups.filter(recorded_at__isnull=True)).order_by()
    for first_id, pupil_id in to_come.values_list("session__catches_up_id", "pupil_id"):
        done[first_id] |= {pupil_id} if pupil_id else missed[first_id]  # a group that is invited is taken to be all
    return {session_id: len(left) for session_id, pupils in missed.items() if (left := pupils - done[session_id])}

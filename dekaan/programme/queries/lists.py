"""Reading the programme: what is due, who is invited, who took part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from dekaan.access.models import RoleAssignment, User
from dekaan.access.roles import ROLES
from dekaan.core.academic_year import academic_year_of, today, year_end, year_start
from dekaan.frameworks.queries import activity_types, ids_of, mask_of
from dekaan.participation.changes import Occasion
from dekaan.participation.models import Participation, State
from dekaan.participation.queries import Tally, of_occasion, tallies
from dekaan.people.models import Carer, Pupil, StaffMember, YearRecord
from dekaan.people.queries import members_of_groups, members_of_year_groups, pupils_visible_to, was_qualified
from dekaan.programme.models import Audience, DayAbsence, Mode, Session

SOURCE = "session"


@dataclass(frozen=True)
class RegisterRow:
    """One invited pupil on the register, and what is recorded so far."""

    pupil: Pupil
    tutor_group: str
    state: str
    known_by: str
    is_absent_from_school: bool

    @property
    def present(self) -> bool:
        """Whether the register starts with a mark: everyone is present until someone says otherwise."""
        if self.state in {"", State.INVITED}:
            return not self.is_absent_from_school
        return self.state in {State.ATTENDED, State.PART}


@dataclass(frozen=True)
class SessionLine:
    """A session in a list, with whom it invites in words and what was recorded."""

    session: Session
    invited: str
    tally: Tally | None


def sessions() -> QuerySet[Session]:
    """Sessions with all that a list shows of them; cancelled ones too."""
    return Session.objects.select_related("activity", "led_by", "adviser").prefetch_related("invitations__group")


def sessions_visible_to(user: User, assignments: Iterable[RoleAssignment]) -> QuerySet[Session]:
    """Those who only take registers see the sessions that they lead; everyone else sees the programme."""
    if all(ROLES[assignment.role].sees == "own-sessions" for assignment in assignments):
        return sessions().filter(led_by__user=user)
    return sessions()


def occasion_of(session: Session) -> Occasion:
    """What the ledger copies from a session.

    A guidance meeting counts only where the adviser was suitably qualified that day; otherwise it is unknown.
    A recording never counts as meeting a provider.
    """
    activity = session.activity
    kind = activity_types()[activity.activity_type]
    criteria, unknown = activity.criteria, 0
    if kind.needs_qualified_adviser and not was_qualified(session.adviser, session.held_on):
        guidance = activity.criteria & mask_of(kind.criteria)
        criteria, unknown = criteria & ~guidance, guidance
    if activity.mode == Mode.RECORDED:
        criteria &= ~mask_of(each for each in ids_of(criteria) if each.startswith("PA."))
    return Occasion(
        source_kind=SOURCE,
        source_id=session.pk,
        title=activity.title,
        happened_on=session.held_on,
        activity_type=activity.activity_type,
        mode=activity.mode,
        minutes=session.minutes,
        criteria=criteria,
        criteria_unknown=unknown,
        partner_kind=session.partner_kind or activity.partner_kind,
        partner_name=session.partner,
    )


def invited_pupils(session: Session) -> QuerySet[Pupil]:
    """The pupils whom the session invites, from the groups as they are on its day."""
    invitations = list(session.invitations.all())
    years = [each.year_group for each in invitations if each.year_group is not None]
    groups = [each.group_id for each in invitations if each.group_id]
    pupils = [each.pupil_id for each in invitations if each.pupil_id]
    asked = Q(pk__in=pupils)
    if years:
        asked |= Q(pk__in=members_of_year_groups(years, session.held_on).values("pk"))
    if groups:
        asked |= Q(pk__in=members_of_groups(groups, session.held_on).values("pk"))
    return Pupil.objects.filter(asked)


def invited_others(session: Session) -> list[tuple[str, int]]:
    """Staff and parents or carers whom the session invites, as ("staff", id): all of them where none are named."""
    invitations = list(session.invitations.all())
    named = [("staff", each.staff_id) for each in invitations if each.staff_id]
    named += [("carer", each.carer_id) for each in invitations if each.carer_id]
    if named or session.activity.audience == Audience.PUPILS:
        return named
    everyone: QuerySet[StaffMember] | QuerySet[Carer]
    if session.activity.audience == Audience.STAFF:
        everyone = StaffMember.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=session.held_on))
        return [("staff", pk) for pk in everyone.values_list("pk", flat=True)]
    years = [each.year_group for each in invitations if each.year_group is not None]
    everyone = Carer.objects.filter(children__pupil__in=members_of_year_groups(years, session.held_on)).distinct()
    return [("carer", pk) for pk in everyone.values_list("pk", flat=True)]


def register(session: Session, assignments: Iterable[RoleAssignment] | None = None) -> list[RegisterRow]:
    """Everyone invited or recorded, with what is known so far, by tutor group and name.

    With `assignments`, only the pupils whom those roles may see; whoever leads the session sees all of it.
    """
    marks: dict[int, Participation] = {
        row.pupil_id: row for row in of_occasion(SOURCE, session.pk).filter(pupil__isnull=False) if row.pupil_id
    }
    asked = invited_pupils(session) if session.recorded_at is None else Pupil.objects.none()
    pupils = Pupil.objects.filter(Q(pk__in=asked.values("pk")) | Q(pk__in=list(marks)))
    if assignments is not None:
        pupils = pupils.filter(pk__in=pupils_visible_to(assignments, session.held_on).values("pk"))
    forms = dict(
        YearRecord.objects.filter(academic_year=academic_year_of(session.held_on), pupil__in=pupils.values("pk"))
        .order_by()
        .values_list("pupil_id", "tutor_group__name")
    )
    away = absent_from_school(session)
    rows = [
        RegisterRow(
            pupil=pupil,
            tutor_group=forms.get(pupil.pk) or "",
            state=marks[pupil.pk].state if pupil.pk in marks else "",
            known_by=marks[pupil.pk].known_by if pupil.pk in marks else "",
            is_absent_from_school=pupil.pk in away,
        )
        for pupil in pupils
    ]
    return sorted(rows, key=lambda row: (row.tutor_group, row.pupil.known_surname.casefold(), row.pupil.pk))


def absent_from_school(session: Session) -> set[int]:
    """Pupils whom the day's attendance has absent at the session's time; all absences of the day where it has none."""
    absences = DayAbsence.objects.filter(day=session.held_on)
    if session.starts_at is not None:
        absences = absences.filter(part__in=["day", "am" if session.starts_at.hour < 12 else "pm"])
    return set(absences.values_list("pupil_id", flat=True))


def is_attendance_known(on: date) -> bool:
    """Whether an attendance export of that day is in."""
    return DayAbsence.objects.filter(day=on).exists()


def lines(listed: Iterable[Session]) -> list[SessionLine]:
    """The sessions as lines of a list, with their tallies in one statement."""
    listed = list(listed)
    counted = tallies(SOURCE, [session.pk for session in listed])
    return [SessionLine(session, invited_in_words(session), counted.get(session.pk)) for session in listed]


def invited_in_words(session: Session) -> str:
    """ "Year 10", "10A, 10B" or "14 pupils"."""
    invitations = list(session.invitations.all())
    words = [f"Year {each.year_group}" for each in invitations if each.year_group is not None]
    words += [each.group.name for each in invitations if each.group]
    named = [each for each in invitations if each.pupil_id]
    if named:
        words.append("1 pupil" if len(named) == 1 else f"{len(named)} pupils")
    if not words:
        return session.activity.get_audience_display()
    return ", ".join(words)


def due_on(visible: QuerySet[Session], on: date) -> list[SessionLine]:
    """Sessions of that day that nobody has recorded or cancelled yet."""
    return lines(visible.filter(held_on=on, recorded_at__isnull=True, cancelled_at__isnull=True))


def unrecorded_before(visible: QuerySet[Session], on: date) -> list[SessionLine]:
    """Sessions of this academic year, before that day, of which nobody has said whether they happened."""
    return lines(
        visible.filter(
            held_on__lt=on,
            held_on__gte=year_start(academic_year_of(on)),
            recorded_at__isnull=True,
            cancelled_at__isnull=True,
        )
    )


def unchecked(visible: QuerySet[Session], on: date) -> list[SessionLine]:
    """Sessions recorded this academic year whose absences nobody has checked."""
    return lines(
        visible.filter(
            held_on__lte=on,
            held_on__gte=year_start(academic_year_of(on)),
            recorded_at__isnull=False,
            absences_checked_at__isnull=True,
        )
    )


def recently_recorded(visible: QuerySet[Session], limit: int = 5) -> list[SessionLine]:
    """The last sessions that were recorded, newest first."""
    return lines(visible.filter(recorded_at__isnull=False).order_by("-recorded_at")[:limit])


def year_of_sessions(visible: QuerySet[Session], academic_year: int) -> list[SessionLine]:
    """Every session of the year in order of date."""
    return lines(visible.filter(held_on__gte=year_start(academic_year), held_on__lte=year_end(academic_year)))


def planned_between(first: date, last: date) -> list[SessionLine]:
    """Sessions still to come between two days."""
    return lines(
        sessions().filter(held_on__gte=first, held_on__lte=last, recorded_at__isnull=True, cancelled_at__isnull=True)
    )


def held_between(first: date, last: date) -> list[SessionLine]:
    """Sessions recorded as having happened between two days."""
    return lines(sessions().filter(held_on__gte=first, held_on__lte=last, recorded_at__isnull=False))


def to_catch_up(session: Session) -> list[int]:
    """Ids of the pupils who missed the session and have not caught up in an occasion linked to it."""
    absent = set(
        of_occasion(SOURCE, session.pk)
        .filter(state=State.ABSENT, pupil__isnull=False)
        .values_list("pupil_id", flat=True)
    )
    later = [each.pk for each in session.catch_ups.all()]
    caught_up = Participation.objects.filter(
        superseded_at__isnull=True, source_kind=SOURCE, source_id__in=later, counts=1
    ).values_list("pupil_id", flat=True)
    return sorted(absent - set(caught_up))


@dataclass(frozen=True)
class OpenCatchUp:
    """A session that some pupils missed and have not caught up."""

    session: Session
    pupils: int


def open_catch_ups(on: date | None = None, visible: QuerySet[Session] | None = None) -> list[OpenCatchUp]:
    """Sessions of this academic year with absentees for whom no catch-up is planned, newest first."""
    year = academic_year_of(on or today())
    counts: dict[int, int] = {}
    absent = Participation.objects.filter(
        superseded_at__isnull=True, source_kind=SOURCE, academic_year=year, state=State.ABSENT, pupil__isnull=False
    )
    for source_id in absent.order_by().values_list("source_id", flat=True):
        counts[source_id] = counts.get(source_id, 0) + 1
    among = sessions() if visible is None else visible
    waiting = among.filter(pk__in=list(counts), catch_ups__isnull=True, catches_up__isnull=True)
    return [OpenCatchUp(session, counts[session.pk]) for session in waiting.order_by("-held_on", "-pk")]

"""Whom a session invites, who was absent that day, and the register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from dekaan.access.models import RoleAssignment
from dekaan.core.academic_year import academic_year_of
from dekaan.core.undo import UNDO_FOR
from dekaan.measures.queries import SMALL
from dekaan.participation.models import Participation, State
from dekaan.participation.queries import of_occasion
from dekaan.people.models import Carer, Pupil, YearRecord
from dekaan.people.queries import carers_hidden, in_groups, in_year_groups, links_not_restricted, on_roll, staff
from dekaan.programme.models import Audience, DayAbsence, DayAttendance, Inviting, Session
from dekaan.programme.queries.occasions import SOURCE


@dataclass(frozen=True)
class RegisterRow:
    """One invited pupil on the register, and what is recorded so far."""

    pupil: Pupil
    pk: int
    name: str
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

    @property
    def is_otherwise(self) -> bool:
        """Whether more is recorded than that the pupil was there or not."""
        return self.state in {State.PART, State.OPTED_OUT, State.NOT_APPLICABLE}


def invited_pupils(session: Session) -> QuerySet[Pupil]:
    """The pupils whom the session invites, from the groups as they are on its day."""
    invitations = list(session.invitations.all())
    years = [each.year_group for each in invitations if each.year_group is not None]
    groups = [each.group_id for each in invitations if each.group_id]
    return asked_pupils(years, groups, [each.pupil_id for each in invitations if each.pupil_id], session.held_on)


def asked_pupils(years: Sequence[int], groups: Sequence[int], pupils: Sequence[int], on: date) -> QuerySet[Pupil]:
    """The pupils of these year groups, groups (ids) and by name (ids), as they are on that day.

    One condition and not a query inside a query: PostgreSQL, when much has just been written, would loop over all.
    """
    asked = Q(pk__in=pupils)
    if years:
        asked |= in_year_groups(years, on)
    if groups:
        asked |= in_groups(groups, on)
    return Pupil.objects.filter(asked)


def invited_others(session: Session) -> list[tuple[str, int]]:
    """Staff and parents or carers whom the session invites, as ("staff", id): all of them where none are named.

    A session for parents and carers invites those of the pupils whom it names by year group or group, and nobody as a
    restricted contact.
    """
    invitations = list(session.invitations.all())
    named = [("staff", each.staff_id) for each in invitations if each.staff_id]
    named += [("carer", each.carer_id) for each in invitations if each.carer_id]
    if named or session.activity.audience == Audience.PUPILS:
        return named
    if session.activity.audience == Audience.STAFF:
        everyone = staff(session.held_on).exclude(starts_on__gt=session.held_on)
        return [("staff", pk) for pk in everyone.values_list("pk", flat=True)]
    pupils = invited_pupils(session) if invitations else Pupil.objects.filter(on_roll(session.held_on))
    links = links_not_restricted().filter(pupil__in=pupils.order_by().values("pk"))
    carers = Carer.objects.filter(pk__in=links.order_by().values("carer_id"))
    return [("carer", pk) for pk in carers.values_list("pk", flat=True)]


def invited_in_words(session: Session, *, exactly: bool = True) -> str:
    """ "Year 10", "10A, 10B" or "14 pupils"; a small number is not told unless `exactly`."""
    invitations = list(session.invitations.all())
    words = [f"Year {each.year_group}" for each in invitations if each.year_group is not None]
    words += [each.group.name for each in invitations if each.group]
    named = sum(1 for each in invitations if each.pupil_id)
    if 0 < named < SMALL and not exactly:
        words.append(f"fewer than {SMALL} pupils")
    elif named:
        words.append("1 pupil" if named == 1 else f"{named} pupils")
    if not words:
        return session.activity.get_audience_display()
    return ", ".join(words)


@dataclass(frozen=True)
class PressToUndo:
    """A press that invited pupils by name to a session to come, as it can still be undone."""

    pk: int
    session: Session
    pupils: int
    by: str
    at: datetime
    planned_it: bool


def invitings_to_undo(sessions: Sequence[Session]) -> list[PressToUndo]:
    """Of these sessions the presses of the last thirty days by which somebody is still invited, the last one first."""
    open_still = [each.pk for each in sessions if not each.has_begun and each.cancelled_at is None]
    if not open_still:
        return []
    presses = Inviting.objects.filter(
        session__in=open_still, undone_at__isnull=True, at__gte=timezone.now() - UNDO_FOR
    ).annotate(pupils=Count("invitations"))
    known = {each.pk: each for each in sessions}
    return [
        PressToUndo(each.pk, known[each.session_id], each.pupils, str(each.by or ""), each.at, bool(each.as_made))
        for each in presses.filter(pupils__gt=0).select_related("by").order_by("-pk")
    ]


def register(session: Session, among: QuerySet[Pupil] | None = None) -> list[RegisterRow]:
    """Everyone invited or recorded (of these pupils), with what is known so far, by tutor group and name."""
    marks: dict[int, Participation] = {
        row.pupil_id: row for row in of_occasion(SOURCE, session.pk).filter(pupil__isnull=False) if row.pupil_id
    }
    asked = Pupil.objects.none() if session.has_happened else invited_pupils(session)
    pupils = Pupil.objects.filter(Q(pk__in=asked.values("pk")) | Q(pk__in=list(marks)))
    if among is not None:
        pupils = pupils.filter(pk__in=among.values("pk"))
    forms = dict(
        YearRecord.objects.filter(academic_year=academic_year_of(session.held_on), pupil__in=pupils.values("pk"))
        .order_by()
        .values_list("pupil_id", "tutor_group__name")
    )
    away = absent_from_school(session)
    rows = [
        RegisterRow(
            pupil=pupil,
            pk=pupil.pk,
            name=str(pupil),
            tutor_group=forms.get(pupil.pk) or "",
            state=marks[pupil.pk].state if pupil.pk in marks else "",
            known_by=marks[pupil.pk].known_by if pupil.pk in marks else "",
            is_absent_from_school=pupil.pk in away,
        )
        for pupil in pupils
    ]
    return sorted(rows, key=lambda row: (row.tutor_group, row.pupil.known_surname.casefold(), row.pupil.pk))


def registers_to_come(session: Session) -> int:
    """How many tutor groups have invited pupils of whom nothing is said yet."""
    said = of_occasion(SOURCE, session.pk).filter(pupil__isnull=False).exclude(state=State.INVITED)
    waiting = invited_pupils(session).exclude(pk__in=said.values("pupil_id"))
    records = YearRecord.objects.filter(academic_year=academic_year_of(session.held_on), pupil__in=waiting.values("pk"))
    return records.order_by().values("tutor_group_id").distinct().count()


def absent_from_school(session: Session) -> set[int]:
    """Pupils whom the day's attendance has absent at the session's time; all absences of the day where it has none."""
    absences = DayAbsence.objects.filter(day=session.held_on)
    if session.starts_at is not None:
        absences = absences.filter(part__in=["day", "am" if session.starts_at.hour < 12 else "pm"])
    return set(absences.values_list("pupil_id", flat=True))


def is_attendance_known(on: date) -> bool:
    """Whether an attendance export of that day is in."""
    return DayAttendance.objects.filter(day=on).exists()


def day_absences(on: date) -> dict[int, str] | None:
    """Whom the day's attendance has absent: ids with "am", "pm" or "day". None where none is in."""
    if not is_attendance_known(on):
        return None
    return dict(DayAbsence.objects.filter(day=on).values_list("pupil_id", "part"))


@dataclass(frozen=True)
class OtherRow:
    """A member of staff, or a parent or carer, who was recorded at their session."""

    pk: int
    name: str
    is_staff: bool
    was_there: bool


def others_recorded(session: Session, assignments: Sequence[RoleAssignment]) -> list[OtherRow]:
    """Staff, parents and carers of whom something is recorded and whom the roles see, by name."""
    hidden = carers_hidden(assignments)
    rows = of_occasion(SOURCE, session.pk).filter(pupil__isnull=True).select_related("staff", "carer")
    return sorted(
        (
            OtherRow(person.pk, f"{person.surname}, {person.forename}", row.staff_id is not None, bool(row.counts))
            for row in rows
            if (person := row.staff or row.carer) and row.carer_id not in hidden
        ),
        key=lambda row: (row.name.casefold(), row.pk),
    )

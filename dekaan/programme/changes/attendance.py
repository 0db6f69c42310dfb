"""What the day's attendance export says is struck off whatever happened that day, and can be taken back."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.participation.changes import Mark, record_participation
from dekaan.participation.models import KnownBy, State
from dekaan.participation.queries import of_occasion
from dekaan.programme.changes.acts import settle, take_back
from dekaan.programme.changes.happening import Receipt, strike_off
from dekaan.programme.models import Act, DayAbsence, DayAttendance, Session
from dekaan.programme.queries import SOURCE, absent_from_school, named_absent, occasion_of, standing_acts


@transaction.atomic
def record_day_absences(day: date, absences: Mapping[int, str] | Iterable[int], *, by: User | None) -> int:
    """The day's attendance says that these pupils (ids, each with "am", "pm" or "day") were absent; returns how many.

    What an earlier export of the same day said is replaced.
    """
    parts = dict(absences) if isinstance(absences, Mapping) else dict.fromkeys(absences, "day")
    DayAttendance.objects.get_or_create(day=day)
    DayAbsence.objects.filter(day=day).delete()
    DayAbsence.objects.bulk_create([DayAbsence(pupil_id=pupil, day=day, part=part) for pupil, part in parts.items()])
    record(action="day's absences recorded", by=by, subject="day", detail={"day": str(day), "absent": len(parts)})
    return len(parts)


@transaction.atomic
def strike_off_absences(day: date, *, by: User | None) -> list[tuple[Session, Receipt]]:
    """Every session recorded on that day is checked against the day's attendance."""
    return [(session, check_attendance(session, by=by)) for session in _recorded_on(day)]


@transaction.atomic
def forget_day_absences(day: date, before: Mapping[int, str] | None, *, by: User | None) -> None:
    """An export of the day's absences is undone: what an earlier one said holds again, and with none nothing is checked.

    Marks made by a register or from a pasted list stay as they are.
    """
    DayAbsence.objects.filter(day=day).delete()
    DayAttendance.objects.filter(day=day).delete()
    if before is not None:
        record_day_absences(day, before, by=by)
    for session in _recorded_on(day):
        forget_attendance(session, by=by)
        if before is not None:
            check_attendance(session, by=by)
    record(action="day's absences forgotten", by=by, subject="day", detail={"day": str(day)})


def _recorded_on(day: date) -> Iterable[Session]:
    held = Session.objects.filter(held_on=day, recorded_at__isnull=False).order_by("pk")
    return held.select_related("activity", "adviser")


def check_attendance(session: Session, *, by: User | None) -> Receipt:
    """The session is checked against its day's attendance."""
    return strike_off(session, absent=absent_from_school(session), by=by, kind=Act.Kind.ATTENDANCE)


@transaction.atomic
def forget_attendance(session: Session, *, by: User | None) -> None:
    """Nothing that the session says rests on its day's attendance any more."""
    acts = standing_acts(session)
    for act in reversed(acts):
        if act.kind == Act.Kind.ATTENDANCE:
            take_back(act, session, by=by)
    for act in acts:
        if act.kind == Act.Kind.HAPPENED and act.checks_absences:
            rows = of_occasion(SOURCE, session.pk).filter(batch=act.batch, known_by=KnownBy.CHECKED)
            marks = [Mark(row.pupil_id, State.ATTENDED, KnownBy.ASSUMED) for row in rows if row.pupil_id]
            record_participation([(occasion_of(session), marks)], by=by, batch=act.batch)
            act.checks_absences = False
            act.save(update_fields=["checks_absences"])
    _say_again_what_was_pasted(session, by=by)
    settle(session)
    record(action="attendance forgotten", by=by, subject="session", subject_id=session.pk)


def _say_again_what_was_pasted(session: Session, *, by: User | None) -> None:
    """What pasted lists said of the session rests on them alone: whom they name was absent, the others were there."""
    pasted = [act for act in standing_acts(session) if act.kind == Act.Kind.ABSENCES]
    if not pasted:
        return
    named = named_absent(pasted)
    rows = of_occasion(SOURCE, session.pk).filter(pupil__isnull=False).exclude(known_by=KnownBy.CONFIRMED)
    marks = [
        Mark(row.pupil_id, State.ABSENT if row.pupil_id in named else row.state, KnownBy.CHECKED)  # type: ignore[arg-type]
        for row in rows
    ]
    record_participation([(occasion_of(session), marks)], by=by, batch=pasted[-1].batch)

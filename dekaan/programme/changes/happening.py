"""*It happened*: default present, exceptions struck off, every row saying how it is known."""

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.core.undo import UNDO_FOR
from dekaan.participation.changes import Mark, record_participation, withdraw
from dekaan.participation.models import KnownBy, State
from dekaan.participation.queries import Tally, of_occasion, tallies
from dekaan.people.models import Pupil
from dekaan.programme.models import Audience, DayAbsence, Session
from dekaan.programme.queries import (
    SOURCE,
    absent_from_school,
    invited_others,
    invited_pupils,
    is_attendance_known,
    occasion_of,
)


class NotHeldYet(Exception):
    """A session cannot be recorded before its day."""


class SessionCancelled(Exception):
    """A cancelled session did not happen."""


class AlreadyRecorded(Exception):
    """The session is recorded as having happened."""


class NothingToUndo(Exception):
    """Nobody has recorded the session."""


class TooLateToUndo(Exception):
    """More than thirty days have passed since the press."""


@dataclass(frozen=True)
class Receipt:
    """What a press did: how many are recorded, how many are to catch up, and whether absences were checked."""

    recorded: int
    to_catch_up: int
    are_absences_checked: bool

    @classmethod
    def of(cls, session: Session, tally: Tally) -> "Receipt":
        """The receipt of a session as it stands."""
        return cls(tally.recorded, tally.to_catch_up, session.absences_checked_at is not None)


def _locked(session: Session) -> Session:
    """The session's own row, held until the transaction ends: two presses follow one another."""
    return Session.objects.select_for_update(of=("self",)).select_related("activity", "adviser").get(pk=session.pk)


def _receipt(session: Session) -> Receipt:
    return Receipt.of(session, tallies(SOURCE, [session.pk]).get(session.pk, Tally()))


@transaction.atomic
def it_happened(session: Session, *, by: User) -> Receipt:
    """Everyone invited took part, less those whom the day's attendance has absent.

    The list is frozen at this press, from membership on the day it was held. Rows are *assumed* until absences are
    checked; where the day's attendance is in, they are *checked* at once. Pressed twice it is one effect.
    Raises NotHeldYet and SessionCancelled.
    """
    session = _locked(session)
    if session.held_on > today():
        raise NotHeldYet
    if session.cancelled_at is not None:
        raise SessionCancelled
    if session.has_happened:
        return _receipt(session)
    is_checked = is_attendance_known(session.held_on) and session.activity.audience == Audience.PUPILS
    away = absent_from_school(session) if is_checked else set()
    known_by = KnownBy.CHECKED if is_checked else KnownBy.ASSUMED
    marks = [
        Mark(pupil_id, State.ABSENT if pupil_id in away else State.ATTENDED, known_by)
        for pupil_id in _invited_ids(session)
    ]
    marks += [Mark(person_id, State.ATTENDED, known_by, kind) for kind, person_id in invited_others(session)]
    session.batch = f"happened-{session.pk}-{secrets.token_hex(8)}"
    record_participation([(occasion_of(session), marks)], by=by, batch=session.batch)
    session.recorded_at = timezone.now()
    session.recorded_by = by
    session.absences_checked_at = timezone.now() if is_checked else None
    session.save(update_fields=["batch", "recorded_at", "recorded_by", "absences_checked_at"])
    record(action="it happened", by=by, subject="session", subject_id=session.pk, detail={"people": len(marks)})
    return _receipt(session)


def _invited_ids(session: Session) -> list[int]:
    if session.activity.audience != Audience.PUPILS:
        return []
    return list(invited_pupils(session).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def undo_it_happened(session: Session, *, by: User) -> None:
    """The session is as if nobody had pressed: its rows are withdrawn, corrections made since included.

    Within thirty days of the press. Raises NothingToUndo and TooLateToUndo.
    """
    session = _locked(session)
    if session.recorded_at is None:
        raise NothingToUndo
    if timezone.now() - session.recorded_at > UNDO_FOR:
        raise TooLateToUndo
    withdraw(session.batch, by=by, only_untouched=True)
    session.recorded_at = session.recorded_by = session.absences_checked_at = None
    session.batch = ""
    session.save(update_fields=["recorded_at", "recorded_by", "absences_checked_at", "batch"])
    record(action="it happened, undone", by=by, subject="session", subject_id=session.pk)


@transaction.atomic
def strike_off(session: Session, *, absent: Collection[int], by: User, among: Collection[int] | None = None) -> Receipt:
    """Exactly these pupils (ids) were absent; everybody else's row is checked.

    With `among`, only those pupils' rows are touched. Raises NothingToUndo if nobody has recorded the session.
    """
    session = _locked(session)
    if not session.has_happened:
        raise NothingToUndo
    marks = []
    for row in of_occasion(SOURCE, session.pk).filter(pupil__isnull=False):
        if among is not None and row.pupil_id not in among:
            continue
        state = row.state
        if row.pupil_id in absent:
            state = State.ABSENT
        elif row.state == State.ABSENT:
            state = State.ATTENDED
        marks.append(Mark(row.pupil_id, state, _better(row.known_by, KnownBy.CHECKED)))  # type: ignore[arg-type]
    record_participation([(occasion_of(session), marks)], by=by, batch=session.batch)
    session.absences_checked_at = timezone.now()
    session.save(update_fields=["absences_checked_at"])
    record(action="absences checked", by=by, subject="session", subject_id=session.pk, detail={"absent": len(absent)})
    return _receipt(session)


def _better(one: str, other: str) -> str:
    """A confirmed row stays confirmed."""
    return KnownBy.CONFIRMED if KnownBy.CONFIRMED in (one, other) else other


@transaction.atomic
def record_day_absences(day: date, absences: Mapping[int, str] | Iterable[int], *, by: User | None) -> int:
    """The day's attendance says that these pupils (ids, each with "am", "pm" or "day") were absent; returns how many.

    What an earlier export of the same day said is replaced.
    """
    parts = dict(absences) if isinstance(absences, Mapping) else dict.fromkeys(absences, "day")
    DayAbsence.objects.filter(day=day).delete()
    DayAbsence.objects.bulk_create([DayAbsence(pupil_id=pupil, day=day, part=part) for pupil, part in parts.items()])
    record(action="day's absences recorded", by=by, subject="day", detail={"day": str(day), "absent": len(parts)})
    return len(parts)


@transaction.atomic
def strike_off_absences(day: date, *, by: User) -> list[tuple[Session, Receipt]]:
    """Every session recorded on that day is checked against the day's attendance."""
    held = Session.objects.filter(held_on=day, recorded_at__isnull=False).order_by("pk")
    return [(session, strike_off(session, absent=absent_from_school(session), by=by)) for session in held]


@transaction.atomic
def forget_day_absences(day: date, before: Mapping[int, str], *, by: User | None) -> None:
    """An export of the day's absences is undone: what an earlier one said holds again, and with none nothing is checked.

    Marks made by a register since stay as they are.
    """
    DayAbsence.objects.filter(day=day).delete()
    if before:
        record_day_absences(day, before, by=by)
        strike_off_absences(day, by=by)  # type: ignore[arg-type]
        return
    for session in Session.objects.filter(held_on=day, recorded_at__isnull=False).order_by("pk"):
        marks = [
            Mark(row.pupil_id, State.ATTENDED, KnownBy.ASSUMED)  # type: ignore[arg-type]
            for row in of_occasion(SOURCE, session.pk).filter(pupil__isnull=False, known_by=KnownBy.CHECKED)
        ]
        record_participation([(occasion_of(session), marks)], by=by, batch=session.batch)
        session.absences_checked_at = None
        session.save(update_fields=["absences_checked_at"])
    record(action="day's absences forgotten", by=by, subject="day", detail={"day": str(day)})


@transaction.atomic
def take_register(
    session: Session, *, present: Collection[int], by: User, among: Collection[int] | None = None
) -> Receipt:
    """Exactly these pupils (ids) took part, confirmed by a register; it counts as *It happened* if nobody pressed.

    With `among`, only those pupils' marks are touched: a tutor confirms the own group. Absences count as checked once
    nobody's mark is merely assumed. Raises NotHeldYet and SessionCancelled.
    """
    if not session.has_happened:
        it_happened(session, by=by)
    session = _locked(session)
    asked = set(of_occasion(SOURCE, session.pk).filter(pupil__isnull=False).values_list("pupil_id", flat=True))
    if among is not None:
        asked &= set(among)
    there = set(present)
    marks = [
        Mark(pupil_id, State.ATTENDED if pupil_id in there else State.ABSENT, KnownBy.CONFIRMED)
        for pupil_id in sorted(asked | there)
    ]
    record_participation([(occasion_of(session), marks)], by=by, batch=session.batch)
    if not of_occasion(SOURCE, session.pk).filter(pupil__isnull=False, known_by=KnownBy.ASSUMED).exists():
        session.absences_checked_at = timezone.now()
        session.save(update_fields=["absences_checked_at"])
    record(action="register taken", by=by, subject="session", subject_id=session.pk, detail={"present": len(there)})
    return _receipt(session)


@transaction.atomic
def correct_mark(session: Session, *, pupil: Pupil, state: str, by: User) -> None:
    """One pupil's part was otherwise: the row is superseded by one that is confirmed. Also adds a pupil by hand.

    Raises NothingToUndo if nobody has recorded the session.
    """
    session = _locked(session)
    if not session.has_happened:
        raise NothingToUndo
    record_participation(
        [(occasion_of(session), [Mark(pupil.pk, state, KnownBy.CONFIRMED)])], by=by, batch=session.batch
    )
    record(
        action="mark corrected",
        by=by,
        subject="session",
        subject_id=session.pk,
        detail={"pupil": pupil.pk, "state": state},
    )


@transaction.atomic
def note_unrecorded(on: date) -> int:
    """Those invited to sessions before `on` that nobody recorded or cancelled are unknown, not missed; returns how many.

    Run every morning: an *invited* row leaves its criteria unknown until somebody says what happened.
    """
    entries = []
    waiting = Session.objects.filter(held_on__lt=on, recorded_at__isnull=True, cancelled_at__isnull=True)
    for session in waiting.select_related("activity", "adviser"):
        marks = [Mark(pupil_id, State.INVITED, KnownBy.ASSUMED) for pupil_id in _invited_ids(session)]
        entries.append((occasion_of(session), marks))
    return record_participation(entries, by=None, batch="").written

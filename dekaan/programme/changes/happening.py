"""*It happened*: default present, exceptions struck off, every row saying how it is known."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.participation.changes import Mark, record_participation
from dekaan.participation.models import KnownBy, State
from dekaan.participation.queries import Tally, of_occasion, tallies
from dekaan.people.models import Carer, Pupil, StaffMember
from dekaan.programme.changes.acts import NothingToUndo, keep_act, locked, new_batch, settle
from dekaan.programme.models import Act, Audience, Session
from dekaan.programme.queries import (
    SOURCE,
    absent_from_school,
    invited_others,
    invited_pupils,
    is_attendance_known,
    named_absent,
    occasion_of,
    occasions_of,
    registers_to_come,
    standing_acts,
)


class NotHeldYet(Exception):
    """A session cannot be recorded before its day."""


class SessionCancelled(Exception):
    """A cancelled session did not happen."""


class AlreadyRecorded(Exception):
    """The session is recorded as having happened, or in part."""


@dataclass(frozen=True)
class Receipt:
    """What a press did: how many are recorded, how many are to catch up, and whether absences were checked.

    `confirmed_there` are those on a list of absentees whom a register has there: the register stands.
    """

    recorded: int
    to_catch_up: int
    are_absences_checked: bool
    confirmed_there: int = 0


def _receipt(session: Session, *, confirmed_there: int = 0) -> Receipt:
    tally = tallies(SOURCE, [session.pk]).get(session.pk, Tally())
    return Receipt(tally.recorded, tally.to_catch_up, session.absences_checked_at is not None, confirmed_there)


def _refuse_unheld(session: Session) -> None:
    if session.held_on > today():
        raise NotHeldYet
    if session.cancelled_at is not None:
        raise SessionCancelled


@transaction.atomic
def it_happened(session: Session, *, by: User) -> Receipt:
    """Everyone invited took part, less those whom the day's attendance has absent.

    The list is frozen at this press, from membership on the day it was held. Rows are *assumed* until absences are
    checked; where the day's attendance is in, they are *checked* at once. What a tutor group's register or a correction
    has said already stands. Pressed twice it is one effect. Raises NotHeldYet and SessionCancelled.
    """
    session = locked(session)
    _refuse_unheld(session)
    if session.has_happened:
        return _receipt(session)
    is_checked = is_attendance_known(session.held_on) and session.activity.audience == Audience.PUPILS
    away = absent_from_school(session) if is_checked else set()
    known_by = KnownBy.CHECKED if is_checked else KnownBy.ASSUMED
    marks = [
        Mark(pupil_id, State.ABSENT if pupil_id in away else State.ATTENDED, known_by)
        for pupil_id in _invited_ids(session)
    ]
    marks += _others(session)
    batch = new_batch(session, Act.Kind.HAPPENED)
    record_participation([(occasion_of(session), marks)], by=by, batch=batch, only_open=True)
    keep_act(session, Act.Kind.HAPPENED, batch, by=by, is_whole=True, checks_absences=is_checked)
    record(action="it happened", by=by, subject="session", subject_id=session.pk, detail={"people": len(marks)})
    return _receipt(session)


def _invited_ids(session: Session) -> list[int]:
    if session.activity.audience != Audience.PUPILS:
        return []
    return list(invited_pupils(session).order_by("pk").values_list("pk", flat=True))


def _others(session: Session) -> list[Mark]:
    """Staff, parents and carers: everyone asked was there."""
    return [Mark(person_id, State.ATTENDED, KnownBy.ASSUMED, kind) for kind, person_id in invited_others(session)]


@transaction.atomic
def strike_off(session: Session, *, absent: Collection[int], by: User | None, kind: str = Act.Kind.ABSENCES) -> Receipt:
    """These pupils (ids) were absent too, and everybody else's row is checked. What a register confirmed stands.

    A pasted list adds to what is struck off. The day's attendance takes back whom an earlier one had struck off, but
    nobody whom a person named. Raises NothingToUndo if nobody has recorded the session.
    """
    session = locked(session)
    if not session.has_happened:
        raise NothingToUndo
    absent, marks, confirmed_there = set(absent), [], 0
    by_hand = kind != Act.Kind.ATTENDANCE
    named = named_absent(standing_acts(session))
    for row in of_occasion(SOURCE, session.pk).filter(pupil__isnull=False):
        if row.known_by == KnownBy.CONFIRMED:
            confirmed_there += row.pupil_id in absent and row.state in {State.ATTENDED, State.PART}
            continue
        state = row.state
        if row.pupil_id in absent:
            state = State.ABSENT
        elif row.state == State.ABSENT and not by_hand and row.pupil_id not in named:
            state = State.ATTENDED
        marks.append(Mark(row.pupil_id, state, KnownBy.CHECKED))  # type: ignore[arg-type]
    batch = new_batch(session, kind)
    done = record_participation([(occasion_of(session), marks)], by=by, batch=batch)
    says_more = done.written or (by_hand and not named.issuperset(absent))
    if says_more or session.absences_checked_at is None:
        keep_act(session, kind, batch, by=by, is_whole=False, checks_absences=True, absent=absent if by_hand else ())
    record(action="absences checked", by=by, subject="session", subject_id=session.pk, detail={"absent": len(absent)})
    return _receipt(session, confirmed_there=confirmed_there)


@transaction.atomic
def take_register(
    session: Session,
    *,
    present: Collection[int],
    by: User,
    among: Collection[int] | None = None,
    otherwise: Mapping[int, str] | None = None,
) -> Receipt:
    """Exactly these pupils (ids) took part, confirmed by a register; `otherwise` says whose part was another state.

    With `among`, only those pupils' marks are touched: a tutor confirms the own group, and the session waits for the
    other groups' registers, or for *It happened*. Without, it is the register of everybody. The receipt counts those on
    the register. Absences count as checked once nobody's mark is merely assumed. Raises NotHeldYet and SessionCancelled.
    """
    session = locked(session)
    _refuse_unheld(session)
    asked = set(of_occasion(SOURCE, session.pk).filter(pupil__isnull=False).values_list("pupil_id", flat=True))
    if not session.has_happened:
        asked |= set(_invited_ids(session))
    if among is not None:
        asked &= set(among)
    there, states = set(present), otherwise or {}
    marks = [
        Mark(pk, states.get(pk) or (State.ATTENDED if pk in there else State.ABSENT), KnownBy.CONFIRMED)
        for pk in sorted(asked | there)  # type: ignore[type-var]
    ]
    is_new_whole = among is None and not session.has_happened
    batch = new_batch(session, Act.Kind.REGISTER)
    entry = (occasion_of(session), marks + (_others(session) if is_new_whole else []))
    done = record_participation([entry], by=by, batch=batch)
    if done.written or is_new_whole:
        checks = (is_new_whole or _is_said_of_everybody(session)) and not _somebody_is_assumed(session)
        keep_act(session, Act.Kind.REGISTER, batch, by=by, is_whole=is_new_whole, checks_absences=checks)
    record(action="register taken", by=by, subject="session", subject_id=session.pk, detail={"present": len(there)})
    states_now = [mark.state for mark in marks]
    return Receipt(
        sum(state in {State.ATTENDED, State.PART} for state in states_now),
        states_now.count(State.ABSENT),
        session.absences_checked_at is not None,
    )


def _is_said_of_everybody(session: Session) -> bool:
    return session.has_happened or registers_to_come(session) == 0


def _somebody_is_assumed(session: Session) -> bool:
    return of_occasion(SOURCE, session.pk).filter(pupil__isnull=False, known_by=KnownBy.ASSUMED).exists()


@transaction.atomic
def correct_mark(session: Session, *, pupil: Pupil, state: str, by: User | None) -> None:
    """One pupil's part was otherwise: the row is superseded by one that is confirmed. Also adds a pupil by hand.

    An undo leaves it alone. Raises NothingToUndo if nobody has recorded the session.
    """
    session = locked(session)
    if not session.has_begun:
        raise NothingToUndo
    record_participation([(occasion_of(session), [Mark(pupil.pk, state, KnownBy.CONFIRMED)])], by=by)
    if not session.has_happened:
        settle(session)
    record(
        action="mark corrected",
        by=by,
        subject="session",
        subject_id=session.pk,
        detail={"pupil": pupil.pk, "state": state},
    )


@transaction.atomic
def correct_other(session: Session, *, person: StaffMember | Carer, state: str, by: User | None) -> None:
    """A member of staff's, or a parent's or carer's, part in their session was otherwise: away, or there after all.

    An undo leaves it alone. Raises NothingToUndo if nobody has recorded the session.
    """
    session = locked(session)
    if not session.has_begun:
        raise NothingToUndo
    kind = "staff" if isinstance(person, StaffMember) else "carer"
    record_participation([(occasion_of(session), [Mark(person.pk, state, KnownBy.CONFIRMED, kind)])], by=by)
    record(
        action="mark corrected",
        by=by,
        subject="session",
        subject_id=session.pk,
        detail={kind: person.pk, "state": state},
    )


@transaction.atomic
def note_unrecorded(on: date) -> int:
    """Those invited to sessions before `on` that nobody recorded or cancelled are unknown, not missed; returns how many.

    Run every morning: an *invited* row leaves its criteria unknown until somebody says what happened. Those of whom a
    tutor group's register has spoken are known.
    """
    waiting = Session.objects.filter(held_on__lt=on, recorded_at__isnull=True, cancelled_at__isnull=True)
    return leave_unknown(waiting.select_related("activity", "adviser"))


def leave_unknown(waiting: Iterable[Session]) -> int:
    """Whoever these sessions invited, and of whom nothing is said, is unknown; returns how many rows that wrote."""
    listed = list(waiting)
    entries = [
        (occasion, [Mark(pupil_id, State.INVITED, KnownBy.ASSUMED) for pupil_id in _invited_ids(session)])
        for session, occasion in zip(listed, occasions_of(listed), strict=True)
    ]
    return record_participation(entries, by=None, batch="", only_open=True).written

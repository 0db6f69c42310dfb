"""Nothing is locked that a school may need to correct: when, where, by whom and for whom a session is."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.participation.changes import no_longer_invite, restate
from dekaan.participation.models import State
from dekaan.people.models import Pupil
from dekaan.programme.changes.acts import locked
from dekaan.programme.changes.attendance import check_attendance, forget_attendance
from dekaan.programme.changes.happening import (
    AlreadyRecorded,
    NotHeldYet,
    SessionCancelled,
    correct_mark,
    leave_unknown,
)
from dekaan.programme.changes.judging import judge_beside
from dekaan.programme.changes.planning import Invited, NobodyInvited, invite
from dekaan.programme.models import Audience, Inviting, Session
from dekaan.programme.queries import SOURCE, invited_pupils, is_attendance_known, occasion_of


@transaction.atomic
def change_session(
    session: Session,
    *,
    by: User | None,
    invited: Invited | None = None,
    also_there: Iterable[Pupil] = (),
    **fields: Any,
) -> None:
    """The session is as given, and the ledger says so of everyone who is recorded.

    `fields` are held_on, starts_at, minutes, place, led_by, adviser, and the partner of its own. What rested on the attendance of another day or
    half-day is checked anew. Whom it invites can be changed until something is recorded; afterwards the list stands, and
    those `also_there` are added to it by hand. Raises SessionCancelled, NotHeldYet where what is recorded would lie
    ahead, AlreadyRecorded, NobodyInvited, and NothingToUndo for somebody who was there though nobody recorded it.
    """
    session = locked(session)
    if session.cancelled_at is not None:
        raise SessionCancelled
    if session.has_begun and fields.get("held_on", session.held_on) > today():
        raise NotHeldYet
    if invited is not None:
        _invite_instead(session, invited)
    changed = sorted(name for name, value in fields.items() if getattr(session, name) != value)
    is_moved = not {"held_on", "starts_at"}.isdisjoint(changed)
    if is_moved and session.has_happened:
        forget_attendance(session, by=by)
    was_on = session.held_on
    for name in changed:
        setattr(session, name, fields[name])
    session.save(update_fields=changed)
    if is_moved or invited is not None:
        judge_beside(session, was_on=was_on)
    if session.has_begun:
        restate(occasion_of(session), by=by)
        if is_moved and session.has_happened and is_attendance_known(session.held_on):
            check_attendance(session, by=by)
    else:
        _ask_again(session)
    for pupil in also_there:
        correct_mark(session, pupil=pupil, state=State.ATTENDED, by=by)
    changed += ["invited"] if invited is not None else []
    record(action="session changed", by=by, subject="session", subject_id=session.pk, detail={"fields": changed})


def _invite_instead(session: Session, invited: Invited) -> None:
    if session.has_begun:
        raise AlreadyRecorded
    if not invited and session.activity.audience == Audience.PUPILS:
        raise NobodyInvited
    by_press = session.invitations.filter(came_with__isnull=False).values_list("pupil_id", "came_with_id")
    came_with = {pupil: press for pupil, press in by_press if pupil and press}
    session.invitations.filter(staff__isnull=True, carer__isnull=True).delete()
    invite(session, invited, came_with=came_with)


@transaction.atomic
def also_invite(session: Session, *, pupils: Iterable[Pupil], by: User | None) -> int:
    """The session invites these pupils besides whom it invites already; returns how many that adds.

    Until something is recorded: afterwards the list stands. The press can be undone. Raises SessionCancelled and
    AlreadyRecorded.
    """
    session = locked(session)
    if session.cancelled_at is not None:
        raise SessionCancelled
    if session.has_begun:
        raise AlreadyRecorded
    already = set(invited_pupils(session).order_by().values_list("pk", flat=True))
    added = tuple(each for each in dict.fromkeys(pupils) if each.pk not in already)
    if added:
        press = Inviting.objects.create(session=session, by=by)
        invite(session, Invited(pupils=added), came_with=dict.fromkeys((each.pk for each in added), press.pk))
        judge_beside(session)
        _ask_again(session)
        record(
            action="session changed", by=by, subject="session", subject_id=session.pk, detail={"fields": ["invited"]}
        )
    return len(added)


def _ask_again(session: Session) -> None:
    """Whoever was unknown because of the day that it was to be held, and whoever is now."""
    no_longer_invite(SOURCE, session.pk)
    if session.held_on < today():
        leave_unknown([session])


@transaction.atomic
def cancel_session(session: Session, *, because: str, by: User | None) -> None:
    """The session will not happen, for a named reason; whoever was waiting for it is no longer asked about.

    Raises AlreadyRecorded.
    """
    session = locked(session)
    if session.has_begun:
        raise AlreadyRecorded
    session.cancelled_at = timezone.now()
    session.cancelled_because = because
    session.save(update_fields=["cancelled_at", "cancelled_because"])
    judge_beside(session)
    no_longer_invite(SOURCE, session.pk)
    record(action="session cancelled", by=by, subject="session", subject_id=session.pk)


@transaction.atomic
def put_back_on(session: Session, *, by: User | None) -> None:
    """The session is on after all, as it was planned. One that was not off stays as it is."""
    session = locked(session)
    if session.cancelled_at is None:
        return
    session.cancelled_at, session.cancelled_because = None, ""
    session.save(update_fields=["cancelled_at", "cancelled_because"])
    judge_beside(session)
    _ask_again(session)
    record(action="session put back on", by=by, subject="session", subject_id=session.pk)

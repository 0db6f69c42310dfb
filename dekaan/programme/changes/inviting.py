"""A press that invited pupils by name, or planned a session for them, is kept, and undone for thirty days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.core.undo import UNDO_FOR
from dekaan.participation.changes import no_longer_invite
from dekaan.participation.models import Participation
from dekaan.people.models import Pupil
from dekaan.programme.changes.acts import MoreRecordedSince, NothingToUndo, TooLateToUndo, locked
from dekaan.programme.changes.happening import AlreadyRecorded, leave_unknown
from dekaan.programme.changes.judging import judge_beside
from dekaan.programme.changes.planning import plan_catch_up
from dekaan.programme.models import Activity, Inviting, Session
from dekaan.programme.queries import SOURCE, as_kept, is_as_made, pointed_at

MADE_WITH = frozenset({"Invitation.session", "Inviting.session"})


@dataclass(frozen=True)
class InvitingUndone:
    """How many are no longer invited, and whether the session that was planned for them is gone too."""

    pupils: int
    is_gone: bool


@transaction.atomic
def keep_planned_for(session: Session, *, by: User | None) -> Inviting:
    """The session that was just planned for a list of pupils can be taken back with them."""
    session = Session.objects.get(pk=session.pk)  # as the database has its fields
    press = Inviting.objects.create(session=session, by=by, as_made=as_kept(session))
    pupils = session.invitations.filter(pupil__isnull=False).update(came_with=press)
    record(
        action="session planned for a list", by=by, subject="session", subject_id=session.pk, detail={"pupils": pupils}
    )
    return press


@transaction.atomic
def plan_catch_up_for(
    missed: Session, *, held_on: date, by: User | None, pupils: Iterable[Pupil] | None = None
) -> Session:
    """The absentees, or those of these pupils who have not had it, catch up on that day; it can be taken back.

    Raises NobodyToCatchUp where all of them have had it.
    """
    session = plan_catch_up(missed, held_on=held_on, pupils=pupils, by=by)
    keep_planned_for(session, by=by)
    return session


@transaction.atomic
def undo_inviting(press: Inviting, *, by: User | None) -> InvitingUndone:
    """Those whom the press invited are no longer invited; a session that it planned for them is gone.

    Raises NothingToUndo where it is undone, or nobody of them is invited any more; TooLateToUndo after thirty days;
    AlreadyRecorded once something is recorded; MoreRecordedSince where a session that it planned has been changed, or
    something was built on it, or nobody would be left.
    """
    session = locked(press.session)
    press = Inviting.objects.select_for_update(of=("self",), no_key=True).get(pk=press.pk)
    theirs = session.invitations.filter(came_with=press)
    number = theirs.count()
    if press.undone_at is not None or not number:
        raise NothingToUndo
    if timezone.now() - press.at > UNDO_FOR:
        raise TooLateToUndo
    if session.has_begun:
        raise AlreadyRecorded
    is_alone = session.invitations.count() == number
    if is_alone and not _is_untouched(session, press):
        raise MoreRecordedSince
    detail = {"pupils": number, "gone": int(is_alone)}
    if is_alone:
        _take_back(session)
    else:
        theirs.delete()
        press.undone_at, press.undone_by = timezone.now(), by
        press.save(update_fields=["undone_at", "undone_by"])
        judge_beside(session)
        no_longer_invite(SOURCE, session.pk)
        if session.held_on < today():
            leave_unknown([session])
    record(action="inviting undone", by=by, subject="session", subject_id=session.pk, detail=detail)
    return InvitingUndone(number, is_alone)


def _is_untouched(session: Session, press: Inviting) -> bool:
    """Whether the session was planned by the press, and nobody has changed it or built anything on it since."""
    told_of = Participation.objects.filter(source_kind=SOURCE, source_id=session.pk).exists()
    built_on = told_of or pointed_at(Session, [session.pk], but_for=MADE_WITH)
    return bool(press.as_made) and is_as_made(session, press.as_made) and not built_on


def _take_back(session: Session) -> None:
    """The session is gone, and its activity too where nothing else stands on it."""
    activity = session.activity_id
    session.delete()
    judge_beside(session)
    if not pointed_at(Activity, [activity]):
        Activity.objects.filter(pk=activity, created_at__gte=timezone.now() - UNDO_FOR).delete()

"""The acts of a session: each press that recorded something is kept, and can be undone for thirty days."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.undo import UNDO_FOR
from dekaan.participation.changes import withdraw
from dekaan.people.models import Pupil
from dekaan.programme.models import Act, Session
from dekaan.programme.queries import occasion_of, registers_to_come, standing_acts


class NothingToUndo(Exception):
    """It is undone already, or nobody has recorded the session."""


class TooLateToUndo(Exception):
    """More than thirty days have passed since the press."""


class MoreRecordedSince(Exception):
    """Something has been recorded of the session since: that is undone first."""


@dataclass(frozen=True)
class Undone:
    """What was undone, and the pupils whose marks were corrected since and stay."""

    act: Act
    stayed: tuple[Pupil, ...] = ()


def locked(session: Session) -> Session:
    """The session's own row, held until the transaction ends: two presses follow one another."""
    return Session.objects.select_for_update(of=("self",)).select_related("activity", "adviser").get(pk=session.pk)


def new_batch(session: Session, kind: str) -> str:
    """What the ledger's rows will name the press by."""
    return f"{kind}-{session.pk}-{secrets.token_hex(8)}"


def keep_act(
    session: Session,
    kind: str,
    batch: str,
    *,
    by: User | None,
    is_whole: bool,
    checks_absences: bool,
    absent: Iterable[int] = (),
) -> Act:
    """The press is kept, and what the session says of itself follows."""
    act = Act.objects.create(
        session=session,
        kind=kind,
        batch=batch,
        at=timezone.now(),
        by=by,
        is_whole=is_whole,
        checks_absences=checks_absences,
        absent=sorted(absent),
    )
    settle(session)
    return act


def settle(session: Session) -> None:
    """The session is recorded, recorded in part or open, and its absences are checked or not, as its acts say."""
    acts = standing_acts(session)
    whole = next((act for act in acts if act.is_whole), None)
    checked = next((act for act in reversed(acts) if act.checks_absences), None)
    to_come = registers_to_come(session) if acts and whole is None else None
    if to_come == 0:  # the last tutor group's register was the last word
        whole, to_come = acts[-1], None
    session.recorded_at = whole.at if whole else None
    session.recorded_by = whole.by if whole else None
    session.absences_checked_at = checked.at if whole and checked else None
    session.registers_to_come = to_come
    session.save(update_fields=["recorded_at", "recorded_by", "absences_checked_at", "registers_to_come"])


def take_back(act: Act, session: Session, *, by: User | None) -> list[int]:
    """What that press wrote is no longer so, and what held before it holds again; answers whose marks were left alone.

    Those are the pupils who were corrected since.
    """
    gone = list(session.acts.filter(undone_at__isnull=False).values_list("batch", flat=True))
    done = withdraw(act.batch, by=by, only_untouched=True, gone=gone, occasion=occasion_of(session))
    act.undone_at, act.undone_by = timezone.now(), by
    act.save(update_fields=["undone_at", "undone_by"])
    return [person_id for kind, person_id in done.stayed if kind == "pupil"]


@transaction.atomic
def undo_act(act: Act, *, by: User) -> Undone:
    """What the press said is taken back, and everything is as it was before; what was corrected since stays.

    The last act of a session is undone first; a tutor group's register may also be undone while only other groups'
    registers came after it. Raises NothingToUndo, TooLateToUndo and MoreRecordedSince.
    """
    session = locked(act.session)
    acts = standing_acts(session)
    act = next((each for each in acts if each.pk == act.pk), act)
    if act not in acts:
        raise NothingToUndo
    if timezone.now() - act.at > UNDO_FOR:
        raise TooLateToUndo
    later = [each for each in acts if each.pk > act.pk]
    if later and (act.is_whole or any(each.is_whole or each.kind != Act.Kind.REGISTER for each in later)):
        raise MoreRecordedSince
    stayed = take_back(act, session, by=by)
    settle(session)
    record(
        action="undone: " + act.kind, by=by, subject="session", subject_id=session.pk, detail={"stayed": len(stayed)}
    )
    return Undone(act, tuple(Pupil.objects.filter(pk__in=stayed)) if stayed else ())


def undo_last_act(session: Session, *, by: User) -> Undone:
    """The session's last act is undone. Raises NothingToUndo and TooLateToUndo."""
    acts = standing_acts(session)
    if not acts:
        raise NothingToUndo
    return undo_act(acts[-1], by=by)

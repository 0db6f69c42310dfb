"""A request about one pupil's data: opened, looked through, agreed by two people, answered."""

import secrets
from datetime import date

from django.db import transaction
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.people.models import Pupil
from dekaan.privacy.changes.erasing import NobodyThere, erase_pupil, keep_still
from dekaan.privacy.models import Case, CaseDecision, CasePause, Hold
from dekaan.privacy.queries.cases import (
    agreements,
    closing_outcomes,
    may_be_fetched_again,
    may_be_reopened,
    waits_for_safeguarding,
)
from dekaan.privacy.queries.pack import Pack, pack

LETTERS = "ABCDEFGHJKMNPQRTUVWXY346789"  # none that is read for another


class AwaitsSafeguarding(Exception):
    """A contact of the pupil is restricted and may be who asks: the safeguarding lead has to clear the case first."""


class NothingToClear(Exception):
    """The case does not wait for the safeguarding lead."""


class AwaitsProof(Exception):
    """Nobody has said how the school knows who asks: until then nothing goes out, and nobody is erased."""


class GoesNowhere(Exception):
    """Nobody has said to whom the answer goes, and how."""


class NotReleased(Exception):
    """What was asked is answered by the answer that goes out, or by the erasure, and not by closing the case."""


class NoReason(Exception):
    """Nobody has said why the case is refused or withdrawn."""


class ChangedSince(Exception):
    """What is held has changed since the answer went out, or it went out more than 30 days ago."""


class LeftClosed(Exception):
    """The case was answered or erased, or was closed too long ago, or nobody is held any more."""


class CaseClosed(Exception):
    """The case has been answered or withdrawn."""


class StillNeeded(Exception):
    """The pupil's record is held, or another case about the pupil is open (Data Protection Act 2018, section 173)."""


class SamePerson(Exception):
    """Whoever agreed first cannot be the second."""


class NotAllDecided(Exception):
    """Something that may be about somebody else waits for a decision: `left` says how much."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class NotAgreed(Exception):
    """Two people have not agreed yet, or not to the answer as it has become."""


class AlreadyPaused(Exception):
    """The clock stands still already."""


class NotPaused(Exception):
    """The clock is running."""


@transaction.atomic
def open_case(
    *,
    kind: str,
    asked_by: str,
    received_on: date,
    by: User | None,
    pupil: Pupil | None = None,
    asker: str = "",
    proof: str = "",
    note: str = "",
) -> Case:
    """The request is a case with a reference, and its clock has run since the day on which it was received.

    `asker` is their name where they are not the pupil; `proof` how the school knows them, if that was seen already.
    Until it is answered the pupil's record does not go. Raises NobodyThere.
    """
    if pupil:
        keep_still(pupil)
    case = Case.objects.create(
        kind=kind,
        reference="DP-" + "".join(secrets.choice(LETTERS) for _ in range(6)),
        pupil=pupil,
        asked_by=asked_by,
        asker=asker,
        proof=proof,
        received_on=received_on,
        note=note,
        opened_by=by,
    )
    record(action="case opened", by=by, subject="case", subject_id=case.pk, detail={"kind": kind})
    return case


def _open(case: Case) -> Case:
    case = Case.objects.select_for_update().get(pk=case.pk)
    if not case.is_open:
        raise CaseClosed
    return case


@transaction.atomic
def pause_clock(case: Case, *, reason: str, by: User | None) -> None:
    """The clock stands still from today; where who asks is in doubt, it is to be said and agreed to anew.

    Raises CaseClosed and AlreadyPaused.
    """
    case = _open(case)
    if case.pauses.filter(ends_on=None).exists():
        raise AlreadyPaused
    CasePause.objects.create(case=case, reason=reason, starts_on=today())
    if reason == CasePause.Reason.IDENTITY:
        case.proof = ""
        _agree_anew(case)
    record(action="case's clock paused", by=by, subject="case", subject_id=case.pk, detail={"reason": reason})


@transaction.atomic
def start_clock(case: Case, *, by: User | None) -> None:
    """What was waited for has come, and the clock runs again.

    Raises CaseClosed, NotPaused, and AwaitsProof where it waits for that: `prove_asker` lets that clock run.
    """
    case = _open(case)
    paused = case.pauses.filter(ends_on=None).first()
    if paused is None:
        raise NotPaused
    if paused.reason == CasePause.Reason.IDENTITY:
        raise AwaitsProof
    _go_on(case, by=by)


def _go_on(case: Case, *, by: User | None) -> None:
    case.pauses.filter(ends_on=None).update(ends_on=today())
    record(action="case's clock started again", by=by, subject="case", subject_id=case.pk)


@transaction.atomic
def prove_asker(case: Case, *, proof: str, by: User | None) -> None:
    """How the school knows who asks is said; a clock that waited for it runs again. Raises CaseClosed."""
    case = _open(case)
    case.proof = Case.Proof(proof)
    case.save(update_fields=["proof"])
    detail = {"proof": case.proof}
    record(action="case's asker proved", by=by, subject="case", subject_id=case.pk, detail=detail)
    if case.pauses.filter(ends_on=None, reason=CasePause.Reason.IDENTITY).exists():
        _go_on(case, by=by)


@transaction.atomic
def extend_case(case: Case, *, because: str, by: User | None) -> None:
    """Two further months, for a complex request or several of them; whoever asked must be told within the first month."""
    case = _open(case)
    case.extended_because = because
    case.save(update_fields=["extended_because"])
    record(action="case extended", by=by, subject="case", subject_id=case.pk)


@transaction.atomic
def acknowledge_complaint(case: Case, *, by: User | None) -> None:
    """Whoever complained has been told that it is looked into."""
    case = _open(case)
    case.acknowledged_on = case.acknowledged_on or today()
    case.save(update_fields=["acknowledged_on"])
    record(action="complaint acknowledged", by=by, subject="case", subject_id=case.pk)


@transaction.atomic
def decide_about_others(case: Case, decisions: dict[str, bool], *, by: User | None) -> None:
    """What may be about somebody else goes out or is held back, as given; whoever agreed before must look again."""
    case = _open(case)
    for place, is_released in decisions.items():
        CaseDecision.objects.update_or_create(
            case=case, place=place, defaults={"is_released": is_released, "decided_by": by}
        )
    _agree_anew(case)
    record(
        action="case decided about others",
        by=by,
        subject="case",
        subject_id=case.pk,
        detail={"decisions": str(len(decisions))},
    )


def _agree_anew(case: Case) -> None:
    """Whoever agreed before must look again."""
    case.first_by = case.first_at = case.second_by = case.second_at = None
    case.save()


@transaction.atomic
def agree_to_case(case: Case, *, by: User) -> Case:
    """One more person agrees. With the second an erasure is done; an answer may then be released.

    Raises CaseClosed, SamePerson, NobodyThere, AwaitsSafeguarding, AwaitsProof and, for an answer, NotAllDecided.
    """
    case = _open(case)
    pupil = case.pupil
    if case.kind != Case.Kind.COMPLAINT and pupil is None:
        raise NobodyThere
    if pupil:
        keep_still(pupil)
    if waits_for_safeguarding(case):
        raise AwaitsSafeguarding
    if not case.proof:
        raise AwaitsProof
    if case.kind == Case.Kind.ERASURE and pupil and _is_needed(pupil, besides=case):
        raise StillNeeded
    stand = agreements(case)
    if case.kind == Case.Kind.ACCESS and pupil:
        held = pack(pupil, case)
        if held.undecided:
            raise NotAllDecided(held.undecided)
        if case.agreed_to != held.digest:
            stand, case.agreed_to = [], held.digest  # whoever agreed had read something else
    if any(who.pk == by.pk for who, _ in stand):
        raise SamePerson
    stand = [*stand, (by, timezone.now())][:2]
    case.first_by, case.first_at = stand[0]
    case.second_by, case.second_at = stand[1] if len(stand) == 2 else (None, None)
    case.save(update_fields=["first_by", "first_at", "second_by", "second_at", "agreed_to"])
    detail = {"reference": case.reference}
    record(action="case agreed to", by=by, subject="case", subject_id=case.pk, detail=detail)
    if len(stand) == 2 and case.kind == Case.Kind.ERASURE and pupil:
        _end(case, outcome=Case.Outcome.ERASED, because="", by=by)
        erase_pupil(pupil, by=by)
        case.refresh_from_db()
    return case


def _is_needed(pupil: Pupil, *, besides: Case) -> bool:
    """Whether the pupil's record is held, or asked about in another case that is open."""
    asked = Case.objects.filter(pupil=pupil, closed_on=None).exclude(pk=besides.pk)
    return Hold.objects.filter(pupil=pupil, ended_on=None).exists() or asked.exists()


@transaction.atomic
def release_pack(case: Case, *, by: User, sent_to: str = "") -> Pack:
    """What goes out to whoever asked, as two people agreed to it; the case says to whom and how, and is closed.

    For 30 days it may be fetched again while it says the same, when `sent_to` is not asked. Raises NotAgreed, NotAllDecided,
    NobodyThere, AwaitsSafeguarding, AwaitsProof, GoesNowhere, ChangedSince, and CaseClosed where it was refused or withdrawn.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    if not case.is_open and case.outcome != Case.Outcome.RELEASED:
        raise CaseClosed
    if case.pupil is None or case.kind != Case.Kind.ACCESS:
        raise NobodyThere
    keep_still(case.pupil)
    if waits_for_safeguarding(case):
        raise AwaitsSafeguarding
    held = pack(case.pupil, case)
    if case.is_open:
        _check_may_go_out(case, held, sent_to)
        case.sent_to = sent_to.strip()
        case.save(update_fields=["sent_to"])
        _end(case, outcome=Case.Outcome.RELEASED, because="", by=by)
    elif not may_be_fetched_again(case, today()) or case.agreed_to != held.digest:
        raise ChangedSince
    record(action="subject access answer released", by=by, subject="pupil", subject_id=case.pupil_id)
    return held


def _check_may_go_out(case: Case, held: Pack, sent_to: str) -> None:
    if not case.proof:
        raise AwaitsProof
    if held.undecided:
        raise NotAllDecided(held.undecided)
    if len(agreements(case)) < 2 or case.agreed_to != held.digest:
        raise NotAgreed
    if not sent_to.strip():
        raise GoesNowhere


@transaction.atomic
def clear_case(case: Case, *, by: User) -> None:
    """The safeguarding lead has looked at it: it may go the way of every case. Raises NothingToClear.

    The trail names the case and not the pupil, whose lines go out in answers.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    if not waits_for_safeguarding(case):
        raise NothingToClear
    case.cleared_by, case.cleared_at = by, timezone.now()
    case.save(update_fields=["cleared_by", "cleared_at"])
    record(action="case cleared", by=by, subject="case", subject_id=case.pk)


@transaction.atomic
def close_case(case: Case, *, outcome: str, by: User | None, because: str = "") -> None:
    """The case is refused or withdrawn, and the case says why; a complaint may be answered.

    What was asked to be seen or erased is answered by that alone. Raises CaseClosed, NotReleased and NoReason.
    """
    case = _open(case)
    if outcome not in closing_outcomes(case):
        raise NotReleased
    if outcome in {Case.Outcome.REFUSED, Case.Outcome.WITHDRAWN} and not because.strip():
        raise NoReason
    _end(case, outcome=outcome, because=because.strip(), by=by)


def _end(case: Case, *, outcome: str, because: str, by: User | None) -> None:
    case.pauses.filter(ends_on=None).update(ends_on=today())
    case.closed_on, case.closed_by, case.closed_because, case.outcome = today(), by, because, outcome
    case.save(update_fields=["closed_on", "closed_by", "closed_because", "outcome"])
    detail = {"outcome": outcome, "reference": case.reference}
    record(action="case closed", by=by, subject="case", subject_id=case.pk, detail=detail)


@transaction.atomic
def reopen_case(case: Case, *, by: User | None) -> None:
    """A case that was closed by hand within the last 30 days waits for its answer again; whoever agreed must look again.

    The reason for which it was closed goes: it does not hold any more. Raises LeftClosed.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    if not may_be_reopened(case, today()):
        raise LeftClosed
    if case.pupil:
        keep_still(case.pupil)
    case.closed_on, case.closed_by, case.closed_because, case.outcome = None, None, "", ""
    _agree_anew(case)
    detail = {"reference": case.reference}
    record(action="case opened again", by=by, subject="case", subject_id=case.pk, detail=detail)

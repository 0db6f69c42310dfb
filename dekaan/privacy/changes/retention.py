"""Records that were kept long enough go, when somebody runs it; a hold says why one stays."""

from datetime import date

from django.db import IntegrityError, transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.people.changes import forget_carer, forget_staff_member
from dekaan.people.models import ErasedPupil, Pupil
from dekaan.privacy.changes.erasing import erase_pupil
from dekaan.privacy.models import Hold
from dekaan.privacy.queries.retention import Plan, retention_plan
from dekaan.schools.models import School


class AlreadyHeld(Exception):
    """The pupil's record is held already."""


def run_retention(school: School, on: date) -> Plan:
    """Whoever the plan of that day says is gone; answers with the plan. Nothing goes until the school has said how long.

    Each pupil is a transaction of their own, so that nobody waits; cut short, it goes on the next time.
    """
    with working_in(school):
        plan = retention_plan(on)
    if not plan.is_on:
        return plan
    for leaver in plan.go:
        with transaction.atomic(), working_in(school):
            erase_pupil(Pupil.objects.get(pk=leaver.pupil.pk), by=None, because=ErasedPupil.Because.RETENTION)
    with transaction.atomic(), working_in(school):
        for carer in plan.carers:
            forget_carer(carer, by=None)
        for member in plan.staff:
            forget_staff_member(member, by=None)
        if any(plan.counts.values()):
            erased = ", ".join(f"{count} {name}" for name, count in plan.counts.items())
            record(action="retention run", by=None, subject="school", subject_id=school.pk, detail={"erased": erased})
    return plan


@transaction.atomic
def hold_pupil(pupil: Pupil, *, because: str, by: User | None) -> Hold:
    """The pupil's record stays until the hold is ended. Raises AlreadyHeld."""
    try:
        with transaction.atomic():
            hold = Hold.objects.create(pupil=pupil, because=because, set_on=today(), set_by=by)
    except IntegrityError:
        raise AlreadyHeld from None
    record(action="record held", by=by, subject="pupil", subject_id=pupil.pk)
    return hold


@transaction.atomic
def end_hold(hold: Hold, *, by: User | None) -> None:
    """The record goes when its time is over; ended twice, it is one effect."""
    if Hold.objects.filter(pk=hold.pk, ended_on=None).update(ended_on=today(), ended_by=by):
        record(action="hold ended", by=by, subject="pupil", subject_id=hold.pupil_id)

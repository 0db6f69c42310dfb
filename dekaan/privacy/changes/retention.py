"""Records that were kept long enough go, each morning, once somebody has said so; a hold says why one stays."""

import logging
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import months_after, today
from dekaan.core.scope import working_in
from dekaan.curriculum.changes import let_old_links_go
from dekaan.evidence.changes import let_old_evidence_go
from dekaan.partners.changes import let_old_contacts_go
from dekaan.people.changes import forget_carer, forget_staff_member
from dekaan.people.models import Carer, ErasedPupil, Pupil, StaffMember
from dekaan.privacy.changes.erasing import erase_pupil, keep_still
from dekaan.privacy.changes.facts import say_data_protection
from dekaan.privacy.models import DataProtection, Going, Hold
from dekaan.privacy.queries.retention import Plan, retention_plan
from dekaan.programme.changes import forget_who_said
from dekaan.programme.queries import organisations_met_since
from dekaan.reports.changes import forget_governors
from dekaan.schemes.changes import let_old_observations_go
from dekaan.schools.models import School

log = logging.getLogger(__name__)


class AlreadyHeld(Exception):
    """The pupil's record is held already."""


class OtherThanSeen(Exception):
    """What goes is not what the person saw: it has changed since."""


@dataclass
class Run:
    """What a run did: the plan it began with, how many of each kind went, and how many could not."""

    plan: Plan
    went: dict[str, int] = field(default_factory=lambda: {kind.label: 0 for kind in Going.Kind})
    failed: int = 0


@transaction.atomic
def let_records_go(school: School, *, seen: str, by: User | None) -> None:
    """From now on records go by themselves when their time is over. Raises OtherThanSeen.

    `seen` is the mark of the plan that the person looked at. Whoever is due is named from the next morning on, and goes
    30 days later at the soonest.
    """
    if retention_plan(today()).mark != seen:
        raise OtherThanSeen
    say_data_protection(school, by=by)
    if DataProtection.objects.filter(erases_since=None).update(erases_since=today()):
        record(action="records let go", by=by, subject="school", subject_id=school.pk)


@transaction.atomic
def let_nothing_go(school: School, *, by: User | None) -> None:
    """Nothing goes by itself any more; begun again, everybody is named for 30 days again."""
    if DataProtection.objects.exclude(erases_since=None).update(erases_since=None):
        Going.objects.all().delete()
        record(action="records kept", by=by, subject="school", subject_id=school.pk)


def run_retention(school: School, on: date) -> Run:
    """Whoever the plan of that day says is gone, and whoever goes in the 30 days to come is named.

    Each is a transaction of their own that looks once more, so that nobody waits and a hold that was placed meanwhile
    wins. Where one fails, the others go on; cut short, it goes on the next time.
    """
    with transaction.atomic(), working_in(school):
        run = Run(retention_plan(on))
        if not run.plan.is_on:
            return run
        _name_whoever_goes(run.plan)
    for leaver in run.plan.go:
        try:
            with transaction.atomic(), working_in(school):
                run.went[Going.Kind(leaver.kind).label] += _let_go(leaver.key, on)
        except Exception:  # whatever it is, the next record's time is over too
            log.exception("A record that was kept long enough did not go: %s %s of school %s", *leaver.key, school.pk)
            run.failed += 1
    with transaction.atomic(), working_in(school):
        kept_since = months_after(on, -12 * run.plan.years)
        let_old_evidence_go(kept_since)
        let_old_observations_go(kept_since)
        let_old_links_go(kept_since)
        let_old_contacts_go(kept_since, met_since=organisations_met_since(kept_since))
        forget_who_said(kept_since)
        forget_governors(kept_since)
    if run.failed or any(run.went.values()):
        erased = ", ".join(f"{count} {name}" for name, count in run.went.items())
        with transaction.atomic(), working_in(school):
            detail = {"erased": erased + (f"; {run.failed} could not go" if run.failed else "")}
            record(action="retention run", by=None, subject="school", subject_id=school.pk, detail=detail)
    return run


def _name_whoever_goes(plan: Plan) -> None:
    """A row for each who goes; whoever is not due any more, is held or asked about has none, and begins anew."""
    there = {(each.kind, each.record_id): each for each in Going.objects.select_for_update()}
    for leaver in plan.to_go:
        row = there.pop(leaver.key, None)
        if row is None or row.left_on != leaver.left_on:
            Going.objects.update_or_create(
                kind=leaver.kind,
                record_id=leaver.person.pk,
                defaults={"left_on": leaver.left_on, "named_on": plan.on, "goes_on": leaver.goes_on},
            )
        elif row.goes_on != leaver.goes_on:
            row.goes_on = leaver.goes_on
            row.save(update_fields=["goes_on"])
    Going.objects.filter(pk__in=[row.pk for row in there.values()]).delete()


def _let_go(key: tuple[str, int], on: date) -> bool:
    """Whether that one went: looked at once more while nobody else can change whether it may."""
    kind, pk = key
    people = {Going.Kind.PUPIL: Pupil, Going.Kind.CARER: Carer, Going.Kind.STAFF: StaffMember}[Going.Kind(kind)]
    if people.objects.select_for_update(no_key=True).filter(pk=pk).first() is None:
        return False
    due = retention_plan(on, only=key).go
    if not due:
        return False
    Going.objects.filter(kind=kind, record_id=pk).delete()
    (leaver,) = due
    if isinstance(leaver.person, Pupil):
        erase_pupil(leaver.person, by=None, because=ErasedPupil.Because.RETENTION)
    elif isinstance(leaver.person, Carer):
        forget_carer(leaver.person, by=None)
    else:
        forget_staff_member(leaver.person, by=None)
    return True


@transaction.atomic
def hold_pupil(pupil: Pupil, *, because: str, by: User | None) -> Hold:
    """The pupil's record stays until the hold is ended. Raises AlreadyHeld, and NobodyThere where it has gone."""
    keep_still(pupil)
    try:
        with transaction.atomic():
            hold = Hold.objects.create(pupil=pupil, because=because, set_on=today(), set_by=by)
    except IntegrityError:
        raise AlreadyHeld from None
    record(action="record held", by=by, subject="pupil", subject_id=pupil.pk)
    return hold


@transaction.atomic
def end_hold(hold: Hold, *, by: User | None) -> None:
    """The record goes when its time is over, named for 30 days before; ended twice, it is one effect."""
    if Hold.objects.filter(pk=hold.pk, ended_on=None).update(ended_on=today(), ended_by=by):
        record(action="hold ended", by=by, subject="pupil", subject_id=hold.pupil_id)

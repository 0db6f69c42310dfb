"""A worker takes a run in hand, so that a second one leaves it alone; what a killed one left can be taken up again."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.exchange.models import ImportRun
from dekaan.exchange.queries import STANDSTILL, stands_still
from dekaan.jobs.queries import job_in_hand

LEASE: timedelta = STANDSTILL


class StillMoving(Exception):
    """The run has moved within the last two minutes, so a worker has it in hand."""


def take_up(run_id: int, state: str) -> ImportRun | None:
    """The run is in this worker's hand; None where it is not in that state, or in another worker's.

    A job is in one worker's hand at a time, so what it began under a worker that was killed it goes on with at once.
    """
    now, job = timezone.now(), job_in_hand()
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    if job:
        free |= Q(leased_by=job)
    taken = ImportRun.objects.filter(free, pk=run_id, state=state).update(
        leased_until=now + LEASE, leased_by=job, moved_at=now
    )
    return ImportRun.objects.get(pk=run_id) if taken else None


def still_in_hand(run: ImportRun) -> None:
    """The worker is alive: nobody else takes the run up meanwhile."""
    run.moved_at = timezone.now()
    run.leased_until = run.moved_at + LEASE
    ImportRun.objects.filter(pk=run.pk).update(moved_at=run.moved_at, leased_until=run.leased_until)


@transaction.atomic
def try_again(run: ImportRun, *, by: User | None) -> ImportRun:
    """A run that stands still is free for a worker to take up where it was left. Raises StillMoving."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if not stands_still(run):
        raise StillMoving
    run.leased_until = None
    run.save(update_fields=["leased_until"])
    record(action="import tried again", by=by, subject="import", subject_id=run.pk)
    return run

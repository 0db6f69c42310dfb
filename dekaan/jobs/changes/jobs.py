"""What becomes of a job whose worker ended with it in hand, or that failed."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import retry

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.discreet import told
from dekaan.jobs.models import Worker
from dekaan.jobs.queries import TRIED_FOR, TRIES, is_given_up

WAITS = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))  # between the tries
KEPT_FOR = timedelta(days=30)


class WorkerEnded(Exception):
    """The worker ended while it did the job."""


@retry()
def fail_job(job: DBTaskResult, problem: BaseException) -> None:
    """The job has failed; kept are the problem's kind and its way, never its words: they may be a pupil's name."""
    job.status = TaskResultStatus.FAILED
    job.finished_at = timezone.now()
    job.exception_class_path = f"{type(problem).__module__}.{type(problem).__qualname__}"
    job.traceback = told(problem)
    job.return_value = None
    job.save(update_fields=["status", "finished_at", "exception_class_path", "traceback", "return_value"])


def free_jobs() -> int:
    """A job that no living worker has in hand is free to be taken again, or has failed for good; answers how many.

    The library writes down each worker that took the job, so their number is how often it was tried.
    """
    freed = 0
    for pk in list(DBTaskResult.objects.running().values_list("pk", flat=True)):
        with transaction.atomic():
            job = DBTaskResult.objects.running().select_for_update().filter(pk=pk).first()
            if job is None or not job.worker_ids or _lives(job.worker_ids[-1]):
                continue
            if len(job.worker_ids) >= TRIES:
                fail_job(job, WorkerEnded())
            else:
                DBTaskResult.objects.filter(pk=pk).update(status="READY", run_after=timezone.now())
            freed += 1
    return freed


def _lives(name: str) -> bool:
    """Asked when the job is held: a worker that begins meanwhile and takes it must not be thought dead."""
    return Worker.objects.filter(name=name, ended_at=None).exists()


def try_failed_again() -> int:
    """Jobs that failed lately are taken again after a while that grows, until they were tried often enough."""
    now, again = timezone.now(), 0
    for job in DBTaskResult.objects.failed().filter(finished_at__gt=now - TRIED_FOR):
        tries = len(job.worker_ids)
        if 0 < tries < TRIES:
            failed = DBTaskResult.objects.failed().filter(pk=job.pk)
            again += failed.update(status="READY", run_after=now + WAITS[tries - 1])
    return again


def do_again(job: DBTaskResult, *, by: User) -> bool:
    """The job that was given up is tried as if it were new; False where it was not."""
    given_up = DBTaskResult.objects.failed().filter(pk=job.pk, finished_at=job.finished_at)
    if not is_given_up(job) or not given_up.update(status="READY", run_after=timezone.now(), worker_ids=[]):
        return False
    record(action="job tried again", by=by, detail={"job": job.task_name})
    return True


def leave_undone(job: DBTaskResult, *, by: User) -> bool:
    """The job that was given up is forgotten; False where it was not given up."""
    given_up = DBTaskResult.objects.failed().filter(pk=job.pk, finished_at=job.finished_at)
    if not is_given_up(job) or not given_up.delete()[0]:
        return False
    record(action="job left undone", by=by, detail={"job": job.task_name})
    return True


def forget_done_jobs() -> None:
    """What was done or failed long ago is gone, and what a failing job complained of with it."""
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT_FOR).delete()
    Worker.objects.filter(ended_at__lt=timezone.now() - KEPT_FOR).delete()

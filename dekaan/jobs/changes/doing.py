"""The library's worker, which knows here which job it is doing."""

from functools import partial

from django.db import transaction
from django_tasks_db.management.commands.db_worker import Worker as LibrarysWorker
from django_tasks_db.models import DBTaskResult

from dekaan.jobs.changes.jobs import fail_job
from dekaan.jobs.models import Worker
from dekaan.jobs.queries import JOB_IN_HAND

EVERY = 0.5  # seconds between two looks for a job
# Jobs that make a link and write the mail that tells of it: short, and one transaction with their own end.
WHOLE = "dekaan.access.tasks."


class Doer(LibrarysWorker):
    """Does jobs as they come, under the worker's name."""

    def __init__(self, worker: Worker) -> None:
        super().__init__(
            queue_names=["default"],
            excluded_queue_names=[],
            interval=EVERY,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker.name,
        )

    def run_task(self, db_task_result: DBTaskResult) -> None:
        """Do one job; whatever it has in hand says that it is this job's, and how it failed is kept without words."""
        db_task_result.set_failed = partial(fail_job, db_task_result)  # type: ignore[method-assign]
        token = JOB_IN_HAND.set(str(db_task_result.pk))
        try:
            if db_task_result.task_path.startswith(WHOLE):
                self._run_whole(db_task_result)
            else:
                super().run_task(db_task_result)
        finally:
            JOB_IN_HAND.reset(token)

    def _run_whole(self, job: DBTaskResult) -> None:
        """What the job does and that it is done are committed together: taken again, it has written no mail before.

        The row is held meanwhile, so that nobody takes the job from a worker that is thought dead and is not.
        """
        problems: list[BaseException] = []

        def failed(problem: BaseException) -> None:
            problems.append(problem)
            transaction.set_rollback(True)

        job.set_failed = failed  # type: ignore[method-assign]
        with transaction.atomic():
            held = DBTaskResult.objects.running().select_for_update().filter(pk=job.pk).first()
            if held is None or held.worker_ids[-1] != self.worker_id:
                return
            super().run_task(job)
        for problem in problems:
            fail_job(job, problem)

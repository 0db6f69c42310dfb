"""What the worker does for imports: read and compare a file, record a confirmed one.

Each is safe to run again: what a killed worker left is taken up by the same job in another worker's hand.
"""

from django_tasks import task

from dekaan.access.models import User
from dekaan.core.scope import working_in
from dekaan.exchange import changes
from dekaan.exchange.changes.staging import read_table, refuse
from dekaan.exchange.columns import Table
from dekaan.exchange.models import ImportRun
from dekaan.exchange.reading.sheet import Sheet, Unreadable


@task()
def read_import(school_id: int, run_id: int) -> None:
    """Read the uploaded file; compare it at once where its columns are those of last time."""
    with working_in(school_id):
        run = changes.take_up(run_id, ImportRun.State.WAITING)
    if run is None:
        _compare(school_id, run_id)  # it had been read when the worker was killed
        return
    read = _read(school_id, run)
    if read is None:
        return
    with working_in(school_id):
        if changes.prepare(run, *read):
            changes.stage(run, *read)


@task()
def compare_import(school_id: int, run_id: int) -> None:
    """Read the file again with its columns settled, and make the preview."""
    _compare(school_id, run_id)


def _compare(school_id: int, run_id: int) -> None:
    with working_in(school_id):
        run = changes.take_up(run_id, ImportRun.State.STAGING)
    if run is not None and (read := _read(school_id, run)):
        with working_in(school_id):
            changes.stage(run, *read)


def _read(school_id: int, run: ImportRun) -> tuple[Sheet, Table] | None:
    """The file of the run; None where it cannot be used, which the run then says."""
    try:
        return read_table(run)
    except Unreadable as refusal:
        with working_in(school_id):
            refuse(run, refusal.problem)
        return None


@task()
def record_import(school_id: int, run_id: int, user_id: int | None) -> None:
    """Record a confirmed run, a batch at a time."""
    with working_in(school_id):
        done = changes.take_up(run_id, ImportRun.State.COMMITTING) is None
    while not done:
        with working_in(school_id):
            run = ImportRun.objects.filter(pk=run_id, state=ImportRun.State.COMMITTING).first()
            if run is None:
                return
            done = changes.record_run(run, by=User.objects.filter(pk=user_id).first())


def enqueue_step(school_id: int, run: ImportRun) -> None:
    """The step that the run waits for is on its way to a worker."""
    if run.state == ImportRun.State.WAITING:
        read_import.enqueue(school_id, run.pk)
    elif run.state == ImportRun.State.STAGING:
        compare_import.enqueue(school_id, run.pk)
    elif run.state == ImportRun.State.COMMITTING:
        record_import.enqueue(school_id, run.pk, run.committed_by_id)

"""What the worker does for imports: read and compare a file, record a confirmed one.

Each is safe to run again: a worker that was killed is simply started once more.
"""

from django_tasks import task

from dekaan.access.models import User
from dekaan.core.scope import working_in
from dekaan.exchange import changes
from dekaan.exchange.changes.staging import read_table, refuse
from dekaan.exchange.models import ImportRun
from dekaan.exchange.reading.sheet import Unreadable


@task()
def read_import(school_id: int, run_id: int) -> None:
    """Read the uploaded file; compare it at once where its columns are those of last time."""
    with working_in(school_id):
        run = ImportRun.objects.filter(pk=run_id, state=ImportRun.State.WAITING).first()
    if run is None:
        return
    try:
        sheet, table = read_table(run)
    except Unreadable as refusal:
        with working_in(school_id):
            refuse(run, refusal.problem)
        return
    with working_in(school_id):
        if changes.prepare(run, sheet, table):
            changes.stage(run, sheet, table)


@task()
def compare_import(school_id: int, run_id: int) -> None:
    """Read the file again with its columns settled, and make the preview."""
    with working_in(school_id):
        run = ImportRun.objects.filter(pk=run_id, state=ImportRun.State.STAGING).first()
    if run is None:
        return
    try:
        sheet, table = read_table(run)
    except Unreadable as refusal:
        with working_in(school_id):
            refuse(run, refusal.problem)
        return
    with working_in(school_id):
        changes.stage(run, sheet, table)


@task()
def record_import(school_id: int, run_id: int, user_id: int | None) -> None:
    """Record a confirmed run, a batch at a time."""
    done = False
    while not done:
        with working_in(school_id):
            run = ImportRun.objects.filter(pk=run_id, state=ImportRun.State.COMMITTING).first()
            if run is None:
                return
            done = changes.record_run(run, by=User.objects.filter(pk=user_id).first())

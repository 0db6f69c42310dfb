"""A worker that is killed again and again: each of its jobs is done once, and none is left lying."""

import os
import random
import time

from tests.faults.ground import Fault, bring_back, is_sound, killed, make_ready, started, state_of
from tests.faults.imports import Importing

# isort: split
from django.conf import settings
from django.db import connection
from django_tasks_db.models import DBTaskResult

from dekaan.cli.worker import do_jobs
from dekaan.core.scope import working_in
from dekaan.exchange.changes import confirm, start_import
from dekaan.exchange.models import ImportRun
from dekaan.exchange.tasks import read_import, record_import

LEASE = 1.0  # seconds after which a worker that says nothing is dead
TOO_LONG = 60  # seconds for what takes two: a job that is not done by then is stuck
KILLS = 3  # of one job at most: after five dead workers it is given up, as it should be


def killed_worker(times: int, rows: int = 300, seed: int = 1) -> Fault:
    """kill -9 of the worker while it reads, compares and records a list; another takes over each time."""
    fault, dice = Fault("kill -9 of the job worker"), random.Random(seed)
    make_ready()
    settings.LEASE = LEASE
    importing, lists = Importing(rows), 0
    while fault.tried < times:
        lists += 1
        _one_list(importing, fault, dice, most=times)
        bring_back("before")
    fault.said = f"{lists} lists of {rows} rows, each read and recorded by the workers that came after"
    return fault


def _one_list(importing: Importing, fault: Fault, dice: random.Random, *, most: int) -> None:
    school = importing.school
    with working_in(school):
        run = start_import(importing.upload(importing.listed), kind="pupils", coverage="all", by=importing.leader)
        read_import.enqueue(school.pk, run.pk)
    if not _through(ImportRun.State.PREVIEW, importing, run, fault, dice, most=most):
        return
    with working_in(school):
        confirm(ImportRun.objects.get(pk=run.pk), by=importing.leader, leader_has_looked=True)
        record_import.enqueue(school.pk, run.pk, importing.leader.pk)
    if not _through(ImportRun.State.DONE, importing, run, fault, dice, most=most):
        return
    now = state_of(school)
    fault.lost += now == importing.before
    fault.partial += now not in {importing.before, importing.after}
    with working_in(school):
        fault.doubled += ImportRun.objects.filter(sha256=run.sha256).count() - 1
    if not is_sound():
        fault.broken.append(f"the file is damaged after {fault.tried}")


def _through(goal: str, importing: Importing, run: ImportRun, fault: Fault, dice: random.Random, *, most: int) -> bool:
    """Workers are killed at random moments, and the last one brings the list to its goal."""
    for _ in range(min(KILLS, most - fault.tried)):
        if not _left():
            break
        before, number, until = _taken(), started(_live), time.monotonic() + TOO_LONG
        while _taken() == before and time.monotonic() < until:  # what was in a dead hand is free a lease later
            time.sleep(0.01)
        killed(number, dice.uniform(0, importing.takes / 2))
        fault.true += DBTaskResult.objects.running().exists()
        connection.close()
        fault.tried += 1
    number, until = started(_live), time.monotonic() + TOO_LONG
    try:
        while time.monotonic() < until:
            with working_in(importing.school):
                state = ImportRun.objects.get(pk=run.pk).state
            if state == goal and not _left():
                return True
            time.sleep(0.05)
    finally:
        killed(number, 0)
    fault.broken.append(f"after {fault.tried} kills a list still is {state} a minute later")
    return False


def _left() -> bool:
    """Whether a job is still to be done."""
    left = DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()
    connection.close()
    return left


def _taken() -> int:
    """How often a worker has taken a job."""
    taken = sum(len(names) for names in DBTaskResult.objects.values_list("worker_ids", flat=True))
    connection.close()
    return taken


def _live() -> None:
    """As the worker's process does, until it is killed."""
    while not do_jobs():
        time.sleep(0.1)
    os._exit(0)

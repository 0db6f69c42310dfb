"""A worker says that it lives, from a thread of its own; one that is silent for a whole lease is taken for dead."""

import logging
import os
import secrets
import threading
import time
from collections.abc import Callable
from datetime import datetime

from django.db import connections, transaction
from django.utils import timezone

from dekaan.jobs.changes.jobs import free_jobs, try_failed_again
from dekaan.jobs.models import Worker

log = logging.getLogger(__name__)


def begin_work() -> Worker:
    """A worker begins, under a name that nobody had before."""
    now = timezone.now()
    return Worker.objects.create(name=secrets.token_hex(16), begun_at=now, seen_at=now)


def beat(worker: Worker) -> bool:
    """The worker lives. False where somebody has taken it for dead, and others have its work."""
    return bool(Worker.objects.filter(pk=worker.pk, ended_at=None).update(seen_at=timezone.now()))


@transaction.atomic
def end_work(worker_id: int) -> None:
    """The worker has ended, and what it had in hand is free."""
    if Worker.objects.filter(pk=worker_id, ended_at=None).update(ended_at=timezone.now()):
        free_jobs()


class Watch:
    """Which workers nothing was heard of for a whole lease, as this process has watched it by its own clock.

    Neither another machine's clock counts, nor a time in which the database was away and nobody could be heard.
    """

    def __init__(self, lease: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.lease, self.clock, self.looked = lease, clock, clock()
        self.heard: dict[int, tuple[datetime, float]] = {}

    def silent(self) -> set[int]:
        """Those who have not been heard of since a lease ago."""
        now = self.clock()
        if now - self.looked > self.lease / 2:
            self.heard = {}
        self.looked, before = now, self.heard
        self.heard = {}
        for pk, seen in Worker.objects.filter(ended_at=None).values_list("pk", "seen_at"):
            same = pk in before and before[pk][0] == seen
            self.heard[pk] = before[pk] if same else (seen, now)
        return {pk for pk, (_, since) in self.heard.items() if now - since >= self.lease}


def keep_beating(worker: Worker, lease: float, stop: threading.Event) -> None:
    """Until told to stop: the worker says that it lives, and frees what the dead have left.

    A worker that was taken for dead ends at once: others do what it had in hand.
    """
    watch = Watch(lease)
    while True:
        try:
            if not beat(worker):
                log.critical("This worker was taken for dead, so it ends")
                os._exit(1)
            for silent in watch.silent() - {worker.pk}:
                end_work(silent)
            free_jobs()
            try_failed_again()
        except Exception:  # whatever it is, the next beat must come
            log.exception("The worker could not say that it lives; it is tried again")
        finally:
            connections.close_all()
        if stop.wait(lease / 6):
            return

"""Writes, each a named event in a worker's life."""

from dekaan.jobs.changes.doing import Doer
from dekaan.jobs.changes.jobs import TRIES, WorkerEnded, forget_done_jobs, free_jobs, try_failed_again
from dekaan.jobs.changes.living import Watch, beat, begin_work, end_work, keep_beating

__all__ = [
    "TRIES",
    "Doer",
    "Watch",
    "WorkerEnded",
    "beat",
    "begin_work",
    "end_work",
    "forget_done_jobs",
    "free_jobs",
    "keep_beating",
    "try_failed_again",
]

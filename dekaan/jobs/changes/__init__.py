"""Writes, each a named event in a worker's life, or a mail's."""

from dekaan.jobs.changes.doing import Doer
from dekaan.jobs.changes.jobs import TRIES, WorkerEnded, forget_done_jobs, free_jobs, try_failed_again
from dekaan.jobs.changes.living import Watch, beat, begin_work, end_work, keep_beating
from dekaan.jobs.changes.mail import forget_old_mail, give_up_waiting_mail, keep_sending, send_due, write_mail

__all__ = [
    "TRIES",
    "Doer",
    "Watch",
    "WorkerEnded",
    "beat",
    "begin_work",
    "end_work",
    "forget_done_jobs",
    "forget_old_mail",
    "free_jobs",
    "give_up_waiting_mail",
    "keep_beating",
    "keep_sending",
    "send_due",
    "try_failed_again",
    "write_mail",
]

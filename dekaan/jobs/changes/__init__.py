"""Writes, each a named event in a worker's life, or a mail's."""

from dekaan.jobs.changes.doing import Doer
from dekaan.jobs.changes.jobs import (
    TRIES,
    WorkerEnded,
    do_again,
    fail_job,
    forget_done_jobs,
    free_jobs,
    leave_undone,
    try_failed_again,
)
from dekaan.jobs.changes.living import Watch, beat, begin_work, end_work, keep_beating
from dekaan.jobs.changes.mail import (
    forget_old_mail,
    give_up_waiting_mail,
    keep_sending,
    leave,
    send_again,
    send_due,
    take_back,
    write_mail,
)

__all__ = [
    "TRIES",
    "Doer",
    "Watch",
    "WorkerEnded",
    "beat",
    "begin_work",
    "do_again",
    "end_work",
    "fail_job",
    "forget_done_jobs",
    "forget_old_mail",
    "free_jobs",
    "give_up_waiting_mail",
    "keep_beating",
    "keep_sending",
    "leave",
    "leave_undone",
    "send_again",
    "send_due",
    "take_back",
    "try_failed_again",
    "write_mail",
]

"""Reads, for screens, reports and the floors above."""

from contextvars import ContextVar

# Which job this worker is doing; empty where nothing is a job. What a job has begun, the same job may go on with.
JOB_IN_HAND: ContextVar[str] = ContextVar("job_in_hand", default="")


def job_in_hand() -> str:
    """The number of the job that is being done here; empty outside a worker."""
    return JOB_IN_HAND.get()

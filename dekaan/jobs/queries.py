"""Reads, for screens, reports and the floors above."""

import secrets
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.mail.utils import DNS_NAME
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from dekaan.access.models import FactorReset, RoleAssignment, User
from dekaan.access.queries import users_at
from dekaan.core.academic_year import today
from dekaan.jobs.models import Mail, Worker
from dekaan.schools.models import School

TRIES = 5  # how often a job is tried
TRIED_FOR = timedelta(days=1)  # a job that failed longer ago is not tried again by itself
HELD_UP = 3  # tries after which mail that still waits is worth a word
# What each job is for, as a technician would say it, by the name of its function; and whose it is, by its first argument.
OF_A_SCHOOL = {
    "read_import": "Reading a list that was brought in",
    "compare_import": "Comparing a list with what is held",
    "record_import": "Recording a list",
    "visit_website": "Visiting the school's website",
    "look_at_links": "Looking at the links of the information library",
    "look_up_occupation": "Asking a public service about an occupation",
}
OF_A_PERSON = {
    "send_password_link": "Writing a link for a new password",
    "send_invitation": "Writing an invitation",
}
OF_A_RESET = {"send_way_back": "Resetting a second factor, as two people agreed"}

# Which job this worker is doing; empty where nothing is a job. What a job has begun, the same job may go on with.
JOB_IN_HAND: ContextVar[str] = ContextVar("job_in_hand", default="")


def job_in_hand() -> str:
    """The number of the job that is being done here; empty outside a worker."""
    return JOB_IN_HAND.get()


def message_name() -> str:
    """A new Message-ID. Whoever keeps it finds what became of the mail, among `did_not_arrive`."""
    return f"<{secrets.token_hex(16)}@{DNS_NAME}>"


def did_not_arrive() -> QuerySet[Mail]:
    """Mail of which nothing more becomes by itself, to whomever it is: refused, in doubt, or given up."""
    return Mail.objects.filter(state__in=[Mail.State.UNSENDABLE, Mail.State.IN_DOUBT, Mail.State.GIVEN_UP])


def not_left() -> QuerySet[Mail]:
    """Mail that no worker has had in hand yet, so that it can be taken back."""
    return Mail.objects.filter(state=Mail.State.WAITING, tries=0)


def is_given_up(job: DBTaskResult) -> bool:
    """Whether the job failed and is not tried again by itself."""
    if job.status != "FAILED" or job.finished_at is None:
        return False
    return len(job.worker_ids) >= TRIES or job.finished_at < timezone.now() - TRIED_FOR


@dataclass(frozen=True)
class Unsent:
    """A mail that has not gone out, as far as the technician may read it."""

    mail: Mail
    to: RoleAssignment | None  # by which the school knows whom it is to; None where the account holds no role anywhere
    subject: str  # empty where its words cannot be read

    @property
    def needs_somebody(self) -> bool:
        """Whether nothing more becomes of it by itself."""
        return self.mail.state != Mail.State.WAITING


@dataclass(frozen=True)
class GivenUp:
    """A job that was tried often enough, or too long ago."""

    job: DBTaskResult
    what: str

    @property
    def kind(self) -> str:
        """What went wrong: the kind of the exception alone."""
        return self.job.exception_class_path.rpartition(".")[2]


@dataclass(frozen=True)
class Service:
    """How the worker, its jobs and the mail stand, as one school's technician sees it."""

    seen_at: datetime | None  # when a worker last said that it lives
    jobs: list[GivenUp]
    mails: list[Unsent]

    @property
    def is_working(self) -> bool:
        """Whether a worker lives: it says so six times in a lease."""
        return self.seen_at is not None and timezone.now() - self.seen_at < timedelta(seconds=settings.LEASE)

    @property
    def waiting_for_somebody(self) -> int:
        """How many mails and jobs nothing more becomes of by itself."""
        return len(self.jobs) + sum(each.needs_somebody for each in self.mails)

    @property
    def is_well(self) -> bool:
        """Nothing is to be done."""
        return self.is_working and not self.waiting_for_somebody and not self.mails


def service(school: School) -> Service:
    """Mail to whoever holds or held a role at the school, or none anywhere; jobs of the school or of these people."""
    # Workers that have ended count too: between two of them nobody is alarmed.
    newest = Worker.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()
    stopped = Mail.objects.filter(
        Q(state__in=[Mail.State.IN_DOUBT, Mail.State.UNSENDABLE, Mail.State.GIVEN_UP])
        | Q(state=Mail.State.WAITING, tries__gte=HELD_UP)
    ).exclude(sealed="")
    failed = [job for job in DBTaskResult.objects.failed().order_by("-finished_at") if is_given_up(job)]
    if not failed and not stopped.exists():
        return Service(newest, [], [])
    of_another = set(RoleAssignment.objects.exclude(school=school).values_list("user_id", flat=True))
    # Whoever works elsewhere and has not opened this school is none of its people yet, and no more once they have left it
    # (decision 0031).
    here = {
        each.user_id: each
        for each in users_at(school)
        if each.user_id not in of_another or not (each.known_as or (each.ends_on and each.ends_on < today()))
    }
    elsewhere = of_another - set(here)
    by_address = {user.email.casefold(): user for user in User.objects.exclude(pk__in=elsewhere)}
    mails = [
        Unsent(mail, here.get(user.pk), _subject(mail))
        for mail in stopped
        if (user := by_address.get(mail.to.casefold())) is not None
    ]
    resets = dict(FactorReset.objects.values_list("pk", "user_id"))
    jobs = []
    for job in failed:
        name, (first, *_) = job.task_path.rpartition(".")[2], job.args_kwargs["args"] or [None]
        if name in OF_A_SCHOOL:
            is_ours = first == school.pk
        else:
            is_ours = (resets.get(first) if name in OF_A_RESET else first) not in elsewhere
        if is_ours:
            jobs.append(GivenUp(job, {**OF_A_SCHOOL, **OF_A_PERSON, **OF_A_RESET}.get(name, name)))
    return Service(newest, jobs, mails)


def _subject(mail: Mail) -> str:
    """What it is about: a subject never names a pupil (security paper, T4)."""
    try:
        return str(message_from_bytes(mail.words, policy=default)["Subject"] or "")
    except InvalidToken:
        return ""

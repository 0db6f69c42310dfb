"""What becomes of a mail: it is written down, handed over once, tried again where it was not taken, or given up."""

import logging
import smtplib
import threading
from collections.abc import Collection
from datetime import datetime, timedelta

from cryptography.fernet import InvalidToken
from django.db import connections
from django.db.models import F, QuerySet
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.sealed import box
from dekaan.jobs.handing import hand_over
from dekaan.jobs.models import WORDS, Mail, Worker

# Between the tries: more than a day in all, so that a mail server that is mended next morning gets it.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 120, 240, 480, 720))
KEPT_FOR = timedelta(days=30)
EVERY = 1.0  # seconds between two looks for mail
State = Mail.State
log = logging.getLogger(__name__)


class NotOurs(Exception):
    """The worker was taken for dead, and the mail is in other hands."""


def write_mail(message_id: str, *, to: str, words: bytes, wait_until: datetime | None = None) -> None:
    """The mail waits to be sent, if what it tells of is committed; `wait_until` for those who may want to take it back."""
    now, sealed = timezone.now(), box(WORDS).encrypt(words).decode()
    Mail.objects.create(message_id=message_id, to=to, sealed=sealed, written_at=now, due_at=wait_until or now)


def take_back(message_ids: Collection[str]) -> set[str]:
    """Those of the mails that no worker has had in hand are never sent, and nothing of them is left; which they were."""
    gone = set()
    for name in message_ids:  # each by itself: a worker may take the next one meanwhile
        if Mail.objects.filter(message_id=name, state=State.WAITING, tries=0).delete()[0]:
            gone.add(name)
    return gone


def send_due(worker: Worker, stop: threading.Event | None = None) -> None:
    """Each mail that is due was tried once; what a dead worker was handing over is in doubt, and not sent again."""
    _take_over_from_the_dead(worker)
    due = Mail.objects.filter(state=State.WAITING, due_at__lte=timezone.now()).order_by("due_at", "pk")
    for pk in list(due.values_list("pk", flat=True)):
        if stop is not None and stop.is_set():
            return
        waiting = Mail.objects.filter(pk=pk, state=State.WAITING)
        if waiting.update(state=State.TAKEN, worker=worker.name, tries=F("tries") + 1):
            _try(Mail.objects.get(pk=pk))


def _take_over_from_the_dead(worker: Worker) -> None:
    """A worker sends one mail at a time, so what is in its own hand at the start was left there by a fault."""
    living = Worker.objects.filter(ended_at=None).exclude(pk=worker.pk).values("name")
    left = Mail.objects.filter(state__in=[State.TAKEN, State.HANDING_OVER]).exclude(worker__in=living)
    for mail in left:
        if mail.state == State.HANDING_OVER:
            _note(mail, State.IN_DOUBT, "WorkerEnded")
        else:
            _wait(mail, "WorkerEnded")


def _try(mail: Mail) -> None:
    """One mail is handed over; whatever goes wrong with it is its own affair."""

    def handing_over() -> None:
        if not _in_hand(mail, State.TAKEN).update(state=State.HANDING_OVER):
            raise NotOurs
        mail.state = State.HANDING_OVER

    try:
        hand_over(mail.words, to=mail.to, before_the_end=handing_over)
    except NotOurs:
        return
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as refused:  # the server has said that it has it not
        if (code := _code(refused)) >= 500:
            _note(mail, State.UNSENDABLE, f"refused {code}")
        else:
            _wait(mail, f"refused {code}")
    except OSError as problem:  # smtplib's are: no connection, no answer, no sign-in, not this sender
        if mail.state == State.HANDING_OVER:
            _note(mail, State.IN_DOUBT, type(problem).__name__)
        else:
            _wait(mail, type(problem).__name__)
    except InvalidToken:  # the secret key is another now
        _note(mail, State.GIVEN_UP, "InvalidToken")
    else:
        _note(mail, State.SENT)


def _code(refused: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> int:
    if isinstance(refused, smtplib.SMTPDataError):
        return refused.smtp_code
    return max(code for code, _ in refused.recipients.values())


def _in_hand(mail: Mail, *states: State) -> QuerySet[Mail]:
    return Mail.objects.filter(pk=mail.pk, worker=mail.worker, state__in=states)


def _wait(mail: Mail, why: str) -> None:
    """It is tried again after a while that grows, and after more than a day given up."""
    if mail.tries > len(WAITS):
        _note(mail, State.GIVEN_UP, why)
        return
    due = timezone.now() + WAITS[mail.tries - 1]
    _in_hand(mail, State.TAKEN, State.HANDING_OVER).update(state=State.WAITING, due_at=due, why=why)


def _note(mail: Mail, state: State, why: str = "") -> None:
    """How it ended. Of a sent mail the words are gone; of any other the log names the number."""
    said = {"sealed": ""} if state == State.SENT else {}
    # Another worker may have thought it in doubt meanwhile; who handed it over knows better.
    _in_hand(mail, State.TAKEN, State.HANDING_OVER, State.IN_DOUBT).update(state=state, why=why, **said)
    if state != State.SENT:
        log.error("Mail %s is %s (%s)", mail.pk, state, why)


def send_again(mail: Mail, *, by: User, whom: int | None) -> bool:
    """The mail, which a person has looked at, waits to be sent as if it were new; False where it does not need anybody.

    `whom`: the account that it is to, for the audit trail.
    """
    if not _stopped(mail).update(state=State.WAITING, due_at=timezone.now(), tries=0, why=""):
        return False
    record(action="mail sent again", by=by, subject="user", subject_id=whom)
    return True


def leave(mail: Mail, *, by: User, whom: int | None) -> bool:
    """The mail is never sent and its words are gone; False where it does not need anybody."""
    if not _stopped(mail).update(state=State.GIVEN_UP, sealed=""):
        return False
    record(action="mail left unsent", by=by, subject="user", subject_id=whom)
    return True


def _stopped(mail: Mail) -> QuerySet[Mail]:
    """The mail, where nothing more becomes of it by itself and its words are kept."""
    stopped = [State.IN_DOUBT, State.UNSENDABLE, State.GIVEN_UP]
    return Mail.objects.filter(pk=mail.pk, state__in=stopped).exclude(sealed="")


def give_up_waiting_mail() -> int:
    """Nothing that an older state of the database had still to send goes out, and its words are gone; how many."""
    unsent = Mail.objects.exclude(state__in=[State.SENT, State.GIVEN_UP])
    return unsent.update(state=State.GIVEN_UP, why="Restored", sealed="")


def forget_old_mail() -> None:
    """What was sent or could not be sent is gone after a while."""
    ended = [State.SENT, State.IN_DOUBT, State.UNSENDABLE, State.GIVEN_UP]
    Mail.objects.filter(state__in=ended, written_at__lt=timezone.now() - KEPT_FOR).delete()


def keep_sending(worker: Worker, stop: threading.Event) -> None:
    """Until told to stop: mail goes out as it comes."""
    while True:
        try:
            send_due(worker, stop)
        except Exception:  # whatever it is, the next mail must go
            log.exception("Mail could not be looked after; it is tried again")
        finally:
            connections.close_all()
        if stop.wait(EVERY):
            return

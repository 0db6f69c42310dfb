"""Django's way out for mail: nothing is sent here, each mail is written down in the transaction of what it tells of."""

from collections.abc import Sequence
from copy import copy

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from dekaan.jobs.changes import write_mail
from dekaan.jobs.queries import message_name


class Outbox(BaseEmailBackend):
    """One row for each recipient; the worker sends it. A mail to one person may bring its own name (`message_name`).

    One that says `wait_until` goes out at that time, and can be taken back until then (`changes.take_back`).
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for to in message.recipients():
                single = copy(message)
                single.to, single.cc, single.bcc = [to], [], []
                name = message.extra_headers.get("Message-ID") or message_name()
                single.extra_headers = {**message.extra_headers, "Message-ID": name}
                words = single.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
                write_mail(name, to=to, words=words, wait_until=getattr(message, "wait_until", None))
        return len(email_messages)

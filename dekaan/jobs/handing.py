"""A mail is handed over to the mail server; just before that cannot be taken back, somebody is told."""

import smtplib
import ssl
from collections.abc import Callable
from email import message_from_bytes
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail.utils import DNS_NAME

END = b"\r\n.\r\n"


class _Tells:
    """Of the moment before the dot that ends a mail: after it the server may have the mail, whatever we hear."""

    before_the_end: Callable[[], None]

    def send(self, s: Any) -> None:
        if isinstance(s, bytes) and s.endswith(END):  # nothing else that smtplib sends ends so
            super().send(s[: -len(END) + 2])  # type: ignore[misc]
            self.before_the_end()
            s = END[2:]
        super().send(s)  # type: ignore[misc]


class _Plain(_Tells, smtplib.SMTP):
    """May become encrypted by STARTTLS."""


class _Encrypted(_Tells, smtplib.SMTP_SSL):
    """Encrypted from the first byte."""


def hand_over(words: bytes, *, to: str, before_the_end: Callable[[], None]) -> None:
    """The mail server has taken the mail; raises what smtplib raises where it has not, or was not heard."""
    if not settings.EMAIL_URL:  # no server was named: whoever looks after the machine reads it there
        before_the_end()
        print(words.decode(errors="replace"), flush=True)  # noqa: T201 printed on purpose
        return
    server = _connected()
    try:
        server.before_the_end = before_the_end
        server.sendmail(parseaddr(message_from_bytes(words)["From"])[1], [to], words)
    finally:
        server.close()


def _connected() -> _Plain | _Encrypted:
    where: dict[str, Any] = {
        "host": settings.EMAIL_HOST,
        "port": settings.EMAIL_PORT,
        "local_hostname": DNS_NAME.get_fqdn(),
        "timeout": settings.EMAIL_TIMEOUT,
    }
    if settings.EMAIL_USE_SSL:
        server: _Plain | _Encrypted = _Encrypted(**where, context=ssl.create_default_context())
    else:
        server = _Plain(**where)
    try:
        if settings.EMAIL_USE_TLS:
            server.starttls(context=ssl.create_default_context())
        if settings.EMAIL_HOST_USER:
            server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except BaseException:
        server.close()
        raise
    return server

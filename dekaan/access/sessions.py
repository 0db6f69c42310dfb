"""How long a session lives: half an hour without a press, and twelve hours in any case.

Both moments are stamped on every session that is saved for a signed-in person, so that none is without.
"""

import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import JsonResponse

STARTED, SEEN = "started_at", "seen_at"
EVERY = 60  # seconds between two notes that somebody is there: one write a minute, not one a press


class SessionStore(DatabaseStore):
    """Django's own, which also notes when the person signed in and was last seen."""

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 Django's own signature
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        if SESSION_KEY in data:
            data.setdefault(STARTED, time.time())
            data[SEEN] = time.time()
        super().save(must_create)


def is_over(session: SessionBase) -> bool:
    """Whether the signed-in person must sign in again. A clock that was put back lengthens nothing."""
    now, started, seen = time.time(), session.get(STARTED), session.get(SEEN)
    if started is None or seen is None or seen > now + EVERY:
        return True
    return now - started > settings.SESSION_ABSOLUTE_LIMIT or now - seen > settings.SESSION_IDLE_LIMIT


def is_due(session: SessionBase) -> bool:
    """Whether it is time to note again that somebody is there."""
    return time.time() - session.get(SEEN, 0) > EVERY


def seconds_left(session: SessionBase) -> int:
    """How long it lives on if nothing is pressed."""
    return 0 if is_over(session) else max(0, min(_idle_left(session), _whole_left(session)))


def can_be_longer(session: SessionBase) -> bool:
    """Whether a press lengthens it: twelve hours after signing in none does."""
    return _idle_left(session) < _whole_left(session)


def _idle_left(session: SessionBase) -> int:
    return int(session.get(SEEN, 0) + settings.SESSION_IDLE_LIMIT - time.time())


def _whole_left(session: SessionBase) -> int:
    return int(session.get(STARTED, 0) + settings.SESSION_ABSOLUTE_LIMIT - time.time())


class OnlyAsked(JsonResponse):
    """An answer to a page's own question, which is no sign that somebody is there."""

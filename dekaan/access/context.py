"""What a page knows of the session that it is shown in."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from dekaan.access.sessions import seconds_left


def session(request: HttpRequest) -> dict[str, Any]:
    """How long it lives on, looked up only where a page asks, and how long before its end the page says so."""
    return {
        "session_left": lambda: seconds_left(request.session),
        "session_warned_before": settings.SESSION_WARNED_BEFORE,
        "session_warned_minutes": settings.SESSION_WARNED_BEFORE // 60,
        "session_idle_minutes": settings.SESSION_IDLE_LIMIT // 60,
    }

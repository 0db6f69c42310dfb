"""The database is busy, full or away: a plain sentence with what was typed kept, to be pressed again; never a 500.

`unavailable` answers whatever nobody caught. What is one of those is known by what the database or the disk said of
itself; anything else is a fault of ours and stays one.
"""

import errno
import sys
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.template.loader import render_to_string

from dekaan.core.failures import broken

RETRY_AFTER = 5  # seconds
BUSY = "Somebody else is saving just now, and Dekaan waited for them as long as it could."
FULL = "The server's disk is full or cannot be written to. Tell your technician: “disk full”."
AWAY = "The database is not answering just now. It is most likely being restarted."
# SQLite says what it is by name; whatever else it says ("no such table") is no matter of waiting.
SQLITE = {"SQLITE_BUSY": BUSY, "SQLITE_LOCKED": BUSY}
SQLITE |= dict.fromkeys(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN"), FULL)
# PostgreSQL by number: of two that waited for each other one was sent back, or the wait was too long.
WAITED = {"40P01", "40001", "55P03"}
DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}
NOT_KEPT = ("password", "code")  # what opens an account is typed again


def unavailable(request: HttpRequest) -> HttpResponse:
    """The answer to what nobody caught: 503 where it is a matter of waiting, else 500."""
    why = _why(sys.exc_info()[1])
    if not why:
        return broken(request)
    return try_again(request, why)


def try_again(request: HttpRequest, why: str) -> HttpResponse:
    """503 in a sentence, with what was typed in a school kept to be sent again as it was."""
    kept = list(_typed(request)) if request.method == "POST" else []
    page = render_to_string(
        "503.html",
        {
            "why": why,
            "address": request.get_full_path(),
            "is_post": request.method == "POST",
            "kept": kept,
            "csrf_token": request.POST.get("csrfmiddlewaretoken", "") if kept else "",
            "had_files": bool(kept and request.FILES),
        },
    )
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"})


def _why(problem: BaseException | None) -> str:
    """What to say of it; nothing where waiting does not help."""
    while problem is not None:
        if name := getattr(problem, "sqlite_errorname", ""):
            return next((said for begins, said in SQLITE.items() if name.startswith(begins)), "")
        if isinstance(problem, OSError) and problem.errno in DISK:
            return FULL
        if isinstance(problem, OperationalError | InterfaceError) and _is_postgres(problem.__cause__):
            return BUSY if getattr(problem.__cause__, "sqlstate", None) in WAITED else AWAY
        problem = problem.__cause__
    return ""


def _is_postgres(cause: BaseException | None) -> bool:
    return type(cause).__module__.partition(".")[0] in {"psycopg", "psycopg_pool"}


def _typed(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """What was sent in a school, but for the form's own mark and what opens an account; elsewhere nothing."""
    if "school_slug" not in getattr(request.resolver_match, "kwargs", {}):
        return
    try:
        sent = list(request.POST.lists())
    except UnreadablePostError:
        return
    for name, values in sent:
        if name != "csrfmiddlewaretoken" and not any(word in name for word in NOT_KEPT):
            yield from ((name, str(value)) for value in values)

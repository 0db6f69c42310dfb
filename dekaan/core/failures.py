"""The pages of what went wrong: in our look, with a word on what to do, and never with a detail.

They are drawn without asking the database or who is there, since either may be what is broken.
"""

from contextlib import suppress

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
LET_THROUGH = 32 * 1024 * 1024
PIECE = 64 * 1024
BARE = "<!doctype html><title>Dekaan</title><h1>Something broke on our side</h1><p>Nothing was changed. Try again in a minute."


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; 413 where it was too much."""
    if isinstance(exception, LARGE):
        return too_large(request)
    return HttpResponse(render_to_string("400.html"), status=400)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more than any file or form of ours holds.

    What a proxy lets through is read to its end and dropped: a proxy whose sending is cut short never hears our answer.
    """
    said = request.META.get("CONTENT_LENGTH") or "0"
    if said.isascii() and said.isdigit() and int(said) <= LET_THROUGH:
        with suppress(OSError):  # whoever sends has gone
            while request.read(PIECE):
                pass
    return HttpResponse(render_to_string("413.html"), status=413)


def broken(_: HttpRequest) -> HttpResponse:
    """500: our own fault, which the log names by its address and not by anybody's name."""
    try:
        return HttpResponse(render_to_string("500.html"), status=500)
    except ValueError:  # the look itself is missing
        return HttpResponse(BARE, status=500)

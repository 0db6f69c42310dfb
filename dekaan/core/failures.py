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
A_WHILE = 300  # seconds, until too many tries are forgotten
BARE = "<!doctype html><title>Dekaan</title><h1>Something broke on our side</h1><p>Nothing was changed. Try again in a minute."


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; 413 where it was too much."""
    if isinstance(exception, LARGE):
        return too_large(request)
    return HttpResponse(render_to_string("400.html"), status=400)


def not_yours(_: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 Django hands it over
    """403: somebody whose role does not open this."""
    return HttpResponse(render_to_string("403.html"), status=403)


def not_there(_: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 the same
    """404: no such page, or one of a school or pupil that is none of the person's business."""
    return HttpResponse(render_to_string("404.html"), status=404)


def only_pressed(refused: HttpResponse) -> HttpResponse:
    """405: an address that a button is behind, opened as a page (after signing in again, or from a bookmark)."""
    refused.content = render_to_string("405.html")
    refused.headers["Content-Type"] = "text/html; charset=utf-8"
    refused.headers["Content-Length"] = str(len(refused.content))  # a layer below has counted nothing
    return refused


def too_often(_: HttpRequest) -> HttpResponse:
    """429: more tries than a person makes."""
    return HttpResponse(render_to_string("429.html"), status=429, headers={"Retry-After": str(A_WHILE)})


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

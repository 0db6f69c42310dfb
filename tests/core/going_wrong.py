"""Addresses at which everything goes wrong that can, below the real ones and behind the real layers and handlers."""

import sqlite3
from typing import NoReturn

from allauth.core.internal.ratelimit import respond_429
from django.core.exceptions import BadRequest, PermissionDenied, TooManyFieldsSent
from django.db import OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from dekaan import urls
from dekaan.access.door import open_to_all

handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404
handler429, handler500 = urls.handler429, urls.handler500
SECRET = "Ada Lovell in the drawer under the stairs"  # what an exception may quote and no page may show


def busy() -> OperationalError:
    said = sqlite3.OperationalError(SECRET)
    said.sqlite_errorname = "SQLITE_BUSY"
    failed = OperationalError(SECRET)
    failed.__cause__ = said
    return failed


RAISED = {
    400: lambda: BadRequest(SECRET),
    403: lambda: PermissionDenied(SECRET),
    413: lambda: TooManyFieldsSent(SECRET),
    500: lambda: ProgrammingError(SECRET),
    503: busy,
}


@open_to_all
def raises(request: HttpRequest, status: int) -> NoReturn:
    problem = RAISED[status]()
    raise problem


@open_to_all
def tries(request: HttpRequest) -> HttpResponse:
    return respond_429(request)


@open_to_all
@require_POST
def button(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("wrong/405/", button),
    path("wrong/429/", tries),
    *(path(f"wrong/{status}/", raises, {"status": status}) for status in RAISED),
    *urls.urlpatterns,
]
STATUSES = (400, 403, 404, 405, 413, 429, 500, 503)

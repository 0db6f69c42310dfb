"""What a link opens for somebody without an account: a page of one school, by a key that nobody guesses.

A wrong key that is sent counts by where it comes from; a right one counts nowhere, however many share an address. Another
school's key, a key of nobody and a school that there is not are answered alike.
"""

import secrets
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dekaan.access import throttle
from dekaan.core.scope import working_in
from dekaan.schools.models import School
from dekaan.schools.queries import school_by_slug

LONGEST = 64


def page_of(request: HttpRequest) -> str:
    """The name by which a page is sent once: as it comes back, or a new one."""
    return request.POST.get("page", "")[:LONGEST] or secrets.token_urlsafe(16)


def opened(
    request: HttpRequest, at_slug: str, answer: Callable[[School], HttpResponse | None], *, kind: str, nothing: str
) -> HttpResponse:
    """What `answer` says in the scope of the school; where it says None, or may not be asked, the page `nothing`.

    `kind` is what wrong keys are counted under.
    """
    school = school_by_slug(at_slug)
    counted = throttle.counters(kind, "", address=throttle.address_of(request))[2:]
    if school and not throttle.seconds_to_wait(counted):
        with transaction.atomic(), working_in(school):
            found = answer(school)
            if found is not None:
                return found
    if request.method == "POST":
        throttle.note_wrong(counted)
    return render(request, nothing, {"opens_nothing": True}, status=404)

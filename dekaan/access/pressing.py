"""A form is done once, however often it is sent: a double click, a retry after a timeout, the back button.

Every page that Django marks against forgery carries a mark of its own (it is masked anew for each page), so every form
has a name that is used once without anybody thinking of it. The first press is kept with where it led, in its own
transaction; the same press again (same person, page, address and words) leads there too and changes nothing.
No word of what was typed or answered is kept.
"""

import hashlib
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone

from dekaan.access.models import Press
from dekaan.core.busy import BUSY, try_again

AGAIN = "This was sent before and is done once. This is how it stands now."
MARK_LENGTH = 64  # of Django's masked token
WAIT = 20  # seconds for a first press that is still at it
LEFT = timedelta(minutes=2)  # a first press that is not answered by then was cut short


def answered_once(request: Any, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer to the press, which is worked out once; a press that changes nothing may be repeated."""
    mark = _mark(request)
    if not mark:
        return answer()
    press, is_first = _claimed(request.user.pk, mark)
    if press is None:
        return try_again(request, BUSY)
    if not is_first:
        messages.info(request, AGAIN)
        return HttpResponseRedirect(press.led_to)
    try:
        response = answer()
    except BaseException:
        if not connection.in_atomic_block:  # else it is taken back with everything
            press.delete()
        raise
    if isinstance(response, HttpResponseRedirect):
        press.led_to = response.url
        press.save(update_fields=["led_to"])
    else:  # something is to be put right, or was only looked at
        press.delete()
    return response


def _mark(request: Any) -> str:
    """What tells this press from any other; nothing where no page of ours was pressed."""
    token = request.POST.get("csrfmiddlewaretoken", "")
    if len(token) != MARK_LENGTH:
        return ""
    typed = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    files = sorted((name, each.name, _content(each)) for name, found in request.FILES.lists() for each in found)
    said = (request.user.pk, request.get_full_path(), token, typed, files)
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


def _content(file: Any) -> str:
    """A corrected file of the same name and length is another."""
    seen = hashlib.sha256()
    for piece in file.chunks():
        seen.update(piece)
    file.seek(0)
    return seen.hexdigest()


def _claimed(user_id: int, mark: str) -> tuple[Press | None, bool]:
    """The press, and whether it is the first. On both databases the second waits for the first one's transaction.

    Only a file that is read outside a transaction leaves a press to be seen that is not answered yet: it is waited for
    (nothing where that lasts too long), and one that was cut short is taken over.
    """
    until = time.monotonic() + WAIT
    while True:
        press, is_first = Press.objects.get_or_create(mark=mark, defaults={"user_id": user_id})
        if is_first or press.led_to:
            return press, is_first
        if press.at < timezone.now() - LEFT:
            now = timezone.now()
            if Press.objects.filter(pk=press.pk, at=press.at).update(at=now):
                press.at = now
                return press, True
        if time.monotonic() > until:
            return None, False
        time.sleep(0.2)

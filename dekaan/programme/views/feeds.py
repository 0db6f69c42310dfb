"""A person's own sessions in the calendar on their telephone."""

from cryptography.fernet import InvalidToken
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from dekaan.access import throttle
from dekaan.access.door import SchoolRequest, needs, open_to_all
from dekaan.access.permissions import Permission
from dekaan.core.failures import too_often
from dekaan.core.scope import working_in
from dekaan.core.sealed import box
from dekaan.programme import changes
from dekaan.programme.models import Session
from dekaan.programme.queries import calendar_of, has_calendar_address, reader_of

LABEL = "dekaan.programme.calendar"
SHOWN_FOR = 600  # seconds in which a new address can be read off the page


@needs(Permission.PROGRAMME_SEE)
def own_calendar(request: SchoolRequest) -> HttpResponse:
    """Whether the person has an address for their calendar; a new one, which is shown for a few minutes and never again."""
    token = _just_made(request)
    context = {
        "address": request.build_absolute_uri(reverse("calendar-feed", args=[token])) if token else "",
        "has_one": has_calendar_address(request.user, request.school),
    }
    return render(request, "programme/own_calendar.html", context)


def _just_made(request: SchoolRequest) -> str:
    """The token that this person made a moment ago, as the press sealed it; nothing for anything else."""
    try:
        said = box(LABEL).decrypt(request.GET.get("made", "").encode(), ttl=SHOWN_FOR).decode()
    except InvalidToken:
        return ""
    whose, _, token = said.partition(" ")
    reader = reader_of(token)
    return token if whose == str(request.user.pk) and reader and reader.school == request.school else ""


@needs(Permission.PROGRAMME_SEE)
@require_POST
def own_calendar_renew(request: SchoolRequest) -> HttpResponse:
    """The person has a new address; the one before gives nothing any more."""
    token = changes.renew_calendar_address(school=request.school, by=request.user)
    made = box(LABEL).encrypt(f"{request.user.pk} {token}".encode()).decode()
    return redirect(f"{reverse('own-calendar', args=[request.school.slug])}?{urlencode({'made': made})}")


@needs(Permission.PROGRAMME_SEE)
@require_POST
def own_calendar_end(request: SchoolRequest) -> HttpResponse:
    """The person's address gives nothing any more."""
    changes.end_calendar_address(school=request.school, by=request.user)
    messages.success(request, "Your calendar is no longer told of your sessions.")
    return redirect("own-calendar", request.school.slug)


@open_to_all
@require_safe
def calendar_feed(request: HttpRequest, feed_key: str) -> HttpResponse:
    """A person's own sessions, for whoever has the address; a wrong one and one that ended are answered alike."""
    reader = reader_of(feed_key)
    if reader is None:
        counted = throttle.counters("calendar", "", address=throttle.address_of(request))[2:]
        if throttle.seconds_to_wait(counted):
            return too_often(request)
        throttle.note_wrong(counted)
        raise Http404

    def address_of(session: Session) -> str:
        return request.build_absolute_uri(reverse("session-detail", args=[reader.school.slug, session.pk]))

    with working_in(reader.school):
        calendar = calendar_of(reader, address_of, request.get_host().partition(":")[0])
    return HttpResponse(
        calendar,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Cache-Control": "private, no-store",
            "Content-Disposition": 'inline; filename="careers.ics"',
            "X-Robots-Tag": "noindex",
        },
    )

"""Home, search, and one pupil's whole record."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dekaan.access.data_classes import DataClass
from dekaan.access.door import MARKER_READ, NEEDS_READ, SchoolRequest, needs, reads
from dekaan.access.exporting import see_exports
from dekaan.access.permissions import Permission
from dekaan.overview.queries.home import queue
from dekaan.overview.queries.record import pupil_record as record_of
from dekaan.overview.queries.search import found
from dekaan.people.queries import is_opened, pupil_with_stays, pupils_visible_to


@needs(Permission.HOME_SEE)
def home(request: SchoolRequest) -> HttpResponse:
    """A queue of at most five cards, each of them the person's own business."""
    cards = queue(request.school, request.user, request.assignments, request.permissions)
    return render(request, "overview/home.html", {"queue": cards})


@needs(Permission.HOME_SEE)
@require_POST
def exports_seen(request: SchoolRequest) -> HttpResponse:
    """The person has seen the exports of which they were told."""
    see_exports(request.user)
    return redirect("home", request.school.slug)


@needs(Permission.HOME_SEE)
def search(request: SchoolRequest) -> HttpResponse:
    """Pupils, activities and partners by any part of a word."""
    words = request.GET.get("q", "")[:100]
    answer = found(words, request.user, request.assignments, request.permissions)
    return render(request, "overview/search.html", {"words": words, "found": answer})


@needs(Permission.PUPILS_SEE)
def pupil_record(request: SchoolRequest, pupil_id: int) -> HttpResponse:
    """One pupil's whole record on one page; a pupil whom the person may not see is not there."""
    pupil, stays = pupil_with_stays(pupils_visible_to(request.assignments), pupil_id)
    if pupil is None:
        raise Http404
    record = record_of(pupil, stays, request.assignments, request.permissions)
    if record.opened:
        reads(request, NEEDS_READ, subject="pupil", subject_id=pupil.pk, classes=sorted(record.opened))
    if any(each.restriction for each in record.carers):
        reads(request, MARKER_READ, pupil=pupil.pk)
    return render(
        request,
        "overview/pupil_record.html",
        {
            "record": record,
            "pupil": pupil,
            "shows_destinations": Permission.DESTINATIONS_SEE in request.permissions
            and is_opened(DataClass.I, pupil, request.assignments),
            # Two addresses, not one a line: a reversal costs more than the line.
            "sessions": reverse("session-list", args=[request.school.slug]),
            "criteria": f"{reverse('benchmark-picture', args=[request.school.slug])}criteria/",
        },
    )

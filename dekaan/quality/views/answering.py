"""Answering without an account: one page, one link, and nothing that says who."""

import secrets

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dekaan.access import throttle
from dekaan.access.door import open_to_all
from dekaan.core.scope import working_in
from dekaan.quality import changes
from dekaan.quality.forms import Answering
from dekaan.quality.models import Collection
from dekaan.quality.queries import collection_of_link, wording_of
from dekaan.schools.models import School
from dekaan.schools.queries import school_by_slug

PAGE = "page"  # the name by which a page is sent once
LONGEST = 64
FULL = "More answers have come by this link than people were asked, so it takes no more. Tell whoever gave it to you."


@open_to_all
def answer_new(request: HttpRequest, at_slug: str, answer_key: str) -> HttpResponse:
    """The questions of one collection, by its link: open at once, until the end of its day."""
    school, counted = school_by_slug(at_slug), _counted(request)
    if school and not throttle.seconds_to_wait(counted):
        with transaction.atomic(), working_in(school):
            collection = collection_of_link(answer_key)
            if collection:
                return _answered(request, school, collection)
    if request.method == "POST":
        throttle.note_wrong(counted)
    return render(request, "quality/answer_given.html", {"opens_nothing": True}, status=404)


def _answered(request: HttpRequest, school: School, collection: Collection) -> HttpResponse:
    form, refused = Answering(request.POST if request.method == "POST" else None, collection=collection), ""
    page = request.POST.get(PAGE, "")[:LONGEST] or secrets.token_urlsafe(16)
    if request.method == "POST" and form.is_valid():
        try:
            changes.answer(collection, form.given(), page=page)
        except changes.CollectionOver:
            refused = "It ended while you had it open, so your answer is not kept."
        except changes.TooManyAnswers:
            refused = FULL
        else:
            return redirect("answer-given")
    context = {
        "asked_by": school.name,
        "collection": collection,
        "questionnaire": wording_of(collection).questionnaire,
        "form": form,
        "page": page,
        "refused": refused,
    }
    return render(request, "quality/answer_new.html", context)


@open_to_all
def answer_given(request: HttpRequest) -> HttpResponse:
    """Thank you."""
    return render(request, "quality/answer_given.html")


def _counted(request: HttpRequest) -> list[throttle.Counter]:
    """A wrong key counts by where it comes from; a right one counts nowhere, however many pupils share an address."""
    return throttle.counters("feedback", "", address=throttle.address_of(request))[2:]

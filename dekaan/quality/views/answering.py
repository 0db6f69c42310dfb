"""Answering without an account: one page, one link, and nothing that says who."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dekaan.access import by_link
from dekaan.access.door import open_to_all
from dekaan.quality import changes
from dekaan.quality.forms import Answering
from dekaan.quality.models import Collection
from dekaan.quality.queries import collection_of_link, wording_of
from dekaan.schools.models import School

FULL = "More answers have come by this link than people were asked, so it takes no more. Tell whoever gave it to you."


@open_to_all
def answer_new(request: HttpRequest, at_slug: str, answer_key: str) -> HttpResponse:
    """The questions of one collection, by its link: open at once, until the end of its day."""

    def answer(school: School) -> HttpResponse | None:
        collection = collection_of_link(answer_key)
        return _answered(request, school, collection) if collection else None

    return by_link.opened(request, at_slug, answer, kind="feedback", nothing="quality/answer_given.html")


def _answered(request: HttpRequest, school: School, collection: Collection) -> HttpResponse:
    form, refused = Answering(request.POST if request.method == "POST" else None, collection=collection), ""
    page = by_link.page_of(request)
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

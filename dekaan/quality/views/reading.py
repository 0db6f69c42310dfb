"""What was asked and what came back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today, year_asked, year_label
from dekaan.core.codes import code_to_scan
from dekaan.frameworks.queries import criterion, frameworks
from dekaan.programme.models import Activity
from dekaan.quality import changes
from dekaan.quality.models import Collection, Line
from dekaan.quality.queries import (
    FEW,
    by_audience,
    by_group,
    by_year_group,
    collection_lines,
    collections,
    feedback_by_groups,
    lines_of,
    of_year,
    over_terms,
    pairs,
    pulse_lines,
    question_figures,
    tally_of,
    wording_of,
)
from dekaan.schools.queries import years_on_record


def exactly(request: SchoolRequest) -> bool:
    """Whether small numbers are shown: to the careers team."""
    return Permission.FIGURES_EXACT in request.permissions


def years_of(request: SchoolRequest, year: int) -> dict[str, Any]:
    """The year of a page, and the others to choose from."""
    years = [(each, year_label(each)) for each in reversed(years_on_record(request.school)) if each != year]
    return {"year": year, "year_label": year_label(year), "years": years, "few": FEW}


def collection_or_404(collection_id: int) -> Collection:
    """The collection of that number."""
    return get_object_or_404(collections(), pk=collection_id)


@needs(Permission.REPORTS_SEE)
def feedback_list(request: SchoolRequest) -> HttpResponse:
    """The year: what was asked and answered, by audience, over the terms and by year group; which groups were asked."""
    year, exact = year_asked(request.GET.get("year", "")), exactly(request)
    context = {
        "lines": collection_lines(of_year(year), exactly=exact),
        "audiences": by_audience(year, exactly=exact),
        "year_groups": by_year_group(year, exactly=exact),
        "terms": over_terms([year - 2, year - 1, year], exactly=exact),
        "asked": [
            (each, found, criterion(found.criterion))
            for each, found in zip(
                frameworks(), feedback_by_groups([each.key for each in frameworks()], today()), strict=True
            )
            if found
        ],
        "exact": exact,
    }
    return render(request, "quality/feedback_list.html", context | years_of(request, year))


@needs(Permission.REPORTS_SEE)
def pulse_list(request: SchoolRequest) -> HttpResponse:
    """Career readiness where school life turns, and what is different after than before."""
    year, exact = year_asked(request.GET.get("year", "")), exactly(request)
    context = {"lines": pulse_lines(year, exactly=exact), "pairs": pairs(year, exactly=exact)}
    return render(request, "quality/pulse_list.html", context | years_of(request, year))


@needs(Permission.REPORTS_SEE)
def activity_feedback(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """What was said of one activity, in all its years."""
    activity = get_object_or_404(Activity, pk=activity_id)
    # Told of all that was asked in those years, so that what is hidden does not follow from another page.
    years = activity.collections.order_by().values("academic_year")
    everything = collection_lines(collections().filter(academic_year__in=years), exactly=exactly(request))
    lines = [each for each in everything if each.collection.activity_id == activity.pk]
    return render(request, "quality/activity_feedback.html", {"activity": activity, "lines": lines, "few": FEW})


@needs(Permission.REPORTS_SEE)
def collection_detail(request: SchoolRequest, collection_id: int) -> HttpResponse:
    """One collection: how many answered, question by question; for whoever asks, its link, paper and end."""
    collection, exact = collection_or_404(collection_id), exactly(request)
    context = {
        "collection": collection,
        "questionnaire": wording_of(collection).questionnaire,
        "tally": tally_of(collection, exactly=exact),
        "figures": question_figures(collection, exactly=exact),
        "groups": by_group(collection, exactly=exact),
        "written": sum(len(written) for _, written in lines_of(collection)) if exact else 0,
        "few": FEW,
    }
    return render(request, "quality/collection_detail.html", context | link_of(request, collection))


def link_of(request: SchoolRequest, collection: Collection) -> dict[str, Any]:
    """The link, and the code that says the same, for those who may ask."""
    if Permission.PROGRAMME_CHANGE not in request.permissions or not collection.is_open:
        return {}
    if (key := collection.key_to_show) is None:
        return {"link_is_lost": True}
    link = request.build_absolute_uri(reverse("answer-new", args=[request.school.slug, key]))
    return {"link": link, "code": code_to_scan(link)}


@needs(Permission.FIGURES_EXACT)
def collection_words(request: SchoolRequest, collection_id: int) -> HttpResponse:
    """What people wrote, for the careers team alone."""
    collection = collection_or_404(collection_id)
    context = {"collection": collection, "written": lines_of(collection)}
    return render(request, "quality/collection_words.html", context)


@needs(Permission.FIGURES_EXACT)
@require_POST
def line_take_out(request: SchoolRequest, line_id: int) -> HttpResponse:
    """Take out what names somebody."""
    line = get_object_or_404(Line, pk=line_id)
    collection_id = line.collection_id
    changes.take_out_line(line, by=request.user)
    messages.success(request, "It is taken out. What the same person answered otherwise stands.")
    return redirect("collection-words", request.school.slug, collection_id)

"""The list of leavers."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today, year_asked, year_label
from dekaan.destinations import forms, queries
from dekaan.destinations.models import Asking


@needs(Permission.DESTINATIONS_SEE)
def leaver_list(request: SchoolRequest) -> HttpResponse:
    """The leavers of a year whom the person may see: those of whom something is to be found out first."""
    years, left_in = years_to_choose(request)
    lines = queries.followed(left_in, queries.leavers_opened(request.assignments, left_in))
    tells_contact = Permission.DESTINATIONS_CHANGE in request.permissions
    asked = queries.asked_of([each.leaver.pupil.pk for each in lines]) if tells_contact else {}
    form = forms.FindLeavers(request.GET, years=years)
    form.offer(lines)
    behind = queries.behind(left_in, [each.leaver for each in lines], request.GET.dict(), request.permissions)
    context = {
        "form": form,
        "behind": behind,
        "lines": [
            (each, asked.get(each.leaver.pupil.pk))
            for each in form.narrowed(lines)
            if not behind or each.leaver.pupil.pk in behind.pupil_ids
        ],
        "all": len(lines),
        "counts": queries.how_many(lines) if Permission.DESTINATIONS_COUNT in request.permissions else (),
        "has_guarantee": queries.has_guarantee(request.assignments),
        "asked_of": queries.asked_after_in_words(left_in),
        "year": left_in,
        "year_label": year_label(left_in),
        "pupils": reverse("pupil-list", args=[request.school.slug]),  # one address, not one a line
        "waits_for_caseload": queries.waits_for_caseload(request.assignments),
        "tells_contact": tells_contact,
        "askings": queries.askings_opened(request.assignments, Asking.objects.all(), left_in)[:6] if asked else [],
    }
    return render(request, "destinations/leaver_list.html", context)


def years_to_choose(request: SchoolRequest) -> tuple[list[int], int]:
    """The years that can be chosen, latest first, and the one that is asked for: the latest where none is."""
    years = queries.years_left() or [academic_year_of(today()) - 1]
    asked = year_asked(request.GET.get("year", ""))
    return years, asked if asked in years else years[0]

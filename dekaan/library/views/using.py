"""What resources were used in, and whom the library reached."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today, year_asked, year_label
from dekaan.core.editing import hold
from dekaan.core.numbers import row_number
from dekaan.library import changes, forms, queries
from dekaan.library.models import Resource
from dekaan.programme.models import Activity

MOST_SESSIONS = 40


@needs(Permission.PROGRAMME_SEE)
def library_reach(request: SchoolRequest) -> HttpResponse:
    """Pupils, parents and carers, and staff whom information reached in a year."""
    year = year_asked(request.GET.get("year", ""))
    exactly = Permission.FIGURES_EXACT in request.permissions
    found = queries.reach(request.school, year)
    context = {
        "reach": found,
        "reached": found.shown(exactly=exactly),
        "staff": found.staff_shown(exactly=exactly),
        "exactly": exactly,
        "sessions": queries.used_in_sessions(year)[:MOST_SESSIONS],
        "year": year,
        "year_label": year_label(year),
        "years": [(each, year_label(each)) for each in (academic_year_of(today()) - 1, academic_year_of(today()))],
    }
    return render(request, "library/library_reach.html", context)


@needs(Permission.PROGRAMME_CHANGE)
def resource_use_new(request: SchoolRequest) -> HttpResponse:
    """Record a lesson or task in which resources were used."""
    asked = row_number(request.GET.get("resource", ""))
    resource = Resource.objects.filter(pk=asked).first() if asked else None
    form = forms.Use(request.POST if request.method == "POST" else None, resource=resource)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        session, receipt = changes.record_use(
            list(data["resources"]),
            title=data["title"],
            activity_type=data["activity_type"],
            held_on=data["held_on"],
            invited=form.invited(),
            by=request.user,
        )
        messages.success(request, f"{receipt.recorded} recorded. Strike off below whoever was absent.")
        return redirect("session-detail", request.school.slug, session.pk)
    return render(request, "library/resource_use_new.html", {"form": form})


@needs(Permission.PROGRAMME_CHANGE)
def activity_resources_change(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Choose what of the library is used in an activity."""
    activity = get_object_or_404(Activity, pk=activity_id)
    hold(request, activity)
    form = forms.ActivityResources(request.POST if request.method == "POST" else None, activity=activity)
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["resources"])
        changes.choose_resources(activity, chosen, by=request.user)
        said = ", ".join(each.title for each in chosen) or "nothing of the library"
        messages.success(request, f"Saved. Used in it: {said}.")
        return redirect("activity-detail", request.school.slug, activity.pk)
    return render(request, "library/activity_resources_change.html", {"form": form, "activity": activity})

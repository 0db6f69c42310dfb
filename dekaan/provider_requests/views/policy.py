"""The policy's facts: whom providers write to, grounds, and times that are usually free."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.editing import hold
from dekaan.provider_requests import changes, forms, queries
from dekaan.provider_requests.models import FreeTime


@needs(Permission.PROGRAMME_CHANGE)
def access_rules_change(request: SchoolRequest) -> HttpResponse:
    """Say whom providers write to, how soon they hear, what they can be offered, and on which grounds it is refused."""
    hold(request, request.school)
    form = forms.Rules(request.POST if request.method == "POST" else None, rules=queries.rules_said())
    if request.method == "POST" and form.is_valid():
        changes.say_rules(by=request.user, **form.cleaned_data)
        messages.success(
            request,
            "Saved. What was answered before stands as it was; the public statement says it once a version with it is approved.",
        )
        return redirect("provider-request-list", request.school.slug)
    context = {"form": form, "times": queries.free_times()}
    return render(request, "provider_requests/access_rules_change.html", context)


@needs(Permission.PROGRAMME_CHANGE)
def free_time_new(request: SchoolRequest) -> HttpResponse:
    """Add a time of the week at which providers can usually come."""
    return _time_page(request, forms.Time(request.POST or None), None)


@needs(Permission.PROGRAMME_CHANGE)
def free_time_change(request: SchoolRequest, free_time_id: int) -> HttpResponse:
    """Change one."""
    free_time = get_object_or_404(FreeTime, pk=free_time_id)
    hold(request, free_time)
    return _time_page(request, forms.Time(request.POST or None, free_time=free_time), free_time)


def _time_page(request: SchoolRequest, form: forms.Time, free_time: FreeTime | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        if free_time is None:
            free_time = changes.add_free_time(by=request.user, **form.said())
        else:
            changes.change_free_time(free_time, by=request.user, **form.said())
        messages.success(request, f"Saved: {free_time}.")
        return redirect("access-rules-change", request.school.slug)
    return render(request, "provider_requests/free_time_change.html", {"form": form, "free_time": free_time})


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def free_time_remove(request: SchoolRequest, free_time_id: int) -> HttpResponse:
    """Take one out."""
    free_time = get_object_or_404(FreeTime, pk=free_time_id)
    changes.remove_free_time(free_time, by=request.user)
    messages.success(request, f"Removed: {free_time}.")
    return redirect("access-rules-change", request.school.slug)

"""What will go because it was kept long enough, and what is held."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today
from dekaan.core.editing import hold as hold_row
from dekaan.privacy import changes
from dekaan.privacy.forms import KeepYears, NewHold
from dekaan.privacy.models import Hold
from dekaan.privacy.queries.holdings import data_protection
from dekaan.privacy.queries.retention import holds, retention_plan, told_of_retention


@needs(Permission.PRIVACY_SEE)
def retention(request: SchoolRequest) -> HttpResponse:
    """A dry run: what goes in the next 30 days, what is held. Names are for those who may see pupils."""
    return render(
        request,
        "privacy/retention.html",
        {
            "plan": retention_plan(today()),
            "told": told_of_retention(),
            "holds": holds(),
            "sees_names": Permission.PUPILS_CHANGE in request.permissions,
        },
    )


@needs(Permission.PRIVACY_KEEP)
def retention_change(request: SchoolRequest) -> HttpResponse:
    """For how many years after leaving records are kept."""
    hold_row(request, request.school)
    form = KeepYears(request.POST or None, initial={"keep_years": data_protection(request.school).keep_years})
    if request.method == "POST" and form.is_valid():
        changes.say_data_protection(request.school, by=request.user, **form.cleaned_data)
        messages.success(request, "Saved. This is what will go.")
        return redirect("retention", request.school.slug)
    return render(request, "privacy/retention_change.html", {"form": form})


@needs(Permission.PRIVACY_KEEP)
def retention_begin(request: SchoolRequest) -> HttpResponse:
    """Having seen what goes, let records go by themselves when their time is over."""
    hold_row(request, request.school)
    is_other = False
    if request.method == "POST":
        try:
            changes.let_records_go(request.school, seen=request.POST.get("seen", ""), by=request.user)
        except changes.OtherThanSeen:
            is_other = True
        else:
            messages.success(request, "Records go by themselves now, each after standing here for 30 days.")
            return redirect("retention", request.school.slug)
    context = {
        "plan": retention_plan(today()),
        "is_other": is_other,
        "sees_names": Permission.PUPILS_CHANGE in request.permissions,
    }
    return render(request, "privacy/retention_begin.html", context)


@needs(Permission.PRIVACY_KEEP)
@require_POST
def retention_end(request: SchoolRequest) -> HttpResponse:
    """Nothing goes by itself any more."""
    changes.let_nothing_go(request.school, by=request.user)
    messages.success(request, "Nothing goes by itself any more.")
    return redirect("retention", request.school.slug)


@needs(Permission.PRIVACY_CASES)
def hold_new(request: SchoolRequest) -> HttpResponse:
    """Keep a record longer, for a reason."""
    form = NewHold(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            changes.hold_pupil(form.cleaned_data["about"], because=form.cleaned_data["because"], by=request.user)
        except changes.AlreadyHeld:
            form.add_error("about", "That record is held already.")
        except changes.NobodyThere:
            form.add_error("about", "That record has gone just now: its time was over.")
        else:
            messages.success(request, "Held. It stays until you end the hold.")
            return redirect("retention", request.school.slug)
    return render(request, "privacy/hold_new.html", {"form": form})


@needs(Permission.PRIVACY_CASES)
@require_POST
def hold_end(request: SchoolRequest, hold_id: int) -> HttpResponse:
    """The record goes when its time is over."""
    changes.end_hold(get_object_or_404(Hold, pk=hold_id), by=request.user)
    messages.success(
        request, "The hold is ended. The record goes when its time is over, after standing here for 30 days."
    )
    return redirect("retention", request.school.slug)

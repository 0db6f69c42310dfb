"""What will go because it was kept long enough, and what is held."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today
from dekaan.privacy import changes
from dekaan.privacy.forms import NewHold
from dekaan.privacy.models import Hold
from dekaan.privacy.queries.retention import holds, retention_plan


@needs(Permission.PRIVACY_SEE)
def retention(request: SchoolRequest) -> HttpResponse:
    """A dry run: what goes at the next run, what goes soon, what is held. Names are for those who may see pupils."""
    return render(
        request,
        "privacy/retention.html",
        {
            "plan": retention_plan(today()),
            "holds": holds(),
            "sees_names": Permission.PUPILS_CHANGE in request.permissions,
        },
    )


@needs(Permission.PRIVACY_CASES)
def hold_new(request: SchoolRequest) -> HttpResponse:
    """Keep a record longer, for a reason."""
    form = NewHold(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            changes.hold_pupil(form.cleaned_data["about"], because=form.cleaned_data["because"], by=request.user)
        except changes.AlreadyHeld:
            form.add_error("about", "That record is held already.")
        else:
            messages.success(request, "Held. It stays until you end the hold.")
            return redirect("retention", request.school.slug)
    return render(request, "privacy/hold_new.html", {"form": form})


@needs(Permission.PRIVACY_CASES)
@require_POST
def hold_end(request: SchoolRequest, hold_id: int) -> HttpResponse:
    """The record goes when its time is over."""
    changes.end_hold(get_object_or_404(Hold, pk=hold_id), by=request.user)
    messages.success(request, "The hold is ended. The record goes when its time is over.")
    return redirect("retention", request.school.slug)

"""Visits of the trust to the school."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today
from dekaan.core.editing import hold
from dekaan.trusts import changes, forms, queries
from dekaan.trusts.models import SupportVisit
from dekaan.trusts.views.reach import keeps, of_the_trust


@needs(Permission.REPORTS_SEE)
def support_visit_list(request: SchoolRequest) -> HttpResponse:
    """Every visit, for both sides: what was looked at, what was agreed, and what of it is done."""
    context = {"keeps": keeps(request), "visits": list(queries.visits())}
    return render(request, "trusts/support_visit_list.html", context)


@needs(Permission.TRUST_LEAD)
@of_the_trust
def support_visit_new(request: SchoolRequest) -> HttpResponse:
    """Log a visit to this school."""
    form = forms.NewVisit(request.POST if request.method == "POST" else None, initial={"visited_on": today()})
    if request.method == "POST" and form.is_valid():
        changes.log_visit(steps=form.steps(), by=request.user, **form.said())
        messages.success(request, f"Logged. {request.school.name} reads it too.")
        return redirect("support-visit-list", request.school.slug)
    return render(request, "trusts/support_visit_change.html", {"form": form, "visit": None})


@needs(Permission.TRUST_LEAD)
@of_the_trust
def support_visit_change(request: SchoolRequest, support_visit_id: int) -> HttpResponse:
    """Correct what was logged, or agree on one step more."""
    visit = get_object_or_404(SupportVisit, pk=support_visit_id)
    hold(request, visit)
    form = forms.ChangedVisit(request.POST if request.method == "POST" else None, visit=visit)
    if request.method == "POST" and form.is_valid():
        changes.change_visit(visit, steps=form.steps(), by=request.user, **form.said())
        messages.success(request, "Saved. The school reads it so.")
        return redirect("support-visit-list", request.school.slug)
    return render(request, "trusts/support_visit_change.html", {"form": form, "visit": visit})


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def visit_step_done(request: SchoolRequest, visit_step_id: int) -> HttpResponse:
    """A next step is done."""
    step = get_object_or_404(queries.steps(), pk=visit_step_id)
    changes.finish_step(step, by=request.user)
    messages.success(request, f"Done: {step.what}.")
    return redirect("support-visit-list", request.school.slug)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def visit_step_open(request: SchoolRequest, visit_step_id: int) -> HttpResponse:
    """A next step is to be done after all."""
    step = get_object_or_404(queries.steps(), pk=visit_step_id)
    changes.reopen_step(step, by=request.user)
    messages.success(request, f"To be done: {step.what}.")
    return redirect("support-visit-list", request.school.slug)

"""The trust's vision and objectives, and what a school makes of them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today
from dekaan.core.editing import hold
from dekaan.trusts import changes, forms, queries
from dekaan.trusts.models import TakenObjective
from dekaan.trusts.views.reach import keeps, of_the_trust, schools_read


@needs(Permission.BENCHMARKS_SEE)
def trust_vision(request: SchoolRequest) -> HttpResponse:
    """What the trust wants, and which schools have taken each objective into their plan."""
    trust = request.school.trust
    context: dict[str, Any] = {"keeps": keeps(request)}
    if trust:
        schools = schools_read(request)
        vision = queries.vision_of(trust)
        context |= {
            "vision": vision,
            "is_over": vision is not None and vision.ends_on < today(),
            "objectives": queries.objectives_at(trust, request.school, schools),
            "schools": len(schools),
        }
    return render(request, "trusts/trust_vision.html", context)


@needs(Permission.TRUST_LEAD)
@of_the_trust
def trust_vision_change(request: SchoolRequest) -> HttpResponse:
    """Say what the trust wants."""
    trust = request.school.trust
    assert trust is not None
    vision = queries.vision_of(trust)
    if vision is not None:
        hold(request, vision)
    form = forms.VisionDetails(request.POST if request.method == "POST" else None, vision=vision)
    if request.method == "POST" and form.is_valid():
        changes.say_vision(trust, by=request.user, **form.cleaned_data)
        messages.success(request, f"Every school of {trust.name} reads it now.")
        return redirect("trust-vision", request.school.slug)
    return render(request, "trusts/trust_vision_change.html", {"form": form})


@needs(Permission.TRUST_LEAD)
@of_the_trust
def trust_objective_new(request: SchoolRequest) -> HttpResponse:
    """Add an objective."""
    trust = request.school.trust
    assert trust is not None
    form = forms.ObjectiveDetails(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = changes.add_objective(trust, by=request.user, **form.cleaned_data)
        messages.success(request, f"Every school reads it now: {made.title}.")
        return redirect("trust-vision", request.school.slug)
    return render(request, "trusts/trust_objective_change.html", {"form": form, "objective": None})


@needs(Permission.TRUST_LEAD)
@of_the_trust
def trust_objective_change(request: SchoolRequest, trust_objective_id: int) -> HttpResponse:
    """Change an objective, or let it go."""
    objective = get_object_or_404(queries.objectives_of(request.school.trust), pk=trust_objective_id)
    hold(request, objective)
    form = forms.ObjectiveDetails(request.POST if request.method == "POST" else None, objective=objective)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        is_dropped = said.pop("is_dropped")
        said["dropped_on"] = (objective.dropped_on or today()) if is_dropped else None
        changes.change_objective(objective, by=request.user, **said)
        messages.success(request, f"Saved: {objective.title}. What schools wrote of it stays theirs.")
        return redirect("trust-vision", request.school.slug)
    return render(request, "trusts/trust_objective_change.html", {"form": form, "objective": objective})


@needs(Permission.PROGRAMME_CHANGE)
def trust_objective_take(request: SchoolRequest, trust_objective_id: int) -> HttpResponse:
    """Take an objective of the trust into the school's plan, and say how."""
    objective = get_object_or_404(queries.objectives_of(request.school.trust), pk=trust_objective_id)
    taken = TakenObjective.objects.filter(objective=objective).first()
    if taken is not None:
        hold(request, taken)
    form = forms.HowTaken(request.POST if request.method == "POST" else None, objective=objective, taken=taken)
    if request.method == "POST" and form.is_valid():
        changes.take_objective(objective, by=request.user, **form.cleaned_data)
        messages.success(request, f"In our plan: {objective.title}.")
        return redirect("trust-vision", request.school.slug)
    return render(request, "trusts/trust_objective_take.html", {"form": form, "objective": objective, "taken": taken})


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def trust_objective_leave(request: SchoolRequest, trust_objective_id: int) -> HttpResponse:
    """It is not in the school's plan any more."""
    objective = get_object_or_404(queries.objectives_of(request.school.trust), pk=trust_objective_id)
    changes.leave_objective(objective, by=request.user)
    messages.success(request, f"Not in our plan any more: {objective.title}.")
    return redirect("trust-vision", request.school.slug)

"""Screens of the school's own policies; the register itself stands on the floor that publishes some of them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.editing import hold
from dekaan.plan import changes, forms
from dekaan.plan.models import Policy


@needs(Permission.PLAN_CHANGE)
def policy_new(request: SchoolRequest) -> HttpResponse:
    """Put a policy in the register."""
    form = forms.NewPolicy(request.POST or None)
    if request.method == "POST" and form.is_valid():
        policy = changes.add_policy(by=request.user, **form.cleaned_data)
        messages.success(request, f"In the register: {policy.title}.")
        return redirect("policy-list", request.school.slug)
    return render(request, "plan/policy_change.html", {"form": form, "policy": None})


@needs(Permission.PLAN_CHANGE)
def policy_change(request: SchoolRequest, policy_id: int) -> HttpResponse:
    """Correct what the register says of a policy."""
    policy = get_object_or_404(Policy, pk=policy_id)
    hold(request, policy)
    form = forms.ChangedPolicy(request.POST if request.method == "POST" else None, policy=policy)
    if request.method == "POST" and form.is_valid():
        changes.change_policy(policy, by=request.user, **form.cleaned_data)
        messages.success(request, f"{policy.title} is changed.")
        return redirect("policy-list", request.school.slug)
    return render(request, "plan/policy_change.html", {"form": form, "policy": policy})


@needs(Permission.PLAN_CHANGE)
@require_POST
def policy_withdraw(request: SchoolRequest, policy_id: int) -> HttpResponse:
    """A policy is no longer in use, or is again."""
    policy = get_object_or_404(Policy, pk=policy_id)
    if policy.withdrawn_on is None:
        changes.withdraw_policy(policy, by=request.user)
        messages.success(request, f"No longer in use: {policy.title}.")
    else:
        changes.bring_policy_back(policy, by=request.user)
        messages.success(request, f"In use again: {policy.title}.")
    return redirect("policy-list", request.school.slug)

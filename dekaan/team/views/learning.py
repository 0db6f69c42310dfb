"""The training log, and one colleague's background, plan and networks."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today
from dekaan.core.editing import hold
from dekaan.core.numbers import plain
from dekaan.frameworks.queries import careers_leadership
from dekaan.people.models import StaffMember
from dekaan.people.queries import staff
from dekaan.team import changes, forms, queries
from dekaan.team.models import DevelopmentNeed, NetworkJoined, Profile, Training


@needs(Permission.TEAM_SEE)
def training_list(request: SchoolRequest) -> HttpResponse:
    """What the Careers Leader and colleagues did to do careers better, and for what nobody did anything."""
    lines = queries.training_log(today())
    now = queries.standing(today())
    named = {each.staff for each in now.posts if each.staff and each.is_held(today())}
    context = {
        "lines": lines,
        "hours": plain(queries.hours_in_a_year(lines, today())),
        "not_served": queries.not_served(lines, today()),
        "people": sorted(named, key=lambda each: (each.surname, each.forename, each.pk)),
        "facts": careers_leadership()["training_facts"],
        "staffing": queries.staffing(today()),
    }
    return render(request, "team/training_list.html", context)


@needs(Permission.TEAM_CHANGE)
def training_new(request: SchoolRequest) -> HttpResponse:
    """Log training."""
    form = forms.TrainingDetails(request.POST or None, row=None)
    if request.method == "POST" and form.is_valid():
        changes.log_training(Training(), by=request.user, **form.cleaned_data)
        messages.success(request, f"Logged: {form.cleaned_data['title']}.")
        return redirect("training-list", request.school.slug)
    return render(request, "team/training_change.html", {"form": form, "training": None})


@needs(Permission.TEAM_CHANGE)
def training_change(request: SchoolRequest, training_id: int) -> HttpResponse:
    """Change a line of the training log."""
    training = get_object_or_404(Training.objects.select_related("staff"), pk=training_id)
    hold(request, training)
    form = forms.TrainingDetails(request.POST or None, row=training)
    if request.method == "POST" and form.is_valid():
        changes.log_training(training, by=request.user, **form.cleaned_data)
        messages.success(request, f"Saved: {training.title}.")
        return redirect("training-list", request.school.slug)
    return render(request, "team/training_change.html", {"form": form, "training": training})


@needs(Permission.TEAM_CHANGE)
@require_POST
def training_remove(request: SchoolRequest, training_id: int) -> HttpResponse:
    """Take a line out of the training log."""
    training = get_object_or_404(Training.objects.all(), pk=training_id)
    changes.remove_training(training, by=request.user)
    messages.success(request, f"Removed: {training.title}.")
    return redirect("training-list", request.school.slug)


def _colleague(staff_member_id: int) -> StaffMember:
    return get_object_or_404(staff(), pk=staff_member_id)


@needs(Permission.TEAM_CHANGE)
def colleague_development(request: SchoolRequest, staff_member_id: int) -> HttpResponse:
    """One colleague: background, what they are to learn, networks, training, and what they hold."""
    member = _colleague(staff_member_id)
    context = {"found": queries.development(member, today()), "held": queries.held_by(member, today())}
    return render(request, "team/colleague_development.html", context)


@needs(Permission.TEAM_CHANGE)
def profile_change(request: SchoolRequest, staff_member_id: int) -> HttpResponse:
    """Say where a colleague comes from, their training, mentor and induction."""
    member = _colleague(staff_member_id)
    hold(request, member)
    form = forms.ProfileDetails(request.POST or None, row=Profile.objects.filter(staff=member).first())
    if request.method == "POST" and form.is_valid():
        changes.say_profile(member, by=request.user, **form.cleaned_data)
        messages.success(request, f"Saved: {member}.")
        return redirect("colleague-development", request.school.slug, member.pk)
    return _page(request, form, member, f"Background and induction of {member}")


@needs(Permission.TEAM_CHANGE)
@require_POST
def needs_usual_add(request: SchoolRequest, staff_member_id: int) -> HttpResponse:
    """What somebody of their background typically has to learn comes onto the colleague's plan."""
    member = _colleague(staff_member_id)
    number = changes.plan_usual_needs(member, by=request.user)
    messages.success(request, f"On the plan of {member}: {number} more. Change or end each as it fits.")
    return redirect("colleague-development", request.school.slug, member.pk)


@needs(Permission.TEAM_CHANGE)
def need_new(request: SchoolRequest, staff_member_id: int) -> HttpResponse:
    """Add a line to a colleague's development plan."""
    need = DevelopmentNeed(staff=_colleague(staff_member_id))
    form = forms.NeedDetails(request.POST or None, row=None)
    return _said(request, form, need, changes.say_need, f"What is {need.staff} to learn?")


@needs(Permission.TEAM_CHANGE)
def need_change(request: SchoolRequest, development_need_id: int) -> HttpResponse:
    """Change a line of a development plan, or say that it is done."""
    need = get_object_or_404(DevelopmentNeed.objects.select_related("staff"), pk=development_need_id)
    hold(request, need)
    form = forms.NeedDetails(request.POST or None, row=need)
    return _said(request, form, need, changes.say_need, f"What is {need.staff} to learn?")


@needs(Permission.TEAM_CHANGE)
def network_new(request: SchoolRequest, staff_member_id: int) -> HttpResponse:
    """Add a network that a colleague belongs to."""
    network = NetworkJoined(staff=_colleague(staff_member_id))
    form = forms.NetworkDetails(request.POST or None, row=None)
    return _said(request, form, network, changes.say_network, f"A network of {network.staff}")


@needs(Permission.TEAM_CHANGE)
def network_change(request: SchoolRequest, network_joined_id: int) -> HttpResponse:
    """Change a network, or say that the colleague has left it."""
    network = get_object_or_404(NetworkJoined.objects.select_related("staff"), pk=network_joined_id)
    hold(request, network)
    form = forms.NetworkDetails(request.POST or None, row=network)
    return _said(request, form, network, changes.say_network, f"A network of {network.staff}")


def _said(
    request: SchoolRequest,
    form: forms.NeedDetails | forms.NetworkDetails,
    row: Any,
    say: Callable[..., Any],
    title: str,
) -> HttpResponse:
    """A line about a colleague is as typed, or asked for again."""
    if request.method == "POST" and form.is_valid():
        say(row, by=request.user, **form.cleaned_data)
        return redirect("colleague-development", request.school.slug, row.staff_id)
    return _page(request, form, row.staff, title)


def _page(request: SchoolRequest, form: object, member: StaffMember, title: str) -> HttpResponse:
    return render(request, "team/colleague_change.html", {"form": form, "member": member, "title": title})

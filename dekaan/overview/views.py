"""Home, search, one pupil's record, one colleague, the school's settings."""

from copy import copy
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dekaan.access.changes import end_role
from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.access.queries import users_at
from dekaan.access.roles import ROLES
from dekaan.core.academic_year import today
from dekaan.overview import changes, forms
from dekaan.overview.queries.home import queue
from dekaan.overview.queries.record import pupil_record as record_of
from dekaan.overview.queries.search import found
from dekaan.people.changes import add_staff_member
from dekaan.people.models import StaffMember
from dekaan.people.queries import is_on_staff, pupils_visible_to
from dekaan.schools.queries import academic_years

NOT_ON_STAFF = "Nobody on the staff has that e-mail address, so they see no session yet."


@needs(Permission.HOME_SEE)
def home(request: SchoolRequest) -> HttpResponse:
    """A queue of at most five cards, each of them the person's own business."""
    cards = queue(request.school.pk, request.user, request.assignments, request.permissions)
    return render(request, "overview/home.html", {"queue": cards})


@needs(Permission.HOME_SEE)
def search(request: SchoolRequest) -> HttpResponse:
    """Pupils, activities and partners by any part of a word."""
    words = request.GET.get("q", "")[:100]
    answer = found(words, request.assignments, request.permissions)
    return render(request, "overview/search.html", {"words": words, "found": answer})


@needs(Permission.PUPILS_SEE)
def pupil_record(request: SchoolRequest, pupil_id: int) -> HttpResponse:
    """One pupil's whole record on one page; a pupil whom the person may not see is not there."""
    pupil = get_object_or_404(pupils_visible_to(request.assignments), pk=pupil_id)
    record = record_of(pupil, request.permissions)
    return render(
        request,
        "overview/pupil_record.html",
        {
            "record": record,
            "pupil": pupil,
            # Two addresses, not one a line: a reversal costs more than the line.
            "sessions": reverse("session-list", args=[request.school.slug]),
            "criteria": f"{reverse('benchmark-picture', args=[request.school.slug])}criteria/",
        },
    )


@needs(Permission.STAFF_CHANGE)
def staff_new(request: SchoolRequest) -> HttpResponse:
    """Somebody who is not in the staff list."""
    form = forms.StaffDetails(request.POST or None, initial={"starts_on": today()})
    if request.method == "POST" and form.is_valid():
        member = add_staff_member(by=request.user, **form.cleaned_data)
        messages.success(request, f"{member} is on the staff.")
        return redirect("staff-list", request.school.slug)
    return render(request, "overview/staff_new.html", {"form": form})


@needs(Permission.STAFF_CHANGE)
def staff_change(request: SchoolRequest, staff_member_id: int) -> HttpResponse:
    """One colleague: who they are, how long they are here, whether guidance meetings with them count, their account."""
    member = get_object_or_404(StaffMember.objects.select_related("user"), pk=staff_member_id)
    form = forms.StaffDetails.of(member, request.POST or None)
    if request.method == "POST" and form.is_valid():
        changes.correct_staff_member(member, by=request.user, **form.cleaned_data)
        judged = any(name in changes.QUALIFICATION for name in form.changed_data)
        messages.success(
            request, f"{member} is saved." + (" The guidance meetings they held are judged again." if judged else "")
        )
        return redirect("staff-list", request.school.slug)
    return render(request, "overview/staff_change.html", {"form": form, "member": member})


@needs(Permission.SETTINGS_CHANGE)
def school_settings(request: SchoolRequest) -> HttpResponse:
    """The facts of the school, on which figures rest."""
    form = forms.SchoolFacts(request.POST or None, instance=copy(request.school))
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in form.changed_data}
        changes.change_school_facts(request.school, by=request.user, **facts)
        messages.success(request, "Saved. Every figure follows.")
        return redirect("school-settings", school_slug=request.school.slug)
    return render(
        request,
        "overview/school_settings.html",
        {"form": form, "years": academic_years()},
    )


@needs(Permission.ACCOUNTS_CHANGE)
def role_list(request: SchoolRequest) -> HttpResponse:
    """Who may see the school, in which role, until when; and giving somebody a role."""
    form = forms.NewRole(request.POST or None, own_email=request.user.email)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        assignment = changes.welcome(
            request.school,
            name=given["name"],
            email=given["email"],
            role=given["role"],
            scope=form.scope(),
            by=request.user,
        )
        messages.success(request, f"{given['name']} now is {ROLES[given['role']].name} here.")
        if ROLES[given["role"]].sees == "own-sessions" and not is_on_staff(assignment.user):
            messages.warning(request, f"{NOT_ON_STAFF} Add them under Staff with {given['email']}.", "open")
        return redirect("role-list", school_slug=request.school.slug)
    held = [
        (each, ROLES[each.role], ", ".join(str(part) for parts in each.scope.values() for part in _listed(parts)))
        for each in users_at(request.school)
    ]
    return render(
        request,
        "overview/role_list.html",
        {
            "form": form,
            "held": held,
            "roles": ROLES.values(),
        },
    )


@needs(Permission.ACCOUNTS_CHANGE)
@require_POST
def role_end(request: SchoolRequest, assignment_id: int) -> HttpResponse:
    """The role ends: from now on it opens nothing."""
    assignment = get_object_or_404(users_at(request.school), pk=assignment_id)
    if assignment.user_id != request.user.pk:
        end_role(assignment, on=today() - timedelta(days=1), by=request.user)
        messages.success(request, f"{assignment.user} no longer is {ROLES[assignment.role].name} here.")
    else:
        messages.error(request, "Your own role is ended by somebody else, so that no school is left without a key.")
    return redirect("role-list", school_slug=request.school.slug)


def _listed(parts: Any) -> list[Any]:
    """A scope's value, one or many, as a list."""
    return parts if isinstance(parts, list) else [parts]

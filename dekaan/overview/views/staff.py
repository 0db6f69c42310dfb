"""One colleague."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today
from dekaan.core.editing import hold
from dekaan.overview import changes, forms
from dekaan.people.changes import add_staff_member
from dekaan.people.models import StaffMember


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
    hold(request, member)
    form = forms.StaffDetails.of(member, request.POST or None)
    if request.method == "POST" and form.is_valid():
        changes.correct_staff_member(member, by=request.user, **form.cleaned_data)
        judged = any(name in changes.QUALIFICATION for name in form.changed_data)
        messages.success(
            request, f"{member} is saved." + (" The guidance meetings they held are judged again." if judged else "")
        )
        return redirect("staff-list", request.school.slug)
    return render(request, "overview/staff_change.html", {"form": form, "member": member})

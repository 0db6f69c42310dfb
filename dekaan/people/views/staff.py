"""Those who work at the school, and the accounts with which they sign in."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today
from dekaan.people import changes, forms, queries
from dekaan.people.models import StaffMember

A_PAGE = 50


@needs(Permission.STAFF_CHANGE)
def staff_list(request: SchoolRequest) -> HttpResponse:
    """Everyone who works here, and who may hold a guidance meeting that counts; past ones apart."""
    form = forms.FindStaff(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    found = queries.staff_found(asked.get("q", ""), on=today(), past=asked.get("leavers", False))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "form": form,
        "page": Paginator(found, A_PAGE).get_page(asked.get("page") or 1),
        "leavers": asked.get("leavers", False),
        "kept": kept.urlencode(),
    }
    return render(request, "people/staff_list.html", context)


@needs(Permission.STAFF_CHANGE)
@require_POST
def staff_link(request: SchoolRequest, staff_member_id: int) -> HttpResponse:
    """The account with the colleague's e-mail address is theirs."""
    _opens_accounts(request)
    member = get_object_or_404(StaffMember, pk=staff_member_id)
    if changes.link_accounts([member.email], by=request.user):
        messages.success(request, f"{member} signs in with the account of {member.email}.")
    else:
        messages.error(request, "No account with a role here has this e-mail address, or a colleague has it.", "open")
    return redirect("staff-change", request.school.slug, member.pk)


@needs(Permission.STAFF_CHANGE)
@require_POST
def staff_unlink(request: SchoolRequest, staff_member_id: int) -> HttpResponse:
    """The account is not the colleague's after all."""
    _opens_accounts(request)
    member = get_object_or_404(StaffMember, pk=staff_member_id)
    changes.unlink_account(member, by=request.user)
    messages.success(request, f"No account is {member}'s any more. Roles stay as they were.")
    return redirect("staff-change", request.school.slug, member.pk)


def _opens_accounts(request: SchoolRequest) -> None:
    """Staff are said by the careers team, their accounts by who opens them: a technician alone reads no colleague."""
    if Permission.ACCOUNTS_CHANGE not in request.permissions:
        raise PermissionDenied

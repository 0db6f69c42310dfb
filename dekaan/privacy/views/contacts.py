"""What the safeguarding lead has restricted, and the cases that wait for them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.data_classes import DataClass
from dekaan.access.door import SchoolRequest, needs, reads
from dekaan.access.permissions import Permission
from dekaan.people.queries import pupils_opened, restricted_contacts
from dekaan.privacy import changes
from dekaan.privacy.models import Case
from dekaan.privacy.queries.cases import cases_to_clear


@needs(Permission.CONTACTS_RESTRICT)
def restricted_list(request: SchoolRequest) -> HttpResponse:
    """Every restricted contact, and the cases that a restricted contact may have asked for."""
    rows = restricted_contacts(pupils_opened(DataClass.G, request.assignments))
    if rows:
        reads(request, "restricted contacts listed")
    return render(request, "privacy/restricted_list.html", {"rows": rows, "cases": cases_to_clear()})


@needs(Permission.CONTACTS_LIFT)
@require_POST
def case_clear(request: SchoolRequest, case_id: int) -> HttpResponse:
    """The safeguarding lead has looked at a case: it goes its way."""
    case = get_object_or_404(Case, pk=case_id)
    try:
        changes.clear_case(case, by=request.user)
    except changes.NothingToClear:
        messages.info(request, f"{case.reference} does not wait for you: nothing was changed.")
    else:
        messages.success(request, f"{case.reference} is cleared: two people may now agree to it.")
    return redirect("restricted-list", request.school.slug)

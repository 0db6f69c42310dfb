"""The September Guarantee: who has no suitable offer, to read, to print, and as a file."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.exporting import NOBODY_TO_TELL, NobodyToTell, Purpose, TooMany, export_asked, let_out
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today, year_label
from dekaan.core.cells import table_file
from dekaan.destinations import queries

HEAD = ("Name", "Year group", "Tutor group", "Means to go to", "If that fails", "Applications")


def _asked(request: SchoolRequest) -> queries.Guarantee:
    """The year and the year group that the address asks for; both year groups where it asks for none."""
    this = academic_year_of(today())
    year = next((each for each in (this, this - 1) if request.GET.get("year") == str(each)), queries.guarantee_year())
    groups = [each for each in queries.OFFERED_TO if request.GET.get("year_group") == str(each)]
    return queries.september_guarantee(request.assignments, year, groups or queries.OFFERED_TO)


@needs(Permission.DESTINATIONS_SEE)
def september_guarantee(request: SchoolRequest) -> HttpResponse:
    """Those of Years 11 and 12 who have no suitable offer recorded, with what they mean to do."""
    found = _asked(request)
    this = academic_year_of(today())
    may_change = Permission.DESTINATIONS_CHANGE in request.permissions
    may_export = Permission.EXPORT_NAMED in request.permissions
    context = {
        "found": found,
        "may_record": queries.changed_by(request.assignments, found) if may_change else (),
        "groups": queries.OFFERED_TO,
        "year_group": request.GET.get("year_group", ""),
        "years": [(each, year_label(each)) for each in (this, this - 1)],
        "year_label": year_label(found.academic_year),
        "closes_on": f"30 September {found.academic_year + 1}",
        "shared": len(found.rows) - found.kept_back,
        "export": export_asked(request, len(found.rows) - found.kept_back) if may_export else None,
    }
    return render(request, "destinations/september_guarantee.html", context)


@needs(Permission.EXPORT_NAMED)
@require_POST
def september_guarantee_export(request: SchoolRequest) -> HttpResponse:
    """The same as a file, without those who object to being told of; a second person is told of it."""
    found = _asked(request)
    rows = [each for each in found.rows if each.may_be_shared]
    form = Purpose(request.POST)
    why = "Choose what the file is for, then press Export as CSV."
    if form.is_valid():
        detail = {"list": "september-guarantee", "year": found.academic_year}
        purpose = form.cleaned_data["purpose"]
        try:
            mark = let_out(request.school, by=request.user, names=len(rows), purpose=purpose, detail=detail)
        except NobodyToTell:
            why = NOBODY_TO_TELL
        except TooMany:
            why = f"At most {request.school.export_limit} names leave in one file. Take one year group at a time."
        else:
            lines = ([r.name, r.year_group, r.tutor_group, r.means, r.instead, r.applied] for r in rows)
            return table_file(f"september-guarantee-{found.academic_year}", [[mark], HEAD, *lines])
    messages.error(request, why, extra_tags="broken")
    return redirect(f"{reverse('september-guarantee', args=[request.school.slug])}?{request.GET.urlencode()}")

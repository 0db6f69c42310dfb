"""The audit trail, read."""

from django.http import HttpResponse
from django.shortcuts import render

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.privacy.forms import TrailFilter
from dekaan.privacy.queries.trail import Asked, kinds_read, people_in_trail, reads_lines, summary, trail
from dekaan.privacy.queries.trail_kinds import Kind


@needs(Permission.TRAIL_SEE)
def audit_trail(request: SchoolRequest) -> HttpResponse:
    """Who did what, when, to whom, as far as the person's roles read it; what does not fit the form is left out."""
    if not reads_lines(request.assignments):
        context = {"months": summary(request.school), "kinds": [kind.words for kind in Kind]}
        return render(request, "privacy/audit_trail.html", context)
    form = TrailFilter(request.GET, people=people_in_trail(request.school), kinds=kinds_read(request.assignments))
    form.is_valid()
    said = form.cleaned_data
    asked = Asked(
        person=said["person"].pk if said.get("person") else None,
        pupil=said.get("pupil", ""),
        kind=said.get("kind", ""),
        since=said.get("since"),
        until=said.get("until"),
    )
    page, lines = trail(request.school, request.user, request.assignments, asked, number=said.get("page") or 1)
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {"form": form, "page": page, "lines": lines, "kept": kept.urlencode()}
    return render(request, "privacy/audit_trail.html", context)

"""Choosing the school to act in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dekaan.access.door import signed_in
from dekaan.access.queries import schools_of


@signed_in
def school_choice(request: HttpRequest) -> HttpResponse:
    """Straight on to one's only school; a choice where there are several; a plain sentence where there are none."""
    schools = schools_of(request.user)  # type: ignore[arg-type]
    if len(schools) == 1:
        return redirect("home", school_slug=schools[0][0].slug)
    return render(request, "access/school_choice.html", {"schools": schools})

"""Choosing the school to act in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dekaan.access.door import signed_in
from dekaan.access.queries import permissions_by_school


@signed_in
def school_choice(request: HttpRequest) -> HttpResponse:
    """Straight on to one's only school; a choice where there are several; a plain sentence where there are none."""
    choices = permissions_by_school(request.user)  # type: ignore[arg-type]
    if len(choices) == 1:
        return redirect("home", school_slug=choices[0][0].slug)
    schools = [school for school, _ in choices]
    return render(request, "access/school_choice.html", {"schools": schools, "choices": choices})

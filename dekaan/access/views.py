"""Choosing the school to act in; and whom to tell of a weakness."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dekaan.access.door import open_to_all, signed_in
from dekaan.access.queries import permissions_by_school


@signed_in
def school_choice(request: HttpRequest) -> HttpResponse:
    """Straight on to one's only school; a choice where there are several; a plain sentence where there are none."""
    choices = permissions_by_school(request.user)  # type: ignore[arg-type]
    if len(choices) == 1:
        return redirect("home", school_slug=choices[0][0].slug)
    schools = [school for school, _ in choices]
    return render(request, "access/school_choice.html", {"schools": schools, "choices": choices})


@open_to_all
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness, as RFC 9116 has it. Nothing where nobody is named, or the day is past."""
    contact, until = settings.SECURITY_CONTACT, settings.SECURITY_EXPIRES
    if not contact or not until or date.fromisoformat(until) <= date.today():  # noqa: DTZ011 the real day, not the demonstration's
        raise Http404
    lines = [
        *(f"Contact: {each}" for each in contact.split(",")),
        f"Expires: {until}T00:00:00Z",
        "Preferred-Languages: en",
        f"Canonical: {request.build_absolute_uri()}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")

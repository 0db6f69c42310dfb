"""Screens of the team."""

from django.http import HttpResponse
from django.shortcuts import render

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.frameworks.queries import careers_leadership
from dekaan.team import queries


@needs(Permission.TEAM_SEE)
def team_page(request: SchoolRequest) -> HttpResponse:
    """What leading careers asks, under its four headings."""
    return render(request, "team/team_page.html", {"headings": queries.headings(), "file": careers_leadership()})

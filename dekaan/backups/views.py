"""How the backups stand."""

from django.http import HttpResponse
from django.shortcuts import render

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.backups import queries


@needs(Permission.BACKUPS_SEE)
def backup_list(request: SchoolRequest) -> HttpResponse:
    """When backups were made and tried, what went wrong, and what is to be done."""
    return render(request, "backups/backup_list.html", {"standing": queries.standing(), "runs": queries.latest_runs()})

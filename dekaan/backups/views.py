"""How the backups stand."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.backups import queries
from dekaan.privacy.models import Case


@needs(Permission.BACKUPS_SEE)
def backup_list(request: SchoolRequest) -> HttpResponse:
    """When backups were made and tried, what went wrong, and what is to be done."""
    return render(request, "backups/backup_list.html", {"standing": queries.standing(), "runs": queries.latest_runs()})


@needs(Permission.PRIVACY_CASES)
def case_backups(request: SchoolRequest, case_id: int) -> HttpResponse:
    """Which backups hold whom the case is about, and when each goes."""
    case = get_object_or_404(Case.objects.select_related("pupil"), pk=case_id)
    is_erased = case.outcome == Case.Outcome.ERASED
    moment = case.second_at if is_erased and case.second_at else timezone.now()
    context = {"case": case, "is_erased": is_erased, "remaining": queries.backups_from_before(moment)}
    return render(request, "backups/case_backups.html", context)

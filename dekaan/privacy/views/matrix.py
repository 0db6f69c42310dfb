"""Who may see what, for whoever answers for it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.privacy.queries import matrix


@needs(Permission.PRIVACY_SEE)
def role_matrix(request: SchoolRequest) -> HttpResponse:
    """Every role, every class of data, footnotes, and who may do what; to read and to print."""
    return render(request, "privacy/role_matrix.html", {"matrix": matrix.matrix_page()})


@needs(Permission.PRIVACY_SEE)
def role_seen(request: SchoolRequest, role_key: str) -> HttpResponse:
    """What somebody of the role would see, shown with a pupil who does not exist."""
    seen = matrix.role_seen(role_key)
    if seen is None:
        raise Http404
    return render(request, "privacy/role_seen.html", {"seen": seen, "invented": matrix.INVENTED_NAME})

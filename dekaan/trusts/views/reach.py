"""Which schools of the trust a person may read side by side, and who keeps what is the trust's."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from dekaan.access.door import SchoolRequest
from dekaan.access.permissions import Permission
from dekaan.access.queries import permissions_by_school
from dekaan.schools.models import School

View = Callable[..., HttpResponse]


def is_of_trust(request: SchoolRequest) -> bool:
    """Whether the person holds a role of the school's trust: at no school of it, and so at each."""
    return any(each.trust_id is not None for each in request.assignments)


def keeps(request: SchoolRequest) -> bool:
    """Whether the person changes what is the trust's."""
    return Permission.TRUST_LEAD in request.permissions and is_of_trust(request)


def of_the_trust(view: View) -> View:
    """Only whoever holds a role of the school's own trust comes in; behind `needs`."""

    @wraps(view)
    def guarded(request: SchoolRequest, **kwargs: Any) -> HttpResponse:
        if request.school.trust_id is None or not is_of_trust(request):
            raise PermissionDenied
        return view(request, **kwargs)

    return guarded


def schools_read(request: SchoolRequest, *asked: Permission) -> list[School]:
    """The schools of this trust at which the person may see the benchmarks, and what is asked besides; by name."""
    if request.school.trust_id is None:
        return []
    needed = {Permission.BENCHMARKS_SEE, *asked}
    return [
        school
        for school, may in permissions_by_school(request.user, request.held)
        if school.trust_id == request.school.trust_id and needed <= may
    ]

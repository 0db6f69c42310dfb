"""A resource's public link: who presses says for whom, the press is counted, and the stored address opens.

No cookie, no script, nothing kept of who it was. It leads to the address that the school has stored and to no other.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from dekaan.access import by_link
from dekaan.access.door import open_to_all
from dekaan.library import changes, queries
from dekaan.library.forms import who_presses
from dekaan.library.models import Resource
from dekaan.schools.models import School

NOTHING, MENDING = "library/resource_nothing.html", "library/resource_mending.html"


@open_to_all
@csrf_exempt  # a token needs a cookie, and a press of another's page does no more than one of a pupil's: it counts one
def resource_go(request: HttpRequest, at_slug: str, resource_key: int) -> HttpResponse:
    """Where the link leads, and a button for each of those it is for; a press counts one."""

    def answer(school: School) -> HttpResponse | None:
        resource = queries.opened_by(resource_key)
        if resource is None:
            return None
        if queries.line_of(resource).is_broken:
            return _being_mended(request, school, resource)
        choices = who_presses(resource)
        for value, _ in choices:
            if request.method == "POST" and request.POST.get("who") == value:
                audience, _, stage = value.partition("-")
                changes.count_press(resource, audience=audience, key_stage=int(stage))
                return redirect("resource-on", school.slug, resource.number)
        context = {"resource": resource, "asked_by": school.name, "choices": choices}
        return render(request, "library/resource_go.html", context)

    return by_link.opened(request, at_slug, answer, kind="resource link", nothing=NOTHING)


def _being_mended(request: HttpRequest, school: School, resource: Resource) -> HttpResponse:
    """Its link is known to lead nowhere: that is said, nobody is led there, and nothing is counted."""
    return render(request, MENDING, {"resource": resource, "asked_by": school.name})


@open_to_all
def resource_on(request: HttpRequest, at_slug: str, resource_key: int) -> HttpResponse:
    """On to the stored address: by itself, or by the link that stands here."""

    def answer(school: School) -> HttpResponse | None:
        resource = queries.opened_by(resource_key)
        if resource is None:
            return None
        if queries.line_of(resource).is_broken:
            return _being_mended(request, school, resource)
        context = {"resource": resource, "asked_by": school.name}
        response = render(request, "library/resource_on.html", context)
        response["Refresh"] = f"0; url={resource.address}"
        return response

    return by_link.opened(request, at_slug, answer, kind="resource link", nothing=NOTHING)

"""What others publish: occupations with what services say of them, and destination measures."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.library import changes, queries, tasks
from dekaan.library.models import LookUp, OccupationGroup


@needs(Permission.PROGRAMME_SEE)
def occupation_list(request: SchoolRequest) -> HttpResponse:
    """Occupations by title or code."""
    words = request.GET.get("words", "")[:100]
    context = {
        "words": words,
        "groups": queries.occupations_found(words),
        "loaded": queries.loaded("soc-2020"),
    }
    return render(request, "library/occupation_list.html", context)


@needs(Permission.PROGRAMME_SEE)
def occupation_detail(request: SchoolRequest, occupation_key: int) -> HttpResponse:
    """A group: what those in it do, how people come into it, and what services answered."""
    group = OccupationGroup.objects.filter(code=str(occupation_key)).first()
    if group is None:
        messages.info(request, f"No group of the code {occupation_key} is loaded.")
        return redirect("occupation-list", request.school.slug)
    context = {"page": queries.occupation_page(group), "loaded": queries.loaded("soc-2020")}
    return render(request, "library/occupation_detail.html", context)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def occupation_look_up(request: SchoolRequest, occupation_key: int) -> HttpResponse:
    """The worker asks the service of the button about the occupation."""
    group = OccupationGroup.objects.filter(code=str(occupation_key)).first()
    if group is None:
        return redirect("occupation-list", request.school.slug)

    def hand_over(row: LookUp) -> None:
        tasks.look_up_occupation.enqueue(request.school.pk, row.service, row.about)

    try:
        changes.ask_about(group, request.POST.get("service", ""), by=request.user, then=hand_over)
    except changes.NotSwitchedOn:
        messages.error(request, "That service is not switched on. Ask whoever runs Dekaan.")
    else:
        messages.success(request, "The service is being asked. Open the page again in a moment.")
    return redirect("occupation-detail", request.school.slug, occupation_key)


@needs(Permission.PROGRAMME_SEE)
def look_up_services(request: SchoolRequest) -> HttpResponse:
    """Whether public services are asked, what would go to whom, and what they answered, with its day and its source."""
    return render(request, "library/look_up_services.html", {"services": queries.service_standings()})


@needs(Permission.PROGRAMME_SEE)
def destination_measures(request: SchoolRequest) -> HttpResponse:
    """The published destination measures of the school: never our own figures, and never added to them."""
    return render(
        request,
        "library/destination_measures.html",
        {"found": queries.destinations_of(request.school), **queries.about_measures()},
    )

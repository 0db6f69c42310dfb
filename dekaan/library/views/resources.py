"""The library, a resource, the starter list, and the look at the links."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today, year_label
from dekaan.core.codes import code_to_scan
from dekaan.core.editing import hold
from dekaan.library import changes, forms, queries, tasks
from dekaan.library.models import LinkRound, Resource


@needs(Permission.PROGRAMME_SEE)
def resource_list(request: SchoolRequest) -> HttpResponse:
    """What the library has, what needs somebody first, and whom it reached this year."""
    form = forms.Find(request.GET)
    asked, past = form.asked(), request.GET.get("past") == "1"
    found = queries.library(**asked, past=past)
    exactly = Permission.FIGURES_EXACT in request.permissions
    year, looked = academic_year_of(today()), queries.looked()
    reach = queries.reach(request.school, year) if found.total or found.set_aside else None
    context = {
        "library": found,
        "form": form,
        "past": past,
        "is_narrowed": any(asked.values()),
        "looked": looked,
        "reach": reach,
        "reached": reach.shown(exactly=exactly) if reach else [],
        "year_label": year_label(year),
    }
    return render(request, "library/resource_list.html", context)


@needs(Permission.PROGRAMME_SEE)
def resource_detail(request: SchoolRequest, resource_id: int) -> HttpResponse:
    """A resource: where it is, what is known of its link, what it was used in, and its public link."""
    resource = get_object_or_404(Resource.objects.select_related("owner"), pk=resource_id)
    exactly = Permission.FIGURES_EXACT in request.permissions
    year = academic_year_of(today())
    reach = queries.reach(request.school, year, resource)
    link = request.build_absolute_uri(reverse("resource-go", args=[request.school.slug, resource.number]))
    is_open = resource.is_public and resource.address and not resource.set_aside_on
    context = {
        "resource": resource,
        "line": queries.line_of(resource),
        "reached": reach.shown(exactly=exactly),
        "staff": reach.staff_shown(exactly=exactly),
        "sessions": queries.used_in_sessions(year, resource),
        "year_label": year_label(year),
        "link": link if is_open else "",
        "code": code_to_scan(link) if is_open else "",
    }
    return render(request, "library/resource_detail.html", context)


@needs(Permission.PROGRAMME_CHANGE)
def resource_new(request: SchoolRequest) -> HttpResponse:
    """Put a resource into the library."""
    form = forms.ResourceDetails(request.POST if request.method == "POST" else None, by=request.user)
    if request.method == "POST" and form.is_valid():
        resource = changes.add_resource(by=request.user, **form.details())
        messages.success(request, f"In the library: {resource.title}.")
        return redirect("resource-detail", request.school.slug, resource.pk)
    return render(request, "library/resource_change.html", {"form": form, "resource": None})


@needs(Permission.PROGRAMME_CHANGE)
def resource_change(request: SchoolRequest, resource_id: int) -> HttpResponse:
    """Change a resource, give it an owner or a public link, or set it aside."""
    resource = get_object_or_404(Resource, pk=resource_id)
    hold(request, resource)
    form = forms.ResourceDetails(request.POST if request.method == "POST" else None, resource=resource)
    if request.method == "POST" and form.is_valid():
        changes.change_resource(resource, by=request.user, **form.details())
        messages.success(request, f"Saved: {resource.title}.")
        return redirect("resource-detail", request.school.slug, resource.pk)
    return render(request, "library/resource_change.html", {"form": form, "resource": resource})


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def resource_reviewed(request: SchoolRequest, resource_id: int) -> HttpResponse:
    """It was looked at and is still good: the next review is in a year."""
    resource = get_object_or_404(Resource, pk=resource_id)
    changes.review_resource(resource, by=request.user)
    messages.success(request, f"Reviewed: {resource.title}. The next review is on {resource.review_on:%-d %B %Y}.")
    return redirect("resource-detail", request.school.slug, resource.pk)


@needs(Permission.PROGRAMME_CHANGE)
def resource_starters(request: SchoolRequest) -> HttpResponse:
    """Begin with public services that most schools lead to."""
    form = forms.Starters(request.POST if request.method == "POST" else None, by=request.user)
    if request.method == "POST" and form.is_valid():
        chosen = [form.offered[key] for key in form.cleaned_data["chosen"]]
        made = changes.add_starters(chosen, owner=form.cleaned_data["owner"], by=request.user)
        messages.success(request, f"In the library: {len(made)} resource{'s' if len(made) != 1 else ''}.")
        return redirect("resource-list", request.school.slug)
    return render(request, "library/resource_starters.html", {"form": form})


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def resource_links_check(request: SchoolRequest) -> HttpResponse:
    """The worker looks at every link now."""

    def hand_over(made: LinkRound) -> None:
        tasks.look_at_links.enqueue(request.school.pk, made.pk)

    try:
        changes.ask_for_look(by=request.user, then=hand_over)
    except changes.RoundUnderWay:
        messages.info(request, "The links are being looked at already.")
    return redirect("resource-list", request.school.slug)

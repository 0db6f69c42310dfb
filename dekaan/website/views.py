"""The website as it stands, a check of it, and where it is."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs, stay_in
from dekaan.access.permissions import Permission
from dekaan.core.editing import hold
from dekaan.website import changes, forms, queries, tasks
from dekaan.website.models import WebsiteCheck


@needs(Permission.BENCHMARKS_SEE)
def website(request: SchoolRequest) -> HttpResponse:
    """What the last check found, what to paste, how far the one in hand is, and those before."""
    standing = queries.standing(request.school)
    answer = render(request, "website/website.html", {"standing": standing, "shown": standing.last})
    if standing.in_hand and not standing.stands_still:
        answer["Refresh"] = "2"
    return answer


@needs(Permission.BENCHMARKS_SEE)
def website_check(request: SchoolRequest, website_check_id: int) -> HttpResponse:
    """One check, as it was found then."""
    check = get_object_or_404(WebsiteCheck.objects.select_related("asked_by"), pk=website_check_id)
    shown = queries.shown(check, request.school)
    return render(
        request,
        "website/website_check.html",
        {"shown": shown, "may_count_again": queries.may_count_again(check), "is_saved": check.how == check.How.SAVED},
    )


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def website_set_aside(request: SchoolRequest, website_check_id: int) -> HttpResponse:
    """What was read from a saved page no longer counts."""
    check = get_object_or_404(WebsiteCheck, pk=website_check_id)
    try:
        changes.set_aside(check, by=request.user)
    except changes.NotSaved:
        messages.info(
            request, "Only what was read from a saved page can be set aside. Check the website again instead."
        )
    else:
        messages.success(request, "Set aside: this saved page counts no more. You can take it back for 30 days.")
    return redirect("website-check", request.school.slug, check.pk)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def website_count_again(request: SchoolRequest, website_check_id: int) -> HttpResponse:
    """A saved page that was set aside counts again."""
    check = get_object_or_404(WebsiteCheck, pk=website_check_id)
    try:
        changes.count_again(check, by=request.user)
    except changes.TooLate:
        messages.info(request, "It was set aside more than 30 days ago. Bring in the page again.")
    else:
        messages.success(request, "This saved page counts again.")
    return redirect("website-check", request.school.slug, check.pk)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def website_check_now(request: SchoolRequest) -> HttpResponse:
    """The worker visits the website now."""
    try:
        changes.ask_for_check(
            by=request.user, then=lambda check: tasks.visit_website.enqueue(request.school.pk, check.pk)
        )
    except changes.NoWebsite:
        messages.info(request, "Say first where your careers page is.")
        return redirect("website-change", request.school.slug)
    except changes.UnderWay:
        messages.info(request, "A check is on its way already.")
    return redirect("website", request.school.slug)


@needs(Permission.PROGRAMME_CHANGE)
def website_change(request: SchoolRequest) -> HttpResponse:
    """Where the careers page is."""
    hold(request, request.school)
    watched = queries.website()
    form = forms.WhereItIs(request.POST if request.method == "POST" else None, watched=watched)
    if request.method == "POST" and form.is_valid():
        if address := form.cleaned_data["address"]:
            changes.watch_website(address, by=request.user)
            messages.success(request, "Saved. The page is checked each week by itself; press Check now for today.")
        else:
            changes.stop_watching(by=request.user)
            messages.success(
                request, "Saved. No website is visited, and none may show the careers page within its own."
            )
        return redirect("website", request.school.slug)
    return render(request, "website/website_change.html", {"form": form, "watched": watched})


@needs(Permission.PROGRAMME_CHANGE, reads_files=True)
def website_saved(request: SchoolRequest) -> HttpResponse:
    """Pages that were saved from a browser are read and judged; the files are not kept."""
    form = forms.SavedPages(request.POST, request.FILES) if request.method == "POST" else forms.SavedPages()
    if request.method == "POST" and form.is_valid():
        files = form.brought()
        visited = queries.read_files(files)
        with transaction.atomic():
            stay_in(request)
            check = changes.keep_saved_check(request.school, visited, called=files[0][0], by=request.user)
        return redirect("website-check", request.school.slug, check.pk)
    return render(request, "website/website_saved.html", {"form": form}, status=400 if form.is_bound else 200)

"""Asking: by a link, in the room, on paper that is typed back."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today
from dekaan.core.editing import hold
from dekaan.core.numbers import row_number
from dekaan.programme.queries import activities_visible_to, sessions_visible_to
from dekaan.quality import changes
from dekaan.quality.forms import ChangedCollection, OpenFeedback, sheet_rows
from dekaan.quality.forms.answering import MOST_SHEETS
from dekaan.quality.queries import scale, wording_of
from dekaan.quality.views.reading import collection_or_404, link_of

SHEETS, AT_ONCE = 30, 300
NEAR = timedelta(days=60)
A_FORTNIGHT = timedelta(days=14)


@needs(Permission.PROGRAMME_CHANGE)
def collection_new(request: SchoolRequest) -> HttpResponse:
    """Ask for feedback."""
    now = today()
    visible = sessions_visible_to(request.user, request.assignments).filter(cancelled_at=None)
    form = OpenFeedback(
        request.POST if request.method == "POST" else None,
        sessions=visible.filter(held_on__gte=now - NEAR, held_on__lte=now + NEAR).order_by("-held_on", "-pk"),
        activities=activities_visible_to(request.user, request.assignments),
        initial={
            "about": request.GET.get("about", "year"),
            "questionnaire": request.GET.get("questionnaire", ""),
            "closes_on": now + A_FORTNIGHT,
        },
    )
    if request.method == "POST" and form.is_valid():
        collection = changes.open_collection(by=request.user, **form.opened())
        messages.success(
            request, f"Open until {collection.closes_on:%-d %B}. Show the code, send the link or print paper."
        )
        return redirect("collection-detail", request.school.slug, collection.pk)
    return render(request, "quality/collection_new.html", {"form": form})


@needs(Permission.PROGRAMME_CHANGE)
def collection_change(request: SchoolRequest, collection_id: int) -> HttpResponse:
    """End it earlier or later, or correct how many were asked."""
    collection = collection_or_404(collection_id)
    hold(request, collection)
    form = ChangedCollection(request.POST if request.method == "POST" else None, collection=collection)
    if request.method == "POST" and form.is_valid():
        changes.change_collection(collection, by=request.user, **form.cleaned_data)
        messages.success(request, f"Changed: it ends after {collection.closes_on:%-d %B %Y}.")
        return redirect("collection-detail", request.school.slug, collection.pk)
    return render(request, "quality/collection_change.html", {"form": form, "collection": collection})


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def collection_renew(request: SchoolRequest, collection_id: int) -> HttpResponse:
    """Another link, where the one before has gone to the wrong people."""
    collection = collection_or_404(collection_id)
    changes.renew_link(collection, by=request.user)
    messages.success(request, "There is a new link. The one before, and codes printed with it, open nothing any more.")
    return redirect("collection-detail", request.school.slug, collection.pk)


@needs(Permission.PROGRAMME_CHANGE)
def collection_poster(request: SchoolRequest, collection_id: int) -> HttpResponse:
    """The code, for the wall or the screen in the room."""
    collection = collection_or_404(collection_id)
    context = {"collection": collection, "questionnaire": wording_of(collection).questionnaire}
    return render(request, "quality/collection_poster.html", context | link_of(request, collection))


@needs(Permission.PROGRAMME_CHANGE)
def collection_paper(request: SchoolRequest, collection_id: int) -> HttpResponse:
    """Numbered sheets to print."""
    collection = collection_or_404(collection_id)
    many = min(row_number(request.GET.get("sheets", "")) or SHEETS, AT_ONCE)
    first = min(max(row_number(request.GET.get("from", "")) or 1, 1), MOST_SHEETS)
    (row, *_) = sheet_rows(None, collection=collection, typed=set()).forms
    context = {
        "collection": collection,
        "wording": row.wording,
        "years": row.years,
        "groups": row.groups,
        "numbers": range(first, min(first + many, MOST_SHEETS + 1)),
        "many": many,
        "first": first,
    }
    return render(request, "quality/collection_paper.html", context)


@needs(Permission.PROGRAMME_CHANGE)
def collection_type(request: SchoolRequest, collection_id: int) -> HttpResponse:
    """Paper typed back by number: a sheet a row, by keyboard alone."""
    collection = collection_or_404(collection_id)
    typed = {sheet for sheet in collection.answers.values_list("sheet", flat=True) if sheet}
    rows = sheet_rows(request.POST if request.method == "POST" else None, collection=collection, typed=typed)
    if request.method == "POST" and rows.is_valid():
        given = rows.given()
        try:
            number = changes.type_back(collection, given, by=request.user) if given else 0
        except changes.SheetsTypedBefore as before:
            for row in rows.forms:
                if row.is_typed and row.cleaned_data["sheet"] in before.numbers:
                    row.add_error("sheet", f"Sheet {row.cleaned_data['sheet']} was typed back before.")
        else:
            said = f"{number} sheet{'' if number == 1 else 's'} typed back." if number else "Nothing was typed."
            messages.success(request, said)
            return redirect("collection-type", request.school.slug, collection.pk)
    context = {
        "collection": collection,
        "rows": rows,
        "wording": wording_of(collection),
        "typed": len(typed),
        "steps": enumerate(scale().steps, start=1),
    }
    return render(request, "quality/collection_type.html", context)

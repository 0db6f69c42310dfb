"""What the trust offers, what a school took, and both beside one another."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.editing import hold
from dekaan.trusts import changes, forms, queries
from dekaan.trusts.models import ItemKind, TakenItem, TrustItem
from dekaan.trusts.views.reach import keeps, of_the_trust, schools_read


def _items(request: SchoolRequest) -> QuerySet[TrustItem]:
    return queries.items_of(request.school.trust)


def _taken(request: SchoolRequest, taken_item_id: int) -> TakenItem:
    """The school's copy, held while it is changed."""
    found = get_object_or_404(TakenItem, pk=taken_item_id)
    hold(request, found)
    return found


@needs(Permission.BENCHMARKS_SEE)
def trust_item_list(request: SchoolRequest) -> HttpResponse:
    """Every item by kind, how it stands at this school, and at how many it was taken."""
    schools = schools_read(request)
    found = queries.standings(request.school.trust, request.school)
    took = queries.how_many_took(schools) if schools else {}
    kinds = [
        (ItemKind(kind).label, [(each, took.get(each.item.pk, 0)) for each in found if each.item.kind == kind])
        for kind in ItemKind
    ]
    context = {
        "keeps": keeps(request),
        "kinds": [(label, lines) for label, lines in kinds if lines],
        "offers": ItemKind.choices,
        "schools": len(schools),
    }
    return render(request, "trusts/trust_item_list.html", context)


@needs(Permission.BENCHMARKS_SEE)
def trust_item_detail(request: SchoolRequest, trust_item_id: int) -> HttpResponse:
    """The trust's words and the school's beside one another; and how it stands at each school that one may read."""
    item = get_object_or_404(_items(request), pk=trust_item_id)
    schools = schools_read(request)
    every = queries.standings_at(item, schools)
    (here,) = [each for each in every if each.school == request.school] or queries.standings_at(item, [request.school])
    context = {
        "keeps": keeps(request),
        "item": item,
        "here": here,
        "lines": here.lines or queries.lines_of(item),
        "every": every,
        "taken": sum(each.taken is not None for each in every),
        "is_template": item.kind == ItemKind.TEMPLATE,
    }
    return render(request, "trusts/trust_item_detail.html", context)


@needs(Permission.TRUST_LEAD)
@of_the_trust
def trust_item_new(request: SchoolRequest) -> HttpResponse:
    """Offer something to the schools: of the kind that the address says."""
    trust = request.school.trust
    assert trust is not None
    asked = request.GET.get("kind", "")
    kind = asked if asked in ItemKind.values else ItemKind.TEMPLATE
    form = forms.item_form(kind, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = changes.offer_item(trust, kind=kind, title=form.cleaned_data["title"], body=form.body(), by=request.user)
        messages.success(request, f"Offered to the schools of {trust.name}: {made.title}.")
        return redirect("trust-item-detail", request.school.slug, made.pk)
    return _form(request, form, None, kind)


@needs(Permission.TRUST_LEAD)
@of_the_trust
def trust_item_change(request: SchoolRequest, trust_item_id: int) -> HttpResponse:
    """Change what the trust says: a new version, offered to the schools that took the one before."""
    item = get_object_or_404(_items(request), pk=trust_item_id)
    hold(request, item)
    form = forms.item_form(item.kind, request.POST if request.method == "POST" else None, item=item)
    if request.method == "POST" and form.is_valid():
        changes.change_item(
            item,
            title=form.cleaned_data["title"],
            body=form.body(),
            is_offered=form.cleaned_data["is_offered"],
            by=request.user,
        )
        messages.success(request, f"Saved: {item.title}, version {item.version}. No school’s copy is changed by it.")
        return redirect("trust-item-detail", request.school.slug, item.pk)
    return _form(request, form, item, item.kind)


def _form(request: SchoolRequest, form: Any, item: TrustItem | None, kind: str) -> HttpResponse:
    context = {"form": form, "item": item, "kind": ItemKind(kind).label}
    return render(request, "trusts/trust_item_change.html", context)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def trust_item_take(request: SchoolRequest, trust_item_id: int) -> HttpResponse:
    """The school takes a copy."""
    item = get_object_or_404(_items(request), pk=trust_item_id)
    if item.no_longer_offered_on is not None:
        messages.info(request, "The trust does not offer it any more.")
        return redirect("trust-item-list", request.school.slug)
    try:
        changes.take_item(item, by=request.user)
    except changes.TakenAlready:
        messages.info(request, f"You have it already: {item.title}.")
    else:
        where = "among our templates" if item.kind == ItemKind.TEMPLATE else "on this page"
        messages.success(request, f"Taken: {item.title}. Change it {where} as you need; the trust’s stays beside it.")
    return redirect("trust-item-detail", request.school.slug, item.pk)


@needs(Permission.PROGRAMME_CHANGE)
def taken_item_change(request: SchoolRequest, taken_item_id: int) -> HttpResponse:
    """The school's own words; of a template, its page among the templates."""
    taken = _taken(request, taken_item_id)
    if taken.item.kind == ItemKind.TEMPLATE:
        if taken.template_id is None:
            return redirect("trust-item-detail", request.school.slug, taken.item_id)
        return redirect("template-change", request.school.slug, taken.template_id)
    form = forms.OwnWords(request.POST if request.method == "POST" else None, taken=taken)
    if request.method == "POST" and form.is_valid():
        changes.change_taken(taken, own=form.cleaned_data, by=request.user)
        messages.success(request, "Saved as our own. The trust’s words stand beside it.")
        return redirect("trust-item-detail", request.school.slug, taken.item_id)
    return render(request, "trusts/taken_item_change.html", {"form": form, "taken": taken})


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def taken_item_newer(request: SchoolRequest, taken_item_id: int) -> HttpResponse:
    """The trust's newest version takes the place of the school's copy."""
    taken = _taken(request, taken_item_id)
    try:
        changes.take_newer(taken, by=request.user)
    except changes.NothingNewer:
        messages.info(request, "You have the newest version.")
    else:
        messages.success(request, f"Our copy now says what the trust’s version {taken.version} says.")
    return redirect("trust-item-detail", request.school.slug, taken.item_id)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def taken_item_keep(request: SchoolRequest, taken_item_id: int) -> HttpResponse:
    """The school stays with its own."""
    taken = _taken(request, taken_item_id)
    try:
        changes.keep_own(taken, by=request.user)
    except changes.NothingNewer:
        messages.info(request, "You have the newest version.")
    else:
        messages.success(request, "We stay with our own. This version is not offered to you again.")
    return redirect("trust-item-detail", request.school.slug, taken.item_id)

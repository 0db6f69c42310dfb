"""The directory with what sessions say of it: the list, one organisation, links, names to match, duplicates."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today
from dekaan.core.numbers import row_number
from dekaan.core.undo import UNDO_FOR
from dekaan.partners.changes import keep_apart
from dekaan.partners.models import Organisation
from dekaan.partners.queries import (
    Asked,
    contacts_at,
    conversations_with,
    duplicates,
    facts_of,
    live_months,
    names_on_offer,
    not_said_of,
    offers_of,
)
from dekaan.programme import changes
from dekaan.programme.forms.partners import MOST_LINES, Find, Kept, NamesMatched
from dekaan.programme.models import Merge, NameMatching
from dekaan.programme.queries import (
    names_to_match,
    of_organisation,
    organisation_lines,
    past_with,
    provider_links,
    sessions_visible_to,
)

A_PAGE = 50


@needs(Permission.PROGRAMME_SEE)
def organisation_list(request: SchoolRequest) -> HttpResponse:
    """Employers and providers by any part of a word, by kind and by live link."""
    form = Find(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    narrowed = Asked(asked.get("q", ""), asked.get("kind", ""), asked.get("also", False))
    lines = organisation_lines(narrowed, asked.get("live", ""))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "form": form,
        "page": Paginator(lines, A_PAGE).get_page(asked.get("page") or 1),
        "kept": kept.urlencode(),
        "months": live_months(),
        "is_narrowed": any(asked.get(name) for name in ("q", "kind", "live", "also")),
    }
    return render(request, "programme/organisation_list.html", context)


@dataclass(frozen=True)
class HistoryLine:
    """One thing that there was with an organisation: a contact that was noted, a session, an occasion of before."""

    on: date
    what: str
    said: str = ""
    who: str = ""
    session_id: int | None = None
    conversation_id: int | None = None
    is_to_come: bool = False


@needs(Permission.PROGRAMME_SEE)
def organisation_detail(request: SchoolRequest, organisation_id: int) -> HttpResponse:
    """What it is, what it offers, who is there, and everything that there was with it: contacts and sessions in one list."""
    organisation = get_object_or_404(Organisation.objects.select_related("merged_into"), pk=organisation_id)
    if organisation.merged_into is not None:
        messages.info(request, f"{organisation.name} was made one with {organisation.merged_into.name}, which is this.")
        return redirect("organisation-detail", request.school.slug, organisation.merged_into.pk)
    sees_people = Permission.PARTNERS_SEE in request.permissions
    lines = _history(request, organisation, with_people=sees_people)
    context = {
        "organisation": organisation,
        "facts": facts_of(organisation),
        "not_said": not_said_of(organisation),
        "offers": offers_of(organisation),
        "contacts": contacts_at(organisation) if sees_people else [],
        "sees_people": sees_people,
        "page": Paginator(lines, A_PAGE).get_page(request.GET.get("page")),
        "merges": Merge.objects.filter(kept=organisation, undone_at=None).select_related("gone"),
    }
    return render(request, "programme/organisation_detail.html", context)


def _history(request: SchoolRequest, organisation: Organisation, *, with_people: bool) -> list[HistoryLine]:
    visible = sessions_visible_to(request.user, request.assignments).filter(of_organisation(organisation))
    found = [
        HistoryLine(
            each.held_on,
            "Session" if each.cancelled_at is None else "Session, cancelled",
            each.title,
            session_id=each.pk,
            is_to_come=each.held_on > today(),
        )
        for each in visible
    ]
    found += [HistoryLine(each.happened_on, "Past participation", each.title) for each in past_with(organisation)]
    if with_people:
        found += [
            HistoryLine(
                each.held_on,
                each.get_how_display(),
                each.said,
                f"{each.contact or 'nobody in particular'}, by {each.by or 'somebody'}",
                conversation_id=each.pk,
            )
            for each in conversations_with(organisation)
        ]
    return sorted(found, key=lambda each: each.on, reverse=True)


@needs(Permission.PROGRAMME_SEE)
def partner_links(request: SchoolRequest) -> HttpResponse:
    """For each kind of provider whether there is a live link, with which, and when last."""
    lines = provider_links()
    context = {"lines": lines, "lacking": sum(not each.live for each in lines), "months": live_months()}
    return render(request, "programme/partner_links.html", context)


@needs(Permission.PARTNERS_CHANGE)
def partner_names(request: SchoolRequest) -> HttpResponse:
    """Every name that is nobody's yet, with suggestions; what is ticked is matched in one press."""
    waiting = names_to_match()
    form = NamesMatched(waiting if request.method == "POST" else waiting[:MOST_LINES], _sent(request))
    if request.method == "POST" and form.matches:
        kept = changes.match_names(form.matches, by=request.user)
        return redirect("name-matching-receipt", request.school.slug, kept.pk)
    if request.method == "POST" and not form.problems:
        messages.error(request, "Nothing is ticked, so nothing was matched.", "open")
    context = {
        "form": form,
        "more": max(0, len(waiting) - MOST_LINES),
        "offered": names_on_offer(),
        "done": NameMatching.objects.select_related("by")[:5],
    }
    return render(request, "programme/partner_names.html", context)


def _sent(request: SchoolRequest) -> Any:
    return request.POST if request.method == "POST" else None


@needs(Permission.PARTNERS_CHANGE)
def name_matching_receipt(request: SchoolRequest, name_matching_id: int) -> HttpResponse:
    """Which names were matched to whom, and Undo."""
    kept = get_object_or_404(NameMatching.objects.select_related("by", "undone_by"), pk=name_matching_id)
    named = Organisation.objects.in_bulk([each["organisation"] for each in kept.lines])
    lines = [
        {
            "name": each["name"],
            "organisation": named.get(each["organisation"]),
            "is_new": each["made"] is not None,
            "activities": len(each["activities"]),
            "sessions": len(each["sessions"]),
            "past": each["past"],
        }
        for each in kept.lines
    ]
    context = {"kept": kept, "lines": lines, "may_undo": _may_undo(kept)}
    return render(request, "programme/name_matching_receipt.html", context)


def _may_undo(kept: NameMatching | Merge) -> bool:
    return kept.undone_at is None and timezone.now() - kept.at <= UNDO_FOR


@needs(Permission.PARTNERS_CHANGE)
@require_POST
def name_matching_undo(request: SchoolRequest, name_matching_id: int) -> HttpResponse:
    """The names are nobody's again."""
    kept = get_object_or_404(NameMatching, pk=name_matching_id)
    try:
        undone = changes.unmatch_names(kept, by=request.user)
    except changes.NothingToUndo:
        messages.info(request, "It is undone already.")
    except changes.TooLateToUndo:
        messages.error(request, "It was done more than 30 days ago. Change single activities instead.", "open")
    else:
        stayed = " What stays as it is, is named below." if undone.stayed else ""
        messages.success(request, f"Undone: the names wait to be matched again.{stayed}")
    return redirect("name-matching-receipt", request.school.slug, kept.pk)


@needs(Permission.PARTNERS_CHANGE)
def organisation_duplicates(request: SchoolRequest) -> HttpResponse:
    """Pairs that may be one, with why; and what was made one lately."""
    context = {
        "pairs": duplicates(),
        "merges": Merge.objects.select_related("kept", "gone", "by")[:20],
    }
    return render(request, "programme/organisation_duplicates.html", context)


@needs(Permission.PARTNERS_CHANGE)
def merge_new(request: SchoolRequest) -> HttpResponse:
    """Two organisations side by side, to say which is kept."""
    pks = [row_number(request.GET.get(name, "")) for name in ("one", "other")]
    found = {each.pk: each for each in Organisation.objects.filter(pk__in=[pk for pk in pks if pk], merged_into=None)}
    if len(found) != 2:
        if all(request.GET.get(name) for name in ("one", "other")):
            raise Http404
        return redirect("organisation-duplicates", request.school.slug)
    one, other = (found[pk] for pk in pks if pk)
    if request.method == "POST" and "apart" in request.POST:
        keep_apart(one, other, by=request.user)
        messages.success(request, f"They are two: {one.name} and {other.name} are not shown as one any more.")
        return redirect("organisation-duplicates", request.school.slug)
    sides = [_side(request, each) for each in (one, other)]
    longer = max(sides, key=lambda side: side["times"])["organisation"]  # of two as long, the first of them
    form = Kept(_sent(request), one=one, other=other, longer=longer)
    if request.method == "POST" and form.is_valid():
        kept, gone = (one, other) if form.cleaned_data["keep"] == str(one.pk) else (other, one)
        try:
            merge = changes.merge_organisations(kept, gone, by=request.user)
        except (changes.MergedSince, changes.SameOrganisation):
            messages.error(request, "One of them was made one with another meanwhile, so nothing was done.", "open")
            return redirect("organisation-duplicates", request.school.slug)
        return redirect("merge-detail", request.school.slug, merge.pk)
    context = {"form": form, "sides": sides}
    return render(request, "programme/merge_new.html", context)


def _side(request: SchoolRequest, organisation: Organisation) -> dict[str, Any]:
    history = _history(request, organisation, with_people=True)
    return {
        "organisation": organisation,
        "facts": facts_of(organisation),
        "offers": offers_of(organisation),
        "contacts": contacts_at(organisation),
        "times": len(history),
        "last": next((each.on for each in history if not each.is_to_come), None),
    }


@needs(Permission.PARTNERS_CHANGE)
def merge_detail(request: SchoolRequest, merge_id: int) -> HttpResponse:
    """What moved, and Undo."""
    merge = get_object_or_404(Merge.objects.select_related("kept", "gone", "by", "undone_by"), pk=merge_id)
    words = {name: len(merge.moved.get(name, ())) for name in changes.POINTING}
    moved = [(changes.so_many(number, name)) for name, number in words.items() if number]
    context = {"merge": merge, "moved": moved, "may_undo": _may_undo(merge)}
    return render(request, "programme/merge_detail.html", context)


@needs(Permission.PARTNERS_CHANGE)
@require_POST
def merge_undo(request: SchoolRequest, merge_id: int) -> HttpResponse:
    """The two are two again."""
    merge = get_object_or_404(Merge, pk=merge_id)
    try:
        undone = changes.part_organisations(merge, by=request.user)
    except changes.NothingToUndo:
        messages.info(request, "It is undone already.")
    except changes.TooLateToUndo:
        messages.error(request, "They were made one more than 30 days ago, so they stay one.", "open")
    except changes.MergedSince:
        messages.error(
            request, "One of the two was made one with another since: undo that first. Nothing was undone.", "open"
        )
    else:
        stayed = " What stays where it is, is named below." if undone.stayed else ""
        messages.success(request, f"Undone: they are two again.{stayed}")
    return redirect("merge-detail", request.school.slug, merge.pk)

"""The grid for telephone calls."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dekaan.access.data_classes import Access
from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import year_asked, year_label
from dekaan.destinations import changes, forms, queries
from dekaan.destinations.models import Kind, Source, in_sentence
from dekaan.destinations.views.lists import years_to_choose
from dekaan.destinations.views.pressing import take_press_back
from dekaan.partners.queries import names_on_offer
from dekaan.people.models import Pupil

LINES = 40  # of a page: the next come up as these are recorded


@dataclass(frozen=True)
class Line:
    """One line as it is shown: whom to call, what was typed, what is wrong with it."""

    call: queries.Call
    route: str = ""
    provider_name: str = ""
    source: str = Source.PUPIL
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Astray:
    """What was typed of somebody who meanwhile is no leaver of that year any more, and why it is not recorded."""

    pupil: Pupil
    why: str
    typed: str


@needs(Permission.DESTINATIONS_CHANGE)
def destination_call_grid(request: SchoolRequest) -> HttpResponse:
    """Leavers of whom nobody knows where they were then, a line each; whatever lines are filled in are recorded at once."""
    years, left_in = years_to_choose(request)
    come = queries.moments_come(left_in)
    asked = request.GET.get("moment", "")
    kind = asked if asked in come else come[-1] if come else ""
    theirs = queries.leavers_opened(request.assignments, left_in, Access.WRITES)
    wrong: dict[int, tuple[str, ...]] = {}
    astray: list[Astray] = []
    batch = request.GET.get("done", "")
    if request.method == "POST" and kind:
        batch = uuid4().hex
        pupils = [each.pupil for each in queries.leavers(left_in, theirs)]
        wrong = _record(request, pupils, kind, batch)
        astray = _astray(request, {each.pk for each in pupils}, left_in)
        if not wrong and not astray:
            where = reverse("destination-call-grid", args=[request.school.slug])
            every = {"all": "yes"} if "all" in request.GET else {}
            return redirect(f"{where}?{urlencode({'year': left_in, 'moment': kind, 'done': batch} | every)}")
    found = queries.call_list(left_in, kind, theirs, also=wrong) if kind else None
    lines = [_line(call, request.POST, wrong) for call in found.calls] if found else []
    shown = lines if "all" in request.GET else [each for at, each in enumerate(lines) if at < LINES or each.problems]
    context = {
        "found": found,
        "to_call": len(lines),
        "lines": shown,
        "begin_at": next((each for each in shown if each.problems), shown[0] if shown else None),
        "done": queries.pressed(batch, theirs, request.user),
        "years": [(each, year_label(each)) for each in years],
        "year": left_in,
        "kept": {"year": left_in, "moment": kind},
        "year_label": year_label(left_in),
        "moments": come,
        "moment": Kind(kind) if kind else None,
        "moment_in_words": in_sentence(Kind(kind).label) if kind else "",
        "routes": queries.outcome_routes(),
        "providers": names_on_offer(),
        "sources": forms.ASKED,
        "problems": sum(map(len, wrong.values())) + len(astray),
        "lines_wrong": len(wrong),
        "astray": astray,
        "waits_for_caseload": queries.waits_for_caseload(request.assignments),
    }
    return render(request, "destinations/destination_call_grid.html", context)


@needs(Permission.DESTINATIONS_CHANGE)
@require_POST
def destination_call_undo(request: SchoolRequest) -> HttpResponse:
    """Take back what one press of the grid recorded."""
    left_in = year_asked(request.POST.get("year", ""))
    take_press_back(request, queries.leavers_opened(request.assignments, left_in, Access.WRITES))
    where = reverse("destination-call-grid", args=[request.school.slug])
    return redirect(f"{where}?{urlencode({'year': left_in, 'moment': request.POST.get('moment', '')[:10]})}")


def _record(request: SchoolRequest, pupils: list[Pupil], kind: str, batch: str) -> dict[int, tuple[str, ...]]:
    """Record the lines that are filled in, each by itself; what is wrong with the others, by pupil.

    Also of somebody whom a colleague found meanwhile: then two say it, and nothing that was typed is lost.
    """
    wrong: dict[int, tuple[str, ...]] = {}
    for pupil in pupils:
        line = forms.CallLine.of(request.POST, pupil.pk)
        if line is None:
            continue
        if not line.is_valid():
            wrong[pupil.pk] = tuple(line.problems())
            continue
        try:
            with transaction.atomic():
                told = changes.record_statement(pupil, by=request.user, kind=kind, batch=batch, **line.said())
        except changes.Refused as refused:
            wrong[pupil.pk] = (str(refused),)
        else:
            if told.disagrees:
                messages.warning(
                    request,
                    f"{pupil.name}: this contradicts what another source said. Both are kept; their page asks which holds.",
                    extra_tags="open",
                )
    return wrong


def _astray(request: SchoolRequest, there: set[int], left_in: int) -> list[Astray]:
    """Lines of somebody who came back, or whose leaving day was moved to another year, since the page was opened."""
    found = []
    for pk in sorted(forms.CallLine.filled_in(request.POST) - there):
        pupil = queries.person_opened(request.assignments, pk, Access.WRITES).first()
        if pupil is None:
            continue  # nobody whose destinations they may record
        left_on = queries.leaving_days([pk]).get(pk)
        why = changes.NotOfThatYear(left_on, left_in) if left_on else changes.HasNotLeft()
        said = [request.POST.get(f"{pk}-{name}", "").strip()[:200] for name in ("route", "provider_name")]
        found.append(Astray(pupil, str(why), f"Typed was: {', '.join(filter(None, said))}."))
    return found


def _line(call: queries.Call, typed: QueryDict, wrong: dict[int, tuple[str, ...]]) -> Line:
    """As it was typed where something is wrong with it, else to be filled in."""
    pk = call.leaver.pupil.pk
    if pk not in wrong:
        return Line(call)
    said = {name: typed.get(f"{pk}-{name}", "") for name in ("route", "provider_name", "source")}
    return Line(call, problems=wrong[pk], **said)

"""The grid of intentions by tutor group."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dekaan.access.data_classes import Access
from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today
from dekaan.destinations import changes, forms, queries
from dekaan.destinations.models import Asking, Confidence
from dekaan.destinations.views.pressing import take_press_back
from dekaan.partners.queries import names_on_offer
from dekaan.people.models import Group
from dekaan.people.queries import in_groups, tutor_groups


@dataclass(frozen=True)
class Line:
    """One line as it is shown: whose, what stands in each box, what is wrong with it."""

    intent: queries.Intent
    shown: dict[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    is_same: bool = False


@needs(Permission.DESTINATIONS_CHANGE)
def intention_grid(request: SchoolRequest) -> HttpResponse:
    """A tutor group, a pupil a line: what they mean to do; a line that reads as before is not written again."""
    mine = queries.on_roll_opened(request.assignments, Access.WRITES)
    choose = forms.ChooseGroup(request.GET, groups=tutor_groups(academic_year_of(today()), mine))
    group = choose.chosen()
    pupils = list(mine.filter(in_groups([group.pk], today()))) if group else []
    said = forms.IntentionsSaid(request.POST or None)
    wrong: dict[int, forms.IntentionLine] = {}
    batch = request.GET.get("done", "")
    found = queries.intents(pupils)
    if request.method == "POST" and group:
        batch = uuid4().hex
        wrong = _record(request, found, said, batch)
        if not wrong and said.is_valid():
            where = reverse("intention-grid", args=[request.school.slug])
            return redirect(f"{where}?{urlencode({'group': group.pk, 'done': batch})}")
        found = queries.intents(pupils)
    context = _context(group, found, wrong) | {
        "choose": forms.ChooseGroup({"group": group.pk} if group else None, groups=choose.groups),
        "said": said,
        "done": queries.pressed(batch, mine, request.user),
        "problems": sum(len(each.problems()) for each in wrong.values()),
        "askings": queries.askings_opened(request.assignments, Asking.objects.filter(group_name=group.name), None)[:4]
        if group
        else [],
    }
    return render(request, "destinations/intention_grid.html", context)


def _context(group: Group | None, found: list[queries.Intent], wrong: dict[int, forms.IntentionLine]) -> dict[str, Any]:
    return {
        "group": group,
        "kept": {"group": group.pk if group else ""},
        "lines": [_line(each, wrong.get(each.pupil.pk)) for each in found],
        "begin_at": next(iter(wrong), found[0].pupil.pk if found else None),
        "unsaid": sum(each.intention is None for each in found),
        "from_before": sum(each.may_be_same for each in found),
        "asks_to_keep_in_touch": bool(group and group.year_group in queries.LEAVING),
        "usual_end": queries.usual_end(),
        "routes": queries.plan_routes(),
        "providers": names_on_offer(),
        "confidences": Confidence.choices,
    }


def _record(
    request: SchoolRequest, found: list[queries.Intent], said: forms.IntentionsSaid, batch: str
) -> dict[int, forms.IntentionLine]:
    """Record the lines that read otherwise than they did, each by itself, and those that still are the same all at once.

    Those that cannot be recorded, by pupil.
    """
    wrong: dict[int, forms.IntentionLine] = {}
    again: dict[int, forms.IntentionLine] = {}
    day = said.cleaned_data.get("said_on") if said.is_valid() else None
    for intent in found:
        shown = f"{intent.pupil.pk}-stood" in request.POST
        the_rest = "rest" in request.POST and shown and intent.was_said_before(day or today())
        line = forms.IntentionLine(request.POST, intent, rest_is_same=the_rest)
        if not line.touched and not line.is_same:
            continue
        if not line.is_valid() or not said.is_valid():
            wrong[intent.pupil.pk] = line
            continue
        if line.only_says_again:
            again[intent.pupil.pk] = line
            continue
        try:
            with transaction.atomic():
                told = said.cleaned_data | line.said(queries.usual_end())
                changes.record_line(intent.pupil, by=request.user, batch=batch, **told)
        except changes.Refused as refused:
            line.add_error(None, str(refused))
            wrong[intent.pupil.pk] = line
    stand = [each.intent.intention for each in again.values() if each.intent.intention]
    refusals = changes.say_still_the_same(stand, by=request.user, batch=batch, **said.cleaned_data) if stand else {}
    for pk, refusal in refusals.items():
        again[pk].add_error(None, str(refusal))
        wrong[pk] = again[pk]
    return wrong


@needs(Permission.DESTINATIONS_CHANGE)
@require_POST
def intention_undo(request: SchoolRequest) -> HttpResponse:
    """Take back what one press of the grid recorded."""
    take_press_back(request, queries.on_roll_opened(request.assignments, Access.WRITES))
    back = "intention-type" if request.POST.get("back") == "intention-type" else "intention-grid"
    where = reverse(back, args=[request.school.slug])
    return redirect(f"{where}?{urlencode({'group': request.POST.get('group', '')[:20]})}")


def _line(intent: queries.Intent, wrong: forms.IntentionLine | None) -> Line:
    """As it was typed where something is wrong with it, else as it stands."""
    if wrong is None:
        return Line(intent, intent.shown)
    return Line(intent, wrong.typed, tuple(wrong.problems()), wrong.is_same)

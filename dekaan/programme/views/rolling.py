"""Rolling last year's programme forward: the review, the receipt, and Undo."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, day_asked, today, year_label
from dekaan.core.undo import UNDO_FOR
from dekaan.programme import changes
from dekaan.programme.forms import Review
from dekaan.programme.models import RollForward
from dekaan.programme.queries import carousels_to_set_up, propose, rolls_forward

MAY, AUGUST = 5, 8


def _into(request: SchoolRequest) -> int:
    """The year asked for: this one or the next; from May on it is the next that is being planned."""
    now = academic_year_of(today())
    usual = now + 1 if MAY <= today().month <= AUGUST else now
    return next((each for each in (now, now + 1) if str(each) == request.GET.get("year", "")), usual)


@needs(Permission.PROGRAMME_CHANGE)
def roll_forward(request: SchoolRequest) -> HttpResponse:
    """A line for every session of the year before, each with what is decided and why; one press does it."""
    into = _into(request)
    review = Review.of(into, propose(into), request.POST if request.method == "POST" else None)
    if request.method == "POST" and review.errors:
        messages.error(request, f"Nothing is planned yet: {len(review.errors)} of the days cannot be.", "open")
    elif request.method == "POST" and review.warnings:
        free = len(review.warnings)
        said = "one of the days is" if free == 1 else f"{free} of the days are"
        messages.warning(request, f"Nothing is planned yet: {said} kept free by the calendar. See beside each.", "open")
    elif request.method == "POST" and not review.days:
        messages.error(request, "Nothing is ticked, so nothing was planned.", "open")
    elif request.method == "POST":
        rolled = changes.roll_forward(into, days=review.days, by=request.user)
        return redirect("roll-forward-receipt", request.school.slug, rolled.pk)
    now = academic_year_of(today())
    other = now if into != now else now + 1
    context = {
        "review": review,
        "into_label": year_label(into),
        "from_label": year_label(into - 1),
        "other": other,
        "other_label": year_label(other),
        "done": rolls_forward(into),
        "carousels": carousels_to_set_up(into),
    }
    return render(request, "programme/roll_forward.html", context)


@needs(Permission.PROGRAMME_CHANGE)
def roll_forward_receipt(request: SchoolRequest, roll_forward_id: int) -> HttpResponse:
    """What was planned, every decision, and Undo."""
    rolled = get_object_or_404(RollForward.objects.select_related("by", "undone_by"), pk=roll_forward_id)
    decided = [each | {"was": day_asked(each["was"]), "day": day_asked(each["day"])} for each in rolled.decisions]
    planned, left_out = [each for each in decided if each["day"]], [each for each in decided if not each["day"]]
    context = {
        "rolled": rolled,
        "into_label": year_label(rolled.academic_year),
        "planned": planned,
        "left_out": left_out,
        "parts": [("Planned", planned), ("Left out", left_out)],
        "may_undo": rolled.undone_at is None and timezone.now() - rolled.at <= UNDO_FOR,
        "stayed": rolled.rolled.select_related("session__activity") if rolled.undone_at else [],
    }
    return render(request, "programme/roll_forward_receipt.html", context)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def roll_forward_undo(request: SchoolRequest, roll_forward_id: int) -> HttpResponse:
    """What it planned, and nobody has touched since, is gone again."""
    rolled = get_object_or_404(RollForward, pk=roll_forward_id)
    try:
        undone = changes.undo_roll_forward(rolled, by=request.user)
    except changes.NothingToUndo:
        messages.info(request, "It is undone already.")
    except changes.TooLateToUndo:
        messages.error(request, "It was done more than 30 days ago. Cancel single sessions instead.", "open")
    except changes.MoreRecordedSince:
        messages.error(
            request, "Every session has been changed, recorded or built upon since, so nothing was undone.", "open"
        )
    else:
        stayed = len(undone.stayed)
        said = f"Undone: {undone.sessions} session{' is' if undone.sessions == 1 else 's are'} no longer planned."
        messages.success(request, f"{said} {stayed} built upon since stay; they are named below." if stayed else said)
    return redirect("roll-forward-receipt", request.school.slug, rolled.pk)

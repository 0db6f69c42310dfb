"""Days on which groups go round: planning one, its grid, and one *It happened* for all of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import day_asked, today
from dekaan.core.numbers import row_number
from dekaan.core.undo import UNDO_FOR
from dekaan.people.changes import TooFewToSplit, split_year_group
from dekaan.programme import changes
from dekaan.programme.forms import CarouselDay
from dekaan.programme.models import Carousel
from dekaan.programme.queries import Grid, carousels, grid, rotation_in_words, sessions_visible_to
from dekaan.programme.views.sessions import colleague


def _grid_or_404(request: SchoolRequest, carousel_id: int) -> Grid:
    """The day, if this person may see any of it."""
    carousel = get_object_or_404(Carousel, pk=carousel_id)
    found = grid(carousel, sessions_visible_to(request.user, request.assignments))
    if not found.visits and not _sees_all(request):
        raise Http404
    return found


def _sees_all(request: SchoolRequest) -> bool:
    return any(role.sees != "own-sessions" for role in colleague(request).roles)


@needs(Permission.PROGRAMME_SEE)
def carousel_list(request: SchoolRequest) -> HttpResponse:
    """Every such day, the latest first."""
    found = carousels() if _sees_all(request) else []
    return render(request, "programme/carousel_list.html", {"carousels": found})


@needs(Permission.PROGRAMME_CHANGE)
def carousel_new(request: SchoolRequest) -> HttpResponse:
    """Say who goes round, where and when; the rotation is worked out."""
    asked = row_number(request.GET.get("again", ""))
    before = Carousel.objects.filter(pk=asked).first() if asked is not None else None
    day = day_asked(request.GET.get("day", "")) or today()
    initial = (CarouselDay.as_before(before) if before else {}) | {"held_on": day}
    form = CarouselDay(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            groups = form.chosen() or split_year_group(int(data["split"]), into=data["into"], on=data["held_on"])
            carousel = changes.plan_carousel(
                title=data["title"],
                held_on=data["held_on"],
                groups=groups,
                stations=form.stations,
                slots=data["slots"],
                by=request.user,
            )
        except TooFewToSplit:
            form.add_error("into", "There are not as many pupils on the roll that day.")
        else:
            messages.success(request, rotation_in_words(len(groups), len(form.stations), len(data["slots"])))
            return redirect("carousel-detail", request.school.slug, carousel.pk)
    return render(request, "programme/carousel_new.html", {"form": form})


@needs(Permission.PROGRAMME_SEE)
def carousel_detail(request: SchoolRequest, carousel_id: int) -> HttpResponse:
    """The day by group and by station, and its one press."""
    found = _grid_or_404(request, carousel_id)
    records = Permission.REGISTER_TAKE in request.permissions and colleague(request).records_all
    carousel = found.carousel
    context = {
        "carousel": carousel,
        "grid": found,
        "words": rotation_in_words(len(carousel.groups), len(carousel.stations), len(carousel.slots)),
        "may_record": records and carousel.held_on <= today() and bool(found.visits) and not found.is_recorded,
        "may_undo": records and carousel.recorded_at is not None and timezone.now() - carousel.recorded_at <= UNDO_FOR,
    }
    return render(request, "programme/carousel_detail.html", context)


@needs(Permission.PROGRAMME_SEE)
def carousel_print(request: SchoolRequest, carousel_id: int) -> HttpResponse:
    """A sheet for each group and for each station."""
    found = _grid_or_404(request, carousel_id)
    return render(request, "programme/carousel_print.html", {"carousel": found.carousel, "grid": found})


def _recorder_or_403(request: SchoolRequest, carousel_id: int) -> Carousel:
    carousel = get_object_or_404(Carousel, pk=carousel_id)
    if not colleague(request).records_all:
        raise PermissionDenied
    return carousel


@needs(Permission.REGISTER_TAKE)
@require_POST
def carousel_happened(request: SchoolRequest, carousel_id: int) -> HttpResponse:
    """Everybody was at every station, less the day's absences."""
    carousel = _recorder_or_403(request, carousel_id)
    try:
        done = changes.carousel_happened(carousel, by=request.user)
    except changes.NotHeldYet:
        messages.error(request, "That day has not come yet. It can be recorded from the day itself.", "open")
    else:
        messages.success(
            request,
            f"{done.sessions} sessions recorded: {done.recorded} attendances, {done.to_catch_up} to catch up."
            if done.sessions
            else "It is recorded already.",
        )
    return redirect("carousel-detail", request.school.slug, carousel.pk)


@needs(Permission.REGISTER_TAKE)
@require_POST
def carousel_undo(request: SchoolRequest, carousel_id: int) -> HttpResponse:
    """What the one press said is taken back."""
    carousel = _recorder_or_403(request, carousel_id)
    try:
        undone = changes.undo_carousel(carousel, by=request.user)
    except changes.NothingToUndo:
        messages.info(request, "It is undone already.")
    except changes.TooLateToUndo:
        messages.error(request, "It was recorded more than 30 days ago. Correct single pupils instead.", "open")
    except changes.MoreRecordedSince:
        messages.error(request, "More was recorded of every session since, so nothing was undone.", "open")
    else:
        stayed = "; ".join(f"{each.title}, {each.starts_at:%H:%M}" for each in undone.stayed)
        said = f"Undone: {undone.sessions} sessions are open again."
        messages.success(
            request, f"{said} More was recorded of these since, and they stay: {stayed}." if stayed else said
        )
    return redirect("carousel-detail", request.school.slug, carousel.pk)

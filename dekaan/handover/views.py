"""The pages of handing over: planning, agreeing, undoing; cover; the book; the first fortnight."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.changes import NotTheirsToConfirm
from dekaan.access.door import SchoolRequest, needs, reads
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today
from dekaan.handover import changes, forms, queries
from dekaan.handover.areas import AREAS
from dekaan.handover.models import HandOver
from dekaan.handover.paper import book_pdf
from dekaan.handover.queries.book import CHAPTERS, chapter
from dekaan.handover.queries.fortnight import asked

NOT_TO_UNDO = (
    "Nothing was changed: it is undone by whoever took over, or by a headteacher, a data protection officer or another "
    "Careers Leader; never by whoever gets the role back."
)
NOT_TO_CALL_OFF = (
    "Nothing was changed: what two people agreed is called off by the one who agreed, or by a headteacher, a data "
    "protection officer or another Careers Leader; never by whoever takes over or is replaced, nor by who planned it."
)
NO_LEADER = "holds neither the post nor the role of Careers Leader. Say who does under Team."
ANOTHER = "is planned or lasts already: open it below, and call it off first where it is no longer meant."


@needs(Permission.HANDOVER_CHANGE)
def hand_over_page(request: SchoolRequest) -> HttpResponse:
    """What is planned and what lasts, and the two questions of a hand-over: to whom, and from which day."""
    now = today()
    context = {
        "form": forms.HandOverSaid(initial=_begins_with(request)),
        "open": queries.open_ones(now),
        "past": queries.past_ones(now),
    }
    return render(request, "handover/hand_over_page.html", context)


def _begins_with(request: SchoolRequest) -> dict[str, Any]:
    return {"from_staff": queries.one_who_goes(request.user, today()), "starts_on": today()}


@needs(Permission.HANDOVER_CHANGE)
def hand_over_new(request: SchoolRequest) -> HttpResponse:
    """Everything that would go over, area by area, before anything does; then it is planned."""
    said_before = request.POST or (request.GET if "to_staff" in request.GET else None)
    form = forms.HandOverSaid(said_before, initial={} if said_before else _begins_with(request))
    goes: list[queries.Goes] = []
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        goes = queries.what_goes(said["from_staff"], said["starts_on"])
        if request.method == "POST":
            try:
                planned = changes.plan_hand_over(
                    request.school,
                    from_=said["from_staff"],
                    to=said["to_staff"],
                    starts_on=said["starts_on"],
                    stays=_what_stays(request, goes),
                    by=request.user,
                )
            except changes.DoesNotLead:
                messages.error(request, f"Nothing was planned: {said['from_staff']} {NO_LEADER}", "open")
                return redirect("hand-over-page", request.school.slug)
            except changes.AnotherIsOpen:
                messages.error(request, f"Nothing was planned: a hand-over {ANOTHER}", "open")
                return redirect("hand-over-page", request.school.slug)
            return redirect("hand-over-detail", request.school.slug, planned.pk)
    address = queries.address_of(form.cleaned_data["to_staff"]) if form.is_bound and form.is_valid() else ""
    context = {
        "form": form,
        "goes": goes,
        "address": address,
        "leads_in_trust": bool(address)
        and queries.leads_in_trust(queries.roles_of(form.cleaned_data["from_staff"]), request.school),
    }
    return render(request, "handover/hand_over_new.html", context)


def _what_stays(request: SchoolRequest, goes: list[queries.Goes]) -> list[str]:
    """Groups whose tick was taken out, and in the others what was shown and has none; what came since goes with its group."""
    groups, rows = set(request.POST.getlist("goes")), set(request.POST.getlist("row"))
    shown = set(request.POST.get("shown", "").split())
    single = {each.row for area in goes if area.key in groups for each in area.listed if each.row in shown - rows}
    return sorted({each.key for each in goes if each.key not in groups} | single)


@needs(Permission.HANDOVER_CHANGE)
def cover_new(request: SchoolRequest) -> HttpResponse:
    """Somebody covers from today: who, and until when."""
    begins = {"from_staff": queries.one_who_goes(request.user, today()), "until": today() + forms.USUAL_COVER}
    form = forms.CoverSaid(request.POST or None, initial=begins)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            planned = changes.plan_cover(
                request.school,
                from_=said["from_staff"],
                to=said["to_staff"],
                until=said["until"],
                by=request.user,
            )
        except changes.DoesNotLead:
            messages.error(request, f"Nothing was planned: {said['from_staff']} {NO_LEADER}", "open")
            return redirect("hand-over-page", request.school.slug)
        except changes.AnotherIsOpen:
            messages.error(request, f"Nothing was planned: a cover {ANOTHER}", "open")
            return redirect("hand-over-page", request.school.slug)
        return redirect("hand-over-detail", request.school.slug, planned.pk)
    return render(request, "handover/cover_new.html", {"form": form})


def _one(hand_over_id: int) -> HandOver:
    found = HandOver.objects.select_related("from_staff", "to_staff__user", "planned_by", "agreed_by")
    return get_object_or_404(found, pk=hand_over_id)


@needs(Permission.HANDOVER_CHANGE)
def hand_over_detail(request: SchoolRequest, hand_over_id: int) -> HttpResponse:
    """The receipt: what goes or went over, who has yet to agree, and the way back."""
    one, now = _one(hand_over_id), today()
    lasts = one.kind == HandOver.Kind.COVER and one.lasts(now)
    seconds = queries.who_may_agree(one, request.school) if one.waits else []
    is_told = one.kind == HandOver.Kind.FOR_GOOD and not one.ended_on
    roles = queries.roles_of(one.from_staff) if is_told else []
    context = {
        "one": one,
        "seconds": seconds,
        "may_agree": request.user in seconds,
        "agreeing": queries.what_agreeing_does(one, roles) if one.waits else [],
        "goes": _goes(one),
        "stays": _stay(one),
        "covers": queries.covered_by(one, now) if lasts else [],
        "is_cover": one.kind == HandOver.Kind.COVER,
        "lasts": lasts,
        "may_call_off": one.ended_on is None
        and one.done_on is None
        and queries.may_call_off(one, request.user, request.assignments, now),
        "may_be_undone": one.may_be_undone(now) and queries.may_undo(one, request.user, request.assignments),
        "is_new": one.is_new(now),
        "leads_in_trust": queries.leads_in_trust(roles, request.school),
    }
    return render(request, "handover/hand_over_detail.html", context)


def _goes(one: HandOver) -> list[queries.Goes]:
    """What is to go over, where it has not gone yet."""
    if one.kind == HandOver.Kind.COVER or one.done_on or one.ended_on or one.from_staff is None:
        return []
    return queries.what_goes(one.from_staff, one.starts_on, one.stays)


def _stay(one: HandOver) -> list[str]:
    """What stays, in words: groups by their names, single things by how many they are."""
    groups = [area.name for area in AREAS if area.key in one.stays]
    single = len(one.stays) - len(groups)
    return groups + ([f"{single} thing{'s' if single != 1 else ''} of other groups"] if single else [])


@needs(Permission.ROLES_CONFIRM)
@require_POST
def hand_over_agree(request: SchoolRequest, hand_over_id: int) -> HttpResponse:
    """The second of two people agrees."""
    one = _one(hand_over_id)
    try:
        agreed = changes.agree(one, request.school, by=request.user, here=request.build_absolute_uri("/").rstrip("/"))
        until = f" until {agreed.until:%-d %B %Y}" if agreed.until else ""
        messages.success(
            request, f"Agreed: {agreed.to_staff} leads careers here from {agreed.starts_on:%-d %B %Y}{until}."
        )
    except changes.HasLeft:
        messages.error(
            request,
            f"Nothing was changed: by the staff list {one.to_staff or 'who was to take over'} does not work here on that "
            "day. Call it off, and plan it with somebody who does.",
            "open",
        )
    except changes.AddressChanged:
        messages.error(
            request,
            f"Nothing was changed: the e-mail address of {one.to_staff} on the staff list is another than when this was "
            "planned. Call it off and plan it again, once you know whose the address is.",
            "open",
        )
    except changes.IsOver:
        messages.info(request, "Nothing was changed: it is settled or over already.")
    except NotTheirsToConfirm:
        messages.error(
            request,
            "It does not wait for you: you planned it, or it is you who takes over, or another role agrees to it.",
        )
    return redirect("home", request.school.slug)


@needs(Permission.HANDOVER_CHANGE)
@require_POST
def hand_over_call_off(request: SchoolRequest, hand_over_id: int) -> HttpResponse:
    """It does not take place; a cover ends today."""
    one = _one(hand_over_id)
    try:
        changes.call_off(one, request.school, by=request.user)
        messages.success(request, f"Called off: {one}. Whoever had the role before has it.")
    except changes.IsOver:
        messages.info(request, "Nothing was changed: it is done or over already.")
    except NotTheirsToConfirm:
        messages.error(request, NOT_TO_UNDO if one.lasts(today()) else NOT_TO_CALL_OFF, "open")
        return redirect("hand-over-detail", request.school.slug, one.pk)
    return redirect("hand-over-page", request.school.slug)


@needs(Permission.HANDOVER_CHANGE)
@require_POST
def hand_over_undo(request: SchoolRequest, hand_over_id: int) -> HttpResponse:
    """What moved is back, as far as nobody changed it since."""
    one = _one(hand_over_id)
    try:
        left = changes.undo(one, request.school, by=request.user)
        kept = f" {left} thing{'s' if left != 1 else ''} that somebody changed since stay as they are." if left else ""
        messages.success(request, f"Undone: what went to {one.to_staff} is {one.from_staff}’s again.{kept}")
    except changes.IsOver:
        messages.info(request, "Nothing was changed: it is put back already, or never took place.")
    except changes.AnotherFollowed:
        messages.error(request, "Nothing was changed: careers has been handed on since. Undo that first.")
    except NotTheirsToConfirm:
        messages.error(request, NOT_TO_UNDO)
    except changes.TooLate:
        messages.error(request, "It was done more than 30 days ago: hand over again, the other way.")
    return redirect("hand-over-detail", request.school.slug, one.pk)


@needs(Permission.HANDOVER_CHANGE)
def handover_book(request: SchoolRequest) -> HttpResponse:
    """The book, opened at this fortnight."""
    return _chapter(request, next(iter(CHAPTERS)))


@needs(Permission.HANDOVER_CHANGE)
def handover_chapter(request: SchoolRequest, chapter_slug: str) -> HttpResponse:
    """One chapter of the book."""
    if chapter_slug not in CHAPTERS:
        raise Http404
    return _chapter(request, chapter_slug)


def _chapter(request: SchoolRequest, slug: str) -> HttpResponse:
    titles = [(key, title) for key, (title, *_) in CHAPTERS.items()]
    context = {"chapter": chapter(request.school, slug, today(), request.permissions), "titles": titles}
    return render(request, "handover/book.html", context)


@needs(Permission.HANDOVER_CHANGE)
def handover_book_paper(request: SchoolRequest) -> HttpResponse:
    """The whole book as PDF, to be printed or handed over."""
    response = HttpResponse(
        book_pdf(queries.book(request.school, today(), request.permissions)), content_type="application/pdf"
    )
    name = f"hand-over-book-{request.school.slug}-{today()}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    reads(request, "hand-over book printed", subject="school", subject_id=request.school.pk)
    return response


@needs(Permission.HANDOVER_CHANGE)
def first_fortnight(request: SchoolRequest, hand_over_id: int) -> HttpResponse:
    """The first two weeks of whoever is new, step by step."""
    one = _one(hand_over_id)
    steps = queries.first_fortnight(one, today())
    context = {"one": one, "steps": steps, "done": sum(each.is_done for each in steps)}
    return render(request, "handover/first_fortnight.html", context)


@needs(Permission.HANDOVER_CHANGE)
@require_POST
def first_step(request: SchoolRequest, hand_over_id: int) -> HttpResponse:
    """A step is ticked, or open again."""
    one = _one(hand_over_id)
    step = request.POST.get("step", "")
    if step not in {each.key for each in asked() if not each.read}:
        raise Http404
    changes.tick(one, step, is_done=request.POST.get("done") == "yes")
    return redirect("first-fortnight", request.school.slug, one.pk)

"""One person's destinations: read, recorded, corrected, settled; and what they allow."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dekaan.access.data_classes import Access
from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.destinations import changes, forms, queries
from dekaan.destinations.models import Kind, Statement
from dekaan.people.models import Pupil


@needs(Permission.DESTINATIONS_SEE)
def destination_detail(request: SchoolRequest, pupil_id: int) -> HttpResponse:
    """What they mean to do, where they went by whose word, and what they allow."""
    pupil = get_object_or_404(queries.person_opened(request.assignments, pupil_id))
    may_change = Permission.DESTINATIONS_CHANGE in request.permissions and _to_change(request, pupil.pk).exists()
    context = {"person": queries.person(pupil), "pupil": pupil, "may_change": may_change}
    return render(request, "destinations/destination_detail.html", context)


@needs(Permission.DESTINATIONS_CHANGE)
def statement_new(request: SchoolRequest, pupil_id: int) -> HttpResponse:
    """Record what somebody said."""
    pupil = _pupil(request, pupil_id)
    has_left = pupil.pk in queries.leaving_days([pupil.pk])
    kind = request.GET.get("kind", "")
    like = queries.meant_now(pupil) if kind == Kind.OFFER else None  # most apply where they mean to go
    form = forms.StatementDetails(request.POST or None, has_left=has_left, kind=kind, like=like)
    if not has_left:  # said by the form where an outcome is sent of somebody who came back while it was open
        form.explain_no_place(str(changes.HasNotLeft()))
    if request.method == "POST" and form.is_valid():
        told = _done(form, lambda: changes.record_statement(pupil, by=request.user, **form.said()))
        if told:
            recorded = _recorded(request, pupil, told)
            back = request.GET.get("back", "")
            if kind == Kind.OFFER and back.isdecimal():  # to the list of those without one
                return redirect(
                    f"{reverse('september-guarantee', args=[request.school.slug])}?{urlencode({'year': back[:4]})}"
                )
            return recorded
    return render(request, "destinations/statement_new.html", {"form": form, "pupil": pupil})


@needs(Permission.DESTINATIONS_CHANGE)
def statement_correct(request: SchoolRequest, statement_id: int) -> HttpResponse:
    """Say otherwise what was recorded; the old words are kept."""
    statement = get_object_or_404(Statement, pk=statement_id)
    pupil = _pupil(request, statement.pupil_id)
    form = forms.StatementDetails(request.POST or None, has_left=True, statement=statement)
    if request.method == "POST" and form.is_valid():
        told = _done(form, lambda: changes.correct_statement(statement, by=request.user, **form.said()))
        if told:
            return _recorded(request, pupil, told)
    context = {"form": form, "pupil": pupil, "statement": statement}
    return render(request, "destinations/statement_correct.html", context)


@needs(Permission.DESTINATIONS_CHANGE)
@require_POST
def statement_verify(request: SchoolRequest, statement_id: int) -> HttpResponse:
    """Say that it was checked."""
    return _pressed(request, statement_id, changes.verify_statement, "Checked by you today.")


@needs(Permission.DESTINATIONS_CHANGE)
@require_POST
def statement_withdraw(request: SchoolRequest, statement_id: int) -> HttpResponse:
    """Take it back."""
    said = "Taken back. It stands below under what was said before; if that was a slip, record it again."
    return _pressed(request, statement_id, changes.withdraw_statement, said)


@needs(Permission.DESTINATIONS_CHANGE)
@require_POST
def statement_hold(request: SchoolRequest, statement_id: int) -> HttpResponse:
    """Say that of what contradicts one another this holds; or leave it open again, where somebody has said so."""
    if request.POST.get("undo"):
        return _pressed(request, statement_id, changes.leave_open, "It is open again which of them holds.")

    because, sent = request.POST.get("because", "").replace("\x00", " ").strip()[:300], request.POST.get("seen")
    seen = None if sent is None else [int(each) for each in sent.split() if each.isdecimal() and len(each) < 19]
    came_in = False

    def settle(statement: Statement, *, by: Any) -> None:
        nonlocal came_in
        changes.say_which_holds(statement, because=because, by=by, seen=seen)
        came_in = queries.is_disputed(statement)

    said = "Settled. It stands below with “holds”. What contradicts it is kept, and set aside until something new is said. “Leave it open again” undoes it."
    told = _pressed(request, statement_id, settle, said)
    if came_in:
        messages.warning(
            request,
            "While the page was open something else came in that contradicts it. It is not set aside: look at it below, and "
            "say again which holds.",
            extra_tags="open",
        )
    return told


@needs(Permission.DESTINATIONS_CHANGE)
def wish_new(request: SchoolRequest, pupil_id: int) -> HttpResponse:
    """Record whether somebody may be kept in touch with, or objects to sharing."""
    pupil = _pupil(request, pupil_id)
    form = forms.WishDetails(request.POST or None, about=request.GET.get("about", ""))
    if request.method == "POST" and form.is_valid():
        wish = _done(form, lambda: changes.say_wish(pupil, by=request.user, **form.said()))
        if wish:
            messages.success(
                request, f"Recorded: {wish.get_about_display().lower()}, {'yes' if wish.allows else 'no'}."
            )
            return redirect("destination-detail", request.school.slug, pupil.pk)
    return render(request, "destinations/wish_new.html", {"form": form, "pupil": pupil})


def _to_change(request: SchoolRequest, pupil_id: int) -> Any:
    return queries.person_opened(request.assignments, pupil_id, Access.WRITES)


def _pupil(request: SchoolRequest, pupil_id: int) -> Pupil:
    """The pupil, where the person may change their destinations; else they are not there."""
    return get_object_or_404(_to_change(request, pupil_id))


def _done(form: Any, change: Callable[[], Any]) -> Any:
    """What the change gives; nothing where it is refused, and then the form says why."""
    try:
        with transaction.atomic():
            return change()
    except changes.Refused as refused:
        form.add_error(None, str(refused))
        return None


def _recorded(request: SchoolRequest, pupil: Pupil, told: changes.Recorded) -> HttpResponse:
    statement = told.statement
    messages.success(request, f"Recorded: {statement.get_kind_display()}, {statement.where}.")
    if told.provider_is_unknown:
        messages.info(
            request,
            f"“{statement.provider_name}” is not in the directory of partners; the name is kept as it was said.",
        )
    if told.told_of:
        messages.info(
            request,
            f"{statement.as_of:%-d %B %Y} is no day of “{Kind(told.told_of).label}”, so it stands under "
            f"“{statement.get_kind_display()}”.",
        )
    if told.began_before_leaving:
        messages.info(request, changes.BEGAN_BEFORE)
    if told.says_two_things:
        messages.warning(request, changes.TWO_THINGS, extra_tags="open")
    if told.disagrees:
        messages.warning(
            request, "It contradicts what another source said. Both are kept: say below which holds.", extra_tags="open"
        )
    return redirect("destination-detail", request.school.slug, pupil.pk)


def _pressed(request: SchoolRequest, statement_id: int, change: Callable[..., Any], said: str) -> HttpResponse:
    statement = get_object_or_404(Statement, pk=statement_id)
    pupil = _pupil(request, statement.pupil_id)
    try:
        with transaction.atomic():
            change(statement, by=request.user)
    except changes.Refused as refused:
        messages.error(request, str(refused), extra_tags="broken")
    else:
        messages.success(request, said)
    return redirect("destination-detail", request.school.slug, pupil.pk)

"""*It happened*, absences, registers, corrections, catch-ups."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today
from dekaan.participation.models import State
from dekaan.people.models import Pupil
from dekaan.people.queries import pupils_visible_to
from dekaan.programme import changes
from dekaan.programme.forms import CatchUp, Doubts, Pasted, Register, Unplanned
from dekaan.programme.models import Session
from dekaan.programme.pasted import find_pupils
from dekaan.programme.queries import invited_in_words, to_catch_up
from dekaan.programme.views.sessions import register_rows, session_or_404

NOT_YET = "That day has not come yet. It can be recorded from the day itself."
CANCELLED = "It was cancelled, so it cannot have happened. Plan it again if it did."


def _back(request: SchoolRequest, session: Session) -> HttpResponse:
    return redirect("session-detail", request.school.slug, session.pk)


@needs(Permission.REGISTER_TAKE)
@require_POST
def session_happened(request: SchoolRequest, session_id: int) -> HttpResponse:
    """Everyone invited was there, less the day's absences."""
    session = session_or_404(request, session_id)
    try:
        changes.it_happened(session, by=request.user)
    except changes.NotHeldYet:
        messages.error(request, NOT_YET, "open")
    except changes.SessionCancelled:
        messages.error(request, CANCELLED, "open")
    return _back(request, session)


@needs(Permission.REGISTER_TAKE)
@require_POST
def session_undo(request: SchoolRequest, session_id: int) -> HttpResponse:
    """As if nobody had pressed."""
    session = session_or_404(request, session_id)
    try:
        changes.undo_it_happened(session, by=request.user)
    except changes.NothingToUndo:
        messages.info(request, "There was nothing to undo.")
    except changes.TooLateToUndo:
        messages.error(request, "It was recorded more than 30 days ago. Correct single pupils instead.", "open")
    else:
        messages.success(request, "Undone: nobody is recorded for this session.")
    return _back(request, session)


@needs(Permission.REGISTER_TAKE)
@require_POST
def session_absences(request: SchoolRequest, session_id: int) -> HttpResponse:
    """Strike off a pasted list of absentees; lines that fit several pupils are put to the person."""
    session = session_or_404(request, session_id)
    if not session.has_happened:
        messages.error(request, "Press It happened first; then strike off who was absent.", "open")
        return _back(request, session)
    rows = register_rows(request, session)
    pupils = {row.pupil.pk: row.pupil for row in rows}
    form = Pasted(request.POST)
    if not form.is_valid():
        messages.error(request, "The list is too long: paste absentees only.", "open")
        return _back(request, session)
    found = find_pupils(form.cleaned_data["absent"], pupils.values())
    absent = {pupil.pk for pupil in found.matched} | _chosen(request, pupils)
    if found.doubtful or found.unknown:
        context = {
            "session": session,
            "found": found,
            "form": Doubts(found.doubtful, initial={"matched": " ".join(map(str, sorted(absent)))}),
            "matched": [pupils[pk] for pk in sorted(absent)],
        }
        return render(request, "programme/session_absences.html", context)
    receipt = changes.strike_off(session, absent=absent, among=set(pupils), by=request.user)
    messages.success(request, f"Absences checked: {receipt.recorded} recorded, {receipt.to_catch_up} to catch up.")
    return _back(request, session)


def _chosen(request: SchoolRequest, pupils: dict[int, Pupil]) -> set[int]:
    """Pupils named by an answered page of doubts: those matched before, and those chosen."""
    said = request.POST.get("matched", "").split() + [
        str(value) for name, value in request.POST.items() if name.startswith("line_")
    ]
    return {int(pk) for pk in said if pk.isdecimal()} & set(pupils)


@needs(Permission.REGISTER_TAKE)
def session_register(request: SchoolRequest, session_id: int) -> HttpResponse:
    """The register: everyone starts present; the person marks who was not."""
    session = session_or_404(request, session_id)
    rows = register_rows(request, session)
    form = Register(rows, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            receipt = changes.take_register(
                session, present=form.marked(), among={row.pupil.pk for row in rows}, by=request.user
            )
        except changes.NotHeldYet:
            form.add_error(None, NOT_YET)
        except changes.SessionCancelled:
            form.add_error(None, CANCELLED)
        else:
            messages.success(request, f"Register saved: {receipt.recorded} there, {receipt.to_catch_up} to catch up.")
            return _back(request, session)
    context = {"session": session, "rows": rows, "form": form, "invited": invited_in_words(session)}
    return render(request, "programme/session_register.html", context)


@needs(Permission.REGISTER_TAKE)
def session_register_print(request: SchoolRequest, session_id: int) -> HttpResponse:
    """The register on A4, numbered, to be marked by hand."""
    session = session_or_404(request, session_id)
    context = {"session": session, "rows": register_rows(request, session), "invited": invited_in_words(session)}
    return render(request, "programme/session_register_print.html", context)


@needs(Permission.PROGRAMME_CHANGE)
def catch_up_new(request: SchoolRequest, session_id: int) -> HttpResponse:
    """Plan an occasion for those who missed it."""
    session = session_or_404(request, session_id)
    pupils = pupils_visible_to(request.assignments).filter(pk__in=to_catch_up(session))
    form = CatchUp(request.POST or None, initial={"held_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            later = changes.plan_catch_up(session, held_on=form.cleaned_data["held_on"], by=request.user)
        except changes.NobodyToCatchUp:
            form.add_error(None, "Nobody is left to catch up.")
        else:
            messages.success(request, f"Catch-up planned for {later.held_on:%-d %B}.")
            return _back(request, later)
    return render(request, "programme/catch_up_new.html", {"session": session, "pupils": pupils, "form": form})


@needs(Permission.PARTICIPATION_CORRECT)
@require_POST
def session_correct(request: SchoolRequest, session_id: int, pupil_id: int) -> HttpResponse:
    """One pupil's part was otherwise; also adds a pupil by hand."""
    session = session_or_404(request, session_id)
    pupil = get_object_or_404(pupils_visible_to(request.assignments), pk=pupil_id)
    state = request.POST.get("state", "")
    if state not in set(State.values) - {State.INVITED}:
        raise Http404
    try:
        changes.correct_mark(session, pupil=pupil, state=state, by=request.user)
    except changes.NothingToUndo:
        messages.error(request, "Nobody has recorded this session yet.", "open")
    else:
        messages.success(request, f"Corrected: {pupil.name}, {State(state).label.lower()}.")
    return _back(request, session)


@needs(Permission.PROGRAMME_CHANGE)
def session_unplanned(request: SchoolRequest) -> HttpResponse:
    """Record something that nobody had planned."""
    form = Unplanned(request.POST or None, initial={"held_on": today(), "activity_type": "TALK"})
    if request.method == "POST" and form.is_valid():
        names = ("title", "activity_type", "held_on", "partner_name", "partner_kind")
        session, _receipt = changes.record_unplanned(
            invited=form.invited(), by=request.user, **{name: form.cleaned_data[name] for name in names}
        )
        return _back(request, session)
    return render(request, "programme/session_unplanned.html", {"form": form})

"""*It happened*, absences, registers, corrections, catch-ups."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.editing import hold
from dekaan.core.numbers import row_numbers
from dekaan.participation.models import State
from dekaan.people.models import Carer, Pupil, StaffMember
from dekaan.people.queries import carers_hidden, pupils_visible_to, with_year
from dekaan.programme import changes
from dekaan.programme.forms import CatchUp, Doubts, Pasted, Register, Unplanned
from dekaan.programme.models import Act, Session
from dekaan.programme.pasted import find_pupils
from dekaan.programme.queries import (
    RegisterRow,
    act_to_undo,
    inclusion_before,
    invited_in_words,
    register,
    standing_acts,
    to_catch_up,
)
from dekaan.programme.views.sessions import CANCELLED, NOT_YET, back_to, colleague, session_or_404
from dekaan.schools.queries import next_school_day


def _whole_or_403(request: SchoolRequest, session_id: int) -> Session:
    """The session, if this person may say what became of everybody invited to it."""
    session = session_or_404(request, session_id)
    if not colleague(request).may_record(session):
        raise PermissionDenied
    return session


@needs(Permission.REGISTER_TAKE)
@require_POST
def session_happened(request: SchoolRequest, session_id: int) -> HttpResponse:
    """Everyone invited was there, less the day's absences."""
    session = _whole_or_403(request, session_id)
    try:
        changes.it_happened(session, by=request.user)
    except changes.NotHeldYet:
        messages.error(request, NOT_YET, "open")
    except changes.SessionCancelled:
        messages.error(request, CANCELLED, "open")
    return back_to(request, session)


@needs(Permission.REGISTER_TAKE)
@require_POST
def session_undo(request: SchoolRequest, session_id: int) -> HttpResponse:
    """What the act named by the button said is taken back."""
    session, asker = session_or_404(request, session_id), colleague(request)
    asked = request.POST.get("act", "")
    own = session.acts.filter(by=request.user).values_list("pk", flat=True)
    if not asker.may_record(session) and asked not in map(str, own):
        raise PermissionDenied
    acts = standing_acts(session)
    act = act_to_undo(acts, session, asker)
    if act is None or str(act.pk) != asked:
        messages.info(request, "It is undone already, or something was recorded since. This is how it stands now.")
        return back_to(request, session)
    try:
        undone = changes.undo_act(act, by=request.user)
    except (changes.NothingToUndo, changes.MoreRecordedSince):
        messages.info(request, "It is undone already, or something was recorded since. This is how it stands now.")
    except changes.TooLateToUndo:
        messages.error(request, "It was recorded more than 30 days ago. Correct single pupils instead.", "open")
    else:
        messages.success(request, _undone_in_words(undone, is_last=len(acts) == 1))
    return back_to(request, session)


def _undone_in_words(undone: changes.Undone, *, is_last: bool) -> str:
    said = f"Undone: {Act.Kind(undone.act.kind).label}."
    if undone.stayed:
        names = "; ".join(str(pupil) for pupil in undone.stayed[:5]) + ("; …" if len(undone.stayed) > 5 else "")
        return f"{said} {len(undone.stayed)} corrected since stay: {names}."
    return f"{said} Now nobody is recorded for this session." if is_last else said


@needs(Permission.REGISTER_TAKE)
@require_POST
def session_absences(request: SchoolRequest, session_id: int) -> HttpResponse:
    """Strike off a pasted list of absentees; lines that fit several pupils are put to the person."""
    session = _whole_or_403(request, session_id)
    if not session.has_happened:
        messages.error(request, "Press It happened first; then strike off who was absent.", "open")
        return back_to(request, session)
    rows = register(session)
    pupils = {row.pk: row.pupil for row in rows}
    form = Pasted(request.POST)
    if not form.is_valid():
        messages.error(request, "The list is too long: paste absentees only.", "open")
        return back_to(request, session)
    year = academic_year_of(session.held_on)
    found = find_pupils(
        form.cleaned_data["absent"], pupils.values(), with_year(pupils_visible_to(request.assignments), year)
    )
    absent = {pupil.pk for pupil in found.matched} | _chosen(request, pupils)
    if found.doubtful or found.unknown or found.elsewhere:
        context = {
            "session": session,
            "found": found,
            "form": Doubts(found.doubtful, _names(rows), initial={"matched": " ".join(map(str, sorted(absent)))}),
            "matched": [pupils[pk] for pk in sorted(absent)],
        }
        return render(request, "programme/session_absences.html", context)
    receipt = changes.strike_off(session, absent=absent, by=request.user)
    if receipt.confirmed_there:
        messages.info(
            request,
            f"{receipt.confirmed_there} on your list stay as there: a register says so. Correct them one by one.",
        )
    return back_to(request, session)


def _names(rows: list[RegisterRow]) -> dict[int, str]:
    """Pupils as they are told apart: with the tutor group."""
    return {row.pk: f"{row.name} ({row.tutor_group})" if row.tutor_group else row.name for row in rows}


def _chosen(request: SchoolRequest, pupils: dict[int, Pupil]) -> set[int]:
    """Pupils named by an answered page of doubts: those matched before, and those chosen."""
    said = request.POST.get("matched", "").split() + [
        str(value) for name, value in request.POST.items() if name.startswith("line_")
    ]
    return row_numbers(said) & set(pupils)


@needs(Permission.REGISTER_TAKE)
def session_register(request: SchoolRequest, session_id: int) -> HttpResponse:
    """The register: everyone starts present; the person marks who was not."""
    session = session_or_404(request, session_id)
    hold(request, session)
    among = colleague(request).takes_register_of(session)
    rows = register(session, among)
    form = Register(rows, request.POST if request.method == "POST" else None, session_id=session.pk)
    if request.method == "POST" and form.is_valid():
        try:
            changes.take_register(
                session,
                present=form.marked(),
                otherwise=form.otherwise(),
                among=None if among is None else {row.pk for row in rows},
                by=request.user,
            )
        except changes.NotHeldYet:
            form.add_error(None, NOT_YET)
        except changes.SessionCancelled:
            form.add_error(None, CANCELLED)
        else:
            return back_to(request, session)
    context = {
        "session": session,
        "rows": form.as_marked(rows),
        "form": form,
        "invited": invited_in_words(session, exactly=colleague(request).sees_exactly(session)),
        "away": sum(row.is_absent_from_school for row in rows),
    }
    return render(request, "programme/session_register.html", context)


@needs(Permission.REGISTER_TAKE)
def session_register_print(request: SchoolRequest, session_id: int) -> HttpResponse:
    """The register on A4, numbered, to be marked by hand."""
    session = session_or_404(request, session_id)
    asker = colleague(request)
    context = {
        "session": session,
        "rows": register(session, asker.takes_register_of(session)),
        "invited": invited_in_words(session, exactly=asker.sees_exactly(session)),
    }
    return render(request, "programme/session_register_print.html", context)


@needs(Permission.PROGRAMME_CHANGE)
def catch_up_new(request: SchoolRequest, session_id: int) -> HttpResponse:
    """Plan an occasion for those who missed it."""
    session = session_or_404(request, session_id)
    everyone, missed = pupils_visible_to(request.assignments), to_catch_up(session, not_invited=True)
    form = CatchUp(request.POST or None, initial={"held_on": _a_week_after(session)})
    if request.method == "POST" and form.is_valid():
        try:
            later = changes.plan_catch_up_for(session, held_on=form.cleaned_data["held_on"], by=request.user)
        except changes.NobodyToCatchUp:
            form.add_error(None, "Nobody is left to catch up.")
        else:
            messages.success(request, f"Catch-up planned for {later.held_on:%-d %B %Y}.")
            return back_to(request, later)
    context = {
        "session": session,
        "pupils": everyone.filter(pk__in=missed),
        "form": form,
        "inclusion": inclusion_before(missed, today(), request.permissions, everyone),
    }
    return render(request, "programme/catch_up_new.html", context)


def _a_week_after(session: Session) -> date:
    """The same day of the week, when those who missed it are likely to be back, and never one that has passed."""
    return next_school_day(max(session.held_on, today()) + timedelta(days=7))


@needs(Permission.PARTICIPATION_CORRECT)
@require_POST
def session_correct(request: SchoolRequest, session_id: int, pupil_id: int) -> HttpResponse:
    """One pupil's part was otherwise; also adds a pupil by hand."""
    session = session_or_404(request, session_id)
    pupil = get_object_or_404(pupils_visible_to(request.assignments), pk=pupil_id)
    state = request.POST.get("state", "")
    if state not in set(State.values) - {State.INVITED}:
        raise Http404
    correct = partial(changes.correct_mark, session, pupil=pupil, state=state, by=request.user)
    return _corrected(request, session, correct, f"{pupil.name}, {State(state).label.lower()}")


@needs(Permission.REGISTER_TAKE)
@require_POST
def session_correct_staff(request: SchoolRequest, session_id: int, staff_member_id: int) -> HttpResponse:
    """A member of staff was away from the training, or there after all."""
    return _correct_other(request, session_id, get_object_or_404(StaffMember, pk=staff_member_id))


@needs(Permission.REGISTER_TAKE)
@require_POST
def session_correct_carer(request: SchoolRequest, session_id: int, carer_id: int) -> HttpResponse:
    """A parent or carer did not come to the evening, or came after all."""
    shown = Carer.objects.exclude(pk__in=carers_hidden(request.assignments))
    return _correct_other(request, session_id, get_object_or_404(shown, pk=carer_id))


def _correct_other(request: SchoolRequest, session_id: int, person: StaffMember | Carer) -> HttpResponse:
    session = _whole_or_403(request, session_id)
    state = State.ATTENDED if request.POST.get("state") == State.ATTENDED else State.ABSENT
    correct = partial(changes.correct_other, session, person=person, state=state, by=request.user)
    return _corrected(request, session, correct, f"{person}, {state.label.lower()}")


def _corrected(request: SchoolRequest, session: Session, correct: Callable[[], object], says: str) -> HttpResponse:
    try:
        correct()
    except changes.NothingToUndo:
        messages.error(request, "Nobody has recorded this session yet.", "open")
    else:
        messages.success(request, f"Corrected: {says}.")
    return back_to(request, session)


@needs(Permission.PROGRAMME_CHANGE)
def session_unplanned(request: SchoolRequest) -> HttpResponse:
    """Record something that nobody had planned."""
    form = Unplanned(request.POST or None, initial={"held_on": today()})
    if request.method == "POST" and form.is_valid():
        names = ("title", "activity_type", "held_on", "partner_name", "partner_kind", "organisation")
        session, _receipt = changes.record_unplanned(
            invited=form.invited(), by=request.user, **{name: form.cleaned_data[name] for name in names}
        )
        return back_to(request, session)
    return render(request, "programme/session_unplanned.html", {"form": form})

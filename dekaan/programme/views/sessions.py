"""One session, and lists of them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today, year_asked, year_label
from dekaan.core.editing import hold
from dekaan.people.models import Pupil
from dekaan.people.queries import listed, pupils_visible_to, rows_of
from dekaan.programme import changes
from dekaan.programme.forms import WHEN, ChangedSession, Ending, NewActivity, NewSession, Pasted
from dekaan.programme.models import Activity, Audience, Inviting, Session
from dekaan.programme.queries import (
    Colleague,
    Inclusion,
    act_to_undo,
    asked_pupils,
    clashes_of,
    counting_of,
    inclusion_before,
    inclusion_of,
    invited_in_words,
    invitings_to_undo,
    is_attendance_known,
    lines,
    meter_of,
    open_catch_ups,
    others_recorded,
    own_tally,
    register,
    said_otherwise,
    sessions_visible_to,
    somebody_comes,
    standing_acts,
    taken_up_by,
    to_catch_up,
    unchecked,
    unrecorded_before,
    waiting_for,
    with_caught_up,
    year_of_sessions,
)

SHOWS = (
    ("", "The whole year"),
    ("today", "Today"),
    ("unrecorded", "Did these happen?"),
    ("unchecked", "Absences not checked"),
    ("catch-up", "To catch up"),
)
NOT_YET = "That day has not come yet. It can be recorded from the day itself."
CANCELLED = "It was cancelled, so it cannot have happened. Put it back on if it did."


def colleague(request: SchoolRequest) -> Colleague:
    """Who is asking."""
    return Colleague(request.user, request.assignments)


def session_or_404(request: SchoolRequest, session_id: int) -> Session:
    """The session, if this person may see it."""
    return get_object_or_404(sessions_visible_to(request.user, request.assignments), pk=session_id)


def back_to(request: SchoolRequest, session: Session) -> HttpResponse:
    """On to the session's own page."""
    return redirect("session-detail", request.school.slug, session.pk)


@needs(Permission.PROGRAMME_SEE)
def session_list(request: SchoolRequest) -> HttpResponse:
    """Sessions in order of date: all of a year, or those that wait for somebody."""
    visible, asker = sessions_visible_to(request.user, request.assignments), colleague(request)
    show, year = request.GET.get("show", ""), year_asked(request.GET.get("year", ""))
    if show == "today":
        found = lines(visible.filter(held_on=today()), asker)
    elif show == "unrecorded":
        own = waiting_for(asker, visible) if Permission.REGISTER_TAKE in request.permissions else visible
        found = unrecorded_before(own, today(), asker)
    elif show == "unchecked":
        found = unchecked(visible, today(), asker)
    elif show == "catch-up":
        found = lines([each.session for each in open_catch_ups(visible=visible)], asker)
    else:
        found = year_of_sessions(visible, year, asker)
    context = {
        "lines": with_caught_up(found, asker),
        "show": show,
        "shows": SHOWS,
        "year": year,
        "year_label": year_label(year),
        "some_hidden": any(line.is_hidden for line in found),
        "next_on": "" if show else next((each.session.pk for each in found if each.session.held_on >= today()), ""),
    }
    return render(request, "programme/session_list.html", context)


@needs(Permission.PROGRAMME_SEE)
def session_detail(request: SchoolRequest, session_id: int) -> HttpResponse:
    """One session: the next step, the receipt once something is recorded, who missed it or who is invited."""
    session, asker = session_or_404(request, session_id), colleague(request)
    (line,) = with_caught_up(lines([session], asker), asker)
    seen, takes_registers = asker.sees_names_of(session), Permission.REGISTER_TAKE in request.permissions
    may_record = takes_registers and asker.may_record(session)
    acts = standing_acts(session) if session.has_begun else []
    missed = Pupil.objects.filter(pk__in=to_catch_up(session)) if session.has_begun else Pupil.objects.none()
    missed = missed if seen is None else missed.filter(pk__in=seen.values("pk"))
    for_pupils = session.activity.audience == Audience.PUPILS
    counting = counting_of(session) if for_pupils else None
    asked_of = counting.year_groups if counting else ()
    meter = [each for each in meter_of(session) if each.meaning.criterion.is_asked_of(asked_of)]
    context = {
        "session": session,
        "line": line,
        "counting": counting,
        "meter": meter,
        "shown": sum(each.state == "shown" for each in meter),
        "said_otherwise": said_otherwise(session) if Permission.PROGRAMME_CHANGE in request.permissions else None,
        "taken_up_by": [] if session.has_begun or session.cancelled_at else taken_up_by(session),
        "last_act": acts[-1] if acts else None,
        "undo": act_to_undo(acts, session, asker) if takes_registers else None,
        "own": own_tally(session, asker) if takes_registers and not may_record and session.has_begun else None,
        "absent": rows_of(listed(missed, academic_year_of(session.held_on))) if session.has_begun else [],
        "others": others_recorded(session, request.assignments)
        if may_record and session.has_begun and not for_pupils
        else [],
        "invited": register(session, seen) if for_pupils and not session.has_begun else [],
        "inclusion": inclusion_of(session, request.permissions, seen)
        if Permission.BENCHMARKS_SEE in request.permissions
        else None,
        "may_record": may_record and session.held_on <= today(),
        "may_take_register": takes_registers and session.held_on <= today() and session.cancelled_at is None,
        "is_attendance_known": is_attendance_known(session.held_on),
        "pasted": Pasted(),
        "catch_ups": lines(session.catch_ups.select_related("activity").prefetch_related("invitations"), asker),
        "clashes": clashes_of(session) if _may_still_be_moved(request, session) else [],
        "presses": invitings_to_undo([session]) if Permission.PROGRAMME_CHANGE in request.permissions else [],
        "visitors_come": somebody_comes(session),
        "may_upload": Permission.IMPORT_MAKE in request.permissions,
    }
    return render(request, "programme/session_detail.html", context)


def looks(request: SchoolRequest) -> bool:
    """Whether a form is sent only to see who would be missing."""
    return request.method == "POST" and "look" in request.POST


def inclusion_asked(request: SchoolRequest, form: NewActivity | NewSession | ChangedSession) -> Inclusion | None:
    """How those whom the form names so far stand against their year groups; of what else is missing nothing is said."""
    if not looks(request):
        return None
    whom = {"year_groups", "tutor_groups", "pupils", "more"}
    is_known = not whom & set(form.errors)
    for name in [each for each in form.errors if each not in whom]:
        del form.errors[name]
    if not is_known:
        return None
    invited, on = form.invited(), form.cleaned_data.get("held_on") or today()
    by_name = [each.pk for each in invited.pupils]
    asked = asked_pupils(invited.year_groups, [each.pk for each in invited.groups], by_name, on)
    found = list(asked.order_by().values_list("pk", flat=True))
    return inclusion_before(found, on, request.permissions, pupils_visible_to(request.assignments))


def _may_still_be_moved(request: SchoolRequest, session: Session) -> bool:
    return Permission.PROGRAMME_CHANGE in request.permissions and session.held_on > today() and not session.has_begun


@needs(Permission.PROGRAMME_CHANGE)
def session_new(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Put an activity on again."""
    activity = get_object_or_404(Activity, pk=activity_id)
    form = NewSession(request.POST or None, activity=activity, initial={"held_on": today()})
    if request.method == "POST" and not looks(request) and form.is_valid():
        session = changes.plan_session(
            activity,
            invited=form.invited(),
            by=request.user,
            **{name: form.cleaned_data[name] for name in WHEN},
            **form.with_whom(),
        )
        messages.success(request, f"Planned: {activity.title} on {session.held_on:%-d %B %Y}.")
        return back_to(request, session)
    context = {"form": form, "activity": activity, "inclusion": inclusion_asked(request, form), "looks": looks(request)}
    return render(request, "programme/session_new.html", context)


@needs(Permission.PROGRAMME_CHANGE)
def session_change(request: SchoolRequest, session_id: int) -> HttpResponse:
    """Correct when, where, by whom and, until it is recorded, for whom it is."""
    session = session_or_404(request, session_id)
    hold(request, session)
    everyone = pupils_visible_to(request.assignments)
    data = request.POST if request.method == "POST" else None
    form = ChangedSession(data, session=session, everyone=everyone)
    if data is not None and not looks(request) and form.is_valid():
        try:
            changes.change_session(
                session,
                invited=None if session.has_begun else form.invited(),
                also_there=form.added if session.has_begun else (),
                by=request.user,
                **form.when(),
            )
        except changes.NotHeldYet:
            form.add_error("held_on", "It is recorded as having happened, so its day cannot be one to come.")
        except changes.SessionCancelled:
            form.add_error(None, "It is off. Put it back on first.")
        except changes.AlreadyRecorded:
            form.add_error(None, "Somebody has recorded it meanwhile. Go back to it and change it again.")
        else:
            messages.success(request, f"Changed: {session.title}.")
            return back_to(request, session)
    context = {
        "session": session,
        "form": form,
        "invited": invited_in_words(session),
        "inclusion": inclusion_asked(request, form) if not session.has_begun else None,
        "looks": looks(request),
    }
    return render(request, "programme/session_change.html", context)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def session_invite(request: SchoolRequest, session_id: int, pupil_id: int) -> HttpResponse:
    """One pupil more is invited, who was missing from the list."""
    session = session_or_404(request, session_id)
    pupil = get_object_or_404(pupils_visible_to(request.assignments), pk=pupil_id)
    try:
        changes.also_invite(session, pupils=[pupil], by=request.user)
    except changes.AlreadyRecorded:
        messages.error(request, "It is recorded by now, so the list stands. Add who was there under Change it.", "open")
    except changes.SessionCancelled:
        messages.error(request, "It is off. Put it back on first.", "open")
    else:
        messages.success(request, f"Invited: {pupil.name}.")
    return back_to(request, session)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def inviting_undo(request: SchoolRequest, inviting_id: int) -> HttpResponse:
    """Those whom one press invited are no longer invited; what it planned for them is gone."""
    visible = sessions_visible_to(request.user, request.assignments)
    press = get_object_or_404(Inviting.objects.select_related("session"), pk=inviting_id, session__in=visible)
    session, title = press.session, press.session.title
    try:
        undone = changes.undo_inviting(press, by=request.user)
    except changes.NothingToUndo:
        messages.info(request, "It is undone already, or nobody of them is invited any more.")
    except changes.TooLateToUndo:
        messages.error(request, "It was done more than 30 days ago. Change the session, or say that it is off.", "open")
    except changes.AlreadyRecorded:
        messages.error(request, "It is recorded by now, so the list stands. Undo that first.", "open")
    except changes.MoreRecordedSince:
        said = "The session has been changed or built upon since, so nothing was undone. Say that it is off instead."
        messages.error(request, said, "open")
    else:
        were = "1 pupil is" if undone.pupils == 1 else f"{undone.pupils} pupils are"
        messages.success(request, f"Undone: {were} no longer invited{'' if undone.is_gone else ' to ' + title}.")
        if undone.is_gone:
            messages.success(request, f"{title} on {session.held_on:%-d %B} is no longer planned.")
            return redirect("session-list", request.school.slug)
    return back_to(request, session)


@needs(Permission.PROGRAMME_CHANGE)
def session_cancel(request: SchoolRequest, session_id: int) -> HttpResponse:
    """Say that it will not happen, and why."""
    session = session_or_404(request, session_id)
    form = Ending(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            changes.cancel_session(session, because=form.cleaned_data["because"], by=request.user)
        except changes.AlreadyRecorded:
            form.add_error(None, "It is recorded as having happened. Undo that first.")
        else:
            messages.success(request, "It is off. Nobody is counted as having missed it.")
            return back_to(request, session)
    context = {"form": form, "session": session, "invited": invited_in_words(session)}
    return render(request, "programme/session_cancel.html", context)


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def session_put_back(request: SchoolRequest, session_id: int) -> HttpResponse:
    """It is on after all."""
    session = session_or_404(request, session_id)
    changes.put_back_on(session, by=request.user)
    messages.success(request, "It is on after all, as it was planned.")
    return back_to(request, session)

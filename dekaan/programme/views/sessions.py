"""One session, and lists of them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.access.roles import ROLES
from dekaan.core.academic_year import academic_year_of, today, year_label
from dekaan.people.queries import pupils_visible_to
from dekaan.programme import changes
from dekaan.programme.forms import Ending, NewSession, Pasted
from dekaan.programme.models import Activity, Session
from dekaan.programme.queries import (
    invited_in_words,
    is_attendance_known,
    lines,
    open_catch_ups,
    register,
    sessions_visible_to,
    to_catch_up,
    unchecked,
    unrecorded_before,
    year_of_sessions,
)
from dekaan.programme.views.activities import chosen_year

SHOWS = (
    ("", "The whole year"),
    ("today", "Today"),
    ("unrecorded", "Did these happen?"),
    ("unchecked", "Absences not checked"),
    ("catch-up", "To catch up"),
)


def session_or_404(request: SchoolRequest, session_id: int) -> Session:
    """The session, if this person may see it."""
    return get_object_or_404(sessions_visible_to(request.user, request.assignments), pk=session_id)


def register_rows(request: SchoolRequest, session: Session) -> list:
    """The register, limited to the pupils this person may see; whoever leads the session sees all of it."""
    leads = session.led_by is not None and session.led_by.user_id == request.user.pk
    return register(session, None if leads else request.assignments)


@needs(Permission.PROGRAMME_SEE)
def session_list(request: SchoolRequest) -> HttpResponse:
    """Sessions in order of date: all of a year, or those that wait for somebody."""
    visible = sessions_visible_to(request.user, request.assignments)
    show, year = request.GET.get("show", ""), chosen_year(request)
    if show == "today":
        listed = lines(visible.filter(held_on=today()))
    elif show == "unrecorded":
        listed = unrecorded_before(visible, today())
    elif show == "unchecked":
        listed = unchecked(visible, today())
    elif show == "catch-up":
        listed = lines([each.session for each in open_catch_ups(visible=visible)])
    else:
        listed = year_of_sessions(visible, year)
    context = {"lines": listed, "show": show, "shows": SHOWS, "year": year, "year_label": year_label(year)}
    return render(request, "programme/session_list.html", context)


@needs(Permission.PROGRAMME_SEE)
def session_detail(request: SchoolRequest, session_id: int) -> HttpResponse:
    """One session: the next step, the receipt once it is recorded, and who missed it."""
    session = session_or_404(request, session_id)
    (line,) = lines([session])
    may_see_names = Permission.NAMES_SEE in request.permissions
    absent = pupils_visible_to(request.assignments).filter(pk__in=to_catch_up(session)) if may_see_names else []
    context = {
        "session": session,
        "line": line,
        "absent": absent,
        "may_record": Permission.REGISTER_TAKE in request.permissions and session.held_on <= today(),
        "is_attendance_known": is_attendance_known(session.held_on),
        "pasted": Pasted(),
        "catch_ups": lines(session.catch_ups.select_related("activity").prefetch_related("invitations")),
        "is_this_year": academic_year_of(session.held_on) == academic_year_of(today()),
        "may_upload": Permission.IMPORT_MAKE in request.permissions,
        "shows_register": any(ROLES[each.role].sees != "totals" for each in request.assignments),
    }
    return render(request, "programme/session_detail.html", context)


@needs(Permission.PROGRAMME_CHANGE)
def session_new(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Put an activity on again."""
    activity = get_object_or_404(Activity, pk=activity_id)
    form = NewSession(request.POST or None, activity=activity, initial={"held_on": today()})
    if request.method == "POST" and form.is_valid():
        names = ("held_on", "starts_at", "minutes", "place", "led_by", "adviser")
        session = changes.plan_session(
            activity,
            invited=form.invited(),
            by=request.user,
            **{name: form.cleaned_data[name] for name in names},
        )
        messages.success(request, f"Planned: {activity.title} on {session.held_on:%-d %B}.")
        return redirect("session-detail", request.school.slug, session.pk)
    return render(request, "programme/session_new.html", {"form": form, "activity": activity})


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
            return redirect("session-detail", request.school.slug, session.pk)
    context = {"form": form, "session": session, "invited": invited_in_words(session)}
    return render(request, "programme/session_cancel.html", context)

"""Activities, and the year at a glance."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today, year_asked, year_label
from dekaan.core.editing import hold
from dekaan.frameworks.queries import activity_types, criterion, framework, ids_of
from dekaan.programme import changes
from dekaan.programme.forms import WHEN, ActivityDetails, NewActivity
from dekaan.programme.models import Activity
from dekaan.programme.queries import (
    Colleague,
    SessionLine,
    activities_visible_to,
    counting_of,
    lines,
    sessions_visible_to,
    year_of_sessions,
)
from dekaan.schools.queries import HalfTerm, half_terms, years_on_record

SATURDAY = 5


@dataclass(frozen=True)
class HalfTermColumn:
    """A half-term of the calendar and what is put on in it; an activity put on often is one entry."""

    half_term: HalfTerm
    entries: list[list[SessionLine]]
    is_now: bool

    @property
    def first_day(self) -> date:
        """Its first school day: a half-term begins on the weekend after a holiday."""
        day = self.half_term.starts_on
        return day if day.weekday() < SATURDAY else day + timedelta(days=7 - day.weekday())

    @property
    def last_day(self) -> date:
        """Its last school day: it ends where the next holiday begins."""
        day = self.half_term.ends_on - timedelta(days=1)
        return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


@needs(Permission.PROGRAMME_SEE)
def programme_calendar(request: SchoolRequest) -> HttpResponse:
    """The year by half-terms."""
    year, now = year_asked(request.GET.get("year", "")), today()
    visible = sessions_visible_to(request.user, request.assignments)
    listed = year_of_sessions(visible, year, Colleague(request.user, request.assignments))
    columns = [
        HalfTermColumn(each, _entries(listed, each), each.starts_on <= now < each.ends_on) for each in half_terms(year)
    ]
    return render(
        request,
        "programme/programme_calendar.html",
        {
            "columns": columns,
            "year": year,
            "year_label": year_label(year),
            "years": [(each, year_label(each)) for each in reversed(years_on_record(request.school))],
        },
    )


def _entries(listed: list[SessionLine], half_term: HalfTerm) -> list[list[SessionLine]]:
    """The half-term's sessions, gathered by activity, in order of each activity's first."""
    entries: dict[int, list[SessionLine]] = {}
    for line in listed:
        if half_term.starts_on <= line.session.held_on <= half_term.ends_on:
            entries.setdefault(line.session.activity_id, []).append(line)
    return list(entries.values())


@needs(Permission.PROGRAMME_CHANGE)
def activity_new(request: SchoolRequest) -> HttpResponse:
    """Plan an activity and its first session."""
    form = NewActivity(request.POST or None, initial={"held_on": today()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        activity = changes.plan_activity(
            title=data["title"],
            activity_type=data["activity_type"],
            partner_name=data["partner_name"],
            partner_kind=data["partner_kind"],
            by=request.user,
        )
        session = changes.plan_session(
            activity,
            invited=form.invited(),
            by=request.user,
            **{name: data[name] for name in WHEN},
        )
        messages.success(
            request, f"Planned: {activity.title} on {session.held_on:%-d %B}. {counting_of(session).words}."
        )
        return redirect("session-detail", request.school.slug, session.pk)
    return render(request, "programme/activity_new.html", {"form": form})


@needs(Permission.PROGRAMME_SEE)
def activity_detail(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """What it is, what it counts towards, and its sessions; where the person sees none but their own, of theirs alone."""
    activity = get_object_or_404(activities_visible_to(request.user, request.assignments), pk=activity_id)
    visible = sessions_visible_to(request.user, request.assignments).filter(activity=activity)
    towards = [each for criterion_id in ids_of(activity.criteria) if (each := criterion(criterion_id))]
    return render(
        request,
        "programme/activity_detail.html",
        {
            "activity": activity,
            "kind": activity_types()[activity.activity_type],
            "criteria": [(each, framework(each.framework)) for each in towards],
            "lines": lines(visible.order_by("-held_on"), Colleague(request.user, request.assignments)),
        },
    )


@needs(Permission.PROGRAMME_CHANGE)
def activity_change(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Change its facts or what it counts towards."""
    activity = get_object_or_404(Activity, pk=activity_id)
    hold(request, activity)
    form = ActivityDetails.of(activity, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        changes.change_activity(activity, by=request.user, **form.cleaned_data)
        messages.success(request, f"{activity.title} is changed, and counted again.")
        return redirect("activity-detail", request.school.slug, activity.pk)
    return render(request, "programme/activity_change.html", {"form": form, "activity": activity})

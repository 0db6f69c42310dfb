"""Activities, and the year at a glance."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import day_asked, today, year_asked, year_label, year_start
from dekaan.core.editing import hold
from dekaan.frameworks.queries import Answers, activity_types, benchmarks_in_force, criterion, framework, ids_of
from dekaan.programme import changes
from dekaan.programme.forms import WHEN, ActivityDetails, NewActivity
from dekaan.programme.models import Activity
from dekaan.programme.queries import (
    Colleague,
    SessionLine,
    activities_visible_to,
    counting_of,
    first_day,
    last_day,
    lines,
    meter,
    sessions_visible_to,
    taught_by,
    year_of_sessions,
)
from dekaan.programme.views.sessions import inclusion_asked, looks
from dekaan.schools.queries import HalfTerm, half_terms, years_on_record


@dataclass(frozen=True)
class HalfTermColumn:
    """A half-term of the calendar and what is put on in it; an activity put on often is one entry."""

    half_term: HalfTerm
    entries: list[list[SessionLine]]
    is_now: bool

    @property
    def first_day(self) -> date:
        """Its first school day."""
        return first_day(self.half_term)

    @property
    def last_day(self) -> date:
        """Its last school day."""
        return last_day(self.half_term)


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
    form = NewActivity(request.POST or None, initial=_as_asked(request))
    in_force = benchmarks_in_force(year_start(year_asked(request.GET.get("year", ""))))
    benchmark = next((each for each in in_force.benchmarks if each.number == request.GET.get("benchmark")), None)
    if benchmark is not None:
        form.put_first(benchmark)
    if request.method == "POST" and not looks(request) and form.is_valid():
        data = form.cleaned_data
        activity = changes.plan_activity(
            title=data["title"],
            activity_type=data["activity_type"],
            partner_name=data["partner_name"],
            partner_kind=data["partner_kind"],
            organisation=data["organisation"],
            by=request.user,
        )
        if any((learning := form.learning()).values()):
            changes.tag_learning(activity, by=request.user, **learning)
        session = changes.plan_session(
            activity,
            invited=form.invited(),
            by=request.user,
            **{name: data[name] for name in WHEN},
        )
        messages.success(
            request, f"Planned: {activity.title} on {session.held_on:%-d %B %Y}. {counting_of(session).words}."
        )
        return redirect("session-detail", request.school.slug, session.pk)
    context = {"form": form, "inclusion": inclusion_asked(request, form), "looks": looks(request)}
    return render(request, "programme/activity_new.html", context)


def _as_asked(request: SchoolRequest) -> dict[str, object]:
    """What the page that led here says already: for whom, and about when."""
    day = day_asked(request.GET.get("day", ""))
    return {"held_on": day or today(), "year_groups": request.GET.getlist("year_group")}


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
            "meter": meter(activity.criteria, Answers(activity.flags_yes, activity.flags_no)),
            "criteria": [(each, framework(each.framework)) for each in towards],
            "taught": taught_by(activity),
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

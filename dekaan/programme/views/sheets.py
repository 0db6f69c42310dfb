"""Paper: the briefing sheet of a session, and the visitors of a day."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import day_asked, today, year_asked, year_label
from dekaan.core.editing import hold
from dekaan.people.queries import year_groups
from dekaan.programme import changes
from dekaan.programme.forms import BriefingWords
from dekaan.programme.models import Activity, Audience
from dekaan.programme.queries import (
    briefing_of,
    briefing_parts,
    invited_in_words,
    printed_programme,
    register,
    sessions_visible_to,
    taught_by,
    time_in_words,
    usual_lines,
    visitors_on,
)
from dekaan.programme.views.sessions import colleague, session_or_404

ON_ONE_PAGE = 36  # names beside the rest; more stand on a page behind it


@needs(Permission.PROGRAMME_SEE)
def session_briefing(request: SchoolRequest, session_id: int) -> HttpResponse:
    """All that the teacher or tutor who delivers the session needs, on one sheet; names for those who may see them."""
    session, asker = session_or_404(request, session_id), colleague(request)
    for_pupils = session.activity.audience == Audience.PUPILS
    rows = register(session, asker.sees_names_of(session)) if for_pupils else []
    return render(
        request,
        "programme/session_briefing.html",
        {
            "session": session,
            "at": time_in_words(session),
            "invited": invited_in_words(session, exactly=asker.sees_exactly(session)),
            "briefing": briefing_of(session.activity),
            "taught": taught_by(session.activity),
            "parts": briefing_parts(session),
            "rows": rows,
            "sees_all": asker.sees_names_of(session) is None or asker.sees_exactly(session),
            "is_long": len(rows) > ON_ONE_PAGE,
        },
    )


@needs(Permission.PROGRAMME_CHANGE)
def briefing_change(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Say in the school's own words what the sheet says; what is left empty is said in the usual ones."""
    activity = get_object_or_404(Activity, pk=activity_id)
    hold(request, activity)
    form = BriefingWords(
        request.POST if request.method == "POST" else None,
        activity=activity,
        briefing=briefing_of(activity),
        usual=usual_lines(activity),
    )
    if request.method == "POST" and form.is_valid():
        changes.write_briefing(activity, by=request.user, **form.cleaned_data)
        messages.success(request, "The briefing sheet says so from now on, for every session of it.")
        return redirect("activity-detail", request.school.slug, activity.pk)
    return render(request, "programme/briefing_change.html", {"form": form, "activity": activity})


@needs(Permission.PROGRAMME_SEE)
def visitor_sheet(request: SchoolRequest) -> HttpResponse:
    """Whoever comes into school on a day, for reception: no pupil's name, and blanks to fill in by hand."""
    day = day_asked(request.GET.get("day", "")) or today()
    visible = sessions_visible_to(request.user, request.assignments).filter(held_on=day)
    context = {"day": day, "lines": visitors_on(day, visible), "before": _beside(day, -1), "after": _beside(day, 1)}
    return render(request, "programme/visitor_sheet.html", context)


@needs(Permission.PROGRAMME_SEE)
def programme_print(request: SchoolRequest) -> HttpResponse:
    """The programme of a year, or of one year group in it, to hang on a wall."""
    year, groups = year_asked(request.GET.get("year", "")), year_groups(year_asked(request.GET.get("year", "")))
    asked = request.GET.get("group", "")
    group = next((each for each in groups if str(each) == asked), None)
    visible = sessions_visible_to(request.user, request.assignments)
    context = {
        "half_terms": printed_programme(visible, year, group),
        "year": year,
        "year_label": year_label(year),
        "group": group,
        "groups": groups,
    }
    return render(request, "programme/programme_print.html", context)


def _beside(day: date, step: int) -> date:
    """The weekday before or after."""
    day += timedelta(days=step)
    while day.weekday() > 4:
        day += timedelta(days=step)
    return day

"""The school's calendar: its term dates, and what else takes up its days."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, day_asked, year_asked, year_label
from dekaan.core.editing import hold
from dekaan.programme import changes
from dekaan.programme.forms import CalendarDetails, TermDates
from dekaan.programme.queries import first_day, last_day
from dekaan.programme.views.planner import years_to_plan
from dekaan.schools.models import CalendarEntry
from dekaan.schools.queries import BREAKS, calendar


def _back(request: SchoolRequest, year: int) -> HttpResponse:
    return redirect(f"{redirect('school-calendar', request.school.slug).url}?year={year}")


def _entry_or_404(entry_id: int) -> CalendarEntry:
    """An entry that is no break: those are changed together, as the year's term dates."""
    return get_object_or_404(CalendarEntry.objects.exclude(kind__in=BREAKS), pk=entry_id)


@needs(Permission.PROGRAMME_SEE)
def school_calendar(request: SchoolRequest) -> HttpResponse:
    """The year's half-terms, and what takes up days in them."""
    year = year_asked(request.GET.get("year", ""))
    dates = calendar(year)
    context = {
        "half_terms": [(each.number, first_day(each), last_day(each)) for each in dates.half_terms(year)],
        "are_entered": dates.are_entered,
        "entries": [each for each in dates.entries if each.kind not in BREAKS],
        "year": year,
        "year_label": year_label(year),
        "years": years_to_plan(request),
    }
    return render(request, "programme/school_calendar.html", context)


@needs(Permission.PROGRAMME_CHANGE)
def calendar_entry_new(request: SchoolRequest) -> HttpResponse:
    """Put something on the calendar."""
    form = CalendarDetails(request.POST or None, starts_on=day_asked(request.GET.get("day", "")))
    if request.method == "POST" and form.is_valid():
        entry = changes.put_on_calendar(by=request.user, **form.cleaned_data)
        messages.success(request, f"On the calendar: {entry.words}, {entry.starts_on:%-d %B}.")
        return _back(request, academic_year_of(entry.starts_on))
    return render(request, "programme/calendar_entry_new.html", {"form": form})


@needs(Permission.PROGRAMME_CHANGE)
def calendar_entry_change(request: SchoolRequest, calendar_entry_id: int) -> HttpResponse:
    """Change what stands on the calendar."""
    entry = _entry_or_404(calendar_entry_id)
    hold(request, entry)
    form = CalendarDetails(request.POST if request.method == "POST" else None, entry=entry)
    if request.method == "POST" and form.is_valid():
        changes.change_on_calendar(entry, by=request.user, **form.cleaned_data)
        messages.success(request, f"Changed: {entry.words}. Sessions stay on the days that they have.")
        return _back(request, academic_year_of(entry.starts_on))
    return render(request, "programme/calendar_entry_change.html", {"form": form, "entry": entry})


@needs(Permission.PROGRAMME_CHANGE)
@require_POST
def calendar_entry_remove(request: SchoolRequest, calendar_entry_id: int) -> HttpResponse:
    """Take it off the calendar."""
    entry = _entry_or_404(calendar_entry_id)
    changes.take_off_calendar(entry, by=request.user)
    messages.success(request, f"Off the calendar: {entry.words}, {entry.starts_on:%-d %B}.")
    return _back(request, academic_year_of(entry.starts_on))


@needs(Permission.PROGRAMME_CHANGE)
def term_dates_change(request: SchoolRequest, academic_year: int) -> HttpResponse:
    """Say when the school's breaks are in that year."""
    if year_asked(str(academic_year)) != academic_year:
        raise Http404
    hold(request, request.school)
    form = TermDates(request.POST if request.method == "POST" else None, academic_year=academic_year)
    if request.method == "POST" and form.is_valid():
        changes.set_term_dates(academic_year, breaks=form.breaks, by=request.user)
        messages.success(request, f"The term dates of {year_label(academic_year)} are yours now.")
        return _back(request, academic_year)
    return render(
        request,
        "programme/term_dates_change.html",
        {"form": form, "year": academic_year, "year_label": year_label(academic_year)},
    )

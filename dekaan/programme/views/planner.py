"""The planner, and what each of its cells opens to."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today, year_asked, year_label, year_start
from dekaan.frameworks.queries import benchmarks_in_force
from dekaan.programme.queries import (
    Colleague,
    counted_once,
    first_day,
    is_asked_of,
    last_day,
    lines,
    planner,
    rows_of_school,
    sessions_of_cell,
    sessions_visible_to,
)
from dekaan.schools.queries import HalfTerm, calendar, years_on_record


def years_to_plan(request: SchoolRequest) -> list[tuple[int, str]]:
    """The years that can be looked at, next year's first."""
    known = years_on_record(request.school)
    return [(each, year_label(each)) for each in reversed([*known, known[-1] + 1])]


@needs(Permission.PROGRAMME_SEE)
def programme_planner(request: SchoolRequest) -> HttpResponse:
    """Year group by half-term by benchmark: where the programme is thin."""
    year = year_asked(request.GET.get("year", ""))
    found = planner(sessions_visible_to(request.user, request.assignments), year)
    context = {
        "planner": found,
        "half_terms": [(each, first_day(each), last_day(each), _is_now(each)) for each in found.half_terms],
        "year": year,
        "year_label": year_label(year),
        "years": years_to_plan(request),
    }
    return render(request, "programme/programme_planner.html", context)


def _is_now(half_term: HalfTerm) -> bool:
    return half_term.starts_on <= today() < half_term.ends_on


@needs(Permission.PROGRAMME_SEE)
def planner_cell(request: SchoolRequest) -> HttpResponse:
    """The sessions of one year group in one half-term (or the year) towards one benchmark, and the way to plan one."""
    year = year_asked(request.GET.get("year", ""))
    framework, dates, rows = benchmarks_in_force(year_start(year)), calendar(year), rows_of_school(year)
    half_terms = dates.half_terms(year)
    asked = request.GET.get("year_group", "") or str(rows[0] if rows else 7)
    year_group = next((each for each in {*rows, *range(1, 15)} if str(each) == asked), None)
    half_term = _chosen({str(each.number): each for each in half_terms}, request.GET.get("half_term", ""))
    benchmark = _chosen({each.number: each for each in framework.benchmarks}, request.GET.get("benchmark", ""))
    if year_group is None:
        raise Http404
    visible = sessions_visible_to(request.user, request.assignments)
    found = sessions_of_cell(visible, year, year_group, half_term, benchmark.number if benchmark else "")
    stretch = (first_day(half_term), last_day(half_term)) if half_term else None
    line_of = {each.session.pk: each for each in lines(found, Colleague(request.user, request.assignments))}
    context = {
        "total": len(found),
        "lines": [[line_of[each.pk] for each in turns] for turns in counted_once(found)],
        "year": year,
        "year_label": year_label(year),
        "year_group": year_group,
        "half_term": half_term,
        "stretch": stretch,
        "benchmark": benchmark,
        "is_asked": benchmark is None or is_asked_of(benchmark, year_group),
        "framework": framework,
        "entries": [each for each in dates.between(*stretch) if each.concerns([year_group])] if stretch else [],
        "day": max(stretch[0], today()) if stretch and stretch[1] >= today() else "",
    }
    return render(request, "programme/planner_cell.html", context)


def _chosen(among: dict[str, Any], asked: str) -> Any:
    """What the address names; nothing where it names nothing, not found where it names what is not there."""
    if asked and asked not in among:
        raise Http404
    return among.get(asked)

"""What a governors' paper says: gathered from the counting room and the programme, small numbers hidden."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dekaan.core.academic_year import academic_year_of, roll_date, year_end, year_label
from dekaan.frameworks.queries import benchmarks_in_force, framework
from dekaan.measures.queries import Figure, coverage, coverage_of_years, released
from dekaan.programme.queries import held_between, planned_between
from dekaan.reports.queries.groups import GROUPS, ROWS, behind, not_compared, of_a_group
from dekaan.reports.queries.picture import picture
from dekaan.reports.queries.programme import day, done, planned
from dekaan.reports.queries.terms import TermOfYear
from dekaan.schools.models import School

DONE_ROWS, PLANNED_ROWS = 15, 18  # so that the paper keeps to four pages
AHEAD = timedelta(days=120)


@dataclass(frozen=True)
class Gathered:
    """The paper's content as plain values, and the figures in it."""

    content: dict[str, Any]
    figures: list[Figure]


def title_of(term: TermOfYear) -> str:
    """What the paper is called."""
    return f"Careers: report to governors, {term.name}"


def gather(school: School, term: TermOfYear, *, on: date, boxes: dict[str, str]) -> Gathered:
    """Everything the paper about that term says on that day. Only released figures: small numbers never reach it.

    The figures are always of the day of writing, since the records are: a past term's paper tells what was done then.
    """
    year = term.academic_year
    in_force = benchmarks_in_force(min(on, year_end(year)))
    now, before = _everybody(school, year, [in_force, framework("provider-access")])
    groups = [
        figure
        for breakdown in GROUPS
        for figure in released(coverage(school.pk, year, in_force, breakdown=breakdown))
        if of_a_group(figure)
    ]
    of_benchmarks = [figure for figure in now if figure.framework == in_force.key]
    gaps = behind(of_benchmarks, groups)
    until = min(on, term.ends_on)
    activities, to_come = done(held_between(term.starts_on, until)), planned(planned_between(on, on + AHEAD))
    content = {
        "school": school.name,
        "title": title_of(term),
        "term": term.name,
        "on": day(on),
        "year": year_label(year),
        "as_on": _as_on(year, on),
        "last_year": year_label(year - 1),
        "last_as_on": day(roll_date(year - 1, on)),
        "framework": in_force.title,
        "picture": picture(now, before),
        "gaps": gaps[:ROWS],
        "more_gaps": len(gaps[ROWS:]),
        "not_compared": not_compared(of_benchmarks),
        "done_from": day(term.starts_on),
        "done_until": day(until),
        "done": activities[:DONE_ROWS],
        "more_done": len(activities[DONE_ROWS:]),
        "planned_until": day(on + AHEAD),
        "planned": to_come[:PLANNED_ROWS],
        "more_planned": len(to_come[PLANNED_ROWS:]),
        **{name: text.strip() for name, text in boxes.items()},
    }
    return Gathered(content, [*now, *before, *groups])


def _everybody(school: School, year: int, frameworks: list[Any]) -> tuple[list[Figure], list[Figure]]:
    """Whole-school figures of the year and of the year before."""
    years = [coverage_of_years(school.pk, (year, year - 1), each) for each in frameworks if each]
    return (
        [figure for each in years for figure in released(each[year])],
        [figure for each in years for figure in released(each[year - 1])],
    )


def _as_on(year: int, on: date) -> str:
    """The day whose pupils are counted; where that is past, also the day of the records."""
    if year == academic_year_of(on):
        return day(on)
    return f"{day(roll_date(year, on))}, from the records of {day(on)}"

"""What a governors' paper says: gathered from the counting room and the programme, small numbers hidden."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dekaan.core.academic_year import academic_year_of, year_end, year_label, year_start
from dekaan.frameworks.queries import benchmarks_in_force, criterion, framework
from dekaan.measures.queries import Figure, coverage, released
from dekaan.programme.queries import SessionLine, held_between, planned_between
from dekaan.reports.models import Report
from dekaan.schools.models import School

GROUPS = {
    "pupil-premium": {"yes": "Pupil premium", "no": "Not pupil premium"},
    "sen": {"K": "SEN support", "E": "EHC plan", "N": "No special educational need"},
    "sex": {"F": "Girls", "M": "Boys"},
}
DONE_ROWS, PLANNED_ROWS, GAP_ROWS = 14, 10, 12  # so that the paper keeps to four pages
AHEAD = timedelta(days=120)


@dataclass(frozen=True)
class Gathered:
    """The paper's content as plain values, and the figures in it."""

    content: dict[str, Any]
    figures: list[Figure]


def gather(school: School, *, on: date, boxes: dict[str, str], title: str) -> Gathered:
    """Everything the paper says on that day. Only released figures: small numbers never reach it."""
    year = academic_year_of(on)
    frameworks = [benchmarks_in_force(on), framework("provider-access")]
    now = [figure for each in frameworks if each for figure in released(coverage(school.pk, year, each))]
    before = [figure for each in frameworks if each for figure in released(coverage(school.pk, year - 1, each))]
    groups = [
        figure
        for breakdown in GROUPS
        for figure in released(coverage(school.pk, year, benchmarks_in_force(on), breakdown=breakdown))
        if figure.value in GROUPS[breakdown]
    ]
    content = {
        "school": school.name,
        "title": title,
        "on": _day(on),
        "year": year_label(year),
        "last_year": year_label(year - 1),
        "framework": benchmarks_in_force(on).title,
        "picture": _picture(now, before),
        "gaps": _gaps(now, groups),
        "done": _done(held_between(year_start(year), on)),
        "planned": _planned(planned_between(on, min(on + AHEAD, year_end(year)))),
        **{name: text.strip() for name, text in boxes.items()},
    }
    return Gathered(content, [*now, *before, *groups])


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def _picture(now: list[Figure], before: list[Figure]) -> list[dict[str, Any]]:
    last = {figure.criterion: figure for figure in before}
    rows = []
    for figure in now:
        about = criterion(figure.criterion)
        if about is None or figure.of == 0:
            continue
        rows.append(
            {
                "benchmark": about.benchmark,
                "title": about.title,
                "says": figure_in_words(figure),
                "share": share(figure),
                "highest": share(figure, with_unknown=True),
                "before": figure_in_words(last[figure.criterion]) if figure.criterion in last else "no records",
                "note": about.cohort_unknown,
            }
        )
    return rows


def share(figure: Figure, *, with_unknown: bool = False) -> int | None:
    """Whole per cent, rounded down: at least so many; with the unknown, at most. None where hidden or of nobody."""
    if not figure.of or figure.met is None or figure.unknown is None:
        return None
    return (figure.met + (figure.unknown if with_unknown else 0)) * 100 // figure.of


def figure_in_words(figure: Figure) -> str:
    """ "151 of 169, 18 unknown"."""
    if figure.hidden:
        return "hidden (fewer than 6)"
    if not figure.of:
        return "nobody to count"
    words = f"{figure.met} of {figure.of}"
    return f"{words}, {figure.unknown} unknown" if figure.unknown else words


def _gaps(now: list[Figure], groups: Iterable[Figure]) -> list[dict[str, Any]]:
    """The groups furthest behind everybody, furthest first; only where both figures may be shown."""
    whole = {figure.criterion: share(figure) for figure in now}
    rows: list[dict[str, Any]] = []
    for figure in groups:
        everyone, theirs, about = whole.get(figure.criterion), share(figure), criterion(figure.criterion)
        if everyone is None or theirs is None or about is None or theirs >= everyone:
            continue
        rows.append(
            {
                "title": about.title,
                "group": GROUPS[figure.breakdown][figure.value],
                "says": figure_in_words(figure),
                "share": theirs,
                "everyone": everyone,
            }
        )
    return sorted(rows, key=lambda row: (row["share"] - row["everyone"], row["title"], row["group"]))[:GAP_ROWS]


def _done(held: list[SessionLine]) -> list[dict[str, Any]]:
    """Activities of the year so far, those that reached most pupils first."""
    rows: dict[int, dict[str, Any]] = {}
    for line in held:
        activity = line.session.activity
        row = rows.setdefault(
            activity.pk,
            {"title": activity.title, "partner": line.session.partner, "sessions": 0, "took_part": 0},
        )
        row["sessions"] += 1
        row["took_part"] += line.tally.recorded if line.tally else 0
    return sorted(rows.values(), key=lambda row: (-row["took_part"], row["title"]))[:DONE_ROWS]


def _planned(lines: list[SessionLine]) -> list[dict[str, str]]:
    return [
        {"on": _day(line.session.held_on), "title": line.session.activity.title, "who": line.invited}
        for line in lines[:PLANNED_ROWS]
    ]


def reports() -> list[Report]:
    """Every report of the school in scope, newest first, without its paper."""
    return list(Report.objects.defer("pdf", "content").select_related("issued_by"))

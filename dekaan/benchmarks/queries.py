"""Reading where the school stands, in the shape that the screens draw."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from dekaan.access.models import RoleAssignment
from dekaan.core.academic_year import academic_year_of, today, year_end, year_label
from dekaan.core.charts import bar, heat_step
from dekaan.frameworks.queries import (
    Benchmark,
    Criterion,
    Framework,
    benchmarks_in_force,
    counterpart,
    frameworks,
)
from dekaan.measures.queries import (
    Figure,
    HeatCell,
    coverage_of_years,
    every_breakdown,
    heat_map,
    misses,
    not_yet,
    released,
    released_cells,
    unknowns,
)
from dekaan.people.models import Pupil, SenProvision, Sex
from dekaan.people.queries import PupilRow, listed, pupils_visible_to, rows_of, tutor_groups

BREAKDOWN_NAMES = {
    "year-group": "Year group",
    "pupil-premium": "Pupil premium",
    "sen": "Special educational needs",
    "sex": "Sex",
    "ethnicity": "Ethnicity",
    "eal": "English as an additional language",
    "looked-after": "Looked after",
    "tutor-group": "Tutor group",
}
YES_NO = {"yes": "Yes", "no": "No"}
VALUE_NAMES = {
    "pupil-premium": YES_NO,
    "eal": YES_NO,
    "looked-after": YES_NO,
    "sen": dict(SenProvision.choices),
    "sex": dict(Sex.choices),
}


@dataclass(frozen=True)
class Share:
    """A figure ready to draw: shares in whole per cent, rounded down, so that 100 is all of them."""

    figure: Figure

    @property
    def at_least(self) -> int | None:
        """The share known to meet it; None where hidden or where nobody is judged."""
        return self.figure.met * 100 // self.figure.of if self.figure.of and self.figure.met is not None else None

    @property
    def at_most(self) -> int | None:
        """The share that may meet it, the unknown included."""
        figure = self.figure
        if not figure.of or figure.met is None or figure.unknown is None:
            return None
        return (figure.met + figure.unknown) * 100 // figure.of

    @property
    def says(self) -> str:
        """ "776 of 993, 171 unknown: 78 to 95 %", or why there is nothing to say."""
        figure = self.figure
        if figure.hidden:
            return figure.hidden
        if not figure.of:
            return "Not applicable: nobody is judged on it"
        if figure.unknown:
            return f"{figure.met} of {figure.of}, {figure.unknown} unknown: {self.at_least} to {self.at_most} %"
        return f"{figure.met} of {figure.of}: {self.at_least} %"

    @property
    def assumed(self) -> str:
        """How much of it rests on attendance nobody checked; empty where nothing does."""
        figure = self.figure
        share = figure.assumed * 100 // figure.met if figure.met and figure.assumed else 0
        return f"({share} % assumed)" if share else ""


@dataclass(frozen=True)
class Bar:
    """One criterion this year, and the year before where there is one."""

    criterion: Criterion
    now: Share
    before: Share | None

    @property
    def drawing(self) -> str:
        """Met, unknown and the gap as a picture, with last year's mark; nothing to draw where hidden or nobody."""
        return drawn(self.now, self.criterion.title, self.before)


def drawn(share: Share, title: str, before: Share | None = None) -> str:
    """A share as a bar that says in words what it shows."""
    figure = share.figure
    if not figure.of or figure.met is None or figure.unknown is None:
        return ""
    last_year = None
    if before and before.figure.of and before.figure.met is not None:
        last_year = before.figure.met / before.figure.of
    says = f"{title}: {figure.met} of {figure.of} pupils, {figure.unknown} unknown"
    return bar(met=figure.met, unknown=figure.unknown, of=figure.of, last_year=last_year, says=says)


@dataclass(frozen=True)
class HeatSquare:
    """One square of the heat map as it is drawn: the figure in it, how deep its colour is, and what it says."""

    share: Share | None = None
    is_so_far: bool = False
    text: str = "–"
    css: str = "none"
    says: str = "Nothing is asked of this year group"


def square(share: Share, *, is_so_far: bool) -> HeatSquare:
    """A share as a square."""
    figure = share.figure
    if figure.hidden:
        return HeatSquare(share, is_so_far, "hidden", "none", figure.hidden)
    return HeatSquare(
        share,
        is_so_far,
        f"{share.at_least} % ?" if figure.unknown else f"{share.at_least} %",
        f"heat-{heat_step(figure.met or 0, figure.of or 0)}{' so-far' if is_so_far else ''}",
        f"{share.says}{'; so far, judged in a later year' if is_so_far else ''}",
    )


@dataclass(frozen=True)
class HeatRow:
    """A year group's squares, one a benchmark."""

    year_group: int
    squares: list[HeatSquare]


@dataclass(frozen=True)
class Picture:
    """Where the school stands in one year against one framework."""

    framework: Framework
    academic_year: int
    columns: list[Benchmark]
    rows: list[HeatRow]
    bars: list[tuple[Benchmark, list[Bar]]]

    @property
    def is_empty(self) -> bool:
        """Whether nobody was judged on anything."""
        return not self.rows


@dataclass(frozen=True)
class BreakdownTable:
    """One criterion's figures by one characteristic."""

    key: str
    title: str
    lines: list[tuple[str, Share]]


@dataclass(frozen=True)
class CriterionPage:
    """One criterion: its figure, its figure by group, and both versions of its words."""

    criterion: Criterion
    version: Framework
    academic_year: int
    overall: Share | None  # None where the criterion does not rest on what pupils did
    tables: list[BreakdownTable]
    other: Criterion | None
    other_version: Framework | None

    @property
    def drawing(self) -> str:
        """The figure for everybody, as a bar."""
        return drawn(self.overall, self.criterion.title) if self.overall else ""


@dataclass(frozen=True)
class NamesOfGroup:
    """The names of one tutor group."""

    tutor_group: str
    year_group: int | None
    rows: list[PupilRow]


def default_framework(academic_year: int) -> Framework:
    """The version of the benchmarks in force at the end of that year, or today while it runs."""
    return benchmarks_in_force(min(today(), year_end(academic_year)))


def framework_of(criterion: Criterion) -> Framework:
    """The framework that the criterion belongs to."""
    return next(each for each in frameworks() if each.key == criterion.framework)


def _fit(figures: Iterable[Figure], *, exact: bool) -> list[Figure]:
    """Exact for the careers team; for everybody else as the one exit lets them out."""
    return list(figures) if exact else released(figures)


def picture(school_id: int, academic_year: int, of: Framework, *, exact: bool) -> Picture:
    """The heat map and the bars, with last year's marks."""
    columns = [benchmark for benchmark in of.benchmarks if benchmark.counted]
    figures = coverage_of_years(school_id, (academic_year, academic_year - 1), of)
    now, before = ({each.criterion: each for each in _fit(year, exact=exact)} for year in figures.values())
    return Picture(
        of,
        academic_year,
        columns,
        _heat_rows(heat_map(school_id, academic_year, of), columns, of, academic_year, exact=exact),
        [
            (
                benchmark,
                [_bar(criterion, now[criterion.id], before.get(criterion.id)) for criterion in benchmark.counted],
            )
            for benchmark in columns
        ],
    )


def _bar(criterion: Criterion, now: Figure, before: Figure | None) -> Bar:
    return Bar(criterion, Share(now), Share(before) if before and before.of else None)


def _heat_rows(
    cells: list[HeatCell], columns: list[Benchmark], of: Framework, academic_year: int, *, exact: bool
) -> list[HeatRow]:
    """Cells leave through the same exit as every other figure."""
    fit = {
        (str(cell.year_group), cell.benchmark): cell.as_figure(0, academic_year, of.key)
        for cell in (cells if exact else released_cells(cells))
    }
    so_far = {(str(cell.year_group), cell.benchmark): cell.is_so_far for cell in cells}
    return [
        HeatRow(
            year_group,
            [
                square(Share(fit[key]), is_so_far=so_far[key])
                if (key := (str(year_group), each.number)) in fit
                else HeatSquare()
                for each in columns
            ],
        )
        for year_group in sorted({cell.year_group for cell in cells})
    ]


def criterion_page(school_id: int, academic_year: int, criterion: Criterion, *, exact: bool) -> CriterionPage:
    """The criterion's figures for everybody and by group, and its words in both versions."""
    version = framework_of(criterion)
    other = counterpart(criterion)
    other_version = framework_of(other) if other else None
    if not criterion.is_counted:
        return CriterionPage(criterion, version, academic_year, None, [], other, other_version)
    figures = _fit(every_breakdown(school_id, academic_year, version, criterion), exact=exact)
    # A tutor group could be taken from its year group's figure, so outside the careers team only the latter shows.
    shown = {key: title for key, title in BREAKDOWN_NAMES.items() if exact or key != "tutor-group"}
    names = {str(group.pk): group.name for group in tutor_groups(academic_year)} if exact else {}
    return CriterionPage(
        criterion,
        version,
        academic_year,
        next(Share(each) for each in figures if each.breakdown == "all"),
        [
            BreakdownTable(key, title, lines)
            for key, title in shown.items()
            if (lines := _lines(key, [each for each in figures if each.breakdown == key], names))
        ],
        other,
        other_version,
    )


def _lines(breakdown: str, figures: list[Figure], tutor_group_names: dict[str, str]) -> list[tuple[str, Share]]:
    if breakdown == "year-group":
        figures = sorted(figures, key=lambda figure: int(figure.value or 0))
    lines = [(_value_name(breakdown, each.value, tutor_group_names), Share(each)) for each in figures]
    if breakdown == "tutor-group":
        lines.sort(key=lambda line: line[0])
    return lines


def _value_name(breakdown: str, value: str, tutor_group_names: dict[str, str]) -> str:
    if breakdown == "year-group":
        return f"Year {value}"
    if not value:
        return "Not known"
    if breakdown == "tutor-group":
        return tutor_group_names.get(value, "A tutor group of that year")
    return VALUE_NAMES.get(breakdown, {}).get(value, value)


STATES = {"missed": misses, "unknown": unknowns, "not-yet": not_yet}


def names_missing(
    school_id: int, academic_year: int, criterion: Criterion, assignments: Iterable[RoleAssignment], state: str
) -> list[NamesOfGroup]:
    """Pupils whom the person may see and who miss the criterion (or are unknown, or not there yet), by tutor group."""
    pupils = pupils_visible_to(assignments).filter(pk__in=STATES[state](school_id, academic_year, criterion.id))
    rows = rows_of(listed(pupils, academic_year))
    return [
        NamesOfGroup(tutor_group, year_group, list(members))
        for (year_group, tutor_group), members in groupby(rows, key=lambda row: (row.year_group, row.tutor_group))
    ]


def pupils_missing(
    school_id: int, academic_year: int, criterion: Criterion, assignments: Iterable[RoleAssignment], state: str
) -> list[Pupil]:
    """The same pupils, as pupils."""
    ids = STATES[state](school_id, academic_year, criterion.id)
    return list(pupils_visible_to(assignments).filter(pk__in=ids))


def choosable_years(years: Iterable[int]) -> list[tuple[int, str]]:
    """Academic years to choose from, newest first."""
    return [(year, year_label(year)) for year in sorted(years, reverse=True)]


def this_year() -> int:
    """The academic year of today."""
    return academic_year_of(today())

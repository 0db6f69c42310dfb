"""The picture of a year: the heat map of year group and benchmark, and a bar for each criterion."""

from collections.abc import Iterable
from dataclasses import dataclass

from dekaan.benchmarks.queries.shares import Share, drawn, fit_to_show
from dekaan.core.academic_year import academic_year_of, today, year_end, year_label
from dekaan.core.charts import heat_step
from dekaan.frameworks.queries import Benchmark, Criterion, Framework, benchmarks_in_force
from dekaan.measures.queries import Figure, HeatCell, coverage_of_years, heat_map, released_cells


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


@dataclass(frozen=True)
class HeatSquare:
    """One square of the heat map as it is drawn: the figure in it, how deep its colour is, and what it says.

    `criteria` are those that apply to the year group, and `opens` where its pupils are, from the picture's address on:
    names where there is one criterion, else a page with each.
    """

    share: Share | None = None
    text: str = "–"
    css: str = "none"
    says: str = "Nothing is asked of this year group"
    criteria: tuple[str, ...] = ()
    is_so_far: bool = False
    opens: str = ""


def square(share: Share, cell: HeatCell) -> HeatSquare:
    """A share as a square. Where nothing is known it says so: no share, no colour."""
    figure, far = share.figure, cell.is_so_far
    says = f"{share.says}{'; so far, judged in a later year' if far else ''}"
    css = f"heat-{heat_step(figure.met or 0, figure.of or 0)}{' so-far' if far else ''}"
    if figure.hidden:
        css, state = "none", ""
    elif share.is_unknown:
        css, state = "unknown", "unknown-so-far" if far else "unknown"
    elif figure.missed:
        state = "not-yet" if far else "missed"
    elif figure.unknown:
        state = "unknown-so-far" if far else "unknown"
    else:
        state = "met-so-far" if far else "met"
    return HeatSquare(share, share.in_short, css, says, cell.criteria, far, _opens(figure, cell, state))


def _opens(figure: Figure, cell: HeatCell, state: str) -> str:
    year, group = figure.academic_year, cell.year_group
    if len(cell.criteria) == 1:
        return f"criteria/{cell.criteria[0]}/missing/?year={year}&by=year-group&value={group}&state={state}"
    return f"frameworks/{figure.framework}/{cell.benchmark}/years/{group}/?year={year}"


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


def default_framework(academic_year: int) -> Framework:
    """The version of the benchmarks in force at the end of that year, or today while it runs."""
    return benchmarks_in_force(min(today(), year_end(academic_year)))


def picture(school_id: int, academic_year: int, of: Framework, *, exact: bool) -> Picture:
    """The heat map and the bars, with last year's marks."""
    columns = [benchmark for benchmark in of.benchmarks if benchmark.counted]
    figures = coverage_of_years(school_id, (academic_year, academic_year - 1), of)
    now, before = ({each.criterion: each for each in fit_to_show(year, exact=exact)} for year in figures.values())
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
    """Cells leave through an exit that hides what the year groups of their criterion hide."""
    shown = {
        (cell.year_group, cell.benchmark): (cell.as_figure(0, academic_year, of.key), cell)
        for cell in (cells if exact else released_cells(cells))
    }
    return [
        HeatRow(
            year_group,
            [
                square(Share(shown[place][0]), shown[place][1])
                if (place := (year_group, each.number)) in shown
                else HeatSquare()
                for each in columns
            ],
        )
        for year_group in sorted({cell.year_group for cell in cells})
    ]


def choosable_years(years: Iterable[int]) -> list[tuple[int, str]]:
    """Academic years to choose from, newest first."""
    return [(year, year_label(year)) for year in sorted(years, reverse=True)]


def this_year() -> int:
    """The academic year of today."""
    return academic_year_of(today())

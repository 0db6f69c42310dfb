"""Figures: how many of how many, by criterion and group of pupils; and how they may leave the careers team."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from dekaan.core.scope import WrongSchool, schools_in_scope
from dekaan.frameworks.queries import Criterion, Framework, band, frameworks, ids_of, registry, shown
from dekaan.measures import run
from dekaan.measures.models import Coverage

ROW = ("value", "met", "n", "unknown", "assumed")
Row = tuple[str, int, int, int, int]


class Figure(NamedTuple):
    """Of `of` pupils, `met` meet a criterion and `unknown` may; `assumed` of the met rest on unchecked attendance.

    A hidden number is None, and the figure says why in `hidden`.
    """

    school_id: int
    academic_year: int
    framework: str
    criterion: str
    breakdown: str
    value: str
    met: int | None
    of: int | None
    unknown: int | None
    assumed: int | None
    band: str
    hidden: str = ""

    @property
    def missed(self) -> int | None:
        """Those who are known not to meet it."""
        if self.of is None or self.met is None or self.unknown is None:
            return None
        return self.of - self.met - self.unknown


@dataclass(frozen=True)
class HeatCell:
    """A year group against a benchmark: how many of its pupils meet every counted criterion that applies.

    A hidden number is None, as in a Figure.
    """

    year_group: int
    benchmark: str
    met: int | None
    of: int | None
    unknown: int | None
    is_so_far: bool
    criteria: tuple[str, ...] = ()  # those that are judged in it, or that it is so far on the way to
    hidden: str = ""

    def as_figure(self, school_id: int, academic_year: int, of_framework: str) -> Figure:
        """The cell as a figure of its year group."""
        return Figure(
            school_id=school_id,
            academic_year=academic_year,
            framework=of_framework,
            criterion=self.benchmark,
            breakdown="year-group",
            value=str(self.year_group),
            met=self.met,
            of=self.of,
            unknown=self.unknown,
            assumed=0,
            band="",
            hidden=self.hidden,
        )


def coverage(
    school_id: int,
    academic_year: int,
    of_framework: Framework,
    *,
    criterion: str = "",
    breakdown: str = "all",
    is_shown: bool = False,
) -> list[Figure]:
    """Exact figures, in the framework's order; a criterion that nobody is judged on has n = 0.

    With `is_shown`, of those criteria that ask for it, by encounters shown to be meaningful alone.
    """
    years = coverage_of_years(
        school_id, (academic_year,), of_framework, criterion=criterion, breakdown=breakdown, is_shown=is_shown
    )
    return years[academic_year]


def coverage_of_years(
    school_id: int,
    academic_years: tuple[int, ...],
    of_framework: Framework,
    *,
    criterion: str = "",
    breakdown: str = "all",
    is_shown: bool = False,
) -> dict[int, list[Figure]]:
    """The same for one or two years, in one statement."""
    wanted = [each for each in of_framework.counted if criterion in ("", each.id)]
    if is_shown:
        wanted = [each for of in wanted if (each := shown(of))]
    bits = registry().bits
    cells = _cells(school_id, academic_years, wanted, breakdown)
    return {
        year: [
            figure
            for each in wanted
            for figure in _figures(school_id, year, of_framework, each, breakdown, cells[year, bits[each.id]])
        ]
        for year in academic_years
    }


def coverage_of_criteria(school_id: int, academic_year: int, criteria: Iterable[Criterion]) -> list[Figure]:
    """Exact figures of everybody for criteria of any frameworks, in one statement."""
    wanted = list(criteria)
    versions = {each.key: each for each in frameworks()}
    cells = _cells(school_id, (academic_year,), wanted, "all")
    bits = registry().bits
    return [
        figure
        for each in wanted
        for figure in _figures(
            school_id, academic_year, versions[each.framework], each, "all", cells[academic_year, bits[each.id]]
        )
    ]


def coverage_of_schools(
    school_ids: Iterable[int],
    academic_year: int,
    criteria: Iterable[Criterion],
    *,
    breakdown: str = "all",
    by_year_group: Iterable[Criterion] = (),
) -> list[Figure]:
    """Exact figures of many schools in scope, in one statement; those of `by_year_group` by year group besides.

    A group without pupils has no figure, and none is put into a word (`band`): there may be a thousand of them.
    """
    schools, wanted = sorted(school_ids), {registry().bits[each.id]: each for each in criteria}
    if not set(schools) <= schools_in_scope():
        raise WrongSchool
    if not schools or not wanted:
        return []
    split = tuple(registry().bits[each.id] for each in by_year_group)
    rows = run.read(
        run.cells_of_schools(tuple(wanted), split), schools=schools, year=academic_year, breakdown=breakdown
    )
    return [
        Figure(school_id, academic_year, (of := wanted[bit]).framework, of.id, by, value, met, n, unknown, assumed, "")
        for school_id, bit, by, value, met, n, unknown, assumed in rows
    ]


def _cells(
    school_id: int, academic_years: tuple[int, ...], wanted: list[Criterion], breakdown: str
) -> dict[tuple[int, int], list[Row]]:
    """The kept cells of these criteria, by year and bit."""
    _check_in_scope(school_id)
    found: dict[tuple[int, int], list[Row]] = defaultdict(list)
    if not wanted:
        return found
    bits = registry().bits
    for year, bit, *row in run.read(
        run.cells(tuple(bits[each.id] for each in wanted)),
        schools=[school_id],
        year=academic_years[0],
        other_year=academic_years[-1],
        breakdown=breakdown,
    ):
        found[year, bit].append(tuple(row))
    return found


def coverage_by(
    school_id: int, academic_year: int, of_framework: Framework, breakdowns: Iterable[str]
) -> dict[str, list[Figure]]:
    """What `coverage` answers for each of several breakdowns, in one statement."""
    _check_in_scope(school_id)
    asked, bits = list(breakdowns), registry().bits
    wanted = {bits[each.id]: each for each in of_framework.counted}
    cells = _kept(school_id, academic_year, bit__in=wanted, breakdown__in=asked)
    return {
        by: [
            figure
            for bit, each in wanted.items()
            for figure in _figures(school_id, academic_year, of_framework, each, by, cells[by, bit])
        ]
        for by in asked
    }


def _check_in_scope(school_id: int) -> None:
    """A read that does not go through the manager asks for itself. Raises NoSchoolInScope, WrongSchool."""
    if school_id not in schools_in_scope():
        raise WrongSchool


def every_breakdown(school_id: int, academic_year: int, of_framework: Framework, criterion: Criterion) -> list[Figure]:
    """Exact figures of one criterion for everybody and by every characteristic, in one statement."""
    bit = registry().bits[criterion.id]
    cells = _kept(school_id, academic_year, bit=bit)
    return [
        figure
        for by in ("all", *(by for by, _ in cells if by != "all"))
        for figure in _figures(school_id, academic_year, of_framework, criterion, by, cells[by, bit])
    ]


def _kept(school_id: int, academic_year: int, **which: Any) -> dict[tuple[str, int], list[Row]]:
    """The kept cells of a year, by breakdown and bit; of whom nobody is judged there is none."""
    cells: dict[tuple[str, int], list[Row]] = defaultdict(list)
    found = Coverage.objects.filter(school_id=school_id, academic_year=academic_year, **which).exclude(n=0)
    for by, bit, *row in found.order_by("value").values_list("breakdown", "bit", *ROW):
        cells[by, bit].append(tuple(row))
    return cells


def _figures(
    school_id: int, academic_year: int, of: Framework, criterion: Criterion, breakdown: str, rows: list[Row]
) -> list[Figure]:
    if not rows and breakdown == "all":
        rows = [("", 0, 0, 0, 0)]
    return [
        Figure(
            school_id=school_id,
            academic_year=academic_year,
            framework=of.key,
            criterion=criterion.id,
            breakdown=breakdown,
            value=value,
            met=met,
            of=n,
            unknown=unknown,
            assumed=assumed,
            band=band(met, n, of.scale),
        )
        for value, met, n, unknown, assumed in rows
    ]


def heat_map(school_id: int, academic_year: int, of_framework: Framework) -> list[HeatCell]:
    """A cell per year group and benchmark in which somebody is judged or so far on the way."""
    bits = registry().bits
    masks = {
        benchmark.number: sum(1 << bits[criterion.id] for criterion in benchmark.counted)
        for benchmark in of_framework.benchmarks
        if benchmark.counted
    }
    # Pupils, met, unknown, and the mask of what applies.
    counts: dict[tuple[int, str, bool], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    _check_in_scope(school_id)
    for _, year_group, coh, far, met, unk, pupils in run.read(run.ALIKE, schools=[school_id], year=academic_year):
        for benchmark, mask in masks.items():
            judged, so_far = coh & mask, far & mask
            if not judged and not so_far:
                continue
            applies = judged or so_far
            cell = counts[year_group, benchmark, not judged]
            cell[0] += pupils
            cell[3] |= applies
            if met & applies == applies:
                cell[1] += pupils
            elif (met | unk) & applies == applies:
                cell[2] += pupils
    return [
        HeatCell(year_group, benchmark, met, of, unknown, is_so_far, ids_of(applies))
        for (year_group, benchmark, is_so_far), (of, met, unknown, applies) in sorted(counts.items())
    ]


@cache
def specification() -> list[tuple[str, str]]:
    """The drawn cases that say how each figure is worked out: title and text. Tests run the same files."""
    folder = files("dekaan.measures").joinpath("specification")
    if not folder.is_dir():
        return []
    pages = sorted(
        (file.name, file.read_text(encoding="utf-8")) for file in folder.iterdir() if file.name.endswith(".md")
    )
    return [(text.splitlines()[0].lstrip("# "), text) for _, text in pages]

"""Figures: how many of how many, by criterion and group of pupils; and how they may leave the careers team."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from django.db.models import Count

from dekaan.frameworks.queries import Criterion, Framework, band, ids_of, registry
from dekaan.measures.models import Coverage, PupilYear

SMALL = 6  # a number of pupils below this is hidden outside the careers team
# True of a figure with a small number in it and of one hidden beside it; it must not say which of the two it is.
HIDDEN = f"hidden: it would give away a number under {SMALL}"


@dataclass(frozen=True)
class Figure:
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
    """A year group against a benchmark: how many of its pupils meet every counted criterion that applies."""

    year_group: int
    benchmark: str
    met: int
    of: int
    unknown: int
    is_so_far: bool
    criteria: tuple[str, ...]  # those that apply to the year group


def coverage(
    school_id: int,
    academic_year: int,
    of_framework: Framework,
    *,
    criterion: str = "",
    breakdown: str = "all",
) -> list[Figure]:
    """Exact figures, in the framework's order; a criterion that nobody is judged on has n = 0."""
    years = coverage_of_years(school_id, (academic_year,), of_framework, criterion=criterion, breakdown=breakdown)
    return years[academic_year]


def coverage_of_years(
    school_id: int,
    academic_years: tuple[int, ...],
    of_framework: Framework,
    *,
    criterion: str = "",
    breakdown: str = "all",
) -> dict[int, list[Figure]]:
    """The same for several years, in one statement."""
    wanted = [each for each in of_framework.counted if criterion in ("", each.id)]
    bits = registry().bits
    cells: dict[tuple[int, int], list[Coverage]] = defaultdict(list)
    for cell in Coverage.objects.filter(
        school_id=school_id,
        academic_year__in=academic_years,
        breakdown=breakdown,
        bit__in=[bits[each.id] for each in wanted],
        n__gt=0,
    ):
        cells[cell.academic_year, cell.bit].append(cell)
    return {
        year: [
            figure
            for each in wanted
            for figure in _figures(school_id, year, of_framework, each, breakdown, cells[year, bits[each.id]])
        ]
        for year in academic_years
    }


def every_breakdown(school_id: int, academic_year: int, of_framework: Framework, criterion: Criterion) -> list[Figure]:
    """Exact figures of one criterion for everybody and by every characteristic, in one statement."""
    cells: dict[str, list[Coverage]] = defaultdict(list)
    bit = registry().bits[criterion.id]
    for cell in Coverage.objects.filter(school_id=school_id, academic_year=academic_year, bit=bit).exclude(n=0):
        cells[cell.breakdown].append(cell)
    return [
        figure
        for breakdown in ("all", *(key for key in cells if key != "all"))
        for figure in _figures(school_id, academic_year, of_framework, criterion, breakdown, cells[breakdown])
    ]


def _figures(
    school_id: int, academic_year: int, of: Framework, criterion: Criterion, breakdown: str, cells: list[Coverage]
) -> list[Figure]:
    rows = sorted((cell.value, cell.met, cell.n, cell.unknown, cell.assumed) for cell in cells)
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


def released(figures: Iterable[Figure]) -> list[Figure]:
    """The same figures fit to leave the careers team: the one exit.

    A figure is hidden whole where n, met, missed or unknown is from 1 to 5. Where exactly one group of a breakdown is
    hidden, the next smallest is hidden too, so that nobody can take the others from the total.
    """
    groups: dict[tuple[str, int, str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[figure.school_id, figure.academic_year, figure.criterion, figure.breakdown].append(figure)  # type: ignore[index]
    out: list[Figure] = []
    for members in groups.values():
        small = {figure.value for figure in members if _is_small(figure)}
        if len(small) == 1 and len(members) > 1:
            others = [figure for figure in members if figure.value not in small]
            small.add(min(others, key=lambda figure: (figure.of or 0, figure.value)).value)
        out += [_hidden(figure) if figure.value in small else figure for figure in members]
    return out


def _is_small(figure: Figure) -> bool:
    numbers = (figure.of, figure.met, figure.missed, figure.unknown)
    return any(number is not None and 0 < number < SMALL for number in numbers)


def _hidden(figure: Figure) -> Figure:
    return replace(figure, met=None, of=None, unknown=None, assumed=None, band="", hidden=HIDDEN)


def heat_map(school_id: int, academic_year: int, of_framework: Framework) -> list[HeatCell]:
    """A cell per year group and benchmark in which somebody is judged or so far on the way."""
    bits = registry().bits
    masks = {
        benchmark.number: sum(1 << bits[criterion.id] for criterion in benchmark.counted)
        for benchmark in of_framework.benchmarks
        if benchmark.counted
    }
    counts: dict[tuple[int, str, bool], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    grouped = (
        PupilYear.objects.filter(school_id=school_id, academic_year=academic_year, in_cohort=1)
        .order_by()
        .values_list("year_group", "coh", "far", "met", "unk")
        .annotate(pupils=Count("id"))
    )
    for year_group, coh, far, met, unk, pupils in grouped:
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

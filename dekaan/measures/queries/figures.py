"""Figures: how many of how many, by criterion and group of pupils; and how they may leave the careers team."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise

from django.db.models import Count

from dekaan.frameworks.queries import Criterion, Framework, band, frameworks, ids_of, registry, scale
from dekaan.measures.models import Coverage, PupilYear

SMALL = 6  # a number of pupils below this is hidden outside the careers team


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


# True of a figure with a small number in it and of one hidden beside it: it must not say which of the two it is.
HIDDEN = "hidden: it would give away a number under 6"


def released(figures: Iterable[Figure]) -> list[Figure]:
    """The same figures fit to leave the careers team: the one exit.

    A figure is hidden whole where n, met, missed or unknown is from 1 to 5. What a breakdown hides must not follow from
    the total less what it shows: while the hidden groups together have 1 to 5 in any number, another is hidden too. The
    same words stand on both kinds, since telling them apart would give the number away. The assumed share of a figure
    that may be shown is hidden by the same rule, by itself.

    Give it all groups of a breakdown at once; the groups of a breakdown are those with pupils in them.
    """
    groups: dict[tuple[int, int, str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[figure.school_id, figure.academic_year, figure.criterion, figure.breakdown].append(figure)
    return [figure for members in groups.values() for figure in _released_breakdown(members)]


def released_count(number: int) -> int | None:
    """A count of people that stands by itself, fit to leave the careers team; None where it is from 1 to 5."""
    return None if _is_small(number) else number


def _released_breakdown(members: list[Figure]) -> list[Figure]:
    whole = _to_hide(members, [_numbers(figure) for figure in members])
    if len(whole) == len(members) > 1 and sum(figure.of or 0 for figure in members) == len(members):
        return []  # a pupil a group: the list of groups would count them
    assumed = _to_hide(members, [(figure.of or 0, figure.assumed or 0) for figure in members], whole)
    return [
        _hidden(figure) if place in whole else replace(figure, assumed=None) if place in assumed else figure
        for place, figure in enumerate(members)
    ]


def _numbers(figure: Figure) -> tuple[int, ...]:
    return (figure.of or 0, figure.met or 0, figure.missed or 0, figure.unknown or 0)


def _is_small(number: int) -> bool:
    return 0 < number < SMALL


def _to_hide(
    members: list[Figure], numbers: list[tuple[int, ...]], at_least: frozenset[int] = frozenset()
) -> frozenset[int]:
    """The places of the groups to hide, so that no number from 1 to 5 is shown or follows by subtraction."""
    hidden = set(at_least) | {place for place, each in enumerate(numbers) if any(map(_is_small, each))}
    # The smallest first, so that as many pupils as can be stay in what is shown; by name where they are alike.
    rest = sorted(set(range(len(members))) - hidden, key=lambda place: (numbers[place][0], members[place].value))
    while rest and hidden:
        sums = [sum(numbers[place][which] for place in hidden) for which in range(len(numbers[0]))]
        told = [which for which, total in enumerate(sums) if _is_small(total)]
        if sums[0] == len(hidden) and not told:
            told = [0]  # every group has a pupil, so each hidden one would have exactly one
        if not told:
            break
        # A group without any of the number would not cover it; where all are so, each is hidden in turn.
        chosen = next((place for place in rest if numbers[place][told[0]]), rest[0])
        rest.remove(chosen)
        hidden.add(chosen)
    return frozenset(hidden)


def _hidden(figure: Figure) -> Figure:
    return replace(
        figure, met=None, of=None, unknown=None, assumed=None, band=_band_that_tells_nothing(figure), hidden=HIDDEN
    )


def _band_that_tells_nothing(figure: Figure) -> str:
    """The word for a hidden whole-school figure, where so many shares earn it that no number follows; else none.

    Somebody who knows how many were judged can turn the word into bounds of those who met it, so at least six numbers
    must earn the same word. "None" says that nobody met it, and nought is never hidden. A group has no word: it could be
    set against the others'.
    """
    if figure.breakdown != "all" or not figure.of or figure.of < SMALL:
        return ""
    if figure.met == 0:
        return figure.band
    bands = scale(next(each.scale for each in frameworks() if each.key == figure.framework))
    bounds = {upper.name: (lower.to, upper.to) for lower, upper in pairwise(bands)}
    least, most = (bound * figure.of // 10000 for bound in bounds[figure.band])
    return figure.band if most - least >= SMALL else ""


def released_cells(cells: Iterable[HeatCell]) -> list[HeatCell]:
    """The heat map's cells through the same exit.

    A cell that judges one criterion holds the numbers of that criterion's year group and is hidden wherever those are;
    cells *so far* are a breakdown of their own, of which no total is told.
    """
    cells = list(cells)
    out: dict[int, HeatCell] = {}
    alike: dict[tuple[str, bool, tuple[str, ...]], list[int]] = defaultdict(list)
    for place, cell in enumerate(cells):
        alike[cell.benchmark, cell.is_so_far, () if cell.is_so_far else cell.criteria].append(place)
    for places in alike.values():
        members = [cells[place].as_figure(0, 0, "") for place in places]
        hidden = _to_hide(members, [_numbers(figure) for figure in members])
        for which, place in enumerate(places):
            cell = cells[place]
            out[place] = replace(cell, met=None, of=None, unknown=None, hidden=HIDDEN) if which in hidden else cell
    return [out[place] for place in range(len(cells))]


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

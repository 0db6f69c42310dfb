"""The one exit for small numbers: how figures may leave the careers team."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from dekaan.frameworks.queries import frameworks, scale
from dekaan.measures.queries.figures import Figure, HeatCell

SMALL = 6  # a number of pupils below this is hidden outside the careers team
# True of a figure with a small number in it and of one hidden beside it; it must not say which of the two it is.
HIDDEN = f"hidden: it would give away a number under {SMALL}"


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


def is_small(*numbers: int) -> bool:
    """Whether any of them is from 1 to 5, so that none of them may leave the careers team."""
    return any(0 < number < SMALL for number in numbers)


def released_count(number: int) -> int | None:
    """A count of people that stands by itself, fit to leave the careers team; None where it is from 1 to 5."""
    return None if is_small(number) else number


def _released_breakdown(members: list[Figure]) -> list[Figure]:
    if not any(map(_holds_small, members)):
        return members  # nothing to hide, nor to hide beside it
    whole = _to_hide(members, [_numbers(figure) for figure in members])
    if len(whole) == len(members) > 1 and sum(figure.of or 0 for figure in members) == len(members):
        return []  # a pupil a group: the list of groups would count them
    assumed = _to_hide(members, [(figure.of or 0, figure.assumed or 0) for figure in members], whole)
    return [
        _hidden(figure) if place in whole else _without_assumed(figure) if place in assumed else figure
        for place, figure in enumerate(members)
    ]


def _holds_small(figure: Figure) -> bool:
    """Whether any of its numbers is from 1 to 5; asked of hundreds on one page."""
    of, met, unknown = figure.of or 0, figure.met or 0, figure.unknown or 0
    assumed, missed = figure.assumed or 0, of - met - unknown
    return 0 < of < SMALL or 0 < met < SMALL or 0 < missed < SMALL or 0 < unknown < SMALL or 0 < assumed < SMALL


def _numbers(figure: Figure) -> tuple[int, ...]:
    return (figure.of or 0, figure.met or 0, figure.missed or 0, figure.unknown or 0)


def _to_hide(
    members: list[Figure], numbers: list[tuple[int, ...]], at_least: frozenset[int] = frozenset()
) -> frozenset[int]:
    return places_to_hide([figure.value for figure in members], numbers, at_least)


def places_to_hide(
    names: Iterable[str], numbers: Iterable[tuple[int, ...]], at_least: frozenset[int] = frozenset()
) -> frozenset[int]:
    """The places of the groups to hide, so that no number from 1 to 5 is shown or follows by subtraction.

    Of each group its name and its numbers, how many people it has first; for counts that are no `Figure`.
    """
    return _places(tuple(names), tuple(numbers), at_least)


@lru_cache(maxsize=4096)
def _places(names: tuple[str, ...], numbers: tuple[tuple[int, ...], ...], at_least: frozenset[int]) -> frozenset[int]:
    """The same; what follows from some numbers is kept, since a trust's page asks it of hundreds of groups at once."""
    hidden = set(at_least) | {place for place, each in enumerate(numbers) if is_small(*each)}
    if not hidden:
        return frozenset()
    # The smallest first, so that as many pupils as can be stay in what is shown; by name where they are alike.
    rest = sorted(set(range(len(names))) - hidden, key=lambda place: (numbers[place][0], names[place]))
    while rest and hidden:
        sums = [sum(numbers[place][which] for place in hidden) for which in range(len(numbers[0]))]
        told = [which for which, total in enumerate(sums) if is_small(total)]
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
    band = _band_that_tells_nothing(figure)
    return Figure(*_named(figure), met=None, of=None, unknown=None, assumed=None, band=band, hidden=HIDDEN)


def _without_assumed(figure: Figure) -> Figure:
    return Figure(*_named(figure), figure.met, figure.of, figure.unknown, None, figure.band, figure.hidden)


def _named(figure: Figure) -> tuple[int, int, str, str, str, str]:
    """What a figure is of; written out, since `replace` costs three times as much."""
    return (
        figure.school_id, figure.academic_year, figure.framework, figure.criterion, figure.breakdown, figure.value
    )  # fmt: skip


def _band_that_tells_nothing(figure: Figure) -> str:
    """The word for a hidden whole-school figure, where so many shares earn it that no number follows; else none.

    Somebody who knows how many were judged can turn the word into bounds of those who met it, so at least six numbers
    must earn the same word. "None" says that nobody met it, and nought is never hidden. A group has no word: it could be
    set against the others'.
    """
    if figure.breakdown != "all" or not figure.of or figure.of < SMALL or not figure.band:
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

"""From pupils' masks to cells: who is judged, met and unknown, for each criterion and group."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from dekaan.frameworks.queries import judged_criteria, registry

BREAKDOWNS = (
    "all",
    "year-group",
    "tutor-group",
    "pupil-premium",
    "sen",
    "sex",
    "ethnicity",
    "eal",
    "looked-after",
)

# The columns of the kept table that give a pupil's value in each breakdown, "all" apart.
COLUMNS = (
    "year_group",
    "tutor_group_id",
    "pupil_premium",
    "sen",
    "sex",
    "ethnicity",
    "eal",
    "looked_after",
)

# What a row must hold, in this order, for `contributions`.
ROW = ("school_id", "academic_year", "coh", "met", "unk", "asm", *COLUMNS)

Key = tuple[int, int, int, str, str]  # school, academic year, bit, breakdown, value
Cell = tuple[int, int, int, int]  # n, met, unknown, assumed


@cache
def bits_of(mask: int) -> tuple[int, ...]:
    """The bits set in the mask, lowest first."""
    return tuple(bit for bit in counted_bits() if mask >> bit & 1)


@cache
def counted_bits() -> tuple[int, ...]:
    """The bits of all criteria that are counted, lowest first."""
    return tuple(sorted(registry().bits[criterion.id] for criterion in judged_criteria()))


Cells = dict[Key, list[int]]


def contributions(rows: Iterable[Sequence], sign: int = 1) -> Cells:
    """What these rows add (or, with sign -1, take away) in every cell; rows are as ROW says."""
    cells: Cells = defaultdict(lambda: [0, 0, 0, 0])
    for school_id, year, coh, met, unk, asm, *values in rows:
        if not coh:
            continue
        places = [("all", "")] + [
            (breakdown, "" if value is None else str(value))
            for breakdown, value in zip(BREAKDOWNS[1:], values, strict=True)
        ]
        for bit in bits_of(coh):
            is_met, is_unknown, is_assumed = met >> bit & 1, unk >> bit & 1, asm >> bit & 1
            for breakdown, value in places:
                cell = cells[school_id, year, bit, breakdown, value]
                cell[0] += sign
                cell[1] += sign * is_met
                cell[2] += sign * is_unknown
                cell[3] += sign * is_assumed
    return cells


def difference(before: Iterable[Sequence], after: Iterable[Sequence]) -> list[tuple]:
    """The cells to add, in key order, so that kept cells follow the rows from `before` to `after`.

    Here each row begins with the pupil's id, then as ROW says.
    """
    gone = {(row[0], row[2]): tuple(row) for row in before}
    come = {(row[0], row[2]): tuple(row) for row in after}
    cells = contributions(row[1:] for key, row in come.items() if gone.get(key) != row)
    left = contributions((row[1:] for key, row in gone.items() if come.get(key) != row), sign=-1)
    for cell_key, taken in left.items():
        cell = cells[cell_key]
        for place, number in enumerate(taken):
            cell[place] += number
    return [(*cell_key, *cell) for cell_key, cell in sorted(cells.items()) if any(cell)]

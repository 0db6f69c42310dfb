"""Which numbers may be told beside one another, so that nothing small follows from all of them together."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from dekaan.measures.queries import is_small

Row = dict[int, Fraction]


class Telling:
    """Numbers told of people who stand in parts (`sizes`: how many in each); a number is of some of the parts.

    What is kept is told neither by itself nor by adding and subtracting whatever else is told.
    """

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = sizes
        self.told: dict[int, Row] = {}  # by the part that no later row has
        self.kept: list[Row] = []

    def number(self, parts: Iterable[int]) -> int:
        """How many stand in these parts."""
        return sum(self.sizes[each] for each in parts)

    def keep(self, parts: Iterable[int]) -> None:
        """Never to follow, if it is from 1 to 5."""
        which = set(parts)
        if is_small(self.number(which)):
            self.kept.append(self._rest({each: Fraction(1) for each in which}))

    def tell_all(self, numbers: Iterable[Iterable[int]]) -> bool:
        """Whether all of these may be told together; if not, none is."""
        before = self.told, self.kept
        if all(self.tell(each) for each in numbers):
            return True
        self.told, self.kept = before
        return False

    def tell(self, parts: Iterable[int]) -> bool:
        """Whether it may be told; from then on it is."""
        which = set(parts)
        if is_small(self.number(which)):
            return False
        row = self._rest({each: Fraction(1) for each in which})
        if not row:
            return True  # it follows already
        if any(_is_multiple(each, row) for each in self.kept):
            return False
        at = min(row)
        row = {part: value / row[at] for part, value in row.items()}
        self.told = {key: _without(each, at, row) for key, each in self.told.items()} | {at: row}
        self.kept = [_without(each, at, row) for each in self.kept]
        return True

    def _rest(self, row: Row) -> Row:
        """What of it does not follow from what is told."""
        for at, each in self.told.items():
            row = _without(row, at, each)
        return row


def _without(row: Row, at: int, other: Row) -> Row:
    times = row.get(at)
    if not times:
        return row
    found = {
        part: row.get(part, Fraction(0)) - times * other.get(part, Fraction(0)) for part in row.keys() | other.keys()
    }
    return {part: value for part, value in found.items() if value}


def _is_multiple(row: Row, other: Row) -> bool:
    if not row or row.keys() != other.keys():
        return False
    at = next(iter(row))
    times = row[at] / other[at]
    return all(value == times * other[part] for part, value in row.items())

"""Where the leavers of a year went as anybody may read it: how many by kind of place, with small numbers hidden.

A line is hidden where a number from 1 to 5 would show or follow: from the other lines and their sums, from the other group of
leavers, or from the picture that governors and the trust see with small numbers hidden.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from dekaan.core.academic_year import today
from dekaan.destinations.queries.cohorts import leavers
from dekaan.destinations.queries.following import years_left
from dekaan.destinations.queries.picture import drawn_of, rank
from dekaan.destinations.queries.releasing import Together
from dekaan.destinations.queries.shapes import DISAGREE, NOT_KNOWN, Picture, place_name
from dekaan.destinations.queries.went import first_known
from dekaan.frameworks.queries import moments
from dekaan.measures.queries import SMALL, is_small, places_to_hide
from dekaan.people.models import Pupil

LAST = (DISAGREE, NOT_KNOWN)  # after every place
AT_16, LATER = "From Year 11", "From Years 12 and 13"
ALL = "All leavers"


@dataclass(frozen=True)
class PublicLine:
    """One kind of place, and how many went there of each group of leavers; None is hidden."""

    key: str
    numbers: tuple[int | None, ...]

    @property
    def name(self) -> str:
        """What it is called."""
        return "What we were told differs" if self.key == DISAGREE else place_name(self.key)

    @property
    def is_hidden(self) -> bool:
        """Whether it is not told."""
        return None in self.numbers


@dataclass(frozen=True)
class PublicTable:
    """The leavers of a year by where they went: how many of each group there were, and a line for each kind of place."""

    left_in: int
    groups: tuple[str, ...]
    totals: tuple[int, ...]
    lines: tuple[PublicLine, ...]

    @property
    def tells_most(self) -> bool:
        """Whether it tells of at least half of them where they went, or that it is not known."""
        return 2 * sum(number or 0 for each in self.lines for number in each.numbers) >= sum(self.totals)

    def may_follow(self, before: "PublicTable") -> bool:
        """Whether it may be told after that one of the same year, so that nothing follows from what is between them.

        What is told differs nowhere by 1 to 5, is told of the same lines, and nobody has gone from the records meanwhile.
        """
        then, now = ({each.key: each.numbers for each in told.lines if not each.is_hidden} for told in (before, self))
        hidden = [{each.key for each in told.lines if each.is_hidden} for told in (before, self)]
        if before.groups != self.groups or hidden[0] != hidden[1]:
            return False
        if any(new < old for old, new in zip(before.totals, self.totals, strict=True)):
            return False
        none = (0,) * len(self.groups)
        moved = [_between(then.get(key, none), now.get(key, none)) for key in then | now]
        whole = _between(before.totals, self.totals)
        rest = tuple(all_of - sum(each[at] for each in moved) for at, all_of in enumerate(whole))
        return not is_small(*(abs(each) for differences in (*moved, whole, rest) for each in differences))


def _between(before: Sequence[int | None], now: Sequence[int | None]) -> tuple[int, ...]:
    return tuple((new or 0) - (old or 0) for old, new in zip(before, now, strict=True))


def years_to_publish() -> list[int]:
    """The years whose leavers can be told of, latest first: their 1 November has come."""
    day = moments()["position"]
    return [each for each in years_left() if day.day_after_leaving(each) <= today()]


def public_table(left_in: int) -> PublicTable | None:
    """Of everybody who left in that year; nothing where they are fewer than six. Five questions."""
    found = leavers(left_in, Pupil.objects.all())
    if len(found) < SMALL:
        return None
    return public_of(drawn_of(left_in, found, {each.pupil.pk: first_known(each) for each in found}))


def public_of(drawn: Picture) -> PublicTable:
    """The table of what is drawn: in groups by the step that they took, or all as one.

    As one where a group is so small that its number would be told, and where in groups less than half of them would be told of.
    """
    of_16, later = (sum(each.pupils for each in drawn.ways if each.left_at_16 is step) for step in (True, False))
    as_one = (AT_16 if not later else LATER if not of_16 else ALL,)
    if not of_16 or not later or is_small(of_16, later):
        return _table(drawn, as_one)
    by_step = _table(drawn, (AT_16, LATER))
    return by_step if by_step.tells_most else _table(drawn, as_one)


def _table(drawn: Picture, groups: tuple[str, ...]) -> PublicTable:
    told = Together(drawn)
    places, steps = told.by(lambda way: way.became), told.by(lambda way: way.left_at_16)
    of_step = {AT_16: steps.get(True, set()), LATER: steps.get(False, set())}
    everybody = set(range(len(drawn.ways)))
    within = [everybody if len(groups) == 1 else of_step[each] for each in groups]
    keys = sorted(places, key=lambda key: (LAST.index(key) + 1 if key in LAST else 0, rank(key)))
    cells = {key: [places[key] & each for each in within] for key in keys}
    lines = [PublicLine(key, tuple(told.all.number(each) for each in cells[key])) for key in keys]
    tellable = told.all.tell_all(within)
    hidden = places_hidden(told, lines, cells) if tellable else set(keys)
    return PublicTable(
        drawn.left_in,
        groups,
        tuple(told.all.number(each) for each in within),
        tuple(PublicLine(each.key, (None,) * len(groups)) if each.key in hidden else each for each in lines),
    )


def places_hidden(told: Together, lines: Sequence[PublicLine], cells: Mapping[str, Sequence[set[int]]]) -> set[str]:
    """The lines to hide: whole, so that what is hidden of one group covers what is hidden of the other.

    Neither all that is hidden, nor any number of a line, comes to a small one or lets one follow from whatever else is told.
    """
    for cell in chain.from_iterable(cells.values()):
        told.all.keep(cell)
    numbers = [
        (sum(number or 0 for number in each.numbers), *(number or 0 for number in each.numbers)) for each in lines
    ]
    hidden = {lines[at].key for at in places_to_hide([each.key for each in lines], numbers)}
    for each in sorted(lines, key=lambda line: -sum(number or 0 for number in line.numbers)):
        if each.key not in hidden and not told.all.tell_all(cells[each.key]):
            hidden.add(each.key)
    return hidden

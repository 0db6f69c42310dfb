"""A picture of leavers as it may leave those who follow them."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from dekaan.destinations.queries.judging import Outcome
from dekaan.destinations.queries.secrets import Telling
from dekaan.destinations.queries.shapes import (
    HIDDEN_JUDGED,
    NOT_KNOWN,
    OTHER,
    Flow,
    Judged,
    Line,
    Picture,
    Table,
    Told,
    Way,
)
from dekaan.measures.queries import is_small, places_to_hide


def released_picture(drawn: Picture) -> Picture:
    """The same as it may leave those who follow leavers; nothing at all where they are fewer than six."""
    if is_small(drawn.pupils or 0):
        return nothing_told(drawn.left_in)
    told = Together(drawn)
    hidden = {place for place, (_, number) in enumerate(told.became) if number is None}
    council = _released_judged(drawn.council)
    return replace(
        drawn,
        not_known=told.not_known,
        disagree=None,
        council=council,
        measure=_released_judged(drawn.measure),
        changed=told.changed,
        flows=told.flows,
        meant=told.meant,
        went=told.went,
        routes=(),  # who took which route follows from the flows less than it would from both
        became=told.became,
        encounters=tuple(
            replace(row, each=tuple(None if place in hidden else each for place, each in enumerate(row.each)))
            for row in drawn.encounters
        ),
        # What is hidden of all of them follows from no table by what they were.
        tables=drawn.tables if council.sustained is not None else tuple(map(_without_judged, drawn.tables)),
        ways=(),
        year_groups=(),
        is_released=True,
    )


def nothing_told(left_in: int) -> Picture:
    """A picture without a number."""
    return Picture(left_in, None, None, None, HIDDEN_JUDGED, HIDDEN_JUDGED, is_released=True)


class Together:
    """What is told of one picture, the weightiest first: unknowns, streams, where they went, what they meant, what came of it.

    Each only where no number from 1 to 5 follows from it and all that was told before. Streams under six are told as one
    number, together with the smallest of the others where that takes six, so that the large ones stay.
    """

    def __init__(self, drawn: Picture) -> None:
        self.drawn = drawn
        self.all = Telling([each.pupils for each in drawn.ways])
        every = range(len(drawn.ways))
        by_standing, by_change = self.by(lambda way: way.standing), self.by(lambda way: way.changed)
        streams = self.by(lambda way: (way.meant, way.became))
        sides = [self.by(lambda way: way.meant), self.by(lambda way: way.became)]
        for parts in (streams, *sides, by_standing, by_change):
            for each in parts.values():
                self.all.keep(each)
                self.all.keep(set(every) - each)
        self.all.tell(every)
        unknown = by_standing.get(NOT_KNOWN, set())
        self.not_known = drawn.not_known if self.all.tell(unknown) else None
        shown = self._streams(streams, {NOT_KNOWN} if self.not_known else set())
        self.flows = tuple(each for each in drawn.flows if (each.meant, each.became) in shown)
        if rest := (drawn.pupils or 0) - sum(each.pupils or 0 for each in self.flows):
            self.flows += (Flow(OTHER, OTHER, rest),)
        drawn_parts = {part for each in shown for part in streams[each]}
        for side in sides:
            for each in side.values():
                self.all.keep(each - drawn_parts)
        self.went, self.meant = self._parts(drawn.went, sides[1]), self._parts(drawn.meant, sides[0])
        for standing in by_standing.values():
            known = [sides[1][key] for key, number in self.went if number is not None]
            self.all.keep(standing.difference(*known))
        self.became, self.changed = self._parts(drawn.became, by_standing), self._parts(drawn.changed, by_change)

    def by(self, key: Callable[[Way], Any]) -> dict[Any, set[int]]:
        """The parts by what they have in common."""
        found: dict[Any, set[int]] = defaultdict(set)
        for at, way in enumerate(self.drawn.ways):
            found[key(way)].add(at)
        return dict(found)

    def _parts(self, named: Sequence[tuple[str, int | None]], which: dict[Any, set[int]]) -> Told:
        """Parts of the whole: nothing small by itself, nor what all that is hidden comes to; largest first."""
        there = [(key, number or 0) for key, number in named]
        safe = {key for key, number in _partition(there) if number is not None}
        told = set()
        for key, number in sorted(there, key=lambda pair: -pair[1]):
            if key in safe and (not number or self.all.tell(which[key])):
                told.add(key)
        return tuple((key, number if key in told else None) for key, number in there)

    def _streams(self, streams: dict[Any, set[int]], told_ends: set[str]) -> set[Any]:
        """Those that may be told, so that neither the others nor those of them that end where the whole is told are small."""
        keys = list(streams)
        lines = [keys, *([each for each in keys if each[1] == end] for end in sorted(told_ends))]
        hidden: set[Any] = set()
        before = -1
        while len(hidden) > before:
            before = len(hidden)
            for line in lines:
                numbers = [(self.all.number(streams[each]),) for each in line]
                there = frozenset(place for place, each in enumerate(line) if each in hidden)
                hidden |= {line[place] for place in places_to_hide([" ".join(each) for each in line], numbers, there)}
        wanted = sorted(set(keys) - hidden, key=lambda each: (-self.all.number(streams[each]), each))
        return {each for each in wanted if self.all.tell(streams[each])}


def _partition(parts: Sequence[tuple[str, int | None]]) -> tuple[tuple[str, int | None], ...]:
    """Parts of one whole that is told, without those that would give away a small number."""
    hidden = places_to_hide([name for name, _ in parts], [(number or 0,) for _, number in parts])
    return tuple((name, None if place in hidden else number) for place, (name, number) in enumerate(parts))


def _released_judged(judged: Judged) -> Judged:
    parts = _partition(list(zip(Outcome, judged.numbers, strict=True)))
    return Judged(*(number for _, number in parts))


def released_table(table: Table) -> Table:
    """Fewer numbers, so that more of them can be told: lines too small to tell as one, then each number by itself."""
    lines = _merged(table.lines)
    names = [each.name for each in lines]
    untold = places_to_hide(names, [(each.pupils or 0,) for each in lines])
    no_unknown = places_to_hide(names, [_unknown(each) for each in lines], untold)
    no_sustained = places_to_hide(names, [_sustained(each) for each in lines], untold)
    return replace(
        table,
        lines=tuple(
            replace(
                each,
                pupils=None if place in untold else each.pupils,
                not_known=None if place in no_unknown else each.not_known,
                council=HIDDEN_JUDGED
                if place in no_sustained
                else replace(HIDDEN_JUDGED, sustained=each.council.sustained),
                measure=HIDDEN_JUDGED,
            )
            for place, each in enumerate(lines)
        ),
        is_released=True,
    )


def _without_judged(table: Table) -> Table:
    return replace(table, lines=tuple(replace(each, council=HIDDEN_JUDGED) for each in table.lines))


def _merged(lines: Sequence[Line]) -> list[Line]:
    """With those that would be hidden as one line, unless that were all of them."""
    hidden = places_to_hide([each.name for each in lines], [(each.pupils or 0,) for each in lines])
    if len(hidden) in {0, 1, len(lines)}:
        return list(lines)
    small = [each for place, each in enumerate(lines) if place in hidden]
    one = Line(
        " ".join(each.key for each in small),
        " or ".join(each.name for each in small) if len(small) == 2 else f"{len(small)} smaller groups, together",
        sum(each.pupils or 0 for each in small),
        sum(each.not_known or 0 for each in small),
        replace(HIDDEN_JUDGED, sustained=sum(each.council.sustained or 0 for each in small)),
        HIDDEN_JUDGED,
    )
    return [each for place, each in enumerate(lines) if place not in hidden] + [one]


def _unknown(line: Line) -> tuple[int, ...]:
    """What telling how many are not known tells beside how many they are."""
    return (line.not_known or 0, (line.pupils or 0) - (line.not_known or 0))


def _sustained(line: Line) -> tuple[int, ...]:
    """The same of how many are sustained, also beside how many are not known."""
    sustained, pupils = line.council.sustained or 0, line.pupils or 0
    return (sustained, pupils - sustained, pupils - (line.not_known or 0) - sustained)

"""A picture of leavers as it may leave those who follow them."""

from collections.abc import Sequence
from dataclasses import replace

from dekaan.destinations.queries.judging import Outcome
from dekaan.destinations.queries.shapes import (
    HIDDEN_JUDGED,
    NOT_KNOWN,
    Flow,
    Judged,
    Line,
    Picture,
    Table,
)
from dekaan.measures.queries import is_small, places_to_hide


def released_picture(drawn: Picture) -> Picture:
    """The same as it may leave those who follow leavers; nothing at all where they are fewer than six."""
    if is_small(drawn.pupils or 0):
        return Picture(drawn.left_in, None, None, None, HIDDEN_JUDGED, HIDDEN_JUDGED, is_released=True)
    became = _partition(drawn.became)
    not_known = dict(_partition(((NOT_KNOWN, drawn.not_known), ("", (drawn.pupils or 0) - (drawn.not_known or 0)))))
    hidden = {place for place, (_, number) in enumerate(became) if number is None}
    return replace(
        drawn,
        not_known=not_known[NOT_KNOWN],
        disagree=None,
        council=_released_judged(drawn.council),
        measure=_released_judged(drawn.measure),
        changed=_partition(drawn.changed),
        flows=_released_flows(drawn.flows),
        routes=(),  # who took which route follows from the flows less than it would from both
        became=became,
        encounters=tuple(
            replace(row, each=tuple(None if place in hidden else each for place, each in enumerate(row.each)))
            for row in drawn.encounters
        ),
        is_released=True,
    )


def _partition(parts: Sequence[tuple[str, int | None]]) -> tuple[tuple[str, int | None], ...]:
    """Parts of one whole that is told, without those that would give away a small number."""
    hidden = places_to_hide([name for name, _ in parts], [(number or 0,) for _, number in parts])
    return tuple((name, None if place in hidden else number) for place, (name, number) in enumerate(parts))


def _released_judged(judged: Judged) -> Judged:
    parts = _partition(list(zip(Outcome, judged.numbers, strict=True)))
    return Judged(*(number for _, number in parts))


def _released_flows(flows: Sequence[Flow]) -> tuple[Flow, ...]:
    """Hidden so that nothing follows from the whole, nor from all who meant one thing, nor from all who went to one place."""
    lines = [list(range(len(flows)))]
    lines += [[at for at, each in enumerate(flows) if each.meant == key] for key in {each.meant for each in flows}]
    lines += [[at for at, each in enumerate(flows) if each.became == key] for key in {each.became for each in flows}]
    hidden: set[int] = set()
    grows = True
    while grows:
        before = len(hidden)
        for line in sorted(lines):
            names = [f"{flows[at].meant} {flows[at].became}" for at in line]
            there = frozenset(place for place, at in enumerate(line) if at in hidden)
            hidden |= {line[place] for place in places_to_hide(names, [(flows[at].pupils or 0,) for at in line], there)}
        grows = len(hidden) > before
    return tuple(replace(each, pupils=None) if at in hidden else each for at, each in enumerate(flows))


def released_table(table: Table) -> Table:
    """Fewer numbers, so that more of them can be told; a line is hidden whole."""
    hidden = places_to_hide([each.name for each in table.lines], [_told(each) for each in table.lines])
    return replace(
        table,
        lines=tuple(
            _blank(each) if place in hidden else replace(each, council=_only(each.council), measure=HIDDEN_JUDGED)
            for place, each in enumerate(table.lines)
        ),
        is_released=True,
    )


def _told(line: Line) -> tuple[int, ...]:
    """What a line that may leave tells, and what follows from that."""
    pupils, not_known, sustained = line.pupils or 0, line.not_known or 0, line.council.sustained or 0
    return (pupils, not_known, pupils - not_known, sustained, pupils - sustained, pupils - not_known - sustained)


def _only(judged: Judged) -> Judged:
    return replace(HIDDEN_JUDGED, sustained=judged.sustained)


def _blank(line: Line) -> Line:
    return replace(line, pupils=None, not_known=None, council=HIDDEN_JUDGED, measure=HIDDEN_JUDGED)

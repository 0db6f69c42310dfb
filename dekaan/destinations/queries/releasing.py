"""A picture of leavers as it may leave those who follow them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dekaan.destinations.queries.judging import Outcome
from dekaan.destinations.queries.shapes import (
    BECAME,
    DISAGREE,
    HIDDEN_JUDGED,
    NEITHER,
    NOT_KNOWN,
    Flow,
    Judged,
    Line,
    Picture,
    Table,
    became_of,
)
from dekaan.measures.queries import is_small, places_to_hide

Parts = tuple[tuple[str, int | None], ...]


def released_picture(drawn: Picture) -> Picture:
    """The same as it may leave those who follow leavers; nothing at all where they are fewer than six."""
    if is_small(drawn.pupils or 0):
        return Picture(drawn.left_in, None, None, None, HIDDEN_JUDGED, HIDDEN_JUDGED, is_released=True)
    flows = _released_flows(drawn.flows)
    became = _released_became(drawn, places_told(flows))
    changed = _released_changed(drawn, places_told(flows), dict(became))
    hidden = {place for place, (_, number) in enumerate(became) if number is None}
    return replace(
        drawn,
        not_known=dict(became)[NOT_KNOWN],
        disagree=None,
        council=_released_judged(drawn.council),
        measure=_released_judged(drawn.measure),
        changed=changed,
        flows=flows,
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


def places_told(flows: Sequence[Flow]) -> set[str]:
    """The places of which flows as they are released let follow how many went there."""
    return {each.became for each in flows} - {each.became for each in flows if each.pupils is None}


def _released_became(drawn: Picture, told: set[str]) -> Parts:
    """What became of them; a part that follows from the flows, or from what changed, covers no other."""
    hidden_flows = {became_of(each.became) for each in drawn.flows if each.became not in told | {DISAGREE}}
    parts = [(key, number or 0) for key, number in drawn.became]
    hidden = places_to_hide(
        [key for key, _ in parts], [(number, number if key in hidden_flows else 0) for key, number in parts]
    )
    return tuple((key, None if place in hidden else number) for place, (key, number) in enumerate(parts))


def _released_changed(drawn: Picture, told: set[str], became: Mapping[str, int | None]) -> Parts:
    """What changed. Of whom nothing is known, or sources disagree, is hidden here where it would give something else away.

    Who is hidden so is hidden with another, so that it does not follow from the rest.
    """
    parts = [(key, number or 0) for key, number in drawn.changed]
    gives_away = {NOT_KNOWN: became[NOT_KNOWN] is None, DISAGREE: is_small(*_elsewhere(drawn, told))}
    covers = {key: 0 if key in gives_away and not gives_away[key] else number for key, number in parts}
    at_least = {at for at, (key, _) in enumerate(parts) if gives_away.get(key)}
    others = [at for at, (key, number) in enumerate(parts) if number and key not in gives_away]
    if at_least:
        at_least |= set(sorted(others, key=lambda at: parts[at][1])[:1])
    numbers = [(number, covers[key]) for key, number in parts]
    hidden = places_to_hide([key for key, _ in parts], numbers, frozenset(at_least))
    return tuple((key, None if place in hidden else number) for place, (key, number) in enumerate(parts))


def _elsewhere(drawn: Picture, told: set[str]) -> tuple[int, int]:
    """How many sources agree of, at places of which the flows do not tell how many went there: all, and who are otherwise."""
    there = [each for each in drawn.flows if each.became not in told | {DISAGREE}]
    otherwise = [each for each in there if became_of(each.became) == NEITHER]
    return sum(each.pupils or 0 for each in there), sum(each.pupils or 0 for each in otherwise)


def _released_judged(judged: Judged) -> Judged:
    parts = _partition(list(zip(Outcome, judged.numbers, strict=True)))
    return Judged(*(number for _, number in parts))


def _released_flows(flows: Sequence[Flow]) -> tuple[Flow, ...]:
    """Hidden so that nothing follows from the whole, nor from all who meant one thing, went to one place, or to places alike."""
    lines = [list(range(len(flows)))]
    lines += [[at for at, each in enumerate(flows) if each.meant == key] for key in {each.meant for each in flows}]
    lines += [[at for at, each in enumerate(flows) if each.became == key] for key in {each.became for each in flows}]
    lines += [[at for at, each in enumerate(flows) if became_of(each.became) == key] for key in BECAME]
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

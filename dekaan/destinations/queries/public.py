"""Where the leavers of a year went as anybody may read it: how many by kind of place, with small numbers hidden.

A line is hidden where a number from 1 to 5 would show or follow: from the other lines and their sums, from the other group of
leavers, or from the picture that governors and the trust see with its own lines hidden.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dekaan.core.academic_year import today
from dekaan.destinations.queries.cohorts import YEAR_11, Leaver, leavers
from dekaan.destinations.queries.following import years_left
from dekaan.destinations.queries.picture import drawn_of, place_of, rank
from dekaan.destinations.queries.releasing import places_told, released_picture
from dekaan.destinations.queries.shapes import DISAGREE, NOT_KNOWN, Picture, became_of, place_name
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
        return place_name(self.key)

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
    places = {each.pupil.pk: place_of(first_known(each)) for each in found}
    groups = _groups(found)
    counted = {name: Counter(places[each.pupil.pk] for each in of) for name, of in groups}
    keys = sorted(set(places.values()), key=lambda key: (LAST.index(key) + 1 if key in LAST else 0, rank(key)))
    exact = [PublicLine(key, tuple(counted[name][key] for name, _ in groups)) for key in keys]
    hidden = places_hidden(exact, released_picture(drawn_of(left_in, found)))
    return PublicTable(
        left_in,
        tuple(name for name, _ in groups),
        tuple(len(of) for _, of in groups),
        tuple(PublicLine(each.key, (None,) * len(groups)) if at in hidden else each for at, each in enumerate(exact)),
    )


def _groups(found: Sequence[Leaver]) -> list[tuple[str, list[Leaver]]]:
    """By the step that they took; all as one where either are so few that their number would be told."""
    at_16 = [each for each in found if each.year_group <= YEAR_11]
    later = [each for each in found if each.year_group > YEAR_11]
    if is_small(len(at_16), len(later)):
        return [(ALL, list(found))]
    return [(name, of) for name, of in ((AT_16, at_16), (LATER, later)) if of]


def places_hidden(lines: Sequence[PublicLine], told: Picture) -> frozenset[int]:
    """The places of the lines to hide: whole, so that what is hidden of one group covers what is hidden of the other.

    A line whose number the released picture tells hides no other line's. Of the others, neither all nor those within or outside
    a part of which the picture tells how many there are may come to a small number.
    """
    known = _told_already(told)
    parts = [key for key, number in told.became if number is not None]
    numbers = []
    for each in lines:
        pupils = sum(number or 0 for number in each.numbers)
        covers = 0 if each.key in known else pupils
        within = [covers if became_of(each.key) == key else 0 for key in parts]
        numbers.append(
            (pupils, *(number or 0 for number in each.numbers), covers, *within, *(covers - part for part in within))
        )
    return places_to_hide([each.key for each in lines], numbers)


def _told_already(told: Picture) -> set[str]:
    """The places of which the released picture tells how many went there, or lets it follow."""
    said = {key for key, number in told.changed if key in LAST and number is not None}
    return places_told(told) | said | ({NOT_KNOWN} if told.not_known is not None else set())

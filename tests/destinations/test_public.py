"""Where leavers went as anybody may read it: no number from 1 to 5, and none that follows, from whatever else is told."""

import random
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest

from dekaan.destinations.changes import record_statement
from dekaan.destinations.queries import PublicLine, PublicTable, picture, public_table, years_to_publish
from dekaan.destinations.queries.public import public_of
from dekaan.destinations.queries.releasing import released_picture
from dekaan.destinations.queries.shapes import BECAME, DISAGREE, LEARNING, NEITHER, NOT_KNOWN, OTHER, Flow, Picture, Way
from dekaan.people.models import Pupil
from tests.destinations.given import LEFT_IN, day, leaver

MEANT = ("no-intention", "further-education", "apprenticeship")
LEARNS = ("school-sixth-form", "further-education", "apprenticeship", "employment")
PLACES = (*LEARNS, "neither", DISAGREE, NOT_KNOWN)


def became(place: str) -> str:
    return LEARNING if place in LEARNS else NOT_KNOWN if place == NOT_KNOWN else NEITHER


def go(number: int, route: str, *, year_group: int = 11, **says) -> list[Pupil]:
    made = [leaver("Ann", f"No{route}{year_group}{each}", year_group=year_group) for each in range(number)]
    for each in made:
        if route:
            record_statement(each, by=None, kind="position", source="pupil", route=route, **says)
    return made


def told() -> dict[str, tuple[int | None, ...]]:
    table = public_table(LEFT_IN)
    return {each.name: each.numbers for each in table.lines} if table else {}


def test_leavers_stand_by_where_they_went_and_how_many_are_not_known(left):
    go(8, "college-technical")
    go(6, "apprenticeship", level=3)
    go(4, "")  # as Ada and Ben
    found = public_table(LEFT_IN)
    assert found is not None
    assert (found.left_in, found.groups, found.totals) == (LEFT_IN, ("From Year 11",), (20,))
    assert told() == {"Further education": (8,), "Apprenticeship": (6,), "Not known": (6,)}


def test_a_small_number_takes_another_with_it_so_that_it_does_not_follow(left):
    go(20, "college-technical")
    go(7, "apprenticeship", level=3)
    go(2, "looking")
    go(5, "")
    assert told() == {
        "Further education": (20,), "Apprenticeship": (None,), "Neither learning nor work": (None,), "Not known": (7,),
    }  # fmt: skip


def test_what_is_hidden_of_one_group_is_hidden_of_the_other(left):
    go(20, "college-technical")
    go(9, "apprenticeship", level=3)
    go(10, "university", year_group=13)
    go(2, "apprenticeship", level=3, year_group=13)
    go(4, "")
    found = public_table(LEFT_IN)
    assert found is not None
    assert (found.groups, found.totals) == (("From Year 11", "From Years 12 and 13"), (35, 12))
    assert [each.name for each in found.lines if each.is_hidden] == ["Higher education", "Apprenticeship"]
    assert told()["Further education"] == (20, 0)


def test_where_groups_would_tell_of_less_than_half_all_are_told_as_one(left):
    go(6, "college-technical")
    go(6, "college-technical", year_group=12)
    for route in ("university", "looking", "job-with-training"):
        go(3, route)
        go(3, route, year_group=13)
    found = public_table(LEFT_IN)
    assert found is not None
    assert (found.groups, found.totals) == (("All leavers",), (32,))
    assert told()["Further education"] == (12,)


def test_a_group_of_so_few_that_their_number_would_be_told_is_no_group_of_its_own(left):
    go(12, "college-technical")
    go(3, "college-technical", year_group=12)
    found = public_table(LEFT_IN)
    assert found is not None
    assert (found.groups, found.totals) == (("All leavers",), (17,))


def test_of_five_leavers_nothing_is_told(left):
    go(3, "college-technical")
    assert public_table(LEFT_IN) is None
    go(1, "college-technical")
    assert public_table(LEFT_IN) is not None


def test_a_year_can_be_told_of_once_its_1_november_has_come(left, settings):
    settings.TODAY = day(10, 31).isoformat()
    assert years_to_publish() == []
    settings.TODAY = day(11, 1).isoformat()
    assert years_to_publish() == [LEFT_IN]


def test_a_table_takes_five_questions_however_many(left, django_assert_num_queries):
    go(6, "college-technical")
    with django_assert_num_queries(5):
        public_table(LEFT_IN)


def table(*rows: tuple[str, int | None], of: int) -> PublicTable:
    return PublicTable(LEFT_IN, ("All leavers",), (of,), tuple(PublicLine(key, (number,)) for key, number in rows))


BEFORE = table(("further-education", 30), ("apprenticeship", None), ("neither", None), (NOT_KNOWN, 12), of=50)


@pytest.mark.once
@pytest.mark.parametrize(
    ("now", "follows"),
    [
        (BEFORE, True),
        (table(("further-education", 36), ("apprenticeship", None), ("neither", None), (NOT_KNOWN, 6), of=50), True),
        (table(("further-education", 31), ("apprenticeship", None), ("neither", None), (NOT_KNOWN, 11), of=50), False),
        (table(("further-education", 30), ("apprenticeship", None), ("neither", None), (NOT_KNOWN, 6), of=50), True),
        (table(("further-education", 36), ("apprenticeship", None), ("neither", None), (NOT_KNOWN, 7), of=50), False),
        (table(("further-education", 37), ("apprenticeship", None), ("neither", None), (NOT_KNOWN, 6), of=50), False),  # one of the hidden
        (table(("further-education", 30), ("apprenticeship", 8), ("neither", 0), (NOT_KNOWN, 12), of=50), False),
        (table(("further-education", 30), ("apprenticeship", None), ("neither", None), (NOT_KNOWN, 12), of=53), False),
        (table(("further-education", 24), ("apprenticeship", None), ("neither", None), (NOT_KNOWN, 12), of=44), False),
    ],
)  # fmt: skip
def test_a_later_table_of_the_year_is_told_only_where_nothing_follows_from_both(now, follows):
    assert now.may_follow(BEFORE) is follows


# A leak is whatever is fixed by all that is told together: the public table, and the picture that governors see.

Cell = tuple[str, str, int]


def determined(rows: list[dict[Cell, int]], asked: list[dict[Cell, int]], cells: list[Cell]) -> list[bool]:
    """Of each sum that is asked for, whether it follows from the sums that are told."""
    at = {cell: place for place, cell in enumerate(cells)}
    reduced: list[list[Fraction]] = []

    def rest_of(row: dict[Cell, int]) -> list[Fraction]:
        line = [Fraction(0)] * len(cells)
        for cell, times in row.items():
            line[at[cell]] += times
        for known in reduced:
            lead = next(place for place, number in enumerate(known) if number)
            if line[lead]:
                by = line[lead] / known[lead]
                line = [one - by * other for one, other in zip(line, known, strict=True)]
        return line

    for row in rows:
        if any(line := rest_of(row)):
            reduced.append(line)
    return [not any(rest_of(each)) for each in asked]


def drawn_of_numbers(numbers: dict[Cell, int]) -> Picture:
    """So many by intention, place and group, as a picture has them."""
    ways = tuple(
        Way(meant, place, place if place in {DISAGREE, NOT_KNOWN} else "kept", became(place), group == 11, number)
        for (meant, place, group), number in numbers.items()
        if number
    )

    def told(of) -> tuple[tuple[str, int], ...]:
        counted: Counter[str] = Counter()
        for each in ways:
            counted[of(each)] += each.pupils
        return tuple(sorted(counted.items()))

    streams = Counter[tuple[str, str]]()
    for each in ways:
        streams[each.meant, each.became] += each.pupils
    standing = dict(told(lambda way: way.standing))
    return Picture(
        LEFT_IN,
        sum(numbers.values()),
        standing.get(NOT_KNOWN, 0),
        None,
        changed=told(lambda way: way.changed),
        flows=tuple(Flow(*key, number) for key, number in sorted(streams.items())),
        meant=told(lambda way: way.meant),
        went=told(lambda way: way.became),
        became=tuple((key, standing.get(key, 0)) for key in BECAME),
        ways=ways,
    )


def leaks(numbers: dict[Cell, int], groups: tuple[int, ...]) -> list[str]:
    """What of so many by intention, place and group follows from all that is told, and is from 1 to 5."""
    cells = list(numbers)

    def sum_of(*, meant: str = "", place: str = "", among: str = "", group: int | None = None) -> dict[Cell, int]:
        return {
            cell: 1
            for cell in cells
            if meant in ("", cell[0])
            and place in ("", cell[1])
            and among in ("", became(cell[1]))
            and group in (None, cell[2])
        }

    def value(row: dict[Cell, int]) -> int:
        return sum(numbers[cell] for cell in row)

    drawn = drawn_of_numbers(numbers)
    released, table = released_picture(drawn), public_of(drawn)
    one_each = len(table.groups) == len(groups)
    rows = [sum_of(), *(sum_of(group=each) for each in groups if one_each)]
    for line in table.lines:
        if not line.is_hidden:
            rows += [sum_of(place=line.key, group=each) for each in groups] if one_each else [sum_of(place=line.key)]
    drawn_places, drawn_meant = {each.became for each in drawn.ways}, {each.meant for each in drawn.ways}
    rows += [sum_of(place=each) for each in PLACES if each not in drawn_places]  # no line of its own
    rows += [sum_of(meant=each) for each in MEANT if each not in drawn_meant]
    rows += [sum_of(meant=each.meant, place=each.became) for each in released.flows if each.became != OTHER]
    there = {(each.meant, each.became) for each in drawn.ways}
    rows += [sum_of(meant=each, place=place) for each in MEANT for place in PLACES if (each, place) not in there]
    rows += [sum_of(place=key) for key, number in released.went if number is not None]
    rows += [sum_of(meant=key) for key, number in released.meant if number is not None]
    rows += [sum_of(among=key) for key, number in released.became if number is not None]
    rows += [sum_of(place=key) for key, number in released.changed if key in PLACES and number is not None]
    rows += [sum_of(place=NOT_KNOWN)] if released.not_known is not None else []
    asked = {f"{place}, group {each}": sum_of(place=place, group=each) for place in PLACES for each in groups}
    asked |= {place: sum_of(place=place) for place in PLACES}
    follows = determined(rows, list(asked.values()), cells)
    return [
        f"{name}: {value(row)}"
        for (name, row), known in zip(asked.items(), follows, strict=True)
        if known and 0 < value(row) < 6
    ]


@pytest.mark.once
@pytest.mark.parametrize("seed", range(24))
def test_no_small_number_follows_from_the_table_and_the_picture_of_the_same_leavers(seed):
    dice = random.Random(seed)
    groups = (11, 13)[: dice.choice((1, 2))]
    numbers = {
        (meant, place, group): dice.choice((0, 0, 0, 1, 2, 3, 6, 7, 12, 20))
        for meant in MEANT
        for place in PLACES
        for group in groups
    }
    for each in groups:
        numbers[MEANT[0], PLACES[0], each] += 6  # so many that the group is told of
    assert leaks(numbers, groups) == []


@pytest.mark.once
def test_the_search_for_leaks_finds_one_where_there_is_one(monkeypatch):
    def nothing_covers(_told, lines, _cells):
        return {each.key for each in lines if any(0 < (number or 0) < 6 for number in each.numbers)}

    monkeypatch.setattr("dekaan.destinations.queries.public.places_hidden", nothing_covers)
    numbers = {(meant, place, 11): 0 for meant in MEANT for place in PLACES}
    numbers |= {(MEANT[1], PLACES[0], 11): 20, (MEANT[1], PLACES[1], 11): 3, (MEANT[1], PLACES[2], 11): 20}
    assert leaks(numbers, (11,)) == ["further-education, group 11: 3", "further-education: 3"]


def test_the_table_and_the_picture_count_the_same_leavers(left):
    go(7, "college-technical")
    go(6, "university", year_group=13)
    drawn, found = picture(LEFT_IN, Pupil.objects.all()), public_table(LEFT_IN)
    assert found is not None
    assert sum(found.totals) == drawn.pupils
    by_place = Counter({each.became: 0 for each in drawn.flows})
    for each in drawn.flows:
        by_place[each.became] += each.pupils or 0
    shown = {each.key: sum(number or 0 for number in each.numbers) for each in found.lines if not each.is_hidden}
    assert shown == {key: by_place[key] for key in shown}
    assert replace(found, left_in=0) != found

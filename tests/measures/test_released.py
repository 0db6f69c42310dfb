"""The one exit for small numbers: nobody who reads what leaves it can work out a number of pupils from 1 to 5."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.scope import working_in
from dekaan.frameworks.queries import band, frameworks
from dekaan.measures.queries import (
    HIDDEN,
    Figure,
    HeatCell,
    coverage,
    heat_map,
    released,
    released_cells,
    released_count,
)
from tests.factories.schools import place, pupils, talk

SMALL = {1, 2, 3, 4, 5}
NUMBERS = ("of", "met", "missed", "unknown")


def figure(met: int, missed: int, unknown: int, *, value: str = "", breakdown: str = "sex", assumed: int = 0) -> Figure:
    of = met + missed + unknown
    return Figure(
        school_id=1,
        academic_year=2026,
        framework="gatsby-2024",
        criterion="GB24.5.1",
        breakdown=breakdown,
        value=value,
        met=met,
        of=of,
        unknown=unknown,
        assumed=assumed,
        band=band(met, of, "proportion-2025"),
    )


def groups(*threes: tuple[int, int, int]) -> list[Figure]:
    return [figure(*three, value=str(place)) for place, three in enumerate(threes)]


def everybody(members: list[Figure]) -> Figure:
    """The same pupils, not broken down."""
    return figure(
        *(sum(getattr(each, name) for each in members) for name in ("met", "missed", "unknown")),
        breakdown="all",
        assumed=sum(each.assumed for each in members),
    )


def hidden(members: list[Figure]) -> list[str]:
    return [each.value for each in released(members) if each.hidden]


# --- one figure --------------------------------------------------------------------------------


@pytest.mark.once
def test_a_figure_without_a_small_number_leaves_as_it_is():
    whole = figure(945, 38, 10, breakdown="all", assumed=40)
    assert released([whole]) == [whole]


@pytest.mark.once
@pytest.mark.parametrize("numbers", [(945, 46, 2), (3, 90, 0), (90, 5, 0), (2, 1, 1)])
def test_a_figure_with_one_is_hidden_whole(numbers):
    (left,) = released([figure(*numbers)])
    assert (left.met, left.of, left.unknown, left.missed, left.assumed, left.band) == (None,) * 5 + ("",)
    assert left.hidden == HIDDEN == "hidden: it would give away a number under 6"


@pytest.mark.once
def test_what_is_assumed_of_a_few_is_hidden_by_itself():
    (left,) = released([figure(90, 20, 0, assumed=3)])
    assert (left.met, left.of, left.assumed) == (90, 110, None)


@pytest.mark.once
def test_a_count_of_people_by_itself():
    assert [released_count(number) for number in (0, 1, 5, 6, 171)] == [0, None, None, 6, 171]


@pytest.mark.once
@pytest.mark.parametrize(
    ("numbers", "word"),
    [
        ((945, 46, 2), "Almost all"),  # 894 to 992 of 993 earn it
        ((0, 90, 3), "None"),
        ((17, 3, 0), ""),  # 16, 17 or 18 of 20: too near
        ((24, 1, 0), ""),  # 23 or 24 of 25
        ((3, 0, 0), ""),
    ],
)
def test_the_word_stands_where_no_number_follows_from_it(numbers, word):
    (left,) = released([figure(*numbers, breakdown="all")])
    assert (left.band, bool(left.hidden)) == (word, True)


@pytest.mark.once
@given(st.integers(6, 400), st.data())
def test_the_word_of_a_hidden_figure_is_earned_by_six_numbers_or_by_nobody(of, data):
    met = data.draw(st.integers(0, of))
    unknown = data.draw(st.integers(0, of - met))
    (left,) = released([figure(met, of - met - unknown, unknown, breakdown="all")])
    if left.hidden and left.band:
        alike = [number for number in range(of + 1) if band(number, of, "proportion-2025") == left.band]
        assert len(alike) >= 6 or alike == [0]


# --- a breakdown -------------------------------------------------------------------------------


@pytest.mark.once
def test_a_lone_small_group_takes_the_next_smallest_with_it():
    assert hidden(groups((40, 20, 0), (3, 0, 0), (10, 10, 0))) == ["1", "2"]


@pytest.mark.once
def test_two_small_groups_that_are_small_together_take_a_third():
    """1 and 2 miss it: three together, so the total less the others would say so."""
    assert hidden(groups((40, 1, 0), (40, 2, 0), (60, 60, 0), (50, 50, 0))) == ["0", "1", "3"]


@pytest.mark.once
def test_a_third_is_taken_that_covers_the_number():
    """The smallest has nobody who misses it, so it would cover nothing."""
    assert hidden(groups((40, 1, 0), (40, 2, 0), (10, 0, 0), (50, 50, 0))) == ["0", "1", "3"]


@pytest.mark.once
def test_where_everybody_has_only_a_few_of_them_every_group_is_hidden():
    assert hidden(groups((40, 2, 0), (60, 0, 0), (50, 0, 0))) == ["0", "1", "2"]


@pytest.mark.once
def test_six_groups_of_one_pupil_are_not_told_by_their_number():
    assert hidden(groups(*[(1, 0, 0)] * 6, (30, 0, 0), (20, 0, 0))) == ["0", "1", "2", "3", "4", "5", "7"]
    assert released(groups(*[(1, 0, 0)] * 8)) == []


SOME = st.one_of(st.integers(0, 7), st.integers(0, 60))
BREAKDOWNS = st.lists(st.tuples(SOME, SOME, SOME).filter(any), min_size=1, max_size=9)


def could_be(total: Figure, shown: list[Figure], concealed: int, name: str) -> tuple[int, int]:
    """The least and the most that one concealed group can have, for somebody who subtracts."""
    left = getattr(total, name) - sum(getattr(each, name) for each in shown)
    if concealed == 1:
        return left, left
    if name == "of":  # a group that is listed has a pupil in it
        return 1, left - (concealed - 1)
    return 0, left


@pytest.mark.once
@given(BREAKDOWNS)
def test_nobody_can_work_out_a_number_from_1_to_5_by_subtraction(threes):
    members = groups(*threes)
    left = released([everybody(members), *members])
    total, shown = left[0], [each for each in left[1:] if not each.hidden]
    concealed = [each for each in left[1:] if each.hidden]
    for each in (total, *shown):
        assert SMALL.isdisjoint({getattr(each, name) for name in NUMBERS})
    for each in concealed:
        assert {getattr(each, name) for name in (*NUMBERS, "assumed")} == {None}
    if total.hidden:
        assert shown == []  # or the total would be their sum
    elif concealed:
        for name in NUMBERS:
            together = getattr(total, name) - sum(getattr(each, name) for each in shown)
            assert together not in SMALL
            least, most = could_be(total, shown, len(concealed), name)
            assert least != most or least not in SMALL


@pytest.mark.once
@given(BREAKDOWNS)
def test_the_order_of_the_groups_changes_nothing(threes):
    members = groups(*threes)
    assert sorted(released(members), key=lambda each: each.value) == sorted(
        released(members[::-1]), key=lambda each: each.value
    )


@pytest.mark.once
@given(st.lists(st.integers(0, 30), min_size=1, max_size=6))
def test_nor_how_many_are_assumed(assumed):
    members = [figure(40, 20, 0, value=str(place), assumed=number) for place, number in enumerate(assumed)]
    total, *left = released([everybody(members), *members])
    shown = [each.assumed for each in left if each.assumed is not None]
    assert SMALL.isdisjoint(shown)
    if total.assumed is not None:
        assert total.assumed - sum(shown) not in SMALL
    else:
        assert shown == []


# --- the heat map against the breakdown by year group --------------------------------------------


@pytest.mark.once
def test_a_cell_that_is_judged_holds_one_criterion():
    """So its numbers are those of that criterion's year group, and are hidden with them."""
    for version in frameworks():
        for benchmark in version.benchmarks:
            judged = [year for each in benchmark.counted for way in each.expectations for year in way.judged]
            assert len(judged) == len(set(judged)), (version.key, benchmark.number)


@pytest.mark.once
def test_cells_so_far_do_not_cover_for_judged_ones():
    """Year 8 is smaller, but is no part of the total that Years 9 and 11 add up to."""
    cells = [
        HeatCell(8, "2", 6, 12, 0, is_so_far=True, criteria=("GB24.2.1",)),
        HeatCell(9, "2", 3, 90, 0, is_so_far=False, criteria=("GB24.2.1",)),
        HeatCell(11, "2", 40, 90, 0, is_so_far=False, criteria=("GB24.2.1",)),
    ]
    assert [(cell.year_group, bool(cell.hidden)) for cell in released_cells(cells)] == [
        (8, False),
        (9, True),
        (11, True),
    ]


@pytest.mark.django_db
def test_the_heat_map_hides_what_the_breakdown_by_year_group_hides():
    at, year = place("ashdown"), academic_year_of(today())
    for year_group, number in ((7, 9), (8, 30), (9, 3), (10, 12), (11, 25), (12, 8), (13, 14)):
        pupils(at, number, year_group=year_group, tutor_group=f"{year_group}A", surname=f"P{year_group}")
    talk(at, partner_name="Millworks", partner_kind="employer")
    with working_in(at.school):
        for version in frameworks():
            by_year_group = {
                (each.criterion, int(each.value)): each
                for each in released(coverage(at.school.pk, year, version, breakdown="year-group"))
            }
            cells = [each for each in released_cells(heat_map(at.school.pk, year, version)) if not each.is_so_far]
            assert any(each.hidden for each in cells)
            for cell in cells:
                same = by_year_group[cell.criteria[0], cell.year_group]
                assert (cell.met, cell.of, cell.unknown, cell.hidden) == (
                    same.met,
                    same.of,
                    same.unknown,
                    same.hidden,
                )

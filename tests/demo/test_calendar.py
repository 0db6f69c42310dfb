"""Term dates of the invented schools, in any year."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dekaan.core.academic_year import academic_year_of
from dekaan.demo.calendar import closed_days, school_day

pytestmark = pytest.mark.once

YEARS = st.integers(2015, 2060)


@given(YEARS)
def test_closures_follow_one_another_inside_their_year(year):
    days = closed_days(year)
    assert [kind for _, _, kind in days] == [
        "inset",
        "half-term",
        "holiday",
        "half-term",
        "holiday",
        "half-term",
        "holiday",
    ]
    assert all(first <= last for first, last, _ in days)
    assert all(one[1] < other[0] for one, other in pairwise(days))
    assert {academic_year_of(day) for first, last, _ in days for day in (first, last)} == {year}


@given(YEARS)
def test_half_terms_are_whole_weeks_from_monday_to_friday(year):
    for first, last, kind in closed_days(year):
        if kind == "half-term":
            assert (first.weekday(), last - first) == (0, timedelta(days=4))


@given(YEARS, st.integers(1, 12), st.integers(1, 28))
def test_a_school_day_is_the_day_asked_for_or_the_next_on_which_pupils_are_in(year, month, day):
    wanted = date(year if month >= 9 else year + 1, month, day)
    found = school_day(year, month, day)
    assert found >= wanted
    assert found.weekday() < 5
    closed = closed_days(year)
    assert not any(first <= found <= last for first, last, _ in closed)
    between = [wanted + timedelta(days=number) for number in range((found - wanted).days)]
    assert all(each.weekday() > 4 or any(first <= each <= last for first, last, _ in closed) for each in between)

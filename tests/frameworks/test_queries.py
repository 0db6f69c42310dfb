"""Which version was in force, what a mask says, and what a share is called."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dekaan.frameworks.queries import (
    band,
    benchmarks_in_force,
    bit_of,
    counterpart,
    criteria,
    criterion,
    framework,
    frameworks,
    ids_of,
    mask_of,
    registry,
    scale,
)

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("on", "key"),
    [
        (date(2016, 1, 1), "gatsby-2014"),
        (date(2018, 1, 1), "gatsby-2014"),
        (date(2025, 8, 31), "gatsby-2014"),
        (date(2025, 9, 1), "gatsby-2024"),
        (date(2040, 1, 1), "gatsby-2024"),
    ],
)
def test_the_benchmarks_of_a_day_are_the_version_then_in_force(on, key):
    assert benchmarks_in_force(on).key == key


def test_exactly_one_version_of_the_benchmarks_is_in_force_at_the_turn():
    versions = frameworks()[:2]
    for on in (date(2025, 8, 31), date(2025, 9, 1)):
        assert sum(each.is_in_force(on) for each in versions) == 1


def test_a_framework_and_a_criterion_are_found_by_key_or_not_at_all():
    assert framework("gatsby-2024") == frameworks()[0]
    assert (framework("gatsby-1999"), criterion("GB24.5.1").title) == (None, "An employer every year")
    assert [criterion(word) for word in ("", "5.1", "gb24.5.1", "GB24.9.9")] == [None] * 4


def test_the_two_texts_of_a_criterion_stand_side_by_side():
    for new, old in (("GB24.5.1", "GB14.5.1"), ("GB24.8.1", "GB14.8.1")):
        assert counterpart(criteria()[new]) == criteria()[old]
        assert counterpart(criteria()[old]) == criteria()[new]
    assert counterpart(criteria()["GB24.1.4"]) is None


SETS = st.sets(st.sampled_from(sorted(registry().bits.keys() & criteria().keys())))


@given(SETS)
def test_a_mask_says_exactly_the_criteria_that_made_it(ids):
    assert set(ids_of(mask_of(ids))) == ids
    assert mask_of(ids) == sum(bit_of(each) for each in ids)
    assert mask_of(ids) < 2**63


def test_a_criterion_without_a_bit_makes_no_mask():
    with pytest.raises(KeyError):
        mask_of(["GB24.1.1"])


@pytest.mark.parametrize(
    ("met", "of", "called"),
    [
        (0, 0, "Not applicable"),
        (0, 200, "None"),
        (1, 1000, "A few"),
        (50, 200, "A few"),  # 25.00 per cent is still the lower band
        (51, 200, "Some"),
        (2501, 10000, "Some"),
        (100, 200, "Some"),
        (101, 200, "Most"),
        (150, 200, "Most"),
        (151, 200, "Large majority"),
        (180, 200, "Large majority"),
        (181, 200, "Almost all"),
        (199, 200, "Almost all"),
        (99_999, 100_000, "Almost all"),
        (200, 200, "All"),
    ],
)
def test_a_share_is_called_by_the_scale_of_2025(met, of, called):
    assert band(met, of, "proportion-2025") == called


@pytest.mark.parametrize(
    ("met", "called"),
    [(0, "None"), (25, "A few"), (26, "Some"), (51, "Most"), (76, "Overwhelming majority"), (100, "All")],
)
def test_a_share_is_called_by_the_scale_of_2018(met, called):
    assert band(met, 100, "proportion-2018") == called


@given(st.sampled_from(["proportion-2018", "proportion-2025"]), st.integers(1, 3000), st.data())
def test_more_pupils_are_never_a_lower_band(key, of, data):
    names = [each.name for each in scale(key)]
    met = data.draw(st.integers(0, of - 1))
    assert names.index(band(met, of, key)) <= names.index(band(met + 1, of, key))
    assert (band(met, of, key) == "None") == (met == 0)
    assert band(of, of, key) == "All"
    assert band(met, of, key) != "All"

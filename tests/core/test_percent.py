"""Shares in whole per cent."""

import pytest

from dekaan.core.numbers import percent

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("part", "of", "share"), [(6, 9, 67), (3, 9, 33), (1, 8, 13), (1, 200, 1), (1, 201, 0), (0, 5, 0), (5, 5, 100)]
)
def test_a_share_is_rounded_half_up(part, of, share):
    assert percent(part, of) == share


def test_two_halves_of_a_list_add_up():
    """Female and male of nine: six and three are 67 and 33, and not 66 and 33."""
    assert percent(6, 9) + percent(3, 9) == 100

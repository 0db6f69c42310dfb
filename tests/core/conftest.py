"""What the tests of the walls between schools share."""

import pytest

from dekaan.core.scope import working_in
from tests.stock import pupil


@pytest.fixture
def two_schools(stock):
    """Ada Lovell at Ashdown and Bruno Canary at Beckford."""
    with working_in(stock.ashdown):
        stock.ada = pupil("Ada", "Lovell")
    with working_in(stock.beckford):
        stock.bruno = pupil("Bruno", "Canary")
    return stock

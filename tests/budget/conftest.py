"""Every test of the area lives in the third month of the school's year, whatever day it is."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from tests.stock import THIS_YEAR


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    """24 November, at noon."""
    with time_machine.travel(f"{date(THIS_YEAR, 11, 24)}T12:00:00Z"):
        yield

"""Priya goes on 4 January and Nell takes over; the day is one in November, whenever the tests are run."""

from datetime import date

import pytest
from django.test import Client

from tests.isolation.world import BACKEND
from tests.stock import THIS_YEAR

NOW = date(THIS_YEAR, 11, 24)
DAY = date(THIS_YEAR + 1, 1, 4)


@pytest.fixture(autouse=True)
def _in_november(settings):
    settings.TODAY = NOW.isoformat()


@pytest.fixture
def at_work(in_ashdown):
    """`at_work("priya")` is her browser, signed in."""

    def begin(name: str) -> Client:
        client = Client()
        client.force_login(getattr(in_ashdown, name), backend=BACKEND)
        return client

    return begin

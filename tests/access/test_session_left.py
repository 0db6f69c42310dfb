"""What a page knows of its session: when it ends, that asking lengthens nothing, and that a press does."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from dekaan.access.models import User

pytestmark = pytest.mark.django_db

MORNING = datetime.now(UTC).replace(hour=7, minute=50, second=0, microsecond=0)
ADDRESS, HOME = "/sign-in/left/", "/ashdown/"


def come_in(user: User, **asks: bool) -> Client:
    client = Client(**asks)
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


@pytest.fixture
def priya(stock, time_machine) -> Client:
    """Priya has just come in."""
    time_machine.move_to(MORNING, tick=False)
    return come_in(stock.priya)


def asked(client: Client) -> dict:
    said = client.get(ADDRESS).json()
    assert said.pop("token", None) or said == {"left": 0}
    return said


def test_priya_has_half_an_hour_and_less_with_every_minute(stock, priya, time_machine):
    first = asked(priya)
    time_machine.shift(timedelta(minutes=20))
    assert [first, asked(priya)] == [
        {"left": 30 * 60, "longer": True, "person": str(stock.priya.pk)},
        {"left": 10 * 60, "longer": True, "person": str(stock.priya.pk)},
    ]


def test_a_page_that_asks_lengthens_nothing(priya, time_machine):
    for _ in range(31):
        time_machine.shift(timedelta(minutes=1))
        priya.get(ADDRESS)
    assert asked(priya) == {"left": 0}
    assert priya.get(HOME).status_code == 302


def test_whoever_presses_has_half_an_hour_again(priya, time_machine):
    time_machine.shift(timedelta(minutes=29))
    assert priya.post(ADDRESS).json()["left"] == 30 * 60
    time_machine.shift(timedelta(minutes=29))
    assert priya.get(HOME).status_code == 200


def test_pressing_once_it_is_over_brings_nothing_back(priya, time_machine):
    time_machine.shift(timedelta(minutes=31))
    assert priya.post(ADDRESS).json() == {"left": 0}
    assert priya.get(HOME).status_code == 302


def test_after_twelve_hours_no_press_lengthens_it(stock, priya, time_machine):
    for _ in range(26):
        time_machine.shift(timedelta(minutes=27))
        priya.post(ADDRESS)
    time_machine.shift(timedelta(minutes=17))
    assert priya.post(ADDRESS).json().items() >= {"left": 60, "longer": False}.items()
    time_machine.shift(timedelta(minutes=2))
    assert asked(priya) == {"left": 0}


def test_a_stranger_is_told_that_nothing_is_left(stock):
    assert Client().get(ADDRESS).json() == Client().post(ADDRESS).json() == {"left": 0}


def test_a_press_without_the_pages_mark_is_refused(stock):
    strict = come_in(stock.priya, enforce_csrf_checks=True)
    assert strict.post(ADDRESS).status_code == 403
    assert strict.post(ADDRESS, {"csrfmiddlewaretoken": strict.get(ADDRESS).json()["token"]}).status_code == 200


def test_a_page_says_when_its_session_ends_and_whose_it_is(stock, priya, time_machine):
    time_machine.shift(timedelta(seconds=50))
    page = priya.get(HOME).content.decode()
    said = dict(re.findall(r'data-(left|before|person|ask)="([^"]*)"', page))
    assert said == {"left": str(29 * 60 + 10), "before": "120", "person": str(stock.priya.pk), "ask": ADDRESS}

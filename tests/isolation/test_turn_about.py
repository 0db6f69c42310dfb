"""Two people of two schools turn about, through one worker and one connection to the database (I5)."""

import random
from functools import partial

import pytest
from django.test import Client

from tests.factories.schools import person
from tests.house.test_other_school import OF_A_SCHOOL
from tests.isolation.said import IS_WHOLE, said
from tests.isolation.walk import address_of, every_byte
from tests.isolation.world import BACKEND, Corner, build

pytestmark = pytest.mark.django_db

TIMES = 5_000 if IS_WHOLE else 100


def at_the_browser(corner: Corner) -> Client:
    client = Client()
    client.force_login(person(corner.at, "careers-leader"), backend=BACKEND)
    return client


def pages_for(client: Client, corner: Corner) -> list[str]:
    """The addresses that answer with a page of the school's own words."""
    asked = [address_of(entry, corner) for entry in OF_A_SCHOOL]
    return [each for each in asked if (answer := client.get(each)).status_code == 200 and not answer.streaming]


def test_two_schools_turn_about_are_never_mixed():
    """Who asks, and for what, is left to dice: whatever is kept from one request to the next would show in another."""
    world, dice, wrong, full = build(), random.Random(5), [], 0
    people = [(corner, at_the_browser(corner)) for corner in (world.ours, world.elsewhere)]
    asks = [
        (corner.school.slug, partial(client.get, each))
        for corner, client in people
        for each in pages_for(client, corner)
    ]
    for _ in range(TIMES):
        slug, ask = dice.choice(asks)
        answer = ask()
        page = every_byte(answer)
        schools = {each.school for each in world.words if each.text in page}
        full += slug in schools
        if answer.status_code != 200 or schools - {slug} or answer["Cache-Control"] != "no-store":
            wrong.append((slug, *ask.args, answer.status_code, schools))
    said(requests=TIMES, leaks=len(wrong))
    assert (wrong, full > TIMES // 3) == ([], True)

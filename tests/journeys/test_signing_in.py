"""Anyone: signing in, by keyboard, on a telephone and at a desk."""

import pytest

from dekaan.access.models import User
from tests.journeys.visit import NARROW, WIDE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WORDS = "correct horse battery staple"


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_sign_in_page_is_open_to_everyone(visit, width):
    stranger = visit(width=width)
    stranger.open("/")
    assert "/sign-in/" in stranger.page.url
    assert stranger.violations() == []
    assert not stranger.is_too_wide()
    assert stranger.failures == []


def test_signing_in_by_keyboard(visit):
    User.objects.create_user(email="nobody@ours.example", name="No Body", password=WORDS)
    person = visit()
    person.open("/sign-in/")
    person.tab_to("Email")
    person.page.keyboard.type("nobody@ours.example")
    person.tab_to("Password")
    person.page.keyboard.type(WORDS)
    person.key("Enter")
    assert person.page.url.endswith("/"), person.words
    assert "/sign-in/" not in person.page.url, person.words


def test_a_wrong_password_is_said_plainly(visit):
    person = visit()
    person.open("/sign-in/")
    person.type("Email", "nobody@ours.example")
    person.type("Password", "wrong")
    person.press("Sign in", role="button")
    assert "/sign-in/" in person.page.url
    assert person.violations() == []

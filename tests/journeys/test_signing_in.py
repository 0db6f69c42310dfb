"""Anyone: signing in, by keyboard, on a telephone and at a desk, with every kind of factor; and not without one."""

import re

import pytest
from allauth.socialaccount.models import SocialAccount
from django.urls import reverse

from dekaan.access.models import User
from dekaan.demo.people import PASSWORD
from tests.access.provider import asked_at, provider
from tests.access.signing_in import code_of
from tests.house.test_other_school import OF_A_SCHOOL
from tests.journeys.visit import NARROW, WIDE
from tests.stock import make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WORDS = "correct horse battery staple"
TOUCH = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def strict(settings):
    """As in production: a password alone opens nothing."""
    settings.SECOND_FACTOR = True
    return make_stock()


def type_password(person, email: str = "priya@ashdown.example") -> None:
    person.open("/sign-in/")
    person.type("Email", email)
    person.type("Password", PASSWORD)
    person.press("Sign in", role="button")


def set_up_app(person) -> str:
    """Priya sets up an authenticator app; its key."""
    person.press("Set up an authenticator app")
    key = person.page.locator("code.key").inner_text()
    assert person.violations() == []
    person.type("Code that the app shows", code_of(key))
    person.press("Set up", role="button")
    return key


def looks_well(person) -> None:
    assert person.violations() == [], person.page.url
    assert not person.is_too_wide(), person.page.url


def at_home(person) -> bool:
    return "/ashdown/" in person.page.url and "Priya Raman" in person.words


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_sign_in_page_is_open_to_everyone(visit, width):
    stranger = visit(width=width)
    stranger.open("/")
    assert "/sign-in/" in stranger.page.url
    looks_well(stranger)
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
    person.page.wait_for_url(lambda url: url.endswith("/") and "/sign-in/" not in url)


def test_a_wrong_password_is_said_plainly(visit):
    person = visit()
    person.open("/sign-in/")
    person.type("Email", "nobody@ours.example")
    person.type("Password", "wrong")
    person.press("Sign in", role="button")
    assert "/sign-in/" in person.page.url
    assert person.violations() == []


def test_a_password_alone_sees_no_page_of_staff(visit, strict):
    person = visit()
    type_password(person)
    assert person.page.url.endswith("/sign-in/yours/?next=%2F")
    assert "A password alone opens nothing here" in person.words
    looks_well(person)
    for entry in OF_A_SCHOOL:
        if set(entry.pattern.converters) <= {"school_slug"}:
            person.open(reverse(entry.name, args=["ashdown"]))
            assert "/sign-in/yours/" in person.page.url, entry.name


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_password_and_app_from_setting_up_to_the_next_day(visit, strict, width):
    person = visit(width=width)
    type_password(person)
    key = set_up_app(person)
    assert "Keep these recovery codes" in person.words
    looks_well(person)
    person.press("I have kept them")
    assert at_home(person)
    person.press("Sign out")
    type_password(person)
    assert "One more step" in person.words
    looks_well(person)
    person.type("Code", code_of(key, later=1))
    person.press("Go on", role="button")
    assert at_home(person)
    person.press("Your sign-in")
    looks_well(person)
    assert person.failures == []


def test_a_recovery_code_opens_once(visit, strict):
    person = visit()
    type_password(person)
    set_up_app(person)
    code = re.findall(r"\b\d{8}\b", person.words)[0]
    person.press("I have kept them")
    person.press("Sign out")
    type_password(person)
    person.type("Code", code)
    person.press("Go on", role="button")
    assert at_home(person)
    person.press("Sign out")
    type_password(person)
    person.type("Code", code)
    person.press("Go on", role="button")
    assert "Incorrect code" in person.words
    person.open("/ashdown/")
    assert not at_home(person)


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_passkey_is_enough_by_itself(visit, strict, width):
    person = visit(width=width)
    devtools = person.page.context.new_cdp_session(person.page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": TOUCH})
    type_password(person)
    person.press("Add a passkey")
    looks_well(person)
    person.type("What you call it", "my laptop")
    person.press("Add a passkey", role="button")
    person.page.wait_for_url("**/sign-in/recovery-codes/")
    person.press("I have kept them")
    assert at_home(person)
    person.press("Sign out")
    person.open("/sign-in/")
    person.press("Sign in with a passkey")
    person.page.wait_for_url("**/ashdown/")
    assert at_home(person)
    person.press("Your sign-in")
    assert "my laptop" in person.words
    looks_well(person)
    assert person.failures == []


def test_the_schools_own_single_sign_on(visit, strict, settings):
    with provider(settings):
        SocialAccount.objects.create(user=strict.priya, provider="microsoft", uid="subject-of-priya")
        person = visit()
        person.open("/sign-in/")
        looks_well(person)
        person.press("Sign in with Microsoft")
        person.press("subject-of-priya")
        person.page.wait_for_url("**/ashdown/")
        assert at_home(person)
        person.press("Your sign-in")
        assert "Linked: you can sign in with Microsoft" in person.words
        looks_well(person)


def test_whoever_must_be_asked_again_by_a_provider_that_says_no_moment_reads_what_to_do(visit, strict, settings):
    with provider(settings) as address:
        asked_at(address, None)
        SocialAccount.objects.create(user=strict.priya, provider="microsoft", uid="subject-of-priya")
        person = visit()
        person.open("/sign-in/")
        person.press("Sign in with Microsoft")
        person.press("subject-of-priya")
        person.page.wait_for_url("**/ashdown/")
        person.open("/ashdown/settings/roles/new/")
        assert "That account did not say when" in person.words
        looks_well(person)

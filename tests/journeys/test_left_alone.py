"""A teacher: a page that is left alone warns, is put away with every name on it, and comes back with what was typed."""

import time

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session

from dekaan.access.sessions import SEEN, STARTED, SessionStore
from dekaan.demo.people import PASSWORD
from tests.journeys.visit import NARROW, WIDE, Visit
from tests.stock import make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

STAFF, NEW = "/ashdown/staff/", "/ashdown/staff/new/"
WARNED, PUT_AWAY = "Nobody has pressed anything for a while", "You have been signed out"


@pytest.fixture
def stock():
    return make_stock()


def pass_by(person: Visit, *, minutes: int, moment: str = SEEN) -> None:
    """So many minutes, on the person's clock and on the server's."""
    key = next(each["value"] for each in person.page.context.cookies() if each["name"] == settings.SESSION_COOKIE_NAME)
    kept = Session.objects.filter(session_key=key)
    for each in kept:
        data = each.get_decoded()
        kept.update(session_data=SessionStore().encode(data | {moment: data[moment] - minutes * 60}))
    person.page.clock.fast_forward(minutes * 60_000)


def at(person: Visit, address: str) -> Visit:
    person.page.clock.install(time=time.time())
    person.open(address)
    return person


def sees(person: Visit, words: str) -> None:
    person.page.get_by_text(words).first.wait_for(state="visible")


def misses(person: Visit, words: str) -> None:
    person.page.get_by_text(words).first.wait_for(state="hidden")


def signs_in(page) -> None:
    page.get_by_label("Email").fill("priya@ashdown.example")
    page.get_by_label("Password").first.fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_one_press_stays_signed_in(visit, stock, width):
    priya = at(visit(stock.priya, width=width), STAFF)
    pass_by(priya, minutes=29)
    sees(priya, WARNED)
    assert priya.violations() == []
    assert not priya.is_too_wide()
    priya.press("Stay signed in", role="button")
    misses(priya, WARNED)
    pass_by(priya, minutes=20)
    priya.press("Add a member of staff")
    assert priya.page.url.endswith(NEW)
    assert priya.failures == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_page_left_alone_shows_no_name_and_leads_back_to_itself(visit, stock, width):
    priya = at(visit(stock.priya, width=width), f"/ashdown/staff/?q={stock.priya.name}&leavers=on")
    assert "priya" in priya.page.content().lower()
    pass_by(priya, minutes=31)
    sees(priya, PUT_AWAY)
    sees(priya, "Nobody used this page for 30 minutes")
    shown = priya.page.locator("body").aria_snapshot() + priya.page.title() + priya.page.url
    assert "priya" not in shown.lower()
    assert priya.page.locator("table, nav, form").count() == 0
    assert priya.violations() == []
    priya.press("Sign in again")
    signs_in(priya.page)
    priya.page.wait_for_url("**/ashdown/staff/?leavers=on")
    assert priya.failures == []


def test_what_was_typed_is_there_after_signing_in_again_and_can_be_saved(visit, stock):
    priya = at(visit(stock.priya), NEW)
    priya.type("Surname", "Okonkwo")
    pass_by(priya, minutes=31)
    sees(priya, "What you typed here is kept")
    assert "Okonkwo" not in priya.page.content()
    with priya.page.context.expect_page() as opened:
        priya.page.get_by_role("link", name="Sign in again").click()
    signs_in(opened.value)
    opened.value.wait_for_url(f"**{NEW}")
    opened.value.close()
    priya.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    misses(priya, PUT_AWAY)
    assert priya.page.get_by_label("Surname").input_value() == "Okonkwo"


def test_what_was_typed_is_shown_to_nobody_else(visit, stock):
    priya = at(visit(stock.priya), NEW)
    priya.type("Surname", "Okonkwo")
    pass_by(priya, minutes=31)
    sees(priya, PUT_AWAY)
    other = visit(stock.sam)
    priya.page.context.add_cookies(other.page.context.cookies())
    with priya.page.expect_response("**/sign-in/left/") as answer:
        priya.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert answer.value.json()["person"] == str(stock.sam.pk)
    assert "Okonkwo" not in priya.page.content()


def test_work_on_another_page_counts_for_all(visit, stock):
    priya = at(visit(stock.priya), STAFF)
    priya.page.clock.fast_forward(29 * 60_000)  # while she works on another page, so that the server knows better
    with priya.page.expect_response("**/sign-in/left/"):
        priya.page.clock.run_for(6_000)
    assert not priya.page.get_by_text(WARNED).is_visible()


def test_signing_out_elsewhere_puts_this_page_away_too(visit, stock):
    priya = at(visit(stock.priya), STAFF)
    priya.page.context.clear_cookies()
    priya.page.clock.fast_forward(29 * 60_000)
    sees(priya, PUT_AWAY)
    assert not priya.page.get_by_text("Nobody used this page").is_visible()


def test_twelve_hours_after_signing_in_nothing_is_offered_that_does_not_help(visit, stock):
    priya = at(visit(stock.priya), STAFF)
    pass_by(priya, minutes=12 * 60 - 1, moment=STARTED)
    sees(priya, "You signed in 12 hours ago")
    assert not priya.page.get_by_role("button", name="Stay signed in").is_visible()

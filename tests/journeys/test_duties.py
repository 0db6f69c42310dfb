"""The duty board: home tells what is broken in law, and two clicks later the evidence is open; it is mended there."""

from datetime import timedelta

import pytest

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.evidence.changes import add_evidence
from dekaan.people.models import StaffMember
from tests.journeys.visit import NARROW, WIDE
from tests.stock import make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stock():
    """The website's day of review has passed, and Ashdown's only adviser is employed there."""
    found = make_stock()
    with working_in(found.ashdown):
        add_evidence(
            title="The day of the next review",
            kind="statement",
            facts=["website-review"],
            dated_on=today() - timedelta(days=380),
            valid_until=today() - timedelta(days=20),
            by=found.priya,
        )
        StaffMember.objects.create(
            surname="Bell",
            forename="Grace",
            guidance_qualified_from=today() - timedelta(days=900),
            is_employed_here=True,
            employment_known_from=today() - timedelta(days=700),
        )
    return found


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_from_home_to_the_evidence_in_two_clicks(visit, stock, width):
    priya = visit(stock.priya, width=width)
    priya.open("/ashdown/")
    assert "2 duties in law broken or at risk" in priya.words
    assert priya.violations() == []
    priya.press("The website names the day of the next review", role="link")
    assert "#w6" in priya.page.url
    row = priya.page.locator("#w6")
    assert "✗ Broken What showed it ran out on" in " ".join(row.inner_text().split())
    assert priya.violations() == []
    assert not priya.is_too_wide()
    priya.press("The day of the next review", role="link", within=row)
    assert "It has expired, so it shows nothing any more." in priya.words
    assert priya.clicks == 2
    for address in ("/ashdown/duties/rules/", "/ashdown/evidence/?by=duty", "/ashdown/duties/?on=2017-09-01"):
        priya.open(address)
        assert (priya.violations(), priya.is_too_wide()) == ([], False), address
    assert priya.failures == []


def test_the_law_is_mended_where_the_board_leads_and_home_says_so(visit, stock):
    priya = visit(stock.priya, width=WIDE)
    priya.open("/ashdown/duties/")
    assert "Everybody who gives guidance is employed at the school" in priya.words
    priya.press("Staff", role="link", within=priya.page.locator("#l1"))
    priya.press("Bell, Grace", role="link")
    assert priya.violations() == []
    priya.page.get_by_label("Does the school employ them?").select_option(label="No, not employed here")
    priya.page.get_by_label("How is it known?").fill("Agreement with the guidance service")
    priya.press("Save", role="button")
    assert priya.clicks == 3
    priya.open("/ashdown/duties/")
    priya.page.locator("details.folded > summary", has_text="Met").click()  # what is met is folded
    assert "One adviser not employed at the school gives guidance." in priya.words
    priya.open("/ashdown/")
    assert "1 duty in law broken or at risk" in priya.words
    assert priya.failures == []


def test_a_governor_looks_at_a_past_day_and_at_what_changed(visit, stock):
    moira = visit(stock.moira, width=WIDE)
    moira.open("/ashdown/duties/")
    moira.page.get_by_label("As it stood on").fill("2017-09-01")
    moira.press("Show that day", role="button")
    assert "Duties on 1 September 2017" in moira.words
    assert "W1" not in moira.words
    assert moira.violations() == []
    moira.press("What changed in the rules", role="link")
    assert "Year 7 comes in, and academies are named in the section itself." in moira.words
    assert moira.violations() == []
    assert moira.clicks == 2
    assert moira.failures == []

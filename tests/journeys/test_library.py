"""The Careers Leader begins a library, records a use, and gives a code; a pupil presses without an account."""

import pytest

from dekaan.core.scope import working_in
from dekaan.library.changes import add_resource
from dekaan.library.models import Resource, Visits
from dekaan.participation.queries import live
from tests.factories.schools import Place, pupils
from tests.journeys.visit import NARROW, WIDE
from tests.stock import make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stock():
    made = make_stock()
    pupils(Place(made.ashdown), 3)
    return made


def test_from_an_empty_library_to_a_use_that_counts(visit, stock):
    priya = visit(stock.priya, width=WIDE)
    priya.open("/ashdown/library/")
    assert priya.violations() == []
    priya.press("Begin with public services")
    assert priya.violations() == []
    priya.press("Put them into the library")
    assert "In the library: 12 resources." in priya.words
    assert priya.clicks == 2
    assert "12 links looked at" not in priya.words
    assert priya.violations() == []
    priya.press("Explore careers: job profiles")
    priya.press("Record a use")
    priya.page.get_by_role("checkbox", name="Year 10", exact=True).check()
    assert priya.violations() == []
    priya.press("It happened")
    assert "3 recorded. Strike off below whoever was absent." in priya.words
    assert priya.clicks == 5
    with working_in(stock.ashdown):
        assert live().filter(counts=1, activity_type="LMI").count() == 3
    priya.open("/ashdown/library/reach/")
    assert "Used Explore careers: job profiles" in priya.words
    assert priya.violations() == []
    assert not priya.is_too_wide()
    assert priya.failures == []


@pytest.mark.parametrize("javascript", [True, False])
def test_a_pupil_is_led_on_with_one_press_and_nothing_of_them_is_kept(visit, stock, javascript, live_server):
    with working_in(stock.ashdown):
        made = add_resource(
            title="Job profiles", says="What a job is like", address="https://careers.example/profiles", kind="job-profiles",
            audiences=["pupils", "carers"], key_stages=[7, 10], is_public=True, by=None,
        )  # fmt: skip
        Resource.objects.filter(pk=made.pk).update(
            address=f"{live_server.url}/go/ashdown/sent/"
        )  # so that no network is needed
    pupil = visit(width=NARROW, javascript=javascript)
    pupil.open(f"/go/ashdown/{made.number}/")
    if javascript:  # axe is itself a script
        assert pupil.violations() == []
    assert not pupil.is_too_wide()
    pupil.page.route(
        "**/go/ashdown/sent/", lambda route: route.fulfill(body="<h1>There</h1>", content_type="text/html")
    )
    pupil.press("A pupil in Years 10 and 11")
    pupil.page.wait_for_url("**/go/ashdown/sent/")
    assert pupil.clicks == 1
    with working_in(stock.ashdown):
        assert [(each.audience, each.key_stage, each.presses) for each in Visits.objects.all()] == [("pupils", 10, 1)]
        assert not live().exists()
    assert pupil.page.context.cookies() == []


def test_on_a_telephone_a_broken_link_stands_first_and_is_mended(visit, stock):
    with working_in(stock.ashdown):
        for title in ("Apprenticeships", "Zoology"):
            made = add_resource(title=title, address="https://gone.example/", kind="job-profiles", audiences=["pupils"], key_stages=[7, 10, 12], by=None)  # fmt: skip
        Resource.objects.filter(pk=made.pk).update(link_state="broken", link_reason="not-found", link_checked_at="2026-11-01T09:00Z")  # fmt: skip
    priya = visit(stock.priya, width=NARROW)
    priya.open("/ashdown/library/")
    assert "1 broken link" in priya.words
    assert priya.words.index("Zoology") < priya.words.index("Apprenticeships")
    assert (priya.violations(), priya.is_too_wide()) == ([], False)
    priya.press("Zoology")
    assert "The website says that there is no such page." in priya.words
    assert (priya.violations(), priya.is_too_wide()) == ([], False)
    priya.press("Change it")
    priya.page.get_by_label("Address on the web").fill("https://here.example/")
    assert (priya.violations(), priya.is_too_wide()) == ([], False)
    priya.press("Save")
    assert "The link has not been looked at yet" in priya.words
    assert priya.clicks == 3
    assert priya.failures == []

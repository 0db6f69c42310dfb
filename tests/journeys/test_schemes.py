"""From a scheme of work to a planned lesson; and a learning walk recorded on a telephone, found again in the cabinet."""

import pytest

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.programme.models import Session
from dekaan.schemes.models import Observation
from tests.factories.schools import Place, pupils
from tests.journeys.visit import NARROW, WIDE
from tests.schemes.given import colleague, lesson, scheme
from tests.stock import make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_from_the_scheme_a_lesson_is_planned_in_two_clicks(visit, width):
    stock = make_stock()
    pupils(Place(stock.ashdown), 3)
    with working_in(stock.ashdown):
        ours = scheme("What comes next", 10, owners=[colleague(stock.ruth)])
        lesson(ours)
    priya = visit(stock.priya, width=width)
    priya.open(f"/ashdown/schemes/{ours.pk}/")
    assert "Not planned" in priya.words
    assert priya.violations() == []
    priya.press("Plan it Jobs near us", role="link")
    assert priya.violations() == []
    priya.press("Plan it", role="button")
    assert f"Year 10: planned {today():%-d %B}" in priya.words
    assert priya.clicks == 2
    assert not priya.is_too_wide()
    with working_in(stock.ashdown):
        assert [each.year_group for each in Session.objects.get().invitations.all()] == [10]
    assert priya.failures == []


def test_a_walk_recorded_on_a_telephone_stands_in_the_cabinet(visit):
    stock = make_stock()
    pupils(Place(stock.ashdown), 3)
    priya = visit(stock.priya, width=NARROW)
    priya.open("/ashdown/")
    priya.press("Programme", role="link")
    priya.press("Observations", role="link")
    assert priya.violations() == []
    priya.press("Record an observation", role="link")
    assert priya.violations() == []
    assert not priya.is_too_wide()
    priya.tick("Learning walk")
    priya.type("What was seen?", "Pupils could say what three local jobs pay.")
    priya.page.get_by_text("What it is evidence of").click()
    priya.clicks += 1
    priya.tick("4.1")
    priya.press("Record it", role="button")
    assert "It stands in the evidence cabinet until" in priya.words
    assert priya.clicks == 7
    assert priya.violations() == []
    priya.press("evidence cabinet", role="link")
    assert not priya.is_too_wide()
    priya.page.get_by_role("link", name="Learning walk", exact=True).first.click()
    assert "Pupils could say what three local jobs pay." in priya.words
    with working_in(stock.ashdown):
        assert Observation.objects.get().criteria == ["GB24.4.1"]
    assert priya.failures == []

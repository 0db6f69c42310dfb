"""From a list of names to what would close the gap, and to planning it: counted."""

from datetime import timedelta

import pytest

from dekaan.core.academic_year import today
from tests.factories.schools import Place, pupils, talk
from tests.journeys.visit import NARROW, WIDE
from tests.stock import make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_gap_is_closed_from_its_names_in_four_clicks(visit, width):
    """One more is invited to what is planned, and the rest is planned; typing and choosing are no clicks."""
    stock = make_stock()
    at = Place(stock.ashdown, people={"careers-leader": stock.priya})
    ten = pupils(at, 4, surname="Quill")
    pupils(at, 3, year_group=11, tutor_group="11A", surname="Marsh")
    talk(at, title="Mock interviews", happened=False, days_ago=-14, invited=ten[:3])
    person = visit(stock.priya, width=width)
    person.open("/ashdown/benchmarks/criteria/GB24.5.1/missing/")
    assert "7 pupils have met no employer yet this year" in person.words
    person.press("What would close it?", role="link")
    assert "3 of 7" in person.words
    assert person.violations() == []
    assert not person.is_too_wide()
    person.press("Invite 1 more to Mock interviews")
    assert "1 pupil invited besides to Mock interviews" in person.words
    assert "3 still need it" in person.words
    person.press("Plan it for Year 11: Employer-set curriculum project", role="link")
    assert "Plan something for 3 pupils of Year 11" in person.words
    person.page.get_by_label("What is it?").fill("Engineers in class")
    person.page.get_by_label("On which day?").fill(f"{today() + timedelta(days=21):%Y-%m-%d}")
    assert person.violations() == []
    assert not person.is_too_wide()
    person.press("Plan it", role="button")
    assert "Planned for 3 pupils." in person.words
    assert person.clicks == 4
    person.open("/ashdown/benchmarks/gap/?criterion=GB24.5.1")
    assert "nobody misses it any more" in person.words
    assert person.failures == []

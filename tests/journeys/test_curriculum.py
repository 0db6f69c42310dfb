"""A colleague proposes on a telephone what a lesson linked to careers; the Careers Leader accepts it with one press."""

import time

import pytest

from dekaan.core.scope import working_in
from dekaan.curriculum.changes import add_subject, open_door
from dekaan.curriculum.models import CurriculumLink
from tests.factories.schools import Place, pupils
from tests.journeys.visit import NARROW, WIDE
from tests.stock import make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MINUTE = 60


@pytest.mark.parametrize("javascript", [True, False])
def test_by_the_code_it_takes_four_fields_and_one_press(visit, javascript):
    stock = make_stock()
    pupils(Place(stock.ashdown), 3)
    with working_in(stock.ashdown):
        add_subject(name="Mathematics", year_groups=[10], by=None)
        key = open_door(by=None).key_to_show
    colleague, began = visit(width=NARROW, javascript=javascript), time.monotonic()
    colleague.open(f"/curriculum-link/ashdown/{key}/")
    if javascript:  # axe is itself a script
        assert colleague.violations() == []
    assert not colleague.is_too_wide()
    colleague.page.get_by_label("Subject", exact=True).select_option(label="Mathematics")
    colleague.page.get_by_label("Year group").select_option(label="Year 10")
    colleague.page.get_by_label("What does it link to?").press_sequentially(
        "Trigonometry as surveyors use it", delay=150
    )
    colleague.page.get_by_label("It was taught").check()
    colleague.press("Send")
    assert "Thank you" in colleague.words
    assert (colleague.clicks, time.monotonic() - began < MINUTE) == (1, True)
    if javascript:
        assert colleague.violations() == []
    assert colleague.failures == []
    if not javascript:
        return
    priya = visit(stock.priya, width=WIDE)
    priya.open("/ashdown/curriculum/")
    assert "1 waits for you" in priya.words
    assert priya.violations() == []
    priya.press("Accept Trigonometry as surveyors use it")
    assert "It counts: Mathematics, Year 10." in priya.words
    assert priya.clicks == 1
    with working_in(stock.ashdown):
        assert CurriculumLink.objects.get().state == "accepted"
    assert priya.failures == []

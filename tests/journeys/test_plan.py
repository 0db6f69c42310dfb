"""A first plan in one press from its page; a meeting's decision becomes a task that is ticked in my week."""

from datetime import timedelta

import pytest

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.people.models import StaffMember
from dekaan.plan.models import Plan, Task
from tests.factories.schools import Place, pupils
from tests.journeys.visit import NARROW, WIDE
from tests.stock import make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stock():
    made = make_stock()
    pupils(Place(made.ashdown), 3)
    with working_in(made.ashdown):
        StaffMember.objects.create(forename="Nell", surname="Hartley", user=made.nell)
    return made


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_first_plan_is_one_page_and_one_press(visit, stock, width):
    priya = visit(stock.priya, width=width)
    priya.open("/ashdown/plan/")
    assert priya.violations() == []
    priya.press("Start from the gaps")
    assert priya.violations() == []
    assert not priya.is_too_wide()
    priya.type("The vision", "Every pupil knows what they can do next.")
    priya.press("Write the plan")
    assert "Not approved yet" in priya.words
    assert "Not reached yet" in priya.words
    assert priya.violations() == []
    assert not priya.is_too_wide()
    assert priya.clicks == 2
    with working_in(stock.ashdown):
        assert 1 <= Plan.objects.get().objectives.count() <= 5
    david = visit(stock.david, width=width)
    david.open("/ashdown/plan/")
    david.press("Careers development plan")
    david.press("Keep that it was approved")
    david.tick("The governing body")
    david.type("Signed by", "P. Aldous, chair of governors")
    david.type("On which day?", today().isoformat())
    assert david.violations() == []
    david.press("Keep the approval")
    assert "was approved as it reads now" in david.words
    assert "P. Aldous" in david.words
    assert david.failures == priya.failures == []


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_what_a_meeting_decided_is_ticked_in_my_week(visit, stock, width):
    priya = visit(stock.priya, width=width)
    priya.open("/ashdown/meetings/")
    priya.press("Careers group")
    priya.type("On which day?", today().isoformat())
    assert priya.violations() == []
    priya.press("Put it in the diary")
    assert "There is no development plan of this year yet" in priya.words
    assert priya.violations() == []
    priya.press("Write it up")
    priya.type("Notes", "We talked about employers.")
    priya.press("Keep it")
    priya.press("Keep a decision")
    priya.type("What was decided?", "Two employers speak in Year 9")
    priya.type("What is to be done about it?", "Ask two employers")
    priya.choose("Who sees to it?", "Nell Hartley")
    priya.type("By when?", (today() + timedelta(days=3)).isoformat())
    assert priya.violations() == []
    priya.press("Keep it")
    assert "It is a task for Nell Hartley." in priya.words
    assert not priya.is_too_wide()
    nell = visit(stock.nell, width=width)
    nell.open("/ashdown/my-week/")
    assert nell.violations() == []
    assert not nell.is_too_wide()
    nell.press("Say what changed")
    nell.type("What changed because of it", "Millworks and the bakery come in March.")
    nell.press("Keep it")
    assert "Done: Ask two employers." in nell.words
    with working_in(stock.ashdown):
        assert Task.objects.get().outcome == "Millworks and the bakery come in March."
    priya.open("/ashdown/meetings/")
    assert "Millworks and the bakery come in March." in priya.words
    assert priya.violations() == []
    assert nell.failures == priya.failures == []

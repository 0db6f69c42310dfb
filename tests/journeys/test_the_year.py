"""The Careers Leader takes last year's programme into the next, and runs a day on which groups go round."""

from datetime import timedelta

import pytest

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.participation.models import Participation
from dekaan.programme.changes import Invited, plan_activity, plan_session
from dekaan.programme.models import Session
from dekaan.schools.queries import usual_breaks
from tests.factories.schools import Place, pupils
from tests.journeys.visit import NARROW, WIDE
from tests.stock import THIS_YEAR, Stock, make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ashdown(db) -> Stock:
    stock = make_stock()
    at = Place(stock.ashdown)
    pupils(at, 3, year_group=9, tutor_group="9A")
    pupils(at, 3, year_group=9, tutor_group="9B", surname="Marsh")
    begins = usual_breaks(THIS_YEAR)[1][1] + timedelta(days=1)
    with working_in(stock.ashdown):
        for number, title in enumerate(("Millworks talk", "College taster", "Mock interviews")):
            activity = plan_activity(title=title, activity_type="TALK", partner_kind="employer", by=stock.priya)
            plan_session(
                activity,
                held_on=begins + timedelta(days=number),
                invited=Invited(year_groups=(9,)),
                by=stock.priya,
            )
    return stock


def look(person):
    assert person.violations() == []
    assert not person.is_too_wide()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_last_year_is_rolled_forward_in_one_press_and_taken_back_in_one(visit, ashdown, width):
    priya = visit(ashdown.priya, width=width)
    priya.open("/ashdown/programme/planner/")
    look(priya)
    priya.press("Roll forward", role="link")
    if "Into" in priya.page.inner_text("main") and f"into {THIS_YEAR}/" in priya.page.inner_text("h1"):
        priya.page.goto(f"{priya.page.url.split('?')[0]}?year={THIS_YEAR + 1}")
    assert "To be planned (3)" in priya.page.inner_text("main")
    look(priya)
    priya.page.get_by_role("checkbox", name="College taster").uncheck()
    priya.press("Plan what is ticked", role="button")
    assert "2 sessions planned, 1 left out" in priya.page.inner_text("main")
    assert "Unticked by hand." in priya.page.inner_text("main")
    look(priya)
    with working_in(ashdown.ashdown):
        assert Session.objects.count() == 5
    priya.press("Undo the roll forward", role="button")
    assert "Undone: 2 sessions are no longer planned." in priya.page.inner_text("main")
    look(priya)
    with working_in(ashdown.ashdown):
        assert Session.objects.count() == 3
    assert priya.failures == []


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_carousel_day_is_planned_recorded_in_one_press_and_undone(visit, ashdown, width):
    priya = visit(ashdown.priya, width=width)
    priya.open("/ashdown/programme/carousels/new/")
    look(priya)
    page = priya.page
    page.get_by_label("What is the day called?").fill("Futures day")
    page.get_by_label("Date").fill(today().isoformat())
    for group in ("9A", "9B"):
        page.get_by_role("checkbox", name=group).check()
    page.get_by_label("Slots").fill("9:00 to 9:50\n10:00 to 10:50")
    page.get_by_label("Station 1: what, or who").fill("Writing a CV")
    page.get_by_label("Station 1: room").fill("Library")
    page.get_by_label("Station 1: kind").select_option("GROUPG")
    page.get_by_label("Station 2: what, or who").fill("Millworks")
    page.get_by_label("Station 2: room").fill("Hall")
    page.get_by_label("Station 2: kind").select_option("TALK")
    page.get_by_label("Station 2: with").select_option("employer")
    priya.press("Work out the rotation", role="button")
    assert "Every group is everywhere once." in page.inner_text("main")
    look(priya)
    priya.press("It happened", role="button")
    assert "4 sessions recorded: 12 attendances, 0 to catch up." in page.inner_text("main")
    look(priya)
    with working_in(ashdown.ashdown):
        assert Participation.objects.filter(superseded_at__isnull=True).count() == 12
    priya.press("Undo It happened", role="button")
    assert "Undone: 4 sessions are open again." in page.inner_text("main")
    with working_in(ashdown.ashdown):
        assert not Participation.objects.filter(superseded_at__isnull=True).exists()
    assert priya.failures == []

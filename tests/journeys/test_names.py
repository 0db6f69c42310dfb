"""From a square of the heat map to its names, and a plan for one tutor group of them, with and without script."""

import pytest

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.people.models import Pupil
from dekaan.programme.models import Invitation
from tests.factories.schools import Place, pupils
from tests.journeys.visit import NARROW, WIDE
from tests.stock import make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "javascript"), [(WIDE, True), (NARROW, False)])
def test_planning_for_one_tutor_group_takes_one_tick_less(visit, width, javascript):
    stock = make_stock()
    at = Place(stock.ashdown)
    pupils(at, 4, tutor_group="10A", surname="Quill")
    pupils(at, 3, tutor_group="10B", surname="Marsh")
    person = visit(stock.priya, width=width, javascript=javascript)
    person.open("/ashdown/benchmarks/")
    heat = person.page.get_by_role("region", name="Heat map")
    heat.get_by_role("link", name="0 %", exact=True).nth(1).click()  # after labour market information: employers
    person.page.wait_for_load_state()
    assert "7 pupils" in person.words
    assert person.page.get_by_role("button", name="Print").is_visible() == javascript
    person.press("Plan something for them")
    person.page.get_by_label("All of 10B").uncheck()
    if javascript:  # the names follow their group's tick, and bring it back
        assert person.page.get_by_label("Marsh,").evaluate_all("boxes => boxes.filter(box => box.checked).length") == 0
    person.type("What is it?", "Mock interviews")
    person.page.get_by_label("Kind of activity").select_option("MOCK")
    person.type("On which day?", f"{today():%Y-%m-%d}")
    if javascript:  # axe is itself a script
        assert person.violations() == []
    person.press("Plan it")
    assert "Planned for 4 pupils." in person.words
    with working_in(stock.ashdown):
        invited = Pupil.objects.filter(pk__in=Invitation.objects.values("pupil"))
        assert {pupil.surname for pupil in invited} == {"Quill"}
    assert person.failures == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_list_of_names_and_its_planning_page_fit_and_can_be_read_aloud(visit, width):
    stock = make_stock()
    pupils(Place(stock.ashdown), 7)
    person = visit(stock.priya, width=width)
    for state in ("missed", "met"):
        person.open(f"/ashdown/benchmarks/criteria/GB24.5.1/missing/?by=year-group&value=10&state={state}")
        assert person.violations() == []
        assert not person.is_too_wide()
    person.open("/ashdown/benchmarks/criteria/GB24.5.1/plan/")
    person.press("Plan it")
    assert "Give the day" in person.words
    assert person.violations() == []
    assert not person.is_too_wide()

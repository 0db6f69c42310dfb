"""The Careers Leader enters what a session cost and sees its benchmark's spend change; renews an agreement in time."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from dekaan.budget.changes import add_agreement, add_line, allocate, open_budget
from dekaan.budget.models import Agreement, Spend
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from tests.factories.schools import Place, pupils
from tests.factories.schools import talk as put_on
from tests.journeys.visit import NARROW, WIDE
from tests.stock import make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def shown(visit, benchmark: str) -> str:
    """What the page says was spent on what serves the benchmark."""
    row = visit.page.get_by_role("row").filter(has=visit.page.get_by_role("rowheader", name=benchmark))
    return row.get_by_role("cell").first.inner_text()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_spend_on_a_session_changes_what_its_benchmark_cost_and_an_agreement_is_renewed(visit, width):
    stock = make_stock()
    at = Place(stock.ashdown, {"careers-leader": stock.priya})
    pupils(at, 3)
    session = put_on(at, title="Engineers at Millworks")
    on: date = session.held_on
    with working_in(stock.ashdown):
        ours = open_budget(
            kind="financial", starts_on=on - timedelta(days=90), ends_on=on + timedelta(days=200), by=None
        )
        allocate(ours, pence=500_000, source="school", agreed_by="M. Lunt, governors", agreed_on=on, by=None)
        add_line(ours, what_for="transport", title="Coaches", planned=90_000, by=None)
        add_agreement(
            title="Careers advice",
            with_whom="Ridge Guidance",
            starts_on=today() - timedelta(days=340),
            renewal_on=today() + timedelta(days=20),
            days_bought=Decimal(12),
            by=None,
        )
    priya = visit(stock.priya, width=width)
    priya.open("/ashdown/")
    priya.press("Team and plan")
    priya.press("Budget", role="link")
    before = shown(priya, "5. ")
    assert "£0" in before
    assert priya.violations() == []
    priya.press("Enter spend")
    assert priya.violations() == []
    priya.type("Amount", "120.50")
    priya.type("What for?", "Coach to Millworks")
    priya.page.get_by_label("On", exact=True).fill(f"{on}")
    priya.page.get_by_label("Line of the budget").select_option(label="Coaches")
    priya.page.get_by_label("On a session").select_option(str(session.pk))
    priya.press("Save")
    assert "Entered: paid, £120.50." in priya.words
    assert "£120.50" in shown(priya, "5. ")
    assert not priya.is_too_wide()
    assert priya.clicks == 4
    priya.press("Agreements")
    assert "renew it, it ends on" in priya.words
    assert priya.violations() == []
    priya.press("Careers advice")
    assert priya.violations() == []
    assert not priya.is_too_wide()
    priya.press("Renew it")
    assert priya.violations() == []
    priya.press("Renew it", role="button")
    assert "Renewed until" in priya.words
    with working_in(stock.ashdown):
        assert Spend.objects.get().session_id == session.pk
        assert Agreement.objects.filter(renews__isnull=False).count() == 1
    assert priya.failures == []

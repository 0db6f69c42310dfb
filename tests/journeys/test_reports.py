"""The governors' report: three clicks and the thought that goes into three boxes; a wrong one is taken back."""

import pytest

from tests.factories.schools import Place, pupils
from tests.journeys.visit import NARROW, WIDE
from tests.stock import make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_governors_report_takes_three_clicks(visit, width):
    stock = make_stock()
    pupils(Place(stock.ashdown), 12)
    person = visit(stock.priya, width=width)
    person.open("/ashdown/")
    person.press("Reports")
    person.press("Write a governors' report")
    person.type("What governors should know", "Every tutor group has met an employer.")
    person.press("Freeze the paper")
    assert "Frozen." in person.words
    assert "Every tutor group has met an employer." in person.words
    assert person.clicks == 3
    assert person.violations() == []
    assert not person.is_too_wide()
    paper = person.page.get_by_role("link", name="Open the PDF to print").get_attribute("href")
    answer = person.page.request.get(paper)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-1.7")
    assert person.failures == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_wrong_paper_is_withdrawn_and_governors_see_it(visit, width):
    stock = make_stock()
    pupils(Place(stock.ashdown), 12)
    person = visit(stock.priya, width=width)
    person.open("/ashdown/reports/governors/")
    person.press("Freeze the paper")
    person.press("Something is wrong: withdraw it")
    person.type("What was wrong with it?", "The fair was counted twice")
    person.press("Withdraw the paper")
    assert "Withdrawn. It stays in the list, and says so." in person.words
    governor = visit(stock.moira, width=width)
    governor.open("/ashdown/reports/")
    assert "The fair was counted twice" in governor.words
    assert governor.violations() == []
    assert not governor.is_too_wide()
    governor.press("Careers: report to governors")
    assert "(withdrawn)" in governor.words
    assert "Something is wrong" not in governor.words
    assert governor.violations() == []
    assert person.failures == governor.failures == []

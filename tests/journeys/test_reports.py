"""The governors' report: three clicks and the thought that goes into three boxes; a governor may read it."""

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
    person.press("Governors' report")
    person.type("What governors should know", "Every tutor group has met an employer.")
    person.press("Freeze and print")
    assert "Frozen." in person.words
    assert "Every tutor group has met an employer." in person.words
    assert person.clicks == 3
    assert person.violations() == []
    assert not person.is_too_wide()
    with person.page.expect_download() as paper:
        person.page.get_by_role("link", name="Download the PDF").click()
    assert paper.value.path().read_bytes().startswith(b"%PDF-1.7")
    assert person.failures == []

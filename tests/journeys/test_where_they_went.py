"""Where they went: the picture is read by eye, by screen reader and on a telephone; its table says the same."""

import pytest

from dekaan.core.scope import working_in
from dekaan.destinations.changes import record_statement
from tests.destinations.given import LEFT_IN, day, leaver
from tests.journeys.visit import NARROW, WIDE
from tests.stock import make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_picture_has_its_title_its_words_and_its_table(visit, width):
    stock = make_stock()
    with working_in(stock.ashdown):
        for number in range(4):
            left = leaver("Ada", f"Abbot {number}")
            said_on = day(5, 2, years_on=-1)
            record_statement(left, by=None, kind="intention", source="pupil", route="t-level", said_on=said_on)
            if number:
                record_statement(left, by=None, kind="position", source="pupil", route="t-level")
    priya = visit(stock.priya, width=width)
    priya.open(f"/ashdown/where-they-went/?year={LEFT_IN}")
    assert priya.violations() == []
    assert "1 of 4 not known" in priya.words
    picture = priya.page.get_by_role("img", name="from what they meant on the left to where they went on the right")
    assert picture.is_visible()
    assert picture.locator("path").count() == 2
    assert picture.locator("desc").text_content() == (
        "Further education to Not known: 1; Further education to Further education: 3. The same stands in the table after it."
    )
    priya.page.get_by_text("The same as a table").click()
    rows = priya.page.get_by_role("table", name="From what they meant to where they went").locator("tbody tr")
    assert [" ".join(each.split()) for each in rows.all_inner_texts()] == [
        "Further education Not known 1",
        "Further education Further education 3",
    ]
    assert priya.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

"""Job 12: Priya hands careers over in five clicks, David agrees on Home, and Nell finds the book and her first fortnight."""

from datetime import timedelta

import pytest

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.plan import changes as plan
from dekaan.team.models import Post
from tests.journeys.visit import NARROW, WIDE
from tests.plan.given import colleague
from tests.stock import make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_priya_hands_over_in_five_clicks_and_nell_begins(visit, width):
    stock = make_stock()
    with working_in(stock.ashdown):
        holder, successor = colleague(stock.priya), colleague(stock.nell)
        Post.objects.create(role="leader", staff=holder, starts_on=today() - timedelta(days=400))
        for number in range(14):
            due_on = today() + timedelta(days=number)
            plan.give_task(title=f"Promise {number + 1}", due_on=due_on, owner=holder, by=None)
    priya = visit(stock.priya, width=width)
    priya.open("/ashdown/")
    priya.clicks = 0
    priya.press("Settings", role="link")
    priya.press("Hand over", role="link")
    assert (priya.violations(), priya.is_too_wide()) == ([], False)
    assert priya.page.get_by_label("Who hands over").locator("option:checked").inner_text() == "Priya Raman"
    priya.page.get_by_label("To whom").select_option(label="Nell Hartley")
    priya.page.get_by_label("From which day").fill(today().isoformat())
    priya.press("See what goes over")
    assert "Promise 1" in priya.words
    assert "Promise 14" in priya.words  # each can stay by itself
    assert priya.page.locator("input[name=row]:checked").count() == 15
    assert (priya.violations(), priya.is_too_wide()) == ([], False)
    priya.press("Hand over on")
    assert "It opens nothing until a second person agrees: David Ansah or Olive Tan" in priya.words
    assert (priya.violations(), priya.is_too_wide()) == ([], False)
    with priya.page.expect_response(lambda answer: answer.url.endswith("/book/paper/")) as printed:
        priya.press("Print the book")
    assert printed.value.status == 200
    assert priya.clicks == 5

    david = visit(stock.david, width=width)
    david.open("/ashdown/")
    david.press("Agree")
    assert "Agreed: Nell Hartley leads careers here" in david.words
    assert (david.violations(), david.is_too_wide(), david.failures) == ([], False, [])

    nell = visit(stock.nell, width=width)
    nell.open("/ashdown/")
    nell.press("The first fortnight")
    assert "Nell Hartley’s first fortnight" in nell.words
    assert (nell.violations(), nell.is_too_wide()) == ([], False)
    nell.press("Read the book: this fortnight first")
    assert "Promise 14" in nell.words
    for chapter in ("The year", "People", "What is open", "Where things are", "What was tried", "Access"):
        nell.press(chapter, role="link")
        assert (nell.violations(), nell.is_too_wide()) == ([], False), chapter
    assert nell.failures == []
    assert successor.pk != holder.pk

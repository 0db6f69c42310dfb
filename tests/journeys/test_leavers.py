"""Telephoning leavers: no more than five keys a call beyond typing, with and without a script, on a telephone too."""

import pytest

from dekaan.core.scope import working_in
from dekaan.destinations.models import Statement
from tests.destinations.given import LEFT_IN, leaver
from tests.journeys.visit import NARROW, WIDE
from tests.stock import make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
KEYS_A_CALL = 5
# What is typed in each call: the route by its first letters, the place, who said it (the pupil where nobody else is).
CALLS = (
    ("sixth form c", "Alder College", ""),
    ("app 3", "Rowan Motors", "A"),  # a parent or carer, by the letter
    ("n", "", ""),
    ("t level", "Mereside College", ""),
)


def told(stock) -> list[tuple]:
    with working_in(stock.ashdown):
        said = Statement.objects.order_by("pk")
        return [(each.pupil.surname, each.route, each.level, each.provider_name, each.source) for each in said]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_call_takes_no_more_than_five_keys_beyond_typing(visit, javascript):
    stock = make_stock()
    with working_in(stock.ashdown):
        for surname in ("Abbot", "Bell", "Crane", "Dunn", "Eliot"):
            leaver("Ada", surname)
    priya = visit(stock.priya, width=WIDE, javascript=javascript)
    priya.open(f"/ashdown/leavers/calls/?year={LEFT_IN}&moment=position")
    if javascript:
        assert priya.violations() == []
    assert "5 to call" in priya.words
    for route, provider, source in CALLS:
        keys = 0  # the first line has the focus already
        priya.page.keyboard.type(route)
        if provider:
            priya.page.keyboard.press("Tab")
            priya.page.keyboard.type(provider)
            keys += 1
        if source:
            priya.page.keyboard.press("Tab")
            priya.page.keyboard.type(source)
            priya.page.keyboard.press("Shift+Tab")
            keys += 2
        priya.key("Enter")
        keys += 1
        assert keys <= KEYS_A_CALL
        assert "1 recorded." in priya.words
    assert priya.clicks == len(CALLS)
    assert told(stock) == [
        ("Abbot", "sixth-form-college", None, "Alder College", "pupil"),
        ("Bell", "apprenticeship", 3, "Rowan Motors", "parent"),
        ("Crane", "not-found", None, "", "pupil"),
        ("Dunn", "t-level", None, "Mereside College", "pupil"),
    ]
    assert "2 to call; 3 known already" in priya.words  # Crane is called again, last
    assert priya.failures == []


def test_many_lines_are_recorded_by_one_key_and_a_faulty_one_keeps_what_was_typed(visit):
    stock = make_stock()
    with working_in(stock.ashdown):
        for surname in ("Abbot", "Bell", "Crane"):
            leaver("Ada", surname)
    priya = visit(stock.priya, width=NARROW)
    priya.open(f"/ashdown/leavers/calls/?year={LEFT_IN}&moment=position")
    assert not priya.is_too_wide()
    for surname, route in (("Abbot", "looking"), ("Bell", "job w"), ("Crane", "n")):
        priya.page.get_by_label(f"Where Ada {surname} was").fill(route)
    priya.key("Enter")
    assert "1 line could not be recorded" in priya.words
    assert "Type more letters" in priya.words
    assert priya.violations() == []
    assert priya.page.get_by_label("Where Ada Bell was").input_value() == "job w"
    priya.page.get_by_label("Where Ada Bell was").fill("job with")
    priya.key("Enter")
    assert [each[:2] for each in told(stock)] == [
        ("Abbot", "looking"),
        ("Crane", "not-found"),
        ("Bell", "job-with-training"),
    ]
    assert (priya.clicks, priya.failures) == (2, [])

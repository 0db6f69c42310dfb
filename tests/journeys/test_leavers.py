"""Telephoning leavers takes no more than five keys a call beyond typing, with and without a script; and the other pages."""

from datetime import timedelta

import pytest

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.destinations.changes import record_statement, say_wish
from dekaan.destinations.models import Statement
from dekaan.destinations.queries import sheet_of
from dekaan.people.models import Group
from tests.destinations.given import LEFT_IN, leaver
from tests.journeys.visit import NARROW, WIDE
from tests.stock import make_stock, pupil

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
        if source:  # who says it stands before
            priya.page.keyboard.press("Shift+Tab")
            priya.page.keyboard.type(source)
            priya.page.keyboard.press("Tab")
            keys += 2
        priya.page.keyboard.type(route)
        if provider:
            priya.page.keyboard.press("Tab")
            priya.page.keyboard.type(provider)
            keys += 1
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


def test_a_tutor_takes_intentions_of_the_group_at_the_keyboard_and_asks_to_keep_in_touch(visit):
    stock = make_stock()
    with working_in(stock.ashdown):
        for surname in ("Abbot", "Bell"):
            pupil("Ada", surname, year_group=11, tutor_group="11A")
        group = Group.objects.get(name="11A")
    priya = visit(stock.priya, width=WIDE)
    priya.open(f"/ashdown/intentions/?group={group.pk}")
    assert priya.violations() == []
    assert not priya.is_too_wide()
    priya.page.get_by_label("Where Ada Abbot means to go").fill("app 3")
    priya.page.get_by_label("If that fails: Ada Abbot").fill("college tech")
    priya.page.get_by_label("May we keep in touch with Ada Abbot?").select_option(label="Yes")
    priya.page.get_by_label("Where Ada Abbot can be reached").fill("07700 900123")
    priya.page.get_by_label("Where Ada Bell means to go").fill("undec")
    priya.key("Enter")
    assert "3 recorded." in priya.words
    assert priya.clicks == 1
    assert [each[:3] for each in told(stock)] == [
        ("Abbot", "apprenticeship", 3),
        ("Abbot", "college-technical", None),
        ("Bell", "undecided", None),
    ]
    priya.press("Record what is different")  # nothing is
    assert len(told(stock)) == 3
    assert priya.failures == []


def test_still_the_same_is_one_key_and_a_sheet_is_typed_back_by_the_keyboard_alone(visit):
    stock = make_stock()
    with working_in(stock.ashdown):
        for surname in ("Abbot", "Bell", "Crane"):
            ada = pupil("Ada", surname, year_group=11, tutor_group="11A")
            record_statement(
                ada, by=None, kind="intention", source="pupil", route="t-level", said_on=today() - timedelta(days=40)
            )
        group = Group.objects.get(name="11A")
        number = sheet_of(group).number
    priya = visit(stock.priya, width=WIDE)
    priya.open(f"/ashdown/intentions/?group={group.pk}")
    priya.reach("Still the same")  # of Ada Abbot, who comes first
    priya.page.keyboard.press("Space")  # the one key
    priya.reach("Record what is different")
    priya.key("Enter")
    assert "1 recorded." in priya.words
    priya.press("Record, and the rest still mean the same")
    assert "2 recorded." in priya.words
    assert [each[:2] for each in told(stock)[3:]] == [("Abbot", "t-level"), ("Bell", "t-level"), ("Crane", "t-level")]
    priya.press("Undo: take all of it back")
    assert "Undone: 2 taken back." in priya.words
    assert priya.violations() == []
    priya.press("Type a sheet back")
    priya.write("Number of the sheet", str(number))
    priya.page.keyboard.press("Tab")
    priya.page.keyboard.type("2 8 1\n3 99")
    priya.reach("Record the lines")
    priya.key("Enter")
    assert "1 line could not be recorded" in priya.words
    assert "99 is no route of this sheet" in priya.words
    assert "1 recorded. Ada Bell" in " ".join(priya.words.split())
    assert priya.violations() == []
    assert priya.failures == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_every_page_of_leavers_is_accessible_and_fits(visit, width):
    stock = make_stock()
    with working_in(stock.ashdown):
        ada, here = leaver("Ada", "Lovell"), pupil("Ben", "Okoro", year_group=11, tutor_group="11A")
        for source, route in (("pupil", "t-level"), ("council", "looking")):
            record_statement(ada, by=stock.priya, kind="position", source=source, route=route, provider_name="Mereside")
        record_statement(here, by=None, kind="intention", source="pupil", route="t-level")
        say_wish(ada, about="sharing", allows=False, who="pupil", by=None)
        say_wish(ada, about="in-touch", allows=True, who="pupil", by=None)
        said = Statement.objects.earliest("pk")
    priya = visit(stock.priya, width=width)
    for address in (
        f"leavers/?year={LEFT_IN}",
        f"leavers/calls/?year={LEFT_IN}&moment=six-months",
        f"pupils/{ada.pk}/destinations/",
        f"pupils/{here.pk}/destinations/",
        f"pupils/{ada.pk}/destinations/new/",
        f"pupils/{ada.pk}/destinations/wish/",
        f"pupils/destinations/{said.pk}/correct/",
        "intentions/",
        "intentions/september-guarantee/",
        "intentions/type-back/",
    ):
        priya.open(f"/ashdown/{address}")
        assert (address, priya.violations(), priya.is_too_wide()) == (address, [], False)
    priya.open(f"/ashdown/pupils/{ada.pk}/destinations/")
    priya.press("This holds")
    assert "Settled." in priya.words
    assert (priya.clicks, priya.failures) == (1, [])

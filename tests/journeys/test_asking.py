"""From the list of leavers to an answer on a telephone: seen first, sent, answered without an account, taken back."""

import re

import pytest
from django.core import mail

from dekaan.core.scope import working_in
from dekaan.destinations.changes import say_wish
from dekaan.destinations.models import Asked, Statement
from dekaan.people.models import Pupil
from tests.destinations.given import LEFT_IN, leaver
from tests.journeys.visit import NARROW, WIDE, Visit
from tests.stock import make_stock, pupil

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def looks_right(person: Visit) -> None:
    assert person.violations() == []
    assert not person.is_too_wide()


@pytest.fixture
def stock():
    made = make_stock()
    with working_in(made.ashdown):
        for forename in ("Ada", "Ben"):
            address = f"{forename.lower()}@home.example"
            say_wish(leaver(forename), about="in-touch", allows=True, who="pupil", reached_at=address, by=None)
        leaver("Cal", "Dunn")
        zoe = pupil("Zoe", "Hart", year_group=11, tutor_group="11B")
        Pupil.objects.filter(pk=zoe.pk).update(email="zoe@ashdown.example")
    return made


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_leavers_are_asked_in_three_presses_and_one_answers(visit, stock, width):
    priya = visit(stock.priya, width=width)
    priya.open(f"/ashdown/leavers/?year={LEFT_IN}")
    priya.press("Ask by a link")
    looks_right(priya)
    assert "Was never asked whether the school may keep in touch" in priya.words
    priya.type("The school’s telephone number", "01632 960001")
    priya.press("See the letter")
    looks_right(priya)
    assert "Dear Ada," in priya.words
    priya.press("Send to 2")
    looks_right(priya)
    assert "2 asked, 0 answered" in priya.words
    assert priya.clicks == 3
    address = re.search(r"/where-next/\S+", mail.outbox[0].body).group()

    ada = visit(width=NARROW, javascript=False)
    ada.open(address)
    assert not ada.is_too_wide()
    ada.page.get_by_label("What were you doing?").select_option(label="At college: a technical course")
    ada.type("Where?", "Mereside College")
    ada.press("Send")
    assert "It has arrived." in ada.words
    seen = visit(width=width)
    seen.open(address)
    looks_right(seen)
    seen.open("/where-next/ashdown/no-such-key/")
    looks_right(seen)
    seen.open("/where-next/thank-you/")
    looks_right(seen)
    with working_in(stock.ashdown):
        (said,) = Statement.objects.all()
        assert (said.route, said.provider_name, said.source) == ("college-technical", "Mereside College", "pupil")
        asking = Asked.objects.first().asking_id
    priya.open(f"/ashdown/leavers/asked/{asking}/")
    assert "1 answered" in priya.words
    looks_right(priya)
    priya.press("Send no more reminders")
    assert "No more reminders go out." in priya.words
    assert priya.failures == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_group_is_asked_from_the_grid_of_intentions(visit, stock, width):
    priya = visit(stock.priya, width=width)
    priya.open("/ashdown/intentions/")
    priya.press("Ask 11B by a link")
    looks_right(priya)
    priya.type("The school’s telephone number", "01632 960001")
    priya.press("See the letter")
    priya.press("Send to 1")
    looks_right(priya)
    zoe = visit(width=width)
    zoe.open(re.search(r"/where-next/\S+", mail.outbox[0].body).group())
    looks_right(zoe)
    zoe.page.get_by_label("What do you mean to do?").select_option(label="T Level")
    zoe.press("Send")
    assert "It has arrived." in zoe.words
    assert zoe.failures == []

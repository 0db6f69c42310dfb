"""Feedback: asked in three clicks, answered on a telephone by nobody in particular, read at once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.programme.models import Session
from dekaan.quality.models import Answer
from tests.factories.schools import Place, pupils
from tests.journeys.visit import NARROW, WIDE, Visit
from tests.quality.asked import answered, fair, opened
from tests.stock import Stock, make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def fair_day() -> Stock:
    """A careers fair for Year 10, yesterday."""
    stock = make_stock()
    pupils(Place(stock.ashdown), 30, tutor_group="10A", surname="Quill")
    with working_in(stock.ashdown):
        fair(stock)
    return stock


def looks_right(person: Visit) -> None:
    assert person.violations() == []
    assert not person.is_too_wide()
    assert person.failures == []


def test_asked_from_the_session_answered_on_a_telephone_and_read(visit, fair_day):
    priya = visit(fair_day.priya, width=WIDE)
    with working_in(fair_day.ashdown):
        priya.open(reverse("session-detail", args=["ashdown", Session.objects.get().pk]))
    priya.press("Ask for feedback")
    priya.press("Open it")
    assert priya.clicks == 2
    looks_right(priya)

    ada = visit(width=NARROW)
    ada.open(priya.page.locator("p.key").inner_text())
    looks_right(ada)
    for question in ada.page.get_by_role("group").all()[:4]:
        question.get_by_role("radio").nth(3).check()
        ada.clicks += 1
    ada.press("Send")
    assert ada.clicks == 5
    assert "Thank you" in ada.words
    looks_right(ada)

    priya.page.reload()
    with working_in(fair_day.ashdown):
        assert Answer.objects.count() == 1
    assert "Yes, very much: 1" in priya.words


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_what_was_learnt_is_written_and_something_is_done_differently(visit, fair_day, width):
    with working_in(fair_day.ashdown):
        answered(opened(fair_day, "pupils-activity", session=fair(fair_day)), times=12, purpose=4)
    priya = visit(fair_day.priya, width=width)
    priya.open("/ashdown/feedback/")
    looks_right(priya)
    priya.press("Evaluations")
    priya.press("Write what was learnt")
    looks_right(priya)
    priya.page.get_by_label("What was learnt").first.fill("They liked it, and did not know what it was for.")
    priya.press("Keep it", role="button")
    looks_right(priya)
    priya.press("Add something done differently")
    priya.page.get_by_label("What is done differently?").fill("Each talk begins with what it is for.")
    priya.page.get_by_label("Until when?").fill((today() + timedelta(days=60)).isoformat())
    priya.press("Plan it", role="button")
    assert "Each talk begins with what it is for." in priya.words
    looks_right(priya)

"""Paper for others: the tutor's briefing sheet and reception's visitor sheet, from the home page to one A4."""

import io
from datetime import time

import pytest
from pypdf import PdfReader

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.programme.changes import Invited, plan_activity, plan_session, write_briefing
from tests.factories.schools import Place, pupils
from tests.journeys.visit import NARROW, WIDE, Visit
from tests.stock import Stock, make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def morning() -> Stock:
    """An engineers' talk for two tutor groups this morning."""
    stock = make_stock()
    at = Place(stock.ashdown)
    pupils(at, 15, tutor_group="10A", surname="Quill")
    pupils(at, 15, tutor_group="10B", surname="Marsh")
    with working_in(stock.ashdown):
        talk = plan_activity(
            title="Engineers' talk", activity_type="ASSEM", partner_name="Millworks", partner_kind="employer", by=stock.priya
        )  # fmt: skip
        write_briefing(talk, purpose="To hear what an engineer does all day.", by=stock.priya)
        plan_session(
            talk,
            held_on=today(),
            starts_at=time(9),
            minutes=40,
            place="Main hall",
            invited=Invited(year_groups=(10,)),
            by=stock.priya,
        )
    return stock


def paper(person: Visit) -> tuple[int, str]:
    """How many A4 pages the browser prints, and what they say."""
    pages = PdfReader(io.BytesIO(person.page.pdf(format="A4"))).pages
    return len(pages), " ".join(" ".join(each.extract_text().split()) for each in pages)


def looks_right(person: Visit) -> None:
    assert person.violations() == []
    assert not person.is_too_wide()
    assert person.failures == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_briefing_sheet_is_two_clicks_and_one_page(visit, morning, width):
    person = visit(morning.priya, width=width)
    person.open("/ashdown/")
    person.press("Engineers' talk")
    person.press("Briefing sheet")
    assert person.clicks == 2
    looks_right(person)
    assert person.page.get_by_role("button", name="Print").is_visible()
    pages, said = paper(person)
    assert pages == 1
    for words in ("To hear what an engineer does all day.", "09:00 to 09:40", "Main hall", "Pupils (30)", "Quill, "):
        assert words in said
    assert "Back to the session" not in said


def test_a_tutor_prints_the_own_pupils_only(visit, morning):
    person = visit(morning.sam)
    person.open("/ashdown/")
    person.press("Engineers' talk")
    person.press("Briefing sheet")
    pages, said = paper(person)
    assert (pages, "Your pupils (15)" in said, "Marsh" in said) == (1, True, False)


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_visitor_sheet_is_two_clicks_from_the_session_and_names_no_pupil(visit, morning, width):
    person = visit(morning.tom, width=width)
    person.open("/ashdown/")
    person.press("Engineers' talk")
    person.press("Visitor sheet")
    assert person.clicks == 2
    looks_right(person)
    pages, said = paper(person)
    assert pages == 1
    assert "Millworks" in said
    assert "Year 10, 30 pupils" in said
    assert "Quill" not in said
    person.press("Today's sessions")
    person.press("Visitor sheet")
    assert "Visitors on" in person.words

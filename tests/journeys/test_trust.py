"""The trust's adviser looks at the schools side by side, offers words, logs a visit; and reads names where a school grants it."""

import pytest

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.trusts.models import NamesGrant, SupportVisit, TakenItem
from tests.journeys.visit import NARROW, WIDE
from tests.stock import make_stock, pupil

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_trusts_adviser_supports_a_school_and_reads_names_only_by_its_grant(visit, width):
    stock = make_stock()
    with working_in(stock.ashdown):
        for number in range(8):
            pupil(f"Forename{number}", "Lovell")
    anna = visit(stock.anna, width=width)
    anna.open("/ashdown/")
    anna.press("The trust", role="link")
    assert anna.clicks == 1
    assert "Weirbrook Learning Trust: schools side by side" in anna.words
    assert "Beckford Academy" in anna.words
    assert "Lovell" not in anna.words
    looked_at(anna)

    anna.press("What is offered", role="link")
    anna.press("policy words", role="link")
    anna.page.get_by_label("Title").fill("For whom")
    anna.page.get_by_label("Words of the policy").fill("Every pupil meets employers.")
    anna.press("Offer it")
    assert "Taken by 0 of 2 schools" in anna.words
    looked_at(anna)

    anna.press("The trust", role="link")
    anna.press("Visits", role="link")
    anna.press("Log a visit")
    looked_at(anna)
    anna.page.get_by_label("What was looked at?").fill("Years 8 and 9, with Forename1 Lovell.")
    anna.press("Log it")
    assert "Leave the name out" in anna.words
    anna.page.get_by_label("What was looked at?").fill("Years 8 and 9.")
    anna.press("Log it")
    assert "Years 8 and 9." in anna.words
    looked_at(anna)
    anna.press("Names", role="link")
    assert "To whom it is granted stands with the roles of the school" in anna.words
    assert anna.page.goto("/ashdown/trust/names/of/GB24.5.1/").status == 404

    priya = visit(stock.priya, width=width)
    priya.open("/ashdown/trust/offered/")
    priya.press("For whom", role="link")
    priya.press("Take a copy")
    priya.press("Change ours", role="link")
    priya.page.get_by_label("Words of the policy").fill("Every pupil of ours meets employers.")
    priya.press("Save")
    assert "changed here" in priya.words
    looked_at(priya)
    priya.open("/ashdown/trust/names/")
    priya.press("Grant somebody names")
    priya.page.get_by_label("Who of the trust?").select_option(label="Anna Weir")
    priya.page.get_by_label("What for?").fill("To plan a shared visit")
    priya.page.get_by_label("Until").fill(today().isoformat())
    priya.press("Grant it")
    assert "Anna Weir may read names here until" in priya.words
    looked_at(priya)

    anna.open("/ashdown/trust/names/")
    anna.press("Who misses 5.1", role="")
    assert "Lovell, Forename1" in anna.words
    looked_at(anna)
    priya.press("Take it back")
    assert anna.page.reload().status == 404
    with working_in(stock.ashdown):
        assert SupportVisit.objects.get().by == stock.anna
        assert TakenItem.objects.get().own["words"] == "Every pupil of ours meets employers."
        assert NamesGrant.objects.get().ended_by == stock.priya


def looked_at(person) -> None:
    assert person.violations() == []
    assert not person.is_too_wide()

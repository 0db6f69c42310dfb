"""The Careers Leader sets up how careers is led in one sitting, by keyboard through the grid, and sees the gaps."""

import pytest

from dekaan.core.scope import working_in
from dekaan.people.models import StaffMember
from dekaan.team.models import Assignment, GuidedStart
from tests.journeys.visit import NARROW, WIDE
from tests.stock import make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_priya_sets_up_the_role_from_nothing_to_the_gaps(visit, width):
    stock = make_stock()
    with working_in(stock.ashdown):
        for user in (stock.priya, stock.ellen, stock.tom):
            forename, surname = user.name.split(" ", 1)
            StaffMember.objects.create(forename=forename, surname=surname, user=user)
    priya = visit(stock.priya, width=width)
    priya.open("/ashdown/")
    priya.press("Team and plan")
    priya.press("Team", role="link")
    assert priya.violations() == []
    priya.press("Begin")
    priya.tick("A middle leader, under a senior leader")
    priya.page.get_by_label("To whom does the Careers Leader report?").fill("Deputy Head")
    assert priya.violations() == []
    priya.press("Save and go on")
    assert priya.page.get_by_label("Careers Leader", exact=True).input_value() != ""
    priya.choose("Careers Adviser", "Nobody")  # Grace, who has an account, stood there beforehand
    priya.page.get_by_label("Link governor for careers").fill("Moira Lunt")
    assert (priya.violations(), priya.is_too_wide()) == ([], False)
    priya.press("Save and go on")
    # Left here, and come back to.
    priya.open("/ashdown/")
    priya.press("Team and plan")
    priya.press("Team", role="link")
    priya.press("Carry on")
    assert "What that way of leading needs" in priya.words
    for question in priya.page.get_by_role("group").all():
        question.get_by_label("Yes", exact=True).check()
    assert priya.violations() == []
    priya.press("Save and go on")
    priya.page.get_by_label("Days a week for the role").fill("1.5")
    assert priya.violations() == []
    priya.press("Save and go on")
    assert (priya.violations(), priya.is_too_wide()) == ([], False)
    first = priya.page.locator("select").first
    first.focus()
    for _ in range(2):  # through the grid by keyboard: on to the next question, and its answer by its first letters
        priya.page.keyboard.press("Tab")
    priya.page.keyboard.type("Careers Adm")
    priya.page.keyboard.press("Tab")
    assert priya.page.evaluate("document.activeElement.name") == "LEAD2_accountable"
    priya.press("Save and see what it comes to")
    assert "Nobody gives personal guidance." in priya.words
    assert "Priya Raman alone is responsible for 28 of 30" in priya.words
    assert (priya.violations(), priya.is_too_wide(), priya.failures) == ([], False, [])
    with working_in(stock.ashdown):
        assert GuidedStart.objects.get().finished_on is not None
        row = Assignment.objects.get(responsibility="LEAD2")
        assert (row.responsible_role, Assignment.objects.count()) == ("administrator", 30)
    priya.press("The job description that comes of it")
    assert (priya.violations(), priya.is_too_wide()) == ([], False)
    with priya.page.expect_download() as word:
        priya.page.get_by_role("link", name="For Word").click()
    assert word.value.suggested_filename == "job-description-ashdown-school.docx"

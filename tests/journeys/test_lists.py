"""From a sentence to something planned for whom it finds, with and without script; and who is missing from the trip."""

import pytest

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.programme.models import Invitation
from tests.factories.schools import Place, pupils, talk
from tests.journeys.visit import NARROW, WIDE
from tests.stock import make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "javascript"), [(WIDE, True), (NARROW, False)])
def test_a_sentence_finds_pupils_who_are_invited_and_the_session_says_who_is_missing(visit, width, javascript):
    stock = make_stock()
    at = Place(stock.ashdown)
    met = pupils(at, 4, surname="Quill", pupil_premium=False)
    pupils(at, 7, tutor_group="10B", surname="Marsh", pupil_premium=True)
    pupils(at, 2, tutor_group="10C", surname="Thorne", pupil_premium=False)
    talk(at, invited=met)
    person = visit(stock.priya, width=width, javascript=javascript)
    person.open("/ashdown/pupils/")
    person.press("Lists", role="link")
    person.press("and …")
    assert person.page.get_by_label("and", exact=True).count() == 4  # three more of who they are, one more of what
    person.page.get_by_label("Pupils who are").select_option(label="Year 10")
    person.page.get_by_label("and", exact=True).first.select_option(label="disadvantaged")
    person.page.get_by_label("who", exact=True).select_option(label="have not had")
    person.page.get_by_label("what", exact=True).first.select_option(label="encounter with an employer")
    if javascript:  # axe is itself a script
        assert person.violations() == []
    assert not person.is_too_wide()
    person.press("Find them")
    assert "7 pupils: Year 10, disadvantaged, no encounter with an employer this year" in person.words
    if javascript:
        assert person.violations() == []
    assert not person.is_too_wide()
    person.press("Invite them", role="link")
    person.page.get_by_label("Something new: what is it?").fill("Factory trip")
    person.page.get_by_label("Kind of activity").select_option("WVISIT")
    person.page.get_by_label("On which day?").fill(f"{today():%Y-%m-%d}")
    person.page.get_by_label("Marsh, Ma005").uncheck()
    if javascript:
        assert person.violations() == []
    assert not person.is_too_wide()
    person.press("Invite them", role="button")
    assert "Planned for 6 pupils." in person.words
    assert "Who is missing?" in person.words
    person.press("Invite", within=person.page.get_by_role("row").filter(has_text="Ma005"))
    assert "Invited: Ma005 Marsh." in person.words
    if javascript:
        assert person.violations() == []
    assert not person.is_too_wide()
    with working_in(stock.ashdown):
        invited = Invitation.objects.filter(session__activity__title="Factory trip")
        assert {each.pupil.surname for each in invited} == {"Marsh"}
        assert invited.count() == 7
    assert person.failures == []


def test_a_list_is_kept_and_opened_again_by_its_name(visit):
    stock = make_stock()
    pupils(Place(stock.ashdown), 3)
    person = visit(stock.priya, width=WIDE)
    person.open("/ashdown/lists/found/?who_0=year-group:10")
    person.type("Name", "All of Year 10")
    person.press("Keep this list")
    person.press("All lists")
    assert person.violations() == []
    person.press("All of Year 10")
    assert "3 pupils: Year 10" in person.words
    person.press("Remove this list")
    person.press("Undo")
    assert "All of Year 10 is there again." in person.words
    assert person.failures == []


def test_what_has_the_focus_is_never_under_the_bar_at_the_foot(visit):
    """Sixty names and a bar that stays in view: by Tab from the first to the last (WCAG 2.2, 2.4.11)."""
    stock = make_stock()
    pupils(Place(stock.ashdown), 60)
    person = visit(stock.priya, width=WIDE)
    person.open("/ashdown/lists/found/plan/?who_0=year-group:10")
    page, ticked = person.page, 0
    while ticked < 61:  # each of them, and all of the group
        page.keyboard.press("Tab")
        focus = page.evaluate(
            """() => {
                const has = document.activeElement, bar = document.querySelector(".in-view").getBoundingClientRect();
                const at = has.getBoundingClientRect();
                return {ticks: has.type === "checkbox", under: at.bottom > bar.top, y: at.bottom, of: bar.top};
            }"""
        )
        ticked += focus["ticks"]
        assert not (focus["ticks"] and focus["under"]), focus

"""Two people at one page, a hasty one, and a database that is busy: what each of them sees."""

import pytest
from django.db import connection, transaction
from playwright.sync_api import expect

from dekaan.core.scope import working_in
from dekaan.programme.models import Activity, Session
from tests.factories.schools import person, place, pupils, talk
from tests.journeys.visit import NARROW, WIDE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def kestrel(db):
    at = place("kestrel")
    person(at, "careers-leader")
    talk(at, title="Millworks", invited=pupils(at, 3))
    return at


def look(person):
    assert person.violations() == []
    assert not person.is_too_wide()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_second_to_save_sees_both_versions_and_chooses(visit, kestrel, width):
    leader = visit(kestrel.people["careers-leader"], width=width)
    other = visit(kestrel.people["careers-leader"], width=width)
    with working_in(kestrel.school):
        address = f"/kestrel/programme/activities/{Activity.objects.get().pk}/change/"
    leader.open(address)
    other.open(address)
    other.page.get_by_label("Title").fill("Millworks, the whole day")
    other.press("Save", role="button")
    leader.page.get_by_label("Title").fill("Millworks and the weir")
    leader.press("Save", role="button")
    look(leader)
    assert "saved this while you had it open" in leader.page.inner_text("main")
    assert "Saved meanwhile: Millworks, the whole day" in leader.page.inner_text("main")
    assert leader.page.get_by_label("Title").input_value() == "Millworks and the weir"
    leader.press("Save", role="button")
    with working_in(kestrel.school):
        assert Activity.objects.get().title == "Millworks and the weir"
    assert leader.failures == []


def test_a_double_click_plans_one_session_also_without_a_script(visit, kestrel):
    leader = visit(kestrel.people["careers-leader"], javascript=False)
    with working_in(kestrel.school):
        activity = Activity.objects.get()
    leader.open(f"/kestrel/programme/activities/{activity.pk}/session/")
    leader.page.get_by_role("checkbox", name="Year 10").check()
    leader.page.get_by_role("button", name="Plan").first.dblclick()
    expect(leader.page.get_by_role("checkbox", name="Year 10")).to_have_count(0)  # answered, one way or the other
    leader.page.wait_for_load_state("networkidle")
    again = leader.page.get_by_role("button", name="Try again")
    if again.count():  # the second press met the first one's lock, and the page said so
        again.click()
    leader.page.wait_for_url("**/sessions/**")
    leader.page.wait_for_load_state("networkidle")
    with working_in(kestrel.school):
        assert Session.objects.count() == 2


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_busy_is_said_and_one_press_sends_again_what_was_typed(visit, kestrel, width, monkeypatch):
    monkeypatch.setitem(
        connection.settings_dict["OPTIONS"], "timeout", 1
    )  # seconds for which the server waits its turn
    leader = visit(kestrel.people["careers-leader"], width=width)
    with working_in(kestrel.school):
        address = f"/kestrel/programme/activities/{Activity.objects.get().pk}/change/"
    leader.open(address)
    leader.page.get_by_label("Title").fill("Millworks & “the weir”")

    with working_in(kestrel.school), transaction.atomic():
        Session.objects.update(place="Hall")  # somebody else is saving
        leader.press("Save", role="button")
    assert "What you typed is kept" in leader.page.inner_text("main")
    look(leader)
    leader.press("Try again")
    with working_in(kestrel.school):
        assert Activity.objects.get().title == "Millworks & “the weir”"

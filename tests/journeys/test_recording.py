"""The Careers Leader records an assembly for all of Year 10 with 14 absent, and asks who has met no employer yet."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.participation.models import Participation
from dekaan.people.models import Pupil
from dekaan.programme.changes import Invited, plan_activity, plan_session
from tests.factories.schools import Place, pupils
from tests.journeys.visit import NARROW, WIDE, Visit
from tests.stock import Stock, make_stock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

YEAR_10, ABSENT = 60, 14
RECEIPT = f"{YEAR_10 - ABSENT} recorded, {ABSENT} to catch up"


@dataclass
class Morning:
    """The stock, a Year 10, and the day's attendance export."""

    stock: Stock
    export: Path
    absent: list[Pupil]


@pytest.fixture
def morning(tmp_path, settings) -> Morning:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.MEDIA_ROOT = tmp_path / "uploads"
    stock = make_stock()
    at = Place(stock.ashdown)
    year_10 = [
        *pupils(at, YEAR_10 // 2, tutor_group="10A", surname="Quill"),
        *pupils(at, YEAR_10 // 2, tutor_group="10B", surname="Marsh"),
    ]
    pupils(at, 5, year_group=9, tutor_group="9A", surname="Brook")
    absent = year_10[::4][:ABSENT]
    tutor_group = {pupil.pk: "10A" if pupil.surname == "Quill" else "10B" for pupil in year_10}
    lines = [
        f"{pupil.surname},{pupil.forename},{tutor_group[pupil.pk]},{today():%d/%m/%Y},{mark},{mark}\n"
        for pupil in year_10
        for mark in ("I" if pupil in absent else "/",)
    ]
    export = tmp_path / "attendance.csv"
    export.write_text("Surname,Forename,Reg Group,Date,AM,PM\n" + "".join(lines), encoding="utf-8")
    return Morning(stock, export, absent)


def plan_assembly(morning: Morning) -> None:
    with working_in(morning.stock.ashdown):
        assembly = plan_activity(
            title="Engineers' assembly",
            activity_type="ASSEM",
            partner_name="Millworks",
            partner_kind="employer",
            by=morning.stock.priya,
        )
        plan_session(assembly, held_on=today(), invited=Invited(year_groups=(10,)), by=morning.stock.priya)


def is_recorded(morning: Morning) -> None:
    with working_in(morning.stock.ashdown):
        live = Participation.objects.filter(superseded_at=None)
        assert live.filter(counts=1).count() == YEAR_10 - ABSENT
        assert set(live.filter(state="absent").values_list("pupil_id", flat=True)) == {
            pupil.pk for pupil in morning.absent
        }


def looks_right(person: Visit) -> None:
    assert person.violations() == []
    assert not person.is_too_wide()
    assert person.failures == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_planned_assembly_takes_three_clicks(visit, morning, width):
    plan_assembly(morning)
    person = visit(morning.stock.priya, width=width)
    person.open("/ashdown/")
    looks_right(person)
    person.press("It happened")
    assert f"{YEAR_10} recorded, 0 to catch up · absences not checked" in person.words
    looks_right(person)
    person.choose_file("The day's attendance export", morning.export)
    person.press("Strike off absentees")
    assert RECEIPT in person.words
    assert "absences not checked" not in person.words
    assert "Undo" in person.words
    assert person.clicks <= 3
    looks_right(person)
    is_recorded(morning)


def test_an_unplanned_assembly_takes_six_clicks(visit, morning):
    person = visit(morning.stock.priya)
    person.open("/ashdown/")
    person.press("Record something that was not planned")
    looks_right(person)
    person.type("What is it?", "Engineers' assembly")
    person.choose("Kind", "Employer or employee talk")
    person.tick("Year 10")
    person.type("Employer or provider", "Millworks")
    person.press("It happened")
    assert f"{YEAR_10} recorded" in person.words
    assert "Counts towards: An employer every year" in person.words
    person.choose_file("The day's attendance export", morning.export)
    person.press("Strike off absentees")
    assert RECEIPT in person.words
    assert person.clicks <= 6
    looks_right(person)
    is_recorded(morning)


def test_undo_is_one_click_and_leaves_nobody_recorded(visit, morning):
    plan_assembly(morning)
    person = visit(morning.stock.priya)
    person.open("/ashdown/")
    person.press("It happened")
    person.press("Undo It happened", role="button")
    assert "nobody is recorded" in person.words
    looks_right(person)
    with working_in(morning.stock.ashdown):
        assert not Participation.objects.filter(superseded_at=None, counts=1).exists()


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_tutor_takes_the_register_of_the_own_group_and_undoes_it(visit, morning, width):
    plan_assembly(morning)
    person = visit(morning.stock.sam, width=width)
    person.open("/ashdown/")
    assert "It happened" not in person.words
    person.press("Take your register")
    looks_right(person)
    mine = [pupil for pupil in morning.absent if pupil.surname == "Quill"]
    for absentee in mine:
        person.page.get_by_label(f"{absentee.surname}, {absentee.forename}", exact=True).uncheck()
    assert f"{YEAR_10 // 2 - len(mine)} of {YEAR_10 // 2} there" in person.words
    person.press("Save register")
    assert f"Your pupils: {YEAR_10 // 2 - len(mine)} there, {len(mine)} to catch up" in person.words
    assert "1 register to come" in person.words
    looks_right(person)
    person.press("Undo the register")
    assert "Undone: the register" in person.words
    assert person.clicks <= 3
    with working_in(morning.stock.ashdown):
        assert not Participation.objects.filter(superseded_at=None).exists()


def test_a_planned_assembly_by_keyboard_alone(visit, morning):
    plan_assembly(morning)
    person = visit(morning.stock.priya)
    person.open("/ashdown/")
    person.tab_to("It happened")
    person.key("Enter")
    person.tab_to("The day's attendance export")
    person.choose_file("The day's attendance export", morning.export)
    person.tab_to("Strike off absentees")
    person.key("Enter")
    assert RECEIPT in person.words
    assert person.clicks <= 3
    is_recorded(morning)


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_who_has_met_no_employer_is_one_click(visit, morning, width):
    person = visit(morning.stock.priya, width=width)
    person.open("/ashdown/")
    tile = person.page.get_by_role("link", name="have met no employer yet this year")
    number = int(re.match(r"\d+", tile.inner_text())[0])
    person.press("have met no employer yet this year")
    assert person.clicks == 1
    assert f"{number} pupils have met no employer yet this year" in person.words
    assert "10A" in person.words
    assert person.words.count("Quill,") + person.words.count("Marsh,") == YEAR_10
    looks_right(person)


def test_who_has_met_no_employer_by_keyboard_and_then_acting_on_them(visit, morning):
    person = visit(morning.stock.priya)
    person.open("/ashdown/")
    number = person.page.get_by_role("link", name="have met no employer yet").inner_text().split()[0]
    person.tab_to(f"{number} pupils have met no employer yet")
    person.key("Enter")
    assert "have met no employer yet this year" in person.words
    person.tab_to("Plan something for them")
    person.key("Enter")
    assert person.clicks == 2
    looks_right(person)

"""The meaning of a school: the same lines for the same facts, whatever their ids, their order and the clock."""

import json
from datetime import timedelta

import pytest
from django.db import transaction

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.people.changes import change_pupil
from dekaan.programme.changes import (
    Invited,
    correct_mark,
    it_happened,
    plan_activity,
    plan_session,
    undo_it_happened,
)
from dekaan.programme.models import Session
from tests.stock import make_stock, pupil

CLOCK_AND_MACHINE = {"id", "pk", "batch", "created_at", "recorded_at", "superseded_at", "counting", "school_id"}


def meaning(run, school: str = "ashdown") -> list[str]:
    said = run("dump", "--canonical", "--school", school)
    assert said.code == 0
    return said.out.splitlines()


def talk_for(stock, *pupils):
    talk = plan_activity(title="Talk", activity_type="TALK", by=stock.priya, partner_kind="employer")
    return plan_session(talk, held_on=today(), invited=Invited(pupils=pupils), by=stock.priya)


def test_lines_are_sorted_json_without_ids_or_clock_times(run, in_ashdown):
    it_happened(talk_for(in_ashdown, pupil("Ada"), pupil("Ben")), by=in_ashdown.priya)
    lines = meaning(run)
    assert lines == sorted(lines)
    said = [json.loads(line) for line in lines]
    assert {key for each in said for key in each} & CLOCK_AND_MACHINE == set()
    assert {each["is"] for each in said} == {
        "school",
        "schools.academicyear",
        "people.pupil",
        "people.enrolment",
        "people.yearrecord",
        "people.group",
        "people.membership",
        "programme.activity",
        "programme.session",
        "programme.invitation",
        "participation.participation",
    }


def test_the_order_in_which_things_came_is_no_part_of_the_meaning(run, db):
    told = []
    for names in (("Ada", "Ben", "Cy"), ("Cy", "Ben", "Ada")):
        with transaction.atomic():
            stock = make_stock()
            with working_in(stock.ashdown):
                made = {name: pupil(name) for name in names}
                it_happened(talk_for(stock, made["Ada"], made["Ben"]), by=stock.priya)
            told.append(meaning(run))
            transaction.set_rollback(True)
    assert told[0] == told[1]
    assert len(told[0]) > 20


CHANGES = {
    "a name": lambda stock, ada: change_pupil(ada, by=stock.priya, preferred_forename="Addie"),
    "a joiner": lambda stock, ada: pupil("New"),
    "a session": talk_for,
    "a mark": lambda stock, ada: correct_mark(Session.objects.get(), pupil=ada, state="absent", by=stock.priya),
    "a school's fact": lambda stock, ada: type(stock.ashdown).objects.filter(slug="ashdown").update(part_counts=True),
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changes_the_facts_changes_the_meaning(run, in_ashdown, what):
    ada = pupil("Ada")
    it_happened(talk_for(in_ashdown, ada), by=in_ashdown.priya)
    before = meaning(run)
    CHANGES[what](in_ashdown, ada)
    assert meaning(run) != before


def test_what_is_undone_leaves_no_mark_on_the_meaning(run, in_ashdown):
    session = talk_for(in_ashdown, pupil("Ada"))
    before = meaning(run)
    it_happened(session, by=in_ashdown.priya)
    assert meaning(run) != before
    session.refresh_from_db()
    undo_it_happened(session, by=in_ashdown.priya)
    assert meaning(run) == before


def test_the_meaning_of_one_school_says_nothing_of_another(run, stock):
    with working_in(stock.ashdown):
        pupil("Ada")
    before = meaning(run)
    with working_in(stock.beckford):
        pupil("Canary")
    assert meaning(run) == before
    assert any("Canary" in line for line in meaning(run, "beckford"))


def test_the_day_after_the_meaning_is_the_same(run, in_ashdown, settings):
    pupil("Ada")
    before = meaning(run)
    settings.TODAY = str(today() + timedelta(days=1))
    run("measures", "rebuild")
    assert meaning(run) == before


def test_a_school_that_is_not_there_has_no_meaning(run, stock):
    said = run("dump", "--canonical", "--school", "nowhere")
    assert (said.code, said.out) == (1, "")

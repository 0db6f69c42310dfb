"""`dekaan audit` as a technician types it."""

import json

import pytest
from django.db import transaction

from dekaan.access.changes import open_account
from dekaan.audit.changes import record
from dekaan.audit.models import Event
from dekaan.schools.changes import add_school
from tests.databases import as_owner

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _heads(settings, tmp_path):
    settings.AUDIT_HEADS = tmp_path / "audit-heads"


@pytest.fixture
def school():
    """A school with five lines of its own, and one account, whose line belongs to no one school."""
    made = add_school(name="Ashdown School", slug="ashdown")
    open_account(email="priya@ashdown.example", name="Priya Shah", password=None)
    for number in range(4):
        with transaction.atomic():
            record(action="pupil changed", by=None, subject="pupil", subject_id=number, school_id=made.pk)
    return made


def edit(school, place: int) -> int:
    with as_owner():
        event = Event.objects.get(school_id=school.pk, place=place)
        Event.objects.filter(pk=event.pk).update(subject_id=99)
    return event.pk


def test_a_whole_trail_is_said_to_be_whole(run, school):
    assert run("audit", "verify").out.splitlines() == ["no one school: 1 lines, whole.", "ashdown: 5 lines, whole."]
    assert run("audit", "verify", "--school", "ashdown", "--json").json == [
        {"school": "ashdown", "number": school.pk, "lines": 5, "waiting": 0, "whole": True, "first_broken": None}
    ]


def test_the_first_line_that_was_changed_is_named(run, school):
    numbers = [edit(school, place) for place in (4, 3)]
    said = run("audit", "verify", "--school", "ashdown")
    assert (said.code, said.err) == (1, "The audit trail is not whole: ashdown.\n")
    assert said.out == (
        f"ashdown: NOT whole. Line 3 (event {numbers[1]}): "
        "This line was changed after it was written, or Dekaan did not write it.\n"
    )
    said = run("audit", "verify", "--json")
    assert said.code == 1
    found = {each["school"]: each["first_broken"] for each in json.loads(said.out)}
    assert found == {
        "": None,
        "ashdown": {
            "place": 3,
            "event": numbers[1],
            "words": "This line was changed after it was written, or Dekaan did not write it.",
        },
    }


def test_heads_are_kept_somewhere_else_and_compared_with(run, school, tmp_path):
    kept = tmp_path / "heads"
    kept.write_text(run("audit", "heads").out)
    assert len(kept.read_text().splitlines()) == 2
    assert run("audit", "verify", "--heads", kept).code == 0
    kept.write_text(kept.read_text().replace('"place": 5', '"place": 4'))
    assert run("audit", "verify", "--heads", kept).err == (
        f"Line 2 of {kept} is not a head that this installation signed.\n"
    )


def test_a_trail_that_is_right_as_it_stands_is_accepted_with_its_reason(run, school, settings):
    (settings.AUDIT_HEADS / f"{school.pk}.json").unlink()
    assert "No head of this trail is kept" in run("audit", "verify", "--school", "ashdown").out
    assert run("audit", "accept", "--because", "a new machine").code == 0
    assert run("audit", "verify").out.splitlines() == ["no one school: 2 lines, whole.", "ashdown: 6 lines, whole."]


def test_a_school_that_is_not_there_is_said(run, school):
    assert run("audit", "verify", "--school", "atlantis").err.startswith("There is no school called “atlantis”.")
    assert run("audit", "verify", "--heads", "nowhere").err == "nowhere could not be used: No such file or directory.\n"

"""Where leavers went, as the command tells it: the same numbers as the picture, and no name."""

import pytest

from dekaan.core.scope import working_in
from dekaan.destinations.changes import record_statement
from dekaan.destinations.queries import as_plain, picture
from dekaan.people.models import Pupil
from tests.destinations.given import LEFT_IN, day, leaver, make_left
from tests.kept import once_made

ONE = ("destinations", "--school", "ashdown", "--leavers", LEFT_IN)


@pytest.fixture
def left(db):
    made = once_made(make_left)
    with working_in(made.stock.ashdown):
        for kind in ("position", "six-months"):
            record_statement(made.ada, by=None, kind=kind, source="pupil", route="t-level", starts_on=day(9, 4))
    return made


def test_its_numbers_are_those_of_the_picture(run, left):
    with working_in(left.stock.ashdown):
        wanted = as_plain(picture(LEFT_IN, Pupil.objects.all()))
    assert run(*ONE, "--json").json == {"school": "ashdown"} | wanted
    assert wanted["leavers"] == 2
    assert wanted["council"]["sustained"] == 1


def test_in_words_it_tells_unknowns_first_and_both_mappings(run, left):
    told = run(*ONE).out
    lines = [" ".join(line.split()) for line in told.splitlines()]
    assert lines[0].endswith(": 2; not known: 1")
    assert lines.index("Not known 1") < lines.index("T Level 1")
    at = lines.index("T Level 1")
    assert lines[at + 1 : at + 3] == ["council 1 0 0 0", "measure 1 0 0 0"]
    assert "No intention recorded → Further education: 1" in lines
    assert "Lovell" not in told


def test_a_governor_sees_no_number_under_six_and_a_technician_nothing(run, left):
    told = run(*ONE, "--as", left.stock.moira.email, "--json").json
    assert (told["leavers"], told["flows"]) == (None, [])
    refused = run(*ONE, "--as", left.stock.kit.email)
    assert refused.code == 1


def test_a_tutor_sees_only_their_own(run, left):
    assert run(*ONE, "--as", left.stock.sam.email, "--json").json["leavers"] == 0


def test_a_year_in_which_nobody_left_has_nobody(run, left):
    assert run("destinations", "--school", "ashdown", "--leavers", 1999, "--json").json["leavers"] == 0


def test_year_groups_are_told_apart_but_not_to_whoever_only_counts(run, left):
    with working_in(left.stock.ashdown):
        leaver("Carys", "Abbot", year_group=13)
    assert [run(*ONE, "--year-group", each, "--json").json["leavers"] for each in (11, 13)] == [2, 1]
    assert " from Year 13: 1; not known: 1" in run(*ONE, "--year-group", 13).out
    refused = run(*ONE, "--year-group", 13, "--as", left.stock.moira.email)
    assert refused.code == 1
    assert "Ask without --year-group" in refused.err + refused.out

"""`dekaan duties`: the board on the command line."""

import pytest

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def _on_the_day(settings):
    settings.TODAY = "2026-11-24"


def test_the_board_of_a_past_day_in_words(run, stock):
    said = run("duties", "--school", "ashdown", "--on", "2017-09-01")
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == "Law"
    assert lines[1].split()[:2] == ["L5", "Unknown"]
    assert "  L7    Promote participation and support young people: It binds the local authority." in lines


def test_the_board_as_json(run, stock):
    found = {each["duty"]: each for each in run("duties", "--school", "ashdown", "--json").json}
    assert found["LG"] | {"why": ""} == {
        "duty": "LG",
        "title": "A governor has an eye on careers",
        "force": "statutory_guidance",
        "since": "2018-01-01",
        "state": "met",
        "why": "",
        "next": None,
    }
    assert "L7" not in found


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("--school", "nowhere"), "There is no school called “nowhere”"),
        (("--school", "ashdown", "--on", "2026-11-25"), "2026-11-25 is still to come. Give a day that has been."),
        (("--school", "ashdown", "--as", "sam@ashdown.example"), "may not do this at Ashdown School"),
    ],
)
def test_what_is_refused(run, stock, asked, words):
    said = run("duties", *asked)
    assert said.code == 1
    assert words in said.err

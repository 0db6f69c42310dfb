"""Two thousand invented families: nobody is merged with somebody else, and nobody is there twice unasked."""

import random
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dekaan.core.folding import folded
from dekaan.core.identifiers import upn_check_letter
from dekaan.exchange.deciding import decide
from dekaan.exchange.matching import Known, Register
from dekaan.exchange.staging import Line

TODAY = date(2026, 11, 24)
SURNAMES = ["Smith", "Khan", "O'Neill", "Nowak"]
FORENAMES = ["Ann", "Zoë", "Mohammed", "Kai"]


def child(number, dice, twin_of=None):
    body = f"2014567{dice.randrange(20, 27)}{number % 1000:03d}"
    return {
        "who": number,
        "surname": twin_of["surname"] if twin_of else dice.choice(SURNAMES),
        "forename": dice.choice(FORENAMES),
        "birth_date": twin_of["birth_date"] if twin_of else date(2011, dice.randrange(1, 4), dice.randrange(1, 8)),
        "upn": f"{upn_check_letter(body)}{body}-{number}"[:13],
        "admission_number": f"{number:06d}",
        "year_group": 9,
    }


def families(count, seed):
    dice = random.Random(seed)
    children = []
    for _ in range(count):
        children.append(child(len(children) + 1, dice))
        if dice.random() < 0.2:
            children.append(child(len(children) + 1, dice, twin_of=children[-1]))
    for place, each in enumerate(children):
        each["upn"] = f"{upn_check_letter(body := f'{201_4567_00_0000 + place:012d}'[:12])}{body}"
    return children, dice


def as_known(each):
    return Known(
        each["who"],
        {"preferred_surname": "", "preferred_forename": "", "uln": "", "mis_id": "", "email": "", **each},
        year={"year_group": 9},
        is_on_roll=True,
        status="C",
    )


def damaged(each, dice):
    """The same child in the next list, with what happens to real ones."""
    said = {key: value for key, value in each.items() if key != "who"}
    fault = dice.randrange(12)
    if fault == 0:
        said.pop("upn")
    elif fault == 1:
        said.pop("admission_number")
    elif fault == 2:
        said.pop("upn")
        said.pop("admission_number")
    elif fault == 3:
        said["forename"] = dice.choice(FORENAMES)
    elif fault == 4:
        said["surname"] = "Married"
    elif fault == 5:
        said.pop("birth_date")
    elif fault == 6:
        said["admission_number"] = said["admission_number"].lstrip("0")
    elif fault == 7:
        said["upn"] = upn_check_letter("999999999999") + "999999999999" if each["who"] % 50 == 0 else said["upn"]
    return said


@pytest.mark.parametrize("seed", range(4))
def test_in_2000_families_nobody_is_merged_and_nobody_is_there_twice_unasked(seed):
    children, dice = families(500, seed)
    register = Register([as_known(each) for each in children])
    truth, lines = {}, []
    for row, each in enumerate(children, start=2):
        line = Line(row, damaged(each, dice))
        truth[row] = each["who"]
        lines.append(line)
    newcomers = families(60, seed + 100)[0]
    for row, each in enumerate(newcomers, start=len(lines) + 2):
        said = {key: value for key, value in each.items() if key not in {"who", "upn"}}
        said["admission_number"] = f"N{row}"
        lines.append(Line(row, said))
    dice.shuffle(lines)
    merged, unasked = [], []
    for line in decide(lines, register, whole_roll=False, today=TODAY):
        if line.decision in {"changes", "unchanged", "returns"} and truth.get(line.row) != line.pupil_id:
            merged.append((line.row, line.pupil_id))
        if line.decision == "joins" and line.row in truth:
            unasked.append(line.row)
    assert merged == []
    assert unasked == []


NAME = st.sampled_from(FORENAMES)


@settings(deadline=None)
@given(st.lists(st.tuples(NAME, NAME, st.booleans(), st.booleans()), min_size=1, max_size=8))
def test_name_and_birth_date_alone_never_decide(people):
    known = [
        Known(
            n,
            {"surname": surname, "forename": forename, "birth_date": TODAY, "admission_number": str(n) if has else ""},
        )
        for n, (surname, forename, has, _) in enumerate(people, start=1)
    ]
    register = Register(known)
    for surname, forename, _, _ in people:
        match = register.match({"surname": surname, "forename": forename, "birth_date": TODAY})
        assert match.pupil is None
        assert match.candidates


@given(st.text(max_size=20))
@example("ᴬ")  # taken apart it is a capital again
def test_a_name_compares_without_case_and_marks(text):
    assert folded(text) == folded(folded(text))

"""Every drawn case, on every engine, gives the drawn answer; and a superseded fact counts for nothing anywhere."""

import pytest

from dekaan.frameworks.queries import registry
from dekaan.measures.queries import specification
from tests.measures.drawn import read, superseded
from tests.measures.engines import ENGINES, engine, masks

CASES = {title: read(text) for title, text in specification()}


@pytest.mark.once
@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("title", CASES)
def test_the_drawn_answer(name, title):
    case = CASES[title]
    tables = dict(case.tables)
    ledger = tables["participation_participation"]
    tables["participation_participation"] = ledger + [superseded(row) for row in ledger for _ in range(3)]
    with engine(name) as asked:
        found = masks(asked, tables, case.today)
    bit = 1 << registry().bits[case.criterion]
    answers = []
    for wanted in case.expected:
        judged = {
            pupil: row for (pupil, year), row in found.items() if year == int(wanted["year"]) and row["coh"] & bit
        }
        misses = sorted(case.names[pupil] for pupil, row in judged.items() if not (row["met"] | row["unk"]) & bit)
        answers.append(
            {
                "year": wanted["year"],
                "of": str(len(judged)),
                "met": str(sum(1 for row in judged.values() if row["met"] & bit)),
                "unknown": str(sum(1 for row in judged.values() if row["unk"] & bit)),
                "assumed": str(sum(1 for row in judged.values() if row["asm"] & bit)),
                "misses": ", ".join(misses),
            }
        )
    assert answers == case.expected


def test_no_pupil_is_both_met_and_unknown():
    for case in CASES.values():
        with engine("sqlite") as asked:
            for row in masks(asked, case.tables, case.today).values():
                assert row["met"] & row["unk"] == 0
                assert row["coh"] & row["far"] == 0
                assert (row["met"] | row["unk"]) & ~(row["coh"] | row["far"]) == 0
                assert row["asm"] & ~row["met"] == 0

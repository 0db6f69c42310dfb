"""What a specialist would answer of each drawn school, question by question, is what the twin answers."""

import pytest

from dekaan.compass.queries import answers, estimates
from dekaan.compass.queries.answering import NOT_APPLICABLE
from dekaan.compass.questions import question_sets
from dekaan.core.scope import working_in
from tests.compass.drawn import build, every_case

CASES = {f"{number:02d} {case.title}": case for number, case in enumerate(every_case(), start=1)}


def said(answer) -> dict[str, str]:
    """An answer as the tables write it."""
    share = answer.share
    unknown = f", {share.unknown} unknown" if share and share.unknown else ""
    return {
        "question": answer.question.id,
        "answer": "not asked" if answer.state == NOT_APPLICABLE else answer.final or "unknown",
        "figures": f"{share.met} of {share.of}{unknown}" if share else "",
        "sure": "own" if answer.override else answer.confidence,
    }


@pytest.mark.django_db
@pytest.mark.parametrize("title", CASES)
def test_the_answer_of_a_specialist(title, settings):
    case = CASES[title]
    settings.TODAY = case.today.isoformat()
    school = build(case)
    with working_in(school):
        found = answers(school, case.of, case.today)
    of_question = {each.question.id: said(each) for each in found}
    expected = case.tables.get("question", [])
    assert [of_question[row["question"]] for row in expected] == expected
    of_benchmark = {each.section.benchmark: each for each in estimates(found, case.of)}
    for row in case.tables.get("benchmark", []):
        each = of_benchmark[row["benchmark"]]
        assert (each.least, each.most, each.of) == (int(row["least"]), int(row["most"]), int(row["of"]))
        assert each.percent == (int(row["per cent"]) if "per cent" in row else None)


def test_there_are_sixty_schools_and_both_sets_and_all_eight_benchmarks():
    assert len(CASES) >= 60
    asked = {
        (case.of.key, row["question"].split(".")[0])
        for case in CASES.values()
        for row in case.tables.get("question", [])
    } | {(case.of.key, row["benchmark"]) for case in CASES.values() for row in case.tables.get("benchmark", [])}
    assert asked >= {(of.key, section.benchmark) for of in question_sets() for section in of.sections} - {
        ("compass-2018", "4"),
    }

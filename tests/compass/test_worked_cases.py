"""What a specialist would answer of each drawn school, question by question, is what the twin answers."""

import pytest

from dekaan.compass.queries import answers, estimates, side_by_side
from dekaan.compass.queries.answering import NOT_APPLICABLE
from dekaan.compass.questions import NoOneShape, question_of, question_sets
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


@pytest.mark.django_db
@pytest.mark.parametrize("of", question_sets(), ids=lambda of: of.key)
def test_side_by_side_each_school_is_what_it_is_alone(of, settings):
    """All drawn schools of a day at once: what one has on record is never counted at another."""
    cases = [case for case in CASES.values() if case.of == of]
    of_a_day = [case for case in cases if case.today == cases[0].today]
    settings.TODAY = cases[0].today.isoformat()
    schools = [build(case, f"drawn-{number}") for number, case in enumerate(of_a_day)]
    alone = []
    for school in schools:
        with working_in(school):
            found = answers(school, of, cases[0].today)
        alone.append((school, estimates(found, of), sum(each.is_asked and not each.final for each in found)))
    together = side_by_side(schools, of, cases[0].today, exactly_at={each.pk for each in schools})
    assert [(each.school, each.estimates, each.open) for each in together] == alone
    assert len({repr(said) for _, *said in alone}) > len(schools) // 2  # schools that are alike would show nothing


def test_there_are_sixty_schools_and_both_sets_and_all_eight_benchmarks():
    assert len(CASES) >= 60
    asked = {
        (case.of.key, row["question"].split(".")[0])
        for case in CASES.values()
        for row in case.tables.get("question", [])
    } | {(case.of.key, row["benchmark"]) for case in CASES.values() for row in case.tables.get("benchmark", [])}
    assert asked >= {(of.key, section.benchmark) for of in question_sets() for section in of.sections}


@pytest.mark.once
@pytest.mark.parametrize(
    "said",
    [
        {"kind": "share", "criterion": "GB24.5.1", "tags": ["GB24.5.1"], "judged": [11], "from_year": 7},
        {"kind": "share", "criterion": "PA.3", "offered": True, "so_far": True},
        {"kind": "share", "tags": ["GB14.7.1"], "judged": [11]},  # from when on?
        {"kind": "subject", "subject": "English", "criterion": "GB14.4.1", "judged": [9], "from_year": 7},
        {"kind": "fact", "flag": "purpose", "fact": "published"},
        {"kind": "typed", "fact": "published"},
        {"kind": "fact"},
        {"kind": "guess", "fact": "published"},
    ],
)
def test_a_question_that_says_two_things_or_too_little_is_not_loaded(said):
    with pytest.raises(NoOneShape, match="Question 9"):
        question_of({"id": "9.9", "asks": "What?", **said}, "9")
    fine = {"kind": "share", "criterion": "GB24.5.1", "year_groups": [11]}
    assert question_of({"id": "9.9", "asks": "What?", **fine}, "9").year_groups == (11,)

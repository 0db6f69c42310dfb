"""What leading careers asks, as the file has it: thirty responsibilities, roles that exist, and how sure each is."""

from collections import Counter

import pytest

from dekaan.frameworks.queries import (
    backgrounds,
    careers_leadership,
    key_principles,
    key_roles,
    leader_trainings,
    leadership_models,
    milestones,
    responsibilities,
)

pytestmark = pytest.mark.once
SURE = {"seed", "F", "M3", "M2", "D"}


def test_the_responsibilities_are_seven_nine_seven_and_seven():
    numbered = [each.rstrip("0123456789") for each in responsibilities()]
    assert Counter(numbered) == {"LEAD": 7, "MAN": 9, "COO": 7, "NET": 7}
    assert list(responsibilities()) == [
        f"{key}{n}" for key in Counter(numbered) for n in range(1, Counter(numbered)[key] + 1)
    ]


def test_whose_each_is_names_roles_and_models_that_exist():
    for each in responsibilities().values():
        for by_model in (each.responsible, each.accountable):
            assert "*" in by_model, each.id
            assert set(by_model) - {"*"} <= set(leadership_models()), each.id
            assert set(by_model.values()) <= set(key_roles()), each.id
        assert set(each.takes_part) <= set(key_roles()), each.id
        assert all(len(words) < 130 for words in each.takes_part.values()), each.id


def test_everything_says_how_sure_it_is_and_what_was_found_says_where():
    said = careers_leadership()
    rows = [
        row for name in ("role", "model", "responsibility", "training", "background", "principle") for row in said[name]
    ]
    rows += [said["time"], said["milestones"], said["training_facts"]]
    assert {row["sure"] for row in rows} <= SURE
    assert [row for row in rows if row["sure"] == "F" and not row.get("source")] == []
    assert all((said["source"], said["confidence"]))


def test_the_milestones_are_fourteen_and_labelled_as_reconstructed():
    assert [each.number for each in milestones()] == list(range(1, 15))
    assert careers_leadership()["milestones"]["label"] == "reconstructed"


def test_the_principles_are_six_and_the_models_have_their_weakness():
    assert len(key_principles()) == 6
    assert set(leadership_models()) == {"middle", "senior", "several", "spread", "outsourced"}
    assert [key for key, each in leadership_models().items() if each.no_accountability] == ["spread", "outsourced"]
    for each in leadership_models().values():
        assert each.weakness
        assert {asked.role for asked in each.asks} - {""} <= set(key_roles())
        assert bool(each.asks) != each.no_accountability


def test_what_a_background_lacks_serves_responsibilities_that_exist():
    assert set(backgrounds()) == {"teacher", "careers-professional", "other-professional"}
    served = {each for one in backgrounds().values() for part in one.develop for each in part.serves}
    assert served <= set(responsibilities())
    assert next(iter(leader_trainings())) == "none"

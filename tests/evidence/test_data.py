"""The data files: each fact once, of criteria that exist, with its source; the themes that are known, and six blank rows."""

import pytest

from dekaan.evidence.asked import facts
from dekaan.frameworks.queries import criteria, duties, frameworks, theme_sets, themes

pytestmark = pytest.mark.once

# What the issue says that a self-evaluation asks of the whole school.
ASKED = {
    "programme-written", "governors-approve", "senior-leaders-back", "headteacher-backs", "resources-allocated",
    "monitored", "strategic-and-operational", "learning-outcomes", "development-plan", "parents-involvement",
    "published", "reaches-pupils", "reaches-parents", "reaches-staff", "reaches-employers", "evaluated",
    "leader-trained", "staff-training", "records-of-advice", "records-of-decisions", "pupils-reach-record",
    "destinations-kept", "shared-with-local-authority", "joint-work-vulnerable", "stereotypes-challenged",
    "role-models", "alumni", "guidance-published", "feedback-pupils", "feedback-parents", "feedback-teachers",
    "feedback-support-staff", "feedback-advisers", "feedback-employers",
}  # fmt: skip


def test_every_fact_that_is_asked_for_is_there_and_says_whence_it_is_known():
    assert ASKED - set(facts()) == set()
    assert [each.key for each in facts().values() if not (each.source and each.confidence and each.hint)] == []


def test_facts_serve_criteria_that_exist_or_a_duty_asks_for_them():
    assert {each for fact in facts().values() for each in fact.criteria} - set(criteria()) == set()
    asked = {each for duty in duties().values() for each in duty.evidence.facts}
    assert asked - set(facts()) == set()
    assert [each.key for each in facts().values() if not each.criteria and each.key not in asked] == []


def test_every_whole_school_criterion_of_the_benchmarks_has_a_fact():
    """What is not counted from pupils is shown by a fact, but for lessons, which have a map of their own."""
    served = {each for fact in facts().values() for each in fact.criteria}
    uncounted = [each for version in frameworks() for each in version.criteria if not each.is_counted]
    assert {each.id for each in uncounted} - served <= {"GB24.4.1"}


def test_the_six_themes_of_the_review_are_named_by_each_school():
    quality, review = theme_sets()
    assert (len(review.themes), {each.title for each in review.themes}) == (6, {""})
    assert all(each.title for each in quality.themes)
    assert len(themes()) == len(quality.themes) + 6
    assert [each.title for each in theme_sets() if not (each.source and each.confidence)] == []


def test_an_evaluation_holds_for_three_years_and_most_for_one():
    assert (facts()["evaluated"].holds_months, facts()["published"].holds_months) == (36, 12)

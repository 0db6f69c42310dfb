"""When an encounter is meaningful: each version of the benchmarks by its own rule, and blank is unknown."""

import pytest

from dekaan.frameworks.queries import (
    Answers,
    counted_criteria,
    flags,
    flags_of,
    judged_meaningful,
    mask_of,
    meanings,
    not_shown_yet,
    shown,
    shown_criteria,
    spelled,
)


def said(yes: str = "", no: str = "") -> Answers:
    bits = {key: flag.bit for key, flag in flags().items()}
    return Answers(sum(bits[key] for key in yes.split()), sum(bits[key] for key in no.split()))


EVERY_2024 = "purpose outcomes two-way reflection prepared support"
TALK = mask_of(["GB24.5.1", "GB14.5.1"])


def test_a_flag_has_a_number_of_its_own_and_says_everything():
    assert [each.number for each in flags().values()] == list(range(len(flags())))
    assert [each.key for each in flags().values() if not (each.name and each.asks.endswith("?") and each.missing)] == []


@pytest.mark.parametrize(
    ("answers", "counts_for", "left_open"),
    [
        (said(), "GB14.5.1 GB24.5.1", "GB14.5.1.shown GB24.5.1.shown"),
        (said(EVERY_2024), "GB14.5.1 GB24.5.1 GB24.5.1.shown", "GB14.5.1.shown"),
        (said("what-work-is-like"), "GB14.5.1 GB24.5.1 GB14.5.1.shown", "GB24.5.1.shown"),
        (said("what-work-is-like", no="reflection"), "GB14.5.1 GB14.5.1.shown", ""),
        (said(EVERY_2024, no="what-work-is-like"), "GB24.5.1 GB24.5.1.shown", ""),
        (said("purpose outcomes"), "GB14.5.1 GB24.5.1", "GB14.5.1.shown GB24.5.1.shown"),
        (said(no="task"), "GB14.5.1 GB24.5.1", "GB14.5.1.shown GB24.5.1.shown"),  # a talk is asked for no task
    ],
)
def test_both_versions_judge_an_employers_talk_by_their_own_rule(answers, counts_for, left_open):
    mask = judged_meaningful(TALK, answers)
    assert (spelled(mask), spelled(not_shown_yet(mask))) == (counts_for, left_open)


def test_what_is_asked_of_a_workplace_is_more_than_of_a_talk():
    talk, workplace = flags_of(["GB24.5.1"]), flags_of(["GB24.6.1"])
    assert {each.key for each in workplace} - {each.key for each in talk} == {
        "range-of-people",
        "task",
        "feedback-on-task",
    }


def test_what_is_missing_and_what_nobody_has_said_are_told_apart():
    (old, new) = meanings(TALK, said("purpose two-way", no="reflection"))
    assert (old.criterion.id, [each.key for each in old.not_said]) == ("GB14.5.1", ["what-work-is-like"])
    assert [each.missing for each in new.missing] == ["time to reflect afterwards"]
    assert ([each.key for each in new.not_said], new.said, new.is_shown) == (
        ["outcomes", "prepared", "support"],
        2,
        False,
    )


def test_the_occasion_has_the_last_word_over_its_activity():
    activity, occasion = said("purpose prepared"), said("reflection", no="prepared")
    assert occasion.over(activity) == said("purpose reflection", no="prepared")
    assert Answers().over(activity) == activity


def test_a_second_count_asks_what_the_first_asks_of_encounters_that_are_shown():
    for criterion in counted_criteria():
        second = shown(criterion)
        if second is None:
            continue
        for first, shadow in zip(criterion.expectations, second.expectations, strict=True):
            assert (first.shape, first.judged, first.at_least, first.kinds) == (
                *(shadow.shape, shadow.judged, shadow.at_least, shadow.kinds),
            )
            assert shadow.tags == tuple(f"{tag}.shown" for tag in first.tags)
    assert [each.id for each in shown_criteria()] == [
        "GB24.5.1.shown",
        "GB24.6.1.shown",
        "GB24.6.2.shown",
        "GB24.7.1.shown",
        "GB14.5.1.shown",
        "GB14.7.1.shown",
        "PA.1.shown",
        "PA.2.shown",
        "PA.3.shown",
    ]

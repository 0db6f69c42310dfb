"""Figures, their hidden numbers, which groups were asked, before and after, what is overdue."""

from datetime import date, timedelta

from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.scope import working_in
from dekaan.frameworks.queries import criteria
from dekaan.quality import changes
from dekaan.quality.queries import (
    FeedbackGroup,
    by_year_group,
    collection_lines,
    collections,
    feedback_by_group,
    feedback_waiting,
    pairs,
    question_figures,
    tally_of,
)
from tests.quality.asked import answered, fair, opened

THIS_YEAR = academic_year_of(today())


def test_a_collection_is_told_with_how_many_answered_of_how_many_and_the_positive_share(in_ashdown):
    collection = opened(in_ashdown, invited=40)
    answered(collection, times=12, told=4, clear=1)
    answered(collection, times=6, told=3)
    tally = tally_of(collection, exactly=True)
    assert (tally.answers, tally.invited, tally.response, tally.share, tally.is_few) == (18, 40, 45, 60, False)
    first, second = question_figures(collection, exactly=True)[:2]
    assert (first.answers, first.share, [number for _, number in first.counts]) == (18, 100, [0, 0, 6, 12])
    assert (second.answers, second.share, [number for _, number in second.counts]) == (12, 0, [12, 0, 0, 0])


def test_a_choice_is_no_step_and_moves_no_share(in_ashdown):
    collection = opened(in_ashdown)
    answered(collection, times=7, told=4, more=1)
    assert tally_of(collection, exactly=True).share == 100


def test_fewer_than_ten_answers_say_nothing_and_fewer_than_six_are_hidden_outside_the_team(in_ashdown):
    collection = opened(in_ashdown)
    answered(collection, times=5, told=4)
    exact, told = tally_of(collection, exactly=True), tally_of(collection, exactly=False)
    assert (exact.answers, exact.is_few, told.answers, told.share, told.is_hidden) == (5, True, None, None, True)
    assert {each.answers for each in question_figures(collection, exactly=False) if each.is_hidden} == {None}


def test_what_is_hidden_does_not_follow_from_the_rest(in_ashdown):
    """The small collection is hidden, and with it the smallest of the others, so that the year's total says nothing."""
    small, middle, large = (opened(in_ashdown) for _ in range(3))
    for collection, times in ((small, 3), (middle, 8), (large, 20)):
        answered(collection, times=times, told=4)
    lines = collection_lines(collections(), exactly=False)
    assert {line.collection.pk: line.tally.answers for line in lines} == {small.pk: None, middle.pk: None, large.pk: 20}


def test_year_groups_are_told_apart_and_small_ones_hidden(in_ashdown):
    collection = opened(in_ashdown, "pupils-year", invited=60)
    for year_group, times in ((9, 3), (10, 9), (11, 15)):
        answered(collection, times=times, year_group=year_group, know=3)
    told = {
        exactly: {each.name: each.answers for each in by_year_group(THIS_YEAR, exactly=exactly)}
        for exactly in (True, False)
    }
    assert told == {
        True: {"Year 9": 3, "Year 10": 9, "Year 11": 15},
        False: {"Year 9": None, "Year 10": None, "Year 11": 15},
    }


def test_each_version_of_the_benchmarks_is_told_which_of_its_groups_were_asked(in_ashdown):
    long_ago = today() - timedelta(days=4 * 365)
    old = opened(in_ashdown, "carers", opened_on=long_ago, closes_on=today())
    changes.answer(old, changes.Given({"told": 4}), page="carer")
    staff = opened(in_ashdown, "staff")
    for number, role in enumerate((1, 1, 2)):
        changes.answer(staff, changes.Given({"role": role, "plan": 3}), page=f"staff {number}")
    silent = opened(in_ashdown, "advisers")
    found = {each.key: each for each in feedback_by_group("gatsby-2024", today()).groups}
    assert found == {
        "pupils": FeedbackGroup("pupils", "Pupils"),
        "parents-and-carers": FeedbackGroup("parents-and-carers", "Parents and carers", old.pk, long_ago, 1, False),
        "teachers": FeedbackGroup("teachers", "Teachers", staff.pk, today(), 2, True),
        "other-staff": FeedbackGroup("other-staff", "Other staff who support pupils", staff.pk, today(), 1, True),
        "advisers": FeedbackGroup("advisers", "Careers advisers", silent.pk, today(), 0, False),
        "employers": FeedbackGroup("employers", "Employers"),
    }
    before = feedback_by_group("gatsby-2014", today())
    assert ([each.key for each in before.groups], before.asked) == (["pupils", "parents", "teachers", "employers"], 1)
    assert before.criterion in criteria()
    assert feedback_by_group("gatsby-2024", today() - timedelta(days=1)).asked == 0
    assert feedback_by_group("provider-access", today()) is None
    with working_in(in_ashdown.beckford):
        assert feedback_by_group("gatsby-2024", today()).asked == 0


def test_the_pulse_is_compared_before_and_after_on_the_same_questions_of_the_same_year_group(in_ashdown):
    before = opened(in_ashdown, "pulse-9", year_group=9, moment="before", opened_on=today() - timedelta(days=5))
    opened(in_ashdown, "pulse-9", year_group=10, moment="before")
    after = opened(in_ashdown, "pulse-9", year_group=9, moment="after")
    answered(before, times=6, ideas=2)
    answered(before, times=6, ideas=3)
    answered(after, times=12, ideas=4)
    (pair,) = pairs(THIS_YEAR, exactly=True)
    change = pair.changes[0]
    assert (pair.before, pair.after, change.difference, pair.is_few) == (before, after, 50, False)
    assert (change.before.answers, change.after.answers) == (12, 12)
    answered(opened(in_ashdown, "pulse-9", year_group=10, moment="after"), times=2, ideas=4)
    assert {each.after.year_group: each.is_few for each in pairs(THIS_YEAR, exactly=True)} == {9: False, 10: True}


def test_a_year_group_is_followed_into_the_next_years_and_never_compared_with_the_one_that_follows_it(
    in_ashdown, time_machine
):
    asked = {}
    for on, moment, year_group in (
        (date(2025, 6, 20), "before", 9),
        (date(2025, 6, 20), "before", None),
        (date(2025, 9, 20), "after", 10),
        (date(2025, 9, 20), "after", 9),
        (date(2025, 9, 20), "after", None),
        (date(2026, 9, 20), "after", 11),
    ):
        time_machine.move_to(on)
        asked[on.year, moment, year_group] = opened(
            in_ashdown, "pulse-9", year_group=year_group, moment=moment, closes_on=on
        )
    told = {year: [(each.before, each.after) for each in pairs(year, exactly=True)] for year in (2024, 2025, 2026)}
    before = asked[2025, "before", 9]
    assert told == {2024: [], 2025: [(before, asked[2025, "after", 10])], 2026: [(before, asked[2026, "after", 11])]}


def test_what_waits_is_what_is_open_and_what_is_overdue(in_ashdown):
    assert not feedback_waiting()
    opened(in_ashdown, "pupils-activity", session=fair(in_ashdown))
    evaluation = changes.write_evaluation(academic_year=THIS_YEAR, span="year", learnt="Much", by=in_ashdown.priya)
    for days in (-1, 0):
        changes.plan_improvement(evaluation, what="Write", due_on=today() + timedelta(days=days), by=in_ashdown.priya)
    waiting = feedback_waiting()
    assert (waiting.open, waiting.overdue) == (1, 1)

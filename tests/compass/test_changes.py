"""An answer of one's own, sheets that are kept, the real percentages: as Priya does them."""

from datetime import date

import pytest

from dekaan.compass import changes
from dekaan.compass.changes import NoReason, NoSuchAnswer
from dekaan.compass.models import Override, RealResult, SetKey
from dekaan.compass.queries import answers, since_last
from dekaan.compass.questions import averages, question_set, question_sets, set_in_use
from dekaan.core.academic_year import today
from dekaan.evidence.changes import add_evidence

NEW, OLD = question_set("compass-2025"), question_set("compass-2018")
PUBLISHED = NEW.question("1.3")


def answer_to(stock, question):
    return next(each for each in answers(stock.ashdown, NEW, today()) if each.question == question)


def otherwise(stock, **more):
    given = {"answer": "No", "reason": "The page is down", "instead_of": "Yes", "by": stock.priya} | more
    return changes.answer_otherwise(PUBLISHED, NEW, **given)


def test_the_rows_know_the_sets_that_there_are_files_of():
    assert set(SetKey.values) == {each.key for each in question_sets()}


@pytest.mark.parametrize(
    ("on", "key"),
    [
        (date(2019, 1, 1), "compass-2018"),
        (date(2025, 7, 31), "compass-2018"),
        (date(2025, 9, 1), "compass-2025"),
        (date(2026, 11, 24), "compass-2025"),
        (date(2017, 1, 1), "compass-2018"),
    ],
)
def test_the_set_in_use_is_that_of_its_time(on, key):
    assert set_in_use(on).key == key


def test_the_older_set_has_81_points_and_93_with_a_sixth_form():
    points = [(each.points, each.needs_sixth_form) for each in OLD.questions]
    assert sum(number for number, _ in points) == 93
    assert sum(number for number, needs in points if not needs) == 81


def test_no_weight_of_the_newer_set_is_invented():
    assert [each.id for each in NEW.questions if each.points is not None] == []


def test_national_averages_belong_to_one_set_each_and_say_where_from():
    assert {each.set for each in averages()} == {"compass-2018"}
    assert [each for each in averages() if not each.source] == []


def test_an_own_answer_stands_with_its_reason_until_it_is_taken_back(in_ashdown):
    otherwise(in_ashdown)
    assert (answer_to(in_ashdown, PUBLISHED).final, answer_to(in_ashdown, PUBLISHED).sure) == ("No", "your own answer")
    assert changes.answer_as_recorded(PUBLISHED, NEW, by=in_ashdown.priya)
    assert answer_to(in_ashdown, PUBLISHED).final == ""
    assert not changes.answer_as_recorded(PUBLISHED, NEW, by=in_ashdown.priya)


def test_a_second_own_answer_takes_the_place_of_the_first_and_both_are_kept(in_ashdown):
    otherwise(in_ashdown)
    otherwise(in_ashdown, answer="Yes", reason="It is up again")
    assert [(each.answer, each.ended_at is None) for each in Override.objects.all()] == [("No", False), ("Yes", True)]


def test_an_answer_that_the_question_has_not_is_refused(in_ashdown):
    with pytest.raises(NoSuchAnswer):
        otherwise(in_ashdown, answer="Overwhelming majority")
    with pytest.raises(NoReason):
        otherwise(in_ashdown, reason="  ")
    assert not Override.objects.exists()


def test_what_was_kept_does_not_change_and_what_differs_says_why(in_ashdown):
    add_evidence(
        title="Careers page", kind="statement", facts=["published"], dated_on=today(), valid_until=today(), by=None
    )
    kept = changes.keep_evaluation(NEW, answers(in_ashdown.ashdown, NEW, today()), on=today(), by=in_ashdown.priya)
    said = kept.answers
    assert since_last(answers(in_ashdown.ashdown, NEW, today()), NEW).changes == ()
    otherwise(in_ashdown)
    (change,) = since_last(answers(in_ashdown.ashdown, NEW, today()), NEW).changes
    assert (change.question, change.before, change.now) == ("1.3", "Yes", "No")
    assert change.why == "Your own answer: The page is down"
    kept.refresh_from_db()
    assert kept.answers == said


def test_sets_are_never_compared_with_each_other(in_ashdown):
    changes.keep_evaluation(OLD, answers(in_ashdown.ashdown, OLD, today()), on=today(), by=None)
    assert since_last(answers(in_ashdown.ashdown, NEW, today()), NEW) is None


def test_the_real_percentages_of_a_day_are_kept_once(in_ashdown):
    for figure in (60, 65):
        changes.type_real_result(NEW, completed_on=today(), percentages={"1": figure}, by=in_ashdown.priya)
    assert list(RealResult.objects.values_list("percentages", flat=True)) == [{"1": 65}]

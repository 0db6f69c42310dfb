"""Asking, answering, typing back: what is true afterwards, and what is refused."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from dekaan.audit.models import Event
from dekaan.core.academic_year import academic_year_of, today
from dekaan.quality import changes
from dekaan.quality.changes import Given
from dekaan.quality.models import Answer, Collection, Line, Mark, SchoolWording
from dekaan.quality.queries import collection_of_link, questionnaires, wording_of
from tests.databases import ON_POSTGRES
from tests.quality.asked import CAREERS_FAIR, answered, fair, opened
from tests.stock import pupil


def said(collection: Collection) -> list[dict]:
    """What the answers to a collection say, in the order in which they came."""
    return [
        {
            "year": each.year_group,
            "group": each.group,
            "sheet": each.sheet,
            "marks": dict(each.marks.values_list("question", "value")),
            "lines": dict(each.lines.values_list("question", "words")),
        }
        for each in collection.answers.order_by("pk")
    ]


def test_priya_asks_about_a_session_and_it_stands_beside_its_activity(in_ashdown):
    for each in ("Ada", "Ben", "Cy"):
        pupil(each)
    session = fair(in_ashdown)
    collection = opened(in_ashdown, "pupils-activity", session=session, closes_on=today())
    assert (collection.activity, collection.academic_year, collection.invited, collection.is_open) == (
        session.activity,
        academic_year_of(session.held_on),
        3,
        True,
    )
    assert Event.objects.latest("pk").action == "feedback asked for"


def test_how_many_parents_were_asked_is_unknown_unless_said(in_ashdown):
    assert (opened(in_ashdown).invited, opened(in_ashdown, invited=140).invited) == (None, 140)


def test_questions_about_an_activity_need_one_and_a_day_that_is_over_is_refused(in_ashdown):
    with pytest.raises(changes.NothingToAskAbout):
        opened(in_ashdown, "pupils-activity")
    with pytest.raises(changes.OverAlready):
        opened(in_ashdown, closes_on=today() - timedelta(days=1))
    assert not Collection.objects.exists()


def test_an_answer_holds_what_was_said_and_the_day_and_nothing_of_who(in_ashdown):
    collection = opened(in_ashdown, "pupils-activity", session=fair(in_ashdown))
    given = Given(CAREERS_FAIR, {"line": "More time with the firms"}, year_group=10, group="10A")
    assert changes.answer(collection, given, page="a page") is True
    assert said(collection) == [
        {
            "year": 10,
            "group": "10A",
            "sheet": None,
            "marks": CAREERS_FAIR,
            "lines": {"line": "More time with the firms"},
        }
    ]
    assert {each.name for each in Answer._meta.concrete_fields} == {
        "id", "school", "collection", "came_by", "sheet", "year_group", "group", "given_on", "once",
    }  # fmt: skip
    assert Answer.objects.get().given_on == today()
    assert not Event.objects.filter(subject="answer").exists()


def test_a_page_is_sent_once_and_another_page_is_another_answer(in_ashdown):
    collection = opened(in_ashdown)
    first = [changes.answer(collection, Given({"told": value}), page="one page") for value in (4, 1)]
    assert (first, changes.answer(collection, Given({"told": 2}), page="another")) == ([True, False], True)
    assert [each["marks"] for each in said(collection)] == [{"told": 4}, {"told": 2}]


def test_after_its_day_nobody_answers(in_ashdown):
    collection = opened(in_ashdown, opened_on=today() - timedelta(days=9), closes_on=today() - timedelta(days=1))
    with pytest.raises(changes.CollectionOver):
        changes.answer(collection, Given({"told": 4}), page="late")
    assert said(collection) == []


def test_more_answers_than_people_are_not_taken(in_ashdown):
    collection = opened(in_ashdown, invited=0)
    answered(collection, times=20, told=4)
    with pytest.raises(changes.TooManyAnswers):
        answered(collection, told=1)
    assert collection.answers.count() == 20


def test_nobody_changes_an_answer_or_takes_it_away(in_ashdown):
    answered(opened(in_ashdown), told=4, line="Write earlier")
    if not ON_POSTGRES:
        assert (Answer.may_update, Mark.may_update) == ([], [])
        return
    for act in (
        lambda: Mark.objects.update(value=1),
        lambda: Mark.objects.all()._raw_delete("default"),
        lambda: Answer.objects.update(year_group=7),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert list(Mark.objects.values_list("value", flat=True)) == [4]


def test_paper_is_typed_back_by_number_and_a_sheet_once(in_ashdown):
    collection = opened(in_ashdown)
    sheets = [Given({"told": 4}, sheet=1), Given({"told": 2}, {"line": "Thank you"}, sheet=7)]
    assert changes.type_back(collection, sheets, by=in_ashdown.priya) == 2
    with pytest.raises(changes.SheetsTypedBefore) as refused:
        changes.type_back(collection, [Given({"told": 1}, sheet=7), Given({"told": 1}, sheet=8)], by=in_ashdown.priya)
    assert refused.value.numbers == [7]
    assert [(each["sheet"], each["marks"], each["lines"]) for each in said(collection)] == [
        (1, {"told": 4}, {}),
        (7, {"told": 2}, {"line": "Thank you"}),
    ]
    event = Event.objects.latest("pk")
    assert (event.action, event.detail) == ("paper answers typed back", {"sheets": 2})


def test_paper_that_comes_in_late_counts_for_the_last_day(in_ashdown):
    over = today() - timedelta(days=3)
    collection = opened(in_ashdown, opened_on=over - timedelta(days=7), closes_on=over)
    changes.type_back(collection, [Given({"told": 4}, sheet=1)], by=in_ashdown.priya)
    assert collection.answers.get().given_on == over


def test_a_new_link_closes_the_one_before_and_only_a_hash_is_kept(in_ashdown):
    collection = opened(in_ashdown)
    first = collection.key_to_show
    assert collection_of_link(first) == collection
    changes.renew_link(collection, by=in_ashdown.priya)
    second = collection.key_to_show
    assert (collection_of_link(first), collection_of_link(second), first != second) == (None, collection, True)
    kept = {str(value) for value in Collection.objects.values().get().values()}
    assert not any(second in each for each in kept)


def test_with_another_secret_of_the_server_the_link_works_and_is_not_shown(in_ashdown, settings):
    collection = opened(in_ashdown)
    given_out = collection.key_to_show
    settings.SECRET_KEY = "another one, after the server was moved"
    assert (collection.key_to_show, collection.made_key != given_out) == (None, True)
    assert collection_of_link(given_out) == collection


def test_the_school_asks_otherwise_from_now_on_and_what_is_open_stays(in_ashdown):
    before = opened(in_ashdown)
    wording = {"off": "more line role", "own_1": "I would like to help the school with careers.", "own_1_kind": "scale"}
    changes.reword(questionnaires()["carers"], by=in_ashdown.priya, **wording)
    changes.reword(questionnaires()["staff"], by=in_ashdown.priya, off="role plan")
    asked = [
        [each.key for each in wording_of(each).questions]
        for each in (before, opened(in_ashdown), opened(in_ashdown, "staff"))
    ]
    assert asked == [
        ["told", "clear", "talk", "who", "more", "line"],
        ["told", "clear", "talk", "who", "own_1"],
        ["role", "link", "worth", "help", "line"],  # who answers is always asked
    ]
    assert SchoolWording.objects.count() == 2


def test_a_line_that_names_somebody_is_taken_out_and_the_answer_stands(in_ashdown):
    collection = opened(in_ashdown)
    answered(collection, told=3, line="Ask Rose Quill")
    changes.take_out_line(Line.objects.get(), by=in_ashdown.priya)
    assert said(collection) == [{"year": None, "group": "", "sheet": None, "marks": {"told": 3}, "lines": {}}]
    assert Event.objects.latest("pk").action == "written answer taken out"


def test_priya_ends_it_earlier_and_says_how_many_were_asked(in_ashdown):
    collection = opened(in_ashdown)
    changes.change_collection(collection, closes_on=today(), invited=90, by=in_ashdown.priya)
    assert Collection.objects.values_list("closes_on", "invited").get() == (today(), 90)
    with pytest.raises(changes.OverAlready):
        changes.change_collection(collection, closes_on=today() - timedelta(days=1), invited=90, by=in_ashdown.priya)


def test_an_evaluation_says_what_was_learnt_and_what_is_done_about_it(in_ashdown):
    first, second = opened(in_ashdown), opened(in_ashdown, "governors")
    year = academic_year_of(today())
    evaluation = changes.write_evaluation(
        academic_year=year, span="year", learnt="Too late", collections=[first], by=in_ashdown.priya
    )
    plan = changes.plan_improvement(evaluation, what="Write in June", due_on=today(), by=in_ashdown.priya)
    late = changes.plan_improvement(
        evaluation, what="Write in May", due_on=today() - timedelta(days=1), by=in_ashdown.priya
    )
    assert (plan.is_overdue, late.is_overdue) == (False, True)
    changes.finish_improvement(late, by=in_ashdown.priya)
    changes.change_evaluation(
        evaluation, learnt="Far too late", also_looked_at="", collections=[second], by=in_ashdown.priya
    )
    evaluation.refresh_from_db()
    assert (late.is_overdue, late.done_on, evaluation.learnt) == (False, today(), "Far too late")
    assert [each.collection for each in evaluation.looked_at.all()] == [second]

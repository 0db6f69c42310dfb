"""The screens: a plan from the gaps in one press, its approval, a meeting's task ticked in my week, and what is refused."""

import html
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from dekaan.plan import changes
from dekaan.plan.models import Action, Approval, Decision, Meeting, Objective, Plan, Policy, Task, TimeSpent
from dekaan.programme.changes import plan_activity
from tests.plan.conftest import NOW
from tests.plan.given import action, approved, colleague, measured, objective, plan
from tests.stock import THIS_YEAR, pupil

pytestmark = pytest.mark.django_db

LATER = (NOW + timedelta(days=20)).isoformat()


def at(name, *args):
    return reverse(name, args=["ashdown", *args])


def words(answer) -> str:
    return html.unescape(re.sub(r"\s+", " ", answer.content.decode()))


def filled(page: str) -> dict[str, str]:
    """What the page's form would send as it stands."""
    sent = dict(re.findall(r'<input[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"', page))
    sent |= dict(re.findall(r'<textarea name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', page))
    ticked = re.findall(r'<input[^>]*type="checkbox"[^>]*name="([^"]+)"[^>]*checked', page)
    chosen = re.findall(r'<select name="([^"]+)".*?</select>', page, re.DOTALL)
    for name in chosen:
        options = re.search(rf'<select name="{name}".*?</select>', page, re.DOTALL).group()
        found = re.search(r'<option value="([^"]*)" selected', options)
        sent[name] = found.group(1) if found else ""
    return {key: html.unescape(value) for key, value in (sent | dict.fromkeys(ticked, "on")).items()}


def test_a_first_plan_is_one_page_and_one_press(in_ashdown, at_work):
    for forename in ("Ada", "Bo"):
        pupil(forename, "Quill", year_group=11, tutor_group="11A")
    priya = at_work("priya")
    assert "Start from the gaps" in words(priya.get(at("plan-list")))
    page = priya.get(at("plan-first")).content.decode()
    sent = filled(page) | {"vision": "Every pupil", "action_0": "Book two employers"}
    del sent["take_1"]
    ticked = len([each for each in sent if each.startswith("take_")])
    assert ticked < len(re.findall(r'name="take_\d+"', page))
    answer = words(priya.post(at("plan-first"), sent, follow=True))
    assert "Written: Careers development plan" in answer
    assert "Not approved yet" in answer
    made = Plan.objects.get()
    assert (made.vision, made.objectives.count()) == ("Every pupil", ticked)
    first = Action.objects.order_by("pk").first()
    assert (first.title, bool(first.measure_criterion)) == ("Book two employers", True)
    assert "already: this is it" in words(priya.get(at("plan-first"), follow=True))


def test_a_first_plan_says_what_is_missing_and_loses_nothing(in_ashdown, at_work):
    pupil("Ada", "Quill")
    priya = at_work("priya")
    sent = filled(priya.get(at("plan-first")).content.decode())
    assert {"take_0", "take_1", "take_2"} <= set(sent)
    none = {key: value for key, value in sent.items() if not key.startswith("take_")}
    assert "Tick at least one" in words(priya.post(at("plan-first"), none))
    wrong = sent | {"action_0": "", "due_on_0": "31/02/2027", "target_0": "101", "objective_0": "Ada Quill meets Shell"}
    page = words(priya.post(at("plan-first"), wrong))
    for said in ("Say what is to be done, or untick it.", "Give the date as", "from 1 to 100", "is a pupil here"):
        assert said in page
    assert "Ada Quill meets Shell" in page
    assert not Plan.objects.exists()


def test_the_head_keeps_that_governors_approved_and_is_told_why_not(in_ashdown, at_work):
    of = plan(by=in_ashdown.priya)
    david = at_work("david")
    sent = {"capacity": "governors", "approved_by": "P. Aldous", "approved_on": NOW.isoformat(), "minute": "Item 7"}
    assert "nothing to approve" in words(david.post(at("plan-approve", of.pk), sent))
    objective(of)
    future = sent | {"approved_on": (NOW + timedelta(days=1)).isoformat()}
    assert "That day has not come yet" in words(david.post(at("plan-approve", of.pk), future))
    early = sent | {"approved_on": f"{THIS_YEAR}-08-01"}
    assert "nobody approved it before" in words(david.post(at("plan-approve", of.pk), early))
    assert "was approved as it reads now" in words(david.post(at("plan-approve", of.pk), sent, follow=True))
    kept = Approval.objects.get()
    assert (kept.entered_by, kept.minute) == (in_ashdown.david, "Item 7")
    assert "kept already" in words(david.post(at("plan-approve", of.pk), sent))


def test_an_approval_after_the_end_is_told_in_a_sentence(in_ashdown, at_work):
    of = plan(year=THIS_YEAR - 1)
    objective(of)
    sent = {"capacity": "head", "approved_by": "David Ansah", "approved_on": NOW.isoformat()}
    said = words(at_work("david").post(at("plan-approve", of.pk), sent))
    assert f"The plan ended on 31 August {THIS_YEAR}" in said
    assert not Approval.objects.exists()


def test_whoever_wrote_a_plan_does_not_enter_its_approval(in_ashdown, at_work):
    of = plan(by=in_ashdown.ellen)
    objective(of)
    sent = {"capacity": "head", "approved_by": "David Ansah", "approved_on": NOW.isoformat()}
    assert "You wrote this plan" in words(at_work("ellen").post(at("plan-approve", of.pk), sent))
    assert at_work("priya").post(at("plan-approve", of.pk), sent).status_code == 403


def test_a_change_after_the_approval_stands_on_the_plan(in_ashdown, at_work):
    of = plan()
    todo = action(objective(of))
    approved(of)
    priya = at_work("priya")
    assert "Changed since" not in words(priya.get(at("plan-detail", of.pk)))
    page = priya.get(at("action-change", todo.pk)).content.decode()
    priya.post(at("action-change", todo.pk), filled(page) | {"title": "Book three employers", "cost": "249.50"})
    page = words(priya.get(at("plan-detail", of.pk)))
    assert "Changed since it was approved" in page
    assert "New action: Book three employers." in page
    assert "£249.50" in page


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("cost", "-5", "A cost is 0 or more."),
        ("cost", "a lot", "Give pounds, such as 250 or 249.50."),
        ("cost", "1.005", "Give pounds, such as 250 or 249.50."),
        ("cost", "12345678901", "Give less than ten million pounds."),
        ("measure_target", "0", "Give a whole number from 1 to 100."),
        ("measure_target", "80", "Choose the criterion that so many are to meet"),
        ("due_on", "", "Give the day by which it is done."),
        ("due_on", "2099-01-01", "is too far ahead"),
        ("title", "", "Say what is to be done."),
        ("title", "Ring Ada Quill's mother", "“Ada Quill” is a pupil here."),
        ("owner", "999999", "Choose somebody of the staff on the list."),
    ],
)
def test_an_action_that_is_typed_wrongly_is_refused_in_words(in_ashdown, at_work, field, typed, said):
    pupil("Ada", "Quill")
    of = objective(plan())
    sent = {"title": "Book", "due_on": LATER, "measure_group": "all:"} | {field: typed}
    answer = at_work("priya").post(at("action-new", of.pk), sent)
    assert said in words(answer)
    assert not Action.objects.exists()


def test_a_colleague_who_is_called_like_a_pupil_may_be_named(in_ashdown, at_work):
    pupil("Nell", "Hartley")
    colleague(in_ashdown.nell)
    of = objective(plan())
    at_work("priya").post(
        at("action-new", of.pk), {"title": "Ask Nell Hartley", "due_on": LATER, "measure_group": "all:"}
    )
    assert Action.objects.get().title == "Ask Nell Hartley"


def test_an_action_is_done_dropped_or_goes_on_in_the_next_plan(in_ashdown, at_work):
    of = objective(plan(year=THIS_YEAR - 1))
    one, two, three = action(of, "One"), action(of, "Two"), action(of, "Three")
    later, priya = plan(), at_work("priya")
    assert "Say in a sentence what came of it." in words(priya.post(at("action-end", one.pk), {"ending": "done"}))
    assert "why it is dropped" in words(priya.post(at("action-end", one.pk), {"ending": "dropped"}))
    priya.post(at("action-end", one.pk), {"ending": "done", "outcome": "Booked"})
    priya.post(at("action-end", two.pk), {"ending": "dropped", "outcome": "No money"})
    said = words(priya.post(at("action-end", three.pk), {"ending": f"to-{later.pk}"}, follow=True))
    assert f"It goes on in {later.title}." in said
    assert [each.ending for each in Action.objects.filter(objective=of).order_by("pk")] == ["done", "dropped", "moved"]
    said = words(priya.post(at("action-end", one.pk), {"ending": "done", "outcome": "Again"}, follow=True))
    assert "Somebody has ended it meanwhile" in said
    priya.post(at("action-reopen", one.pk))
    one.refresh_from_db()
    assert one.is_open


def test_a_strategy_and_a_plan_are_written_from_an_empty_page(in_ashdown, at_work):
    priya = at_work("priya")
    sent = {"kind": "strategy", "first_year": THIS_YEAR, "title": "Strategy", "written_on": NOW.isoformat()}
    assert "Begun: Strategy." in words(priya.post(at("plan-new"), sent, follow=True))
    strategy = Plan.objects.get()
    assert (strategy.last_year, strategy.written_by) == (THIS_YEAR + 2, in_ashdown.priya)
    assert "There is one of that kind" in words(priya.post(at("plan-new"), sent))
    wrong = sent | {"first_year": THIS_YEAR - 1, "strategy": strategy.pk}
    assert "belongs to no other" in words(priya.post(at("plan-new"), wrong))
    wrong |= {"kind": "development"}
    assert "Choose one of that year" in words(priya.post(at("plan-new"), wrong))
    future = sent | {"kind": "development", "written_on": (NOW + timedelta(days=1)).isoformat()}
    assert "That day has not come yet." in words(priya.post(at("plan-new"), future))


def test_a_governor_reads_the_plan_and_changes_nothing(in_ashdown, at_work):
    for forename in ("Ada", "Bo"):
        pupil(forename, "Quill")
    of = plan()
    todo = measured(objective(of))
    moira = at_work("moira")
    page = words(moira.get(at("plan-detail", of.pk)))
    assert "Hidden, since the numbers are small" in page
    assert "Add an objective" not in page
    assert words(moira.get(at("plan-on-a-page", of.pk)))
    for name, pk in (("action-end", todo.pk), ("plan-change", of.pk), ("plan-approve", of.pk)):
        assert moira.get(at(name, pk)).status_code == 403


def test_a_plan_asks_as_many_statements_for_three_objectives_as_for_one(
    in_ashdown, at_work, django_assert_max_num_queries
):
    of = plan()
    for number in range(3):
        measured(objective(of, f"Objective {number}"), owner=colleague(in_ashdown.nell) if not number else None)
    priya = at_work("priya")
    with django_assert_max_num_queries(20):
        priya.get(at("plan-detail", of.pk))
    with django_assert_max_num_queries(20):
        priya.get(at("plan-list"))


def test_a_meetings_decision_becomes_a_task_that_nell_ticks_in_her_week(in_ashdown, at_work):
    nell, priya = colleague(in_ashdown.nell), at_work("priya")
    sent = {"kind": "group", "held_on": NOW.isoformat(), "members": [nell.pk], "others": "M. Lunt, link governor"}
    assert "In the diary: Careers group" in words(priya.post(at("meeting-new"), sent, follow=True))
    of = Meeting.objects.get()
    assert "There is no development plan of this year yet" in words(priya.get(at("meeting-detail", of.pk)))
    page = priya.get(at("meeting-held", of.pk)).content.decode()
    priya.post(at("meeting-held", of.pk), filled(page) | {"notes": "We talked."})
    told = {"decided": "Two employers", "title": "Ask two employers", "owner": nell.pk, "due_on": LATER}
    said = words(priya.post(at("decision-new", of.pk), told, follow=True))
    assert "It is a task for Nell Hartley." in said
    todo, tom = Task.objects.get(), at_work("hari")
    assert tom.get(at("task-end", todo.pk)).status_code == 404
    own = at_work("nell")
    assert "Ask two employers" in words(own.get(at("my-week")))
    assert "what changed because of it" in words(own.post(at("task-end", todo.pk), {"ending": "done"}))
    said = words(own.post(at("task-end", todo.pk), {"ending": "done", "outcome": "Two come in March"}, follow=True))
    assert "Done: Ask two employers." in said
    assert "Two come in March" in words(priya.get(at("meeting-list")))
    assert Decision.objects.get().tasks.get().ending == "done"


def test_a_tutor_ticks_an_own_task_with_one_press(in_ashdown, at_work):
    sam = at_work("sam")
    todo = changes.give_task(title="Bring the list", due_on=NOW, owner=colleague(in_ashdown.sam), by=None)
    assert "It is done" in words(sam.get(at("my-week")))
    sam.post(at("task-end", todo.pk), {"ending": "done"})
    todo.refresh_from_db()
    assert (todo.ending, todo.ended_on) == ("done", NOW)
    assert sam.get(at("plan-list")).status_code == 403


def test_a_decision_without_a_task_and_what_is_half_said_of_one(in_ashdown, at_work):
    of = changes.plan_meeting(kind="group", held_on=NOW, by=None)
    priya = at_work("priya")
    priya.post(at("decision-new", of.pk), {"decided": "The next one is in May"})
    assert not Task.objects.exists()
    half = {"decided": "Ask", "due_on": LATER}
    assert "Say what is to be done, or leave" in words(priya.post(at("decision-new", of.pk), half))
    half = {"decided": "Ask", "title": "Ask"}
    assert "Give the day by which it is done." in words(priya.post(at("decision-new", of.pk), half))


def test_a_day_that_has_passed_is_no_day_by_which_to_do_something_unless_it_stood_there(in_ashdown, at_work):
    of, priya = changes.plan_meeting(kind="group", held_on=NOW, by=None), at_work("priya")
    told = {"decided": "Ask", "title": "Ask", "due_on": NOW - timedelta(days=1)}
    assert "That day has passed" in words(priya.post(at("decision-new", of.pk), told))
    assert not Task.objects.exists()
    late = changes.give_task(title="Ring", due_on=NOW - timedelta(days=9), by=None)
    page = priya.get(at("task-change", late.pk)).content.decode()
    priya.post(at("task-change", late.pk), filled(page) | {"title": "Ring the college"})
    late.refresh_from_db()
    assert (late.title, late.due_on) == ("Ring the college", NOW - timedelta(days=9))
    page = priya.get(at("task-change", late.pk)).content.decode()
    again = filled(page) | {"due_on": NOW - timedelta(days=2)}
    assert "That day has passed" in words(priya.post(at("task-change", late.pk), again))


def test_a_meeting_of_a_kind_begins_with_those_who_belonged_to_the_last(in_ashdown, at_work):
    nell = colleague(in_ashdown.nell)
    changes.plan_meeting(
        kind="group",
        held_on=NOW - timedelta(days=50),
        members=[nell],
        others=[("M. Lunt", "governor")],
        chair=nell,
        by=None,
    )
    page = at_work("priya").get(at("meeting-new") + "?kind=group").content.decode()
    assert "M. Lunt, governor" in page
    assert "1 ticked" in page
    assert at_work("priya").get(at("meeting-new") + "?kind=nonsense").status_code == 200


def test_a_day_to_come_a_called_off_meeting_and_a_plan_written_too_late_are_refused_in_words(in_ashdown, at_work):
    client = at_work("priya")
    held = changes.plan_meeting(kind="group", held_on=NOW, by=None)
    changes.hold_meeting(held, in_ashdown.ashdown, notes="", came=(), by=None)
    page = client.get(at("meeting-change", held.pk)).content.decode()
    said = words(client.post(at("meeting-change", held.pk), filled(page) | {"kind": "group", "held_on": LATER}))
    assert "That day is still to come, and this meeting was held." in said
    off = changes.plan_meeting(kind="group", held_on=NOW, by=None)
    changes.call_meeting_off(off, because="Snow", by=None)
    said = words(client.post(at("decision-new", off.pk), {"decided": "Ask two employers"}))
    assert ("called off, so nothing was decided in it" in said, "Ask two employers" in said) == (True, True)
    of = plan()
    objective(of)
    approved(of, on=of.written_on)
    page = client.get(at("plan-change", of.pk)).content.decode()
    said = words(client.post(at("plan-change", of.pk), filled(page) | {"written_on": NOW.isoformat()}))
    assert "so it was written by then" in said
    later, first = plan(year=THIS_YEAR + 1), action(objective(of, "Another"))
    changes.move_action(first, later, by=None)
    said = words(client.post(at("plan-remove", later.pk), follow=True))
    assert "1 action that had gone on in it is open again where they were." in said


def test_a_governors_visit_has_questions_worth_asking(in_ashdown, at_work):
    of = changes.plan_meeting(kind="governor", held_on=NOW, by=None)
    page = words(at_work("moira").get(at("meeting-detail", of.pk)))
    assert "Questions worth asking" in page
    assert "By when will there be a plan" in page


def test_policies_stand_in_the_register_with_what_is_published_here(in_ashdown, at_work):
    priya = at_work("priya")
    page = words(priya.get(at("policy-list")))
    assert "Provider access statement" in page
    assert "not published yet" in page
    sent = {
        "title": "Careers policy",
        "approved_by": "P. Aldous",
        "approved_on": "2020-01-01",
        "next_review_on": "2019-01-01",
    }
    assert "Give a later day." in words(priya.post(at("policy-new"), sent))
    sent |= {"next_review_on": (NOW - timedelta(days=1)).isoformat(), "address": "https://ashdown.example/policy"}
    assert "review overdue" in words(priya.post(at("policy-new"), sent, follow=True))
    made = Policy.objects.get()
    assert "No longer in use: Careers policy." in words(priya.post(at("policy-withdraw", made.pk), follow=True))
    assert "In use again" in words(priya.post(at("policy-withdraw", made.pk), follow=True))
    assert "Say who approved it." in words(priya.post(at("policy-new"), {"title": "X", "approved_on": "2020-01-01"}))


def test_hours_are_noted_and_seen_by_nobody_else(in_ashdown, at_work):
    priya, ellen = at_work("priya"), at_work("ellen")
    sent = {"kind": "leadership", "spent_on": NOW.isoformat(), "hours": "1.5"}
    assert "Nobody else sees it." in words(priya.post(at("my-time"), sent, follow=True))
    for wrong in ("0", "25", "-1", "much"):
        assert re.search("Give (more than 0 )?hours", words(priya.post(at("my-time"), sent | {"hours": wrong})))
    future = sent | {"spent_on": (NOW + timedelta(days=1)).isoformat()}
    assert "That day has not come yet." in words(priya.post(at("my-time"), future))
    assert "Nobody shares any." in words(ellen.get(at("time-shared")))
    priya.post(at("my-time-share"), {"share": "yes"})
    assert "Priya Raman: 1 h 30 min" in words(ellen.get(at("time-shared")))
    spent = TimeSpent.objects.get()
    assert ellen.post(at("my-time-remove", spent.pk)).status_code == 404
    assert priya.get(at("time-shared")).status_code == 403
    priya.post(at("my-time-share"), {"share": "no"})
    assert "Nobody shares any." in words(ellen.get(at("time-shared")))


def test_mondays_mail_can_be_read_before_and_refused(in_ashdown, at_work):
    changes.give_task(title="Bring the list", due_on=NOW, owner=colleague(in_ashdown.sam), by=None)
    sam = at_work("sam")
    page = words(sam.get(at("my-week-mail")))
    assert "Bring the list (task)" in page
    assert "You do not get it any more." in words(sam.post(at("my-week-mail"), {"wanted": "no"}, follow=True))
    assert "You get no mail of your week" in words(sam.get(at("my-week")))


def test_an_objective_has_its_activities_and_stands_on_one_page(in_ashdown, at_work):
    talk = plan_activity(title="Millworks", activity_type="TALK", by=None)
    of, priya = plan(), at_work("priya")
    sent = {"title": "Every pupil meets an employer", "outcome": "They can say whom", "activities": [talk.pk]}
    priya.post(at("objective-new", of.pk), sent)
    made = Objective.objects.get()
    page = words(priya.get(at("plan-on-a-page", of.pk)))
    for said in ("Every pupil meets an employer", "Millworks", "They can say whom"):
        assert said in page
    page = priya.get(at("objective-change", made.pk)).content.decode()
    assert "1 ticked" in page
    assert "Removed" in words(priya.post(at("objective-remove", made.pk), follow=True))


def test_the_figures_above_a_plan_open_what_they_count(in_ashdown, at_work):
    of = objective(plan())
    late = action(of, "Ask two employers", days=-1)
    action(of, "Book the hall", days=1)
    done = action(of, "Write to parents")
    changes.end_action(done, ending=Action.Ending.DONE, outcome="All came", by=in_ashdown.priya)
    priya, titles = at_work("priya"), ("Ask two employers", "Book the hall", "Write to parents")

    def shown(show: str) -> list[str]:
        page = words(priya.get(at("plan-detail", of.plan_id) + f"?show={show}"))
        return [each for each in titles if each in page]

    assert shown("overdue") == [late.title]
    assert shown("open") == ["Ask two employers", "Book the hall"]
    assert shown("done") == ["Write to parents"]
    assert shown("dropped") == shown("reached") == []
    assert shown("") == shown("whatever") == list(titles)
    assert f'href="{at("plan-detail", of.plan_id)}?show=overdue">1</a>' in priya.get(at("plan-list")).content.decode()


def test_a_strategy_sends_for_what_is_done_to_the_plans_of_its_years(in_ashdown, at_work):
    of = changes.write_plan(kind=Plan.Kind.STRATEGY, title="Strategy", first_year=THIS_YEAR, years=3, by=None)
    objective(of)
    page = words(at_work("priya").get(at("plan-detail", of.pk)))
    assert "What is done for it stands in the plan of each year." in page
    assert "Under way" not in page

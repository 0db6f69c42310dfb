"""An agenda from what is open, decisions that become tasks, and what changed because of them."""

from datetime import timedelta

import pytest

from dekaan.access.roles import ROLES
from dekaan.plan import changes, queries
from dekaan.plan.models import Meeting, Task
from tests.plan.conftest import NOW
from tests.plan.given import action, approved, colleague, objective, plan
from tests.stock import pupil

pytestmark = pytest.mark.django_db

LEADER = ROLES["careers-leader"].may


def meeting(kind="group", *, days=-7, **said) -> Meeting:
    return changes.plan_meeting(kind=kind, held_on=NOW + timedelta(days=days), by=None, **said)


def held(of: Meeting, school, *, notes="We talked.", came=()) -> Meeting:
    changes.hold_meeting(of, school, notes=notes, came=came, by=None)
    return of


def decided(of: Meeting, words="Ask two employers", *, days=7, **said):
    task = {"title": f"{words}, please", "due_on": NOW + timedelta(days=days)} | said
    return changes.decide(of, words=words, task=task, by=None)


def about(stock, permissions=LEADER) -> list[str]:
    return [each.about for each in queries.agenda(stock.ashdown, NOW, permissions)]


def test_an_agenda_is_of_what_is_open_and_each_line_leads_somewhere(in_ashdown):
    assert about(in_ashdown) == ["no-plan"]
    of = plan()
    late = action(objective(of), days=-5)
    for forename in ("Ada", "Bo"):
        pupil(forename, "Quill")
    lines = queries.agenda(in_ashdown.ashdown, NOW, LEADER)
    assert [each.about for each in lines[:2]] == ["standing", "overdue"]
    assert lines[1].says == "1 action of the plan overdue"
    assert {each.about for each in lines[2:]} == {"gap"}
    assert lines[2].says.startswith("2 pupils short of “")
    changes.end_action(late, ending="done", outcome="Booked", by=None)
    approved(of)
    assert set(about(in_ashdown)) == {"gap"}
    changes.add_policy(title="Careers policy", next_review_on=NOW + timedelta(days=20), by=None)
    changes.give_task(title="Ring", due_on=NOW - timedelta(days=1), by=None)
    assert set(about(in_ashdown)) == {"gap", "policies", "tasks"}


def test_a_small_gap_is_on_no_agenda_outside_the_careers_team(in_ashdown):
    pupil("Ada", "Quill")
    assert "gap" in about(in_ashdown)
    assert "gap" not in about(in_ashdown, frozenset())


def test_a_link_governor_asks_about_what_is_open_and_what_always_is(in_ashdown):
    lines = queries.agenda(in_ashdown.ashdown, NOW, LEADER)
    asked = queries.questions_for(lines)
    assert "By when will there be a plan that governors can approve?" in asked
    assert not any("overdue" in each for each in asked)
    assert set(queries.questions_for([])) < set(asked)


def test_what_an_agenda_said_is_kept_when_the_meeting_is_written_up(in_ashdown):
    of = meeting(own_agenda="Subjects\n\n Visits ")
    held(of, in_ashdown.ashdown)
    kept = ["Subjects", "Visits", "There is no development plan of this year yet"]
    assert [each["says"] for each in of.agenda] == kept
    plan()
    held(of, in_ashdown.ashdown, notes="We talked longer.")
    of.refresh_from_db()
    assert ([each["says"] for each in of.agenda], of.notes) == (kept, "We talked longer.")


def test_who_was_there_is_kept_of_those_who_belong(in_ashdown):
    nell, hari = colleague(in_ashdown.nell), colleague(in_ashdown.hari)
    of = meeting(members=[nell, hari], others=[("M. Lunt", "link governor")])
    held(of, in_ashdown.ashdown, came=[each for each in of.members.all() if each.staff_id != hari.pk])
    assert [(str(each), each.came) for each in of.members.all()] == [
        ("Nell Hartley", True),
        ("Hari Singh", False),
        ("M. Lunt (link governor)", True),
    ]
    changes.change_meeting(of, members=[nell], others=[("M. Lunt", "link governor")], by=None)
    assert [(str(each), each.came) for each in of.members.all()] == [
        ("Nell Hartley", True),
        ("M. Lunt (link governor)", True),
    ]


def test_a_meeting_to_come_is_not_held_and_one_called_off_is_not_until_it_is_put_back(in_ashdown):
    with pytest.raises(changes.NotHeldYet):
        held(meeting(days=1), in_ashdown.ashdown)
    of = meeting()
    changes.call_meeting_off(of, because="Snow", by=None)
    with pytest.raises(changes.WasCalledOff):
        held(of, in_ashdown.ashdown)
    changes.put_meeting_back(of, by=None)
    held(of, in_ashdown.ashdown)
    with pytest.raises(changes.WasHeld):
        changes.call_meeting_off(of, because="Snow", by=None)


def test_a_meeting_that_was_held_is_moved_to_no_day_to_come(in_ashdown):
    was = held(meeting(), in_ashdown.ashdown)
    same = {"members": (), "others": (), "by": None}
    with pytest.raises(changes.HeldBefore):
        changes.change_meeting(was, held_on=NOW + timedelta(days=1), **same)
    changes.change_meeting(was, held_on=NOW, title="Careers group, autumn", **same)
    assert [(each.held_on, each.title) for each in Meeting.objects.all()] == [(NOW, "Careers group, autumn")]
    changes.change_meeting(meeting(), held_on=NOW + timedelta(days=9), **same)  # one that was not may be


def test_nothing_is_decided_at_a_meeting_that_was_called_off(in_ashdown):
    off = meeting()
    changes.call_meeting_off(off, because="Snow", by=None)
    with pytest.raises(changes.WasCalledOff):
        decided(off)
    assert not Task.objects.exists()
    changes.put_meeting_back(off, by=None)
    decided(off)


def test_a_decision_becomes_a_task_and_ends_with_what_changed_because_of_it(in_ashdown):
    nell = colleague(in_ashdown.nell)
    decision = decided(held(meeting(), in_ashdown.ashdown), owner=nell)
    task = Task.objects.get()
    assert (task.owner, task.decision, task.who) == (nell, decision, "Nell Hartley")
    with pytest.raises(changes.NothingChanged):
        changes.end_task(task, ending="done", by=in_ashdown.nell)
    changes.end_task(task, ending="done", outcome="Two employers come in March", by=in_ashdown.nell)
    with pytest.raises(changes.EndedAlready):
        changes.end_task(task, ending="dropped", outcome="No", by=in_ashdown.nell)
    (came,) = queries.decisions_since(NOW)
    assert (came.decision, came.outcomes) == (decision, ["Two employers come in March"])
    assert queries.decisions_since(NOW + timedelta(days=1), NOW + timedelta(days=9)) == []


def test_a_task_of_no_decision_is_done_without_a_word_and_dropped_with_one(in_ashdown):
    task = changes.give_task(title="Ring", due_on=NOW, by=None)
    with pytest.raises(changes.NothingChanged):
        changes.end_task(task, ending="dropped", by=None)
    changes.end_task(task, ending="done", by=None)
    task.refresh_from_db()
    changes.reopen_task(task, by=None)
    assert (task.is_open, task.ended_on) == (True, None)


def test_the_next_meeting_of_a_kind_is_told_what_came_of_the_last(in_ashdown):
    decided(held(meeting(days=-30), in_ashdown.ashdown))
    changes.end_task(Task.objects.get(), ending="done", outcome="They come", by=None, on=NOW - timedelta(days=10))
    assert [each.outcomes for each in queries.changed_before(meeting(days=2))] == [["They come"]]
    assert queries.changed_before(meeting("governor", days=2)) == []


def test_whoever_leaves_hands_over_what_is_open_and_nothing_that_is_over(in_ashdown):
    nell, hari = colleague(in_ashdown.nell), colleague(in_ashdown.hari)
    of = objective(plan())
    action(of, owner=nell)
    over = action(of, "Over", owner=nell)
    changes.end_action(over, ending="done", outcome="Done", by=None)
    changes.give_task(title="Ring", due_on=NOW, owner=nell, by=None)
    changes.add_policy(title="Careers policy", owner=nell, by=None)
    meeting(days=3, chair=nell, members=[nell])
    meeting(days=4, members=[nell, hari])
    assert [(each.kind, each.words) for each in queries.held_by(nell, NOW)] == [
        ("task", "Ring"),
        ("meeting to attend", "Careers group"),
        ("meeting to chair", "Careers group"),
        ("meeting to attend", "Careers group"),
        ("action of the plan", "Book an employer"),
        ("policy", "Careers policy"),
    ]
    said = changes.hand_over(nell, hari, by=in_ashdown.priya, on=NOW)
    assert said == ["1 task", "1 action of the plan", "1 policy", "1 meeting to chair", "1 meeting to attend"]
    over.refresh_from_db()
    assert over.owner == nell
    assert len(queries.held_by(hari, NOW)) == 6
    assert [each.kind for each in queries.held_by(nell, NOW)] == ["meeting to attend"]  # where Hari belongs already
    assert changes.hand_over(nell, hari, by=in_ashdown.priya, on=NOW) == []

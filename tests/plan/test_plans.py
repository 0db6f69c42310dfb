"""A plan's words are approved as they read, its actions end in one of the named ways, and what is read tells by itself."""

from datetime import date, timedelta

import pytest

from dekaan.access.permissions import Permission
from dekaan.access.roles import ROLES
from dekaan.core.academic_year import months_after, year_end, year_start
from dekaan.frameworks.queries import counted_criteria, frameworks
from dekaan.measures.queries import Figure
from dekaan.plan import changes, queries
from dekaan.plan.models import Action, Approval, Objective, Plan
from dekaan.plan.queries.measuring import state_of
from dekaan.team import changes as changes_of_team
from tests.plan.conftest import NOW
from tests.plan.given import (
    EMPLOYERS,
    action,
    approved,
    colleague,
    measured,
    meet_an_employer,
    objective,
    plan,
)
from tests.stock import THIS_YEAR, pupil

pytestmark = pytest.mark.django_db

LEADER, GOVERNOR = ROLES["careers-leader"].may, ROLES["link-governor"].may


def standing(of: Plan):
    return queries.standing_of(of, queries.objectives_of(of))


def test_a_plan_is_approved_as_it_reads_and_a_change_of_words_shows(in_ashdown):
    of = plan()
    todo = action(objective(of))
    assert standing(of).state == queries.NOT_APPROVED
    kept = approved(of, by=in_ashdown.david, minute="Item 7")
    assert (standing(of).state, standing(of).last, kept.is_of_governors) == (queries.APPROVED, kept, True)
    changes.change_action(todo, title="Book two employers", by=None)
    assert standing(of).state == queries.CHANGED
    assert standing(of).changed == ["New action: Book two employers.", "Gone: the action “Book an employer”."]
    changes.change_action(todo, title="Book an employer", by=None)
    assert standing(of).state == queries.APPROVED


def test_everything_that_reads_otherwise_is_told_in_a_sentence(in_ashdown):
    of = plan(vision="Every pupil")
    stays, goes = objective(of), objective(of, "Parents know")
    approved(of)
    changes.change_plan(of, vision="Every single pupil", by=None)
    changes.remove_objective(goes, by=None)
    objective(of, "Staff know")
    changes.change_objective(
        stays, title=stays.title, criteria=[], activities=[], school_plan="Priority 2", outcome="", by=None
    )
    assert standing(of).changed == [
        "The vision reads otherwise.",
        "New objective: Staff know.",
        "Gone: the objective “Parents know”.",
        "Changed objective: Every pupil meets an employer.",
    ]


def test_who_sees_to_an_action_and_what_came_of_it_are_no_words_that_were_approved(in_ashdown):
    of = plan()
    todo = action(objective(of))
    approved(of)
    changes.change_action(todo, owner=colleague(in_ashdown.nell), by=None)
    changes.end_action(todo, ending="done", outcome="Booked", by=None)
    assert standing(of).state == queries.APPROVED


def test_an_approval_that_cannot_be_is_refused_by_its_reason(in_ashdown):
    empty = plan(by=in_ashdown.priya)
    with pytest.raises(changes.NothingToApprove):
        approved(empty)
    objective(empty)
    with pytest.raises(changes.NotYet):
        approved(empty, on=NOW + timedelta(days=1))
    with pytest.raises(changes.BeforeWritten):
        approved(empty, on=year_start(THIS_YEAR) - timedelta(days=1))
    with pytest.raises(changes.ByWhoeverWroteIt):
        approved(empty, by=in_ashdown.priya)
    approved(empty, by=in_ashdown.ellen)
    with pytest.raises(changes.SaidAlready):
        approved(empty, by=in_ashdown.ellen)
    approved(empty, approved_by="David Ansah", capacity="head", by=in_ashdown.ellen)
    assert Approval.objects.count() == 2


def test_a_plan_is_not_approved_after_it_ended_but_an_approval_of_its_days_can_be_entered_later(in_ashdown):
    last = plan(year=THIS_YEAR - 1)
    objective(last)
    with pytest.raises(changes.AfterItEnded):
        approved(last, on=NOW)
    approved(last, on=year_end(THIS_YEAR - 1))
    assert standing(last).state == queries.APPROVED


def test_what_was_approved_stays_and_what_was_not_can_go(in_ashdown):
    kept, gone = plan(), plan(year=THIS_YEAR - 1)
    objective(kept)
    approved(kept)
    with pytest.raises(changes.ApprovedOnce):
        changes.remove_plan(kept, by=None)
    action(objective(gone))
    changes.remove_plan(gone, by=None)
    assert list(Plan.objects.all()) == [kept]


def test_what_had_gone_on_in_a_plan_that_is_removed_is_open_again_where_it_was(in_ashdown):
    first, second, third = plan(year=THIS_YEAR - 1), plan(), plan(year=THIS_YEAR + 1)
    of = objective(first)
    back, on, done = action(of, "Book an employer"), action(of, "Ask a college"), action(of, "Ring a farm")
    changes.end_action(done, ending="done", outcome="They come", by=None)
    for each in (back, on):
        changes.move_action(each, second, by=None)
    goes_on = changes.move_action(Action.objects.get(objective__plan=second, title="Ask a college"), third, by=None)
    assert changes.remove_plan(second, by=None) == 1
    assert {each.title: (each.ending, each.moved_to) for each in of.actions.all()} == {
        "Book an employer": ("open", None),
        "Ask a college": ("moved", goes_on),
        "Ring a farm": ("done", None),
    }


def test_a_plan_was_not_written_after_it_was_approved(in_ashdown):
    of = plan()
    objective(of)
    changes.change_plan(of, written_on=NOW - timedelta(days=20), by=None)
    approved(of, on=NOW - timedelta(days=10))
    with pytest.raises(changes.WrittenAfterApproval) as refusal:
        changes.change_plan(of, written_on=NOW - timedelta(days=9), by=None)
    assert refusal.value.args == (NOW - timedelta(days=10),)
    changes.change_plan(of, written_on=NOW - timedelta(days=10), by=None)
    assert Plan.objects.get().written_on == NOW - timedelta(days=10)


def test_one_plan_of_a_kind_begins_in_a_year(in_ashdown):
    plan()
    with pytest.raises(changes.PlanThere):
        plan()
    changes.write_plan(kind="strategy", title="Strategy", first_year=THIS_YEAR, years=3, by=None)


def test_a_strategy_has_its_years_and_the_plans_of_them(in_ashdown):
    strategy = changes.write_plan(kind="strategy", title="Strategy", first_year=THIS_YEAR - 1, years=3, by=None)
    of_year = plan(strategy=strategy)
    assert (strategy.last_year, strategy.ends_on) == (THIS_YEAR + 1, year_end(THIS_YEAR + 1))
    assert queries.plans_of_strategy(strategy) == [of_year]
    assert list(queries.strategies_over(THIS_YEAR)) == [strategy]
    assert list(queries.strategies_over(THIS_YEAR + 2)) == []


def test_what_is_read_from_the_records_says_by_itself_how_far_it_is(in_ashdown):
    here = [pupil(forename, "Quill") for forename in ("Ada", "Bo", "Cy", "Di", "Ed")]
    todo = measured(objective(plan()), target=60)
    read = queries.measured(in_ashdown.ashdown.pk, todo.objective.plan, [todo], LEADER, NOW)[todo.pk]
    assert (read.state, read.numbers) == ("short", "0 of 5")
    approved(todo.objective.plan)
    meet_an_employer(*here[:3])
    todo.refresh_from_db()
    read = queries.measured(in_ashdown.ashdown.pk, todo.objective.plan, [todo], LEADER, NOW)[todo.pk]
    assert (read.state, read.numbers, read.says) == ("reached", "3 of 5", "Reached: 60 %")
    assert (read.baseline, read.before_on) == ("0 of 5: 0 %", NOW)
    progress = queries.progress(in_ashdown.ashdown, THIS_YEAR, LEADER)
    assert (progress.reached, progress.open, progress.standing.state) == (1, 1, queries.APPROVED)


def test_between_at_least_and_at_most_it_is_not_known(in_ashdown):
    def figure(met, of, unknown):
        return Figure(1, 2026, "f", "c", "all", "", met, of, unknown, 0, "")

    assert state_of(figure(8, 10, 0), 80) == "reached"
    assert state_of(figure(79, 100, 0), 80) == "short"
    assert state_of(figure(6, 10, 2), 80) == "open"
    assert state_of(figure(6, 10, 1), 80) == "short"
    assert state_of(figure(0, 10, 10), 80) == "unknown"
    assert state_of(figure(0, 0, 0), 80) == "nobody"
    assert state_of(None, 80) == "nobody"


def test_a_governor_sees_no_small_number_in_a_plan_nor_in_its_baseline(in_ashdown):
    for forename in ("Ada", "Bo", "Cy"):
        pupil(forename, "Quill")
    todo = measured(objective(plan()), part="year-group", value="10")
    approved(todo.objective.plan)
    todo.refresh_from_db()
    read = queries.measured(in_ashdown.ashdown.pk, todo.objective.plan, [todo], GOVERNOR, NOW)[todo.pk]
    assert (read.state, read.numbers, read.baseline, read.drawing) == ("hidden", "", "", "")
    exact = queries.measured(in_ashdown.ashdown.pk, todo.objective.plan, [todo], LEADER, NOW)[todo.pk]
    assert (exact.numbers, exact.baseline) == ("0 of 3", "0 of 3: 0 %")


def test_a_target_of_a_part_that_a_role_may_not_count_is_not_shown_to_it(in_ashdown):
    pupil("Ada", "Quill")
    todo = measured(objective(plan()), part="pupil-premium", value="yes")
    read = queries.measured(in_ashdown.ashdown.pk, todo.objective.plan, [todo], ROLES["careers-administrator"].may, NOW)
    assert (read[todo.pk].state, read[todo.pk].numbers) == ("closed", "")
    offered = dict(queries.groups_on_offer([10], ROLES["careers-administrator"].may))
    assert "year-group:10" in offered
    assert "pupil-premium:yes" not in offered
    assert "pupil-premium:yes" in dict(queries.groups_on_offer([10], LEADER))


def test_measured_by_something_else_an_action_has_no_baseline_until_it_is_approved_anew(in_ashdown):
    pupil("Ada", "Quill")
    todo = measured(objective(plan()))
    approved(todo.objective.plan)
    todo.refresh_from_db()
    before = todo.baseline
    assert before["exact"] == [0, 1, 0]
    changes.change_action(todo, measure_target=90, by=None)
    assert todo.baseline == before
    changes.change_action(todo, measure_breakdown="year-group", measure_value="10", by=None)
    assert todo.baseline is None


def test_an_action_ends_once_in_one_of_the_named_ways_and_can_be_taken_up_again(in_ashdown):
    todo = action(objective(plan()), days=-3)
    assert [each.title for each in queries.overdue_actions(NOW)] == ["Book an employer"]
    changes.end_action(todo, ending="dropped", outcome="No money", by=None)
    with pytest.raises(changes.EndedAlready):
        changes.end_action(todo, ending="done", outcome="Done", by=None)
    todo.refresh_from_db()
    assert (todo.ending, todo.outcome, todo.ended_on, todo.is_overdue) == ("dropped", "No money", NOW, False)
    changes.reopen_action(todo, by=None)
    assert (todo.ending, todo.outcome, todo.ended_on, todo.is_overdue) == ("open", "", None, True)


def test_an_action_goes_on_in_a_later_plan_under_the_same_objective(in_ashdown):
    old = action(objective(plan(year=THIS_YEAR - 1), criteria=[EMPLOYERS]), days=-200, cost_pence=500)
    other = action(old.objective, "Ask them to come again", days=-190)
    next_plan = plan()
    with pytest.raises(changes.NoLaterPlan):
        changes.move_action(old, old.objective.plan, by=None)
    goes_on = changes.move_action(old, next_plan, by=None)
    changes.move_action(other, next_plan, by=None)
    old.refresh_from_db()
    assert (old.ending, old.moved_to) == ("moved", goes_on)
    assert (goes_on.due_on, goes_on.cost_pence) == (year_end(THIS_YEAR), 500)
    made = Objective.objects.get(plan=next_plan)
    assert (made.title, made.criteria, made.actions.count()) == (old.objective.title, [EMPLOYERS], 2)


def test_objectives_keep_the_version_they_were_written_against_and_are_shown_with_it(in_ashdown):
    first, *_, newest = sorted(
        (each for each in frameworks() if each.is_benchmarks), key=lambda each: each.in_force_from
    )
    old = next(each.id for each in first.counted)
    of = plan(year=first.in_force_from.year)
    objective(of, criteria=[old])
    objective(plan(), criteria=[EMPLOYERS])
    (line,) = queries.progress_of(of).objectives
    (found,) = line.criteria
    assert (found.criterion.id, found.version, found.is_in_force) == (old, first, False)
    assert found.now is not None
    assert found.now.framework == newest.key
    (line,) = queries.progress(in_ashdown.ashdown, THIS_YEAR).objectives
    assert [(each.version, each.is_in_force, each.now) for each in line.criteria] == [(newest, True, None)]


def test_a_criterion_that_no_file_has_is_refused(in_ashdown):
    with pytest.raises(changes.UnknownCriterion):
        objective(plan(), criteria=["X1"])
    with pytest.raises(changes.UnknownCriterion):
        action(objective(Plan.objects.first() or plan(year=THIS_YEAR - 1)), measure_criterion="X1", measure_target=5)


def test_an_objective_goes_when_nothing_is_to_be_done_for_it_and_the_others_move_up(in_ashdown):
    of = plan()
    first, second, third = objective(of, "One"), objective(of, "Two"), objective(of, "Three")
    action(third)
    with pytest.raises(changes.HasActions):
        changes.remove_objective(third, by=None)
    changes.remove_objective(first, by=None)
    assert [str(each) for each in queries.objectives_of(of)] == ["1. Two", "2. Three"]
    assert second.title == "Two"


def test_what_is_owned_outside_careers_is_told_apart(in_ashdown):
    of = objective(plan())
    action(of, "By the leader", owner=colleague(in_ashdown.priya))
    action(of, "By the head of year", owner=colleague(in_ashdown.hari))
    action(of, "By a governor", owner_name="M. Lunt, link governor")
    action(of, "By nobody")
    assert [each.title for each in queries.owned_outside_careers(of.plan)] == ["By the head of year", "By a governor"]


def test_progress_is_none_where_there_is_no_plan_of_the_year(in_ashdown):
    plan(year=THIS_YEAR - 1)
    assert queries.progress(in_ashdown.ashdown, THIS_YEAR) is None


def test_every_counted_criterion_has_a_proposal_and_no_proposal_is_of_another():
    proposed = [each for found in queries.suggestions() for each in found.criteria]
    assert sorted(proposed) == sorted(each.id for each in counted_criteria())


def test_a_first_plan_begins_with_the_widest_gap_and_an_owner_who_holds_the_role(in_ashdown):
    ellen = colleague(in_ashdown.ellen)
    here = [pupil(each, "Quill", year_group=9, tutor_group="9A") for each in ("Ada", "Bo", "Cy")]
    meet_an_employer(here[0])
    offered = queries.proposals(in_ashdown.ashdown, NOW, LEADER)
    found = [each for each in offered if each.criterion]
    assert 0 < len(found) <= 5
    assert offered[: len(found)] == found  # what pupils miss comes before what else falls short
    assert [each.is_ticked for each in found] == [number < 3 for number in range(len(found))]
    misses = [each.share.figure.missed * 100 // each.share.figure.of for each in found]
    assert misses == sorted(misses, reverse=True)
    by_criterion = {each.criterion.id: each for each in found}
    assert by_criterion[EMPLOYERS].share.figure.missed == 2
    assert {each.owner for each in found if each.owner} <= {ellen}
    law = next(each for each in found if not each.version.is_benchmarks)
    assert (law.owner, law.target) == (ellen, 100)


def test_what_is_proposed_is_due_no_later_than_the_day_on_which_it_still_counts(in_ashdown):
    """What the law asks by 28 February is not proposed for the end of March, and after that day for the year's end."""
    pupil("Ada", "Quill", year_group=9, tutor_group="9A")
    for day, law in ((NOW, date(NOW.year + 1, 2, 28)), (date(NOW.year + 1, 3, 3), date(NOW.year + 1, 7, 3))):
        found = [each for each in queries.proposals(in_ashdown.ashdown, day, LEADER) if each.criterion]
        assert {each.due_on for each in found if not each.version.is_benchmarks} == {law}
        assert {each.due_on for each in found if each.version.is_benchmarks} == {months_after(day, 4)}


def test_with_nobody_on_the_roll_the_first_steps_are_proposed_without_a_figure(in_ashdown):
    offered = queries.proposals(in_ashdown.ashdown, NOW, LEADER)
    found = [each for each in offered if each.criterion]
    assert len(found) == 5
    assert offered[-5:] == found  # what the principles lack is known, and comes first
    assert {each.share for each in offered} == {None}
    assert {each.owner for each in offered} == {None}


def test_who_holds_a_key_role_by_name_alone_is_proposed_where_nobody_has_the_account(in_ashdown):
    changes_of_team.begin_post(role="administrator", name="Tom Okafor", starts_on=NOW, by=None)
    changes_of_team.begin_post(role="senco", staff=colleague(in_ashdown.maeve), starts_on=NOW, by=None)
    found = queries.proposals(in_ashdown.ashdown, NOW, LEADER)
    assert "Tom Okafor" in {each.who for each in found}


def test_a_leader_who_left_yesterday_is_proposed_for_nothing(in_ashdown):
    priya = colleague(in_ashdown.priya)
    changes_of_team.begin_post(role="leader", staff=priya, starts_on=NOW - timedelta(days=9), by=None)
    assert priya in {each.owner for each in queries.proposals(in_ashdown.ashdown, NOW, LEADER)}
    priya.ends_on = NOW
    priya.save()
    found = queries.proposals(in_ashdown.ashdown, NOW, LEADER)
    assert {each.owner for each in found} == {None}
    assert "The Careers Leader" in {each.who for each in found}


def test_what_falls_short_besides_is_written_with_its_criteria_and_what_was_looked_at(in_ashdown):
    (taken,) = [each for each in queries.proposals(in_ashdown.ashdown, NOW, LEADER) if "long term" in each.title]
    said = {"objective": taken.objective, "action": taken.action, "owner": None, "owner_name": "", "target": None}
    of = changes.write_first_plan(
        title="Plan", vision="", taken=[(taken, said | {"due_on": taken.due_on})], on=NOW, by=in_ashdown.priya
    )
    made = of.objectives.get()
    todo = made.actions.get()
    assert made.criteria == ["GB24.3.5", "GB24.3.6"]
    assert (todo.success, todo.measure_criterion, todo.measure_target) == (taken.success, "", None)


def test_the_baseline_is_of_open_actions_alone(in_ashdown):
    pupil("Ada", "Quill")
    of = objective(plan())
    over, runs = measured(of), measured(of)
    changes.end_action(over, ending="done", outcome="Done", by=None)
    approved(of.plan)
    assert [each.baseline is None for each in Action.objects.order_by("pk")] == [True, False]
    assert runs.pk


def test_permission_to_approve_is_nobodys_who_writes():
    both = [key for key, role in ROLES.items() if {Permission.PLAN_CHANGE, Permission.PLAN_APPROVE} <= role.may]
    assert both == []

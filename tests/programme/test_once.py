"""A session and the catch-ups that make up for it are one occasion for a pupil: it counts once, whatever is corrected."""

from datetime import timedelta

import pytest

from dekaan.core.academic_year import today
from dekaan.frameworks.queries import Answers, bit_of, criterion, flags
from dekaan.measures.queries import standings
from dekaan.overview.changes import change_school_facts
from dekaan.participation.models import State
from dekaan.participation.queries import live
from dekaan.programme import changes
from dekaan.programme.changes import Invited, plan_activity, plan_session
from dekaan.programme.queries import occasion_of
from dekaan.provider_access.queries import attended, offered
from dekaan.schools.models import School
from tests.stock import THIS_YEAR, pupil

pytestmark = pytest.mark.django_db

WORKPLACES = "GB24.6.1"


@pytest.fixture(autouse=True)
def _on_a_tuesday(settings):
    settings.TODAY = "2026-11-24"


@pytest.fixture
def visit(in_ashdown):
    """Bo was at the works and Cy was not; both are in Year 11, and two workplaces are asked of them by 16."""
    School.objects.filter(pk=in_ashdown.ashdown.pk).update(records_begin=None)
    bo, cy = pupil("Bo", year_group=11), pupil("Cy", year_group=11)
    activity = plan_activity(
        title="Works", activity_type="WVISIT", criteria=[WORKPLACES], partner_kind="employer", by=in_ashdown.priya
    )
    session = plan_session(
        activity, held_on=today() - timedelta(days=5), invited=Invited(pupils=(bo, cy)), by=in_ashdown.priya
    )
    changes.it_happened(session, by=in_ashdown.priya)
    changes.strike_off(session, absent=[cy.pk], by=in_ashdown.priya)
    return session


@pytest.fixture
def caught_up(in_ashdown, visit):
    """Cy caught up yesterday."""
    later = changes.plan_catch_up(visit, held_on=today() - timedelta(days=1), by=in_ashdown.priya)
    changes.it_happened(later, by=in_ashdown.priya)
    return later


def counting(*sessions) -> list[tuple[str, bool, bool]]:
    """(whose, whether in the first, whether it counts) of what is recorded of these."""
    rows = live().filter(source_id__in=[each.pk for each in sessions]).select_related("pupil")
    first = sessions[0].pk
    return sorted((row.pupil.forename, row.source_id == first, bool(row.counts)) for row in rows)


def test_whoever_had_it_is_not_invited_to_catch_up(in_ashdown, visit):
    both = list(visit.invitations.select_related("pupil"))
    later = changes.plan_catch_up(visit, held_on=today(), pupils=[each.pupil for each in both], by=in_ashdown.priya)
    assert [each.pupil.forename for each in later.invitations.select_related("pupil")] == ["Cy"]
    with pytest.raises(changes.NobodyToCatchUp):
        changes.plan_catch_up(visit, held_on=today(), pupils=[both[0].pupil], by=in_ashdown.priya)


def test_an_absence_that_is_corrected_after_the_catch_up_counts_once(in_ashdown, visit, caught_up):
    cy = caught_up.invitations.get().pupil
    assert counting(visit, caught_up) == [("Bo", True, True), ("Cy", False, True), ("Cy", True, False)]
    changes.correct_mark(visit, pupil=cy, state=State.ATTENDED, by=in_ashdown.priya)
    assert counting(visit, caught_up) == [("Bo", True, True), ("Cy", False, False), ("Cy", True, True)]
    assert standings(in_ashdown.ashdown.pk, THIS_YEAR, [WORKPLACES])[WORKPLACES]["met"] == 0


def test_an_absence_after_all_lets_the_catch_up_count_again(in_ashdown, visit, caught_up):
    cy = caught_up.invitations.get().pupil
    before = live().get(source_id=caught_up.pk, pupil=cy)
    changes.correct_mark(visit, pupil=cy, state=State.ATTENDED, by=in_ashdown.priya)
    changes.correct_mark(visit, pupil=cy, state=State.ABSENT, by=in_ashdown.priya)
    after = live().get(source_id=caught_up.pk, pupil=cy)
    assert (after.pk, after.counts, after.criteria_unknown) == (before.pk, 1, before.criteria_unknown)


def test_a_register_that_says_it_again_writes_nothing(in_ashdown, visit, caught_up):
    cy = caught_up.invitations.get().pupil
    changes.correct_mark(caught_up, pupil=cy, state=State.ATTENDED, by=in_ashdown.priya)
    changes.correct_mark(visit, pupil=cy, state=State.ATTENDED, by=in_ashdown.priya)
    row = live().get(source_id=caught_up.pk, pupil=cy)
    changes.correct_mark(caught_up, pupil=cy, state=State.ATTENDED, by=in_ashdown.priya)
    assert live().get(source_id=caught_up.pk, pupil=cy) == row


def test_a_catch_up_that_is_undone_leaves_the_first_as_it_was(in_ashdown, visit, caught_up):
    changes.undo_last_act(caught_up, by=in_ashdown.priya)
    assert counting(visit, caught_up) == [("Bo", True, True), ("Cy", True, False)]


def test_a_catch_up_is_no_second_offer_of_provider_access(in_ashdown):
    ada, by, third = pupil("Ada", year_group=12), in_ashdown.priya, criterion("PA.3")
    activity = plan_activity(
        title="College", activity_type="PROVTALK", criteria=["PA.3"], partner_kind="fe-college", by=by
    )
    session = plan_session(activity, held_on=today() - timedelta(days=8), invited=Invited(pupils=(ada,)), by=by)
    changes.say_of_session(session, Answers(yes=flags()["whole-cohort"].bit), by=by)
    changes.it_happened(session, by=by)
    changes.strike_off(session, absent=[ada.pk], by=by)
    later = changes.plan_catch_up(session, held_on=today() - timedelta(days=1), by=by)
    changes.it_happened(later, by=by)
    (has_been_offered,) = offered(in_ashdown.ashdown.pk, THIS_YEAR, third)
    (has_attended,) = attended(in_ashdown.ashdown.pk, THIS_YEAR, third)
    assert (has_been_offered.times, has_attended.times) == (1, 1)


def test_an_activity_for_everybody_does_not_make_a_chosen_few_everybody(in_ashdown):
    by = in_ashdown.priya
    ada = pupil("Ada", year_group=10)
    pupil("Ben", year_group=10)
    activity = plan_activity(
        title="College", activity_type="PROVTALK", criteria=["PA.2"], partner_kind="fe-college", by=by
    )
    changes.say_of_activity(activity, Answers(yes=flags()["whole-cohort"].bit), by=by)
    few = plan_session(activity, held_on=today() - timedelta(days=1), invited=Invited(pupils=(ada,)), by=by)
    assert not occasion_of(few).criteria & bit_of("PA.2")


@pytest.mark.parametrize("qualified", [True, False])
def test_part_attendance_that_comes_to_count_leaves_unknown_what_it_would_have_left(in_ashdown, qualified):
    """A talk of which nobody has said whether it was meaningful, and a meeting with an adviser of unknown training."""
    ada, by = pupil("Ada", year_group=11), in_ashdown.priya
    activity_type, asked = ("TALK", "GB24.5.1") if qualified else ("PG", "GB24.8.1")
    activity = plan_activity(title="It", activity_type=activity_type, criteria=[asked], partner_kind="employer", by=by)
    session = plan_session(activity, held_on=today() - timedelta(days=1), invited=Invited(pupils=(ada,)), by=by)
    changes.take_register(session, present=[], otherwise={ada.pk: State.PART}, by=by)

    def stands():
        row = live().get(source_id=session.pk)
        return row.counts, row.criteria_unknown

    without = stands()
    change_school_facts(in_ashdown.ashdown, part_counts=True, by=by)
    counted = stands()
    changes.correct_mark(session, pupil=ada, state=State.ABSENT, by=by)
    changes.correct_mark(session, pupil=ada, state=State.PART, by=by)
    assert stands() == counted
    change_school_facts(in_ashdown.ashdown, part_counts=False, by=by)
    assert (stands(), without) == ((0, 0), (0, 0))
    assert counted[0] == 1
    assert counted[1] & bit_of(asked + ".shown" if qualified else asked)

"""A resource is chosen once; the ledger counts it for whoever was there, and the benchmark by its own rule."""

from datetime import timedelta

import pytest

from dekaan.audit.models import Event
from dekaan.core.academic_year import today, year_start
from dekaan.frameworks.queries import ids_of, mask_of
from dekaan.library import changes, queries
from dekaan.library.models import ResourceUse
from dekaan.measures.queries import states_of
from dekaan.participation.queries import live
from dekaan.people.changes import add_carer, add_staff_member
from dekaan.programme.changes import (
    Invited,
    change_activity,
    correct_mark,
    plan_activity,
    plan_session,
    roll_forward,
    take_register,
    undo_roll_forward,
)
from dekaan.programme.models import Activity, Invitation
from dekaan.programme.queries import propose
from dekaan.schools.queries import usual_breaks
from tests.library.shelf import lesson, resource
from tests.stock import THIS_YEAR, pupil

pytestmark = pytest.mark.django_db
BOTH = ("GB14.2.1", "GB24.2.1")


def counted(of) -> tuple[str, ...]:
    of.refresh_from_db()
    return ids_of(of.criteria)


def state_of(who, criterion_id) -> str:
    (state,) = [
        each.states[criterion_id] for each in states_of(who.pk, only_latest=True) if criterion_id in each.states
    ]
    return state


def test_choosing_information_makes_a_session_count_for_whoever_was_there(in_ashdown):
    ada, ben = pupil("Ada"), pupil("Ben", "Marsh")
    activity = lesson(ada, by=in_ashdown.priya)
    assert counted(activity) == ()
    changes.choose_resources(activity, [resource()], by=in_ashdown.priya)
    assert counted(activity) == BOTH
    assert [(row.pupil_id, ids_of(row.criteria)) for row in live()] == [(ada.pk, BOTH)]
    found = queries.reach(in_ashdown.ashdown, THIS_YEAR)
    (years_10_and_11,) = [each for each in found.key_stages if each.name == "Years 10 and 11"]
    assert (found.criterion.id, years_10_and_11.of, years_10_and_11.met, years_10_and_11.used) == ("GB24.2.1", 2, 1, 1)
    assert ben.pk not in set(live().values_list("pupil_id", flat=True))


@pytest.mark.parametrize("kind", ["quiz", "applying", "teaching"])
def test_what_is_no_information_counts_towards_nothing(in_ashdown, kind):
    activity = lesson(pupil("Ada"), by=in_ashdown.priya)
    changes.choose_resources(activity, [resource(kind=kind)], by=in_ashdown.priya)
    assert (counted(activity), ResourceUse.objects.count()) == ((), 1)


def test_taking_the_last_off_takes_back_what_it_added_and_no_more(in_ashdown):
    ada = pupil("Ada")
    one, other = resource("One"), resource("Other")
    activity = lesson(ada, by=in_ashdown.priya)
    change_activity(activity, by=in_ashdown.priya, criteria=["GB24.5.1"])
    for chosen, expected in [
        ([one, other], (*BOTH, "GB24.5.1")), ([other], (*BOTH, "GB24.5.1")), ([], ("GB24.5.1",)),
    ]:  # fmt: skip
        changes.choose_resources(activity, chosen, by=in_ashdown.priya)
        assert set(counted(activity)) == set(expected)
        assert {ids_of(row.criteria) for row in live()} == {counted(activity)}


def test_what_counted_already_still_counts_without_a_resource(in_ashdown):
    activity = lesson(pupil("Ada"), by=in_ashdown.priya, kind="LMI")
    changes.choose_resources(activity, [resource()], by=in_ashdown.priya)
    changes.choose_resources(activity, [], by=in_ashdown.priya)
    assert counted(activity) == BOTH


def test_what_a_person_took_off_by_hand_is_not_put_back(in_ashdown):
    one, other = resource("One"), resource("Other")
    activity = lesson(pupil("Ada"), by=in_ashdown.priya)
    changes.choose_resources(activity, [one], by=in_ashdown.priya)
    change_activity(activity, by=in_ashdown.priya, criteria=["GB14.2.1"])
    changes.choose_resources(activity, [one, other], by=in_ashdown.priya)
    assert counted(activity) == ("GB14.2.1",)
    changes.choose_resources(activity, [other], by=in_ashdown.priya)
    assert counted(activity) == ("GB14.2.1",)
    changes.choose_resources(activity, [], by=in_ashdown.priya)
    assert counted(activity) == ()


def test_a_copy_for_another_year_uses_what_the_activity_used_and_goes_again_with_it(in_ashdown):
    cards, quiz = resource("Cards"), resource("Quiz", kind="quiz")
    activity = plan_activity(title="Talk", activity_type="TALK", partner_kind="employer", by=in_ashdown.priya)
    monday = usual_breaks(THIS_YEAR)[1][1] + timedelta(days=8)
    plan_session(activity, held_on=monday, invited=Invited(year_groups=(10,)), by=in_ashdown.priya)
    changes.choose_resources(activity, [cards, quiz], by=in_ashdown.priya)
    Activity.objects.update(criteria=mask_of(["GB14.5.1"]))  # so that next year counts it by a copy

    def rolled():
        days = {each.pk: each.day for each in propose(THIS_YEAR + 1) if each.is_ticked}
        done = roll_forward(THIS_YEAR + 1, days=days, by=in_ashdown.priya)
        return done, Activity.objects.exclude(pk=activity.pk).get()

    done, copy = rolled()
    assert queries.resources_of(copy) == queries.resources_of(activity) == [cards, quiz]
    undo_roll_forward(done, by=in_ashdown.priya)
    assert list(Activity.objects.all()) == [activity]
    assert ResourceUse.objects.count() == 2
    done, copy = rolled()
    changes.choose_resources(copy, [quiz], by=in_ashdown.priya)
    undo_roll_forward(done, by=in_ashdown.priya)
    assert queries.resources_of(copy) == [quiz], "what somebody chose since stays"


def test_choosing_the_same_again_is_not_on_record_twice(in_ashdown):
    one = resource()
    activity = lesson(pupil("Ada"), by=in_ashdown.priya)
    for _ in range(2):
        changes.choose_resources(activity, [one], by=in_ashdown.priya)
    assert Event.objects.filter(action="resources chosen").count() == 1


def test_a_use_that_nobody_planned_is_recorded_at_once_and_corrected_by_exception(in_ashdown):
    ada, ben = pupil("Ada"), pupil("Ben", "Marsh")
    made, receipt = changes.record_use(
        [resource()], title="Job search in tutor time", activity_type="TUTOR", held_on=today(),
        invited=Invited(year_groups=(10,)), by=in_ashdown.priya,
    )  # fmt: skip
    assert (receipt.recorded, counted(made.activity)) == (2, BOTH)
    correct_mark(made, pupil=ben, state="absent", by=in_ashdown.priya)
    found = queries.reach(in_ashdown.ashdown, THIS_YEAR)
    assert [each.used for each in found.key_stages] == [0, 1, 0]
    assert [each.met for each in found.key_stages] == [0, 1, 0]
    assert queries.used_in_sessions(THIS_YEAR) == [made]
    assert ada.pk in set(live().filter(counts=1).values_list("pupil_id", flat=True))


def test_each_key_stage_is_counted_by_itself_and_each_pupil_once(in_ashdown):
    ada, young, old = pupil("Ada"), pupil("Zoe", "Quill", year_group=8), pupil("Max", "Reed", year_group=12)
    one = resource()
    for who in ((ada, young), (ada,)):
        changes.choose_resources(lesson(*who, by=in_ashdown.priya), [one], by=in_ashdown.priya)
    last_year = lesson(old, by=in_ashdown.priya, held_on=year_start(THIS_YEAR) - timedelta(days=100))
    changes.choose_resources(last_year, [one], by=in_ashdown.priya)
    assert [each.used for each in queries.reach(in_ashdown.ashdown, THIS_YEAR).key_stages] == [1, 1, 0]
    assert [each.used for each in queries.reach(in_ashdown.ashdown, THIS_YEAR, resource("Other")).key_stages] == [
        0,
        0,
        0,
    ]
    assert [each.used for each in queries.reach(in_ashdown.ashdown, THIS_YEAR - 1).key_stages][1:] == [1, 0]


def test_parents_and_staff_stand_beside_the_pupils_figure(in_ashdown):
    ada, zoe = pupil("Ada"), pupil("Zoe", "Lovell", year_group=8)
    rose = add_carer(surname="Lovell", forename="Rose", pupils=[ada, zoe], by=None)
    ivo = add_staff_member(surname="Marsh", forename="Ivo", by=None, starts_on=today())
    talk = resource(kind="talking", audiences=["carers"])
    for kind, person in (("PARENT", {"carer": rose}), ("STAFFCPD", {"staff": ivo})):
        activity = plan_activity(title=kind, activity_type=kind, by=in_ashdown.priya)
        session = plan_session(activity, held_on=today(), invited=Invited(), by=in_ashdown.priya)
        Invitation.objects.create(session=session, **person)
        take_register(session, present=[], by=in_ashdown.priya)
        changes.choose_resources(activity, [talk], by=in_ashdown.priya)
    found = queries.reach(in_ashdown.ashdown, THIS_YEAR)
    assert [each.carers for each in found.key_stages] == [1, 1, 0]  # once in the key stage of each child
    assert (found.staff, [each.used for each in found.key_stages]) == (1, [0, 0, 0])
    assert found.staff_shown(exactly=False)[0] == "hidden"


def test_small_numbers_are_hidden_from_whoever_is_not_of_the_careers_team(in_ashdown):
    many = [pupil(f"Ada{number}", "Lovell") for number in range(7)]
    few = [pupil("Zoe", "Quill", year_group=8)]
    changes.choose_resources(lesson(*many, *few, by=in_ashdown.priya), [resource()], by=in_ashdown.priya)
    found = queries.reach(in_ashdown.ashdown, THIS_YEAR)
    exact, released = found.shown(exactly=True), found.shown(exactly=False)
    assert [each[1][3] for each in exact] == ["1", "7", "0"]
    assert released[0][1] == ("hidden",) * 7
    assert "1" not in [number for _, numbers in released for number in numbers]


def test_presses_are_counted_by_month_and_audience_and_claim_nobody(in_ashdown):
    one = resource(is_public=True)
    for audience, stage in (("pupils", 10), ("pupils", 10), ("carers", 7), ("staff", 0)):
        changes.count_press(one, audience=audience, key_stage=stage)
    found = queries.reach(in_ashdown.ashdown, THIS_YEAR)
    assert [(each.pupil_presses, each.carer_presses, each.used) for each in found.key_stages] == [(0, 1, 0), (2, 0, 0), (0, 0, 0)]  # fmt: skip
    assert (found.staff_presses, found.staff) == (1, 0)
    assert not live().exists()
    changes.forget_old_presses(year_start(THIS_YEAR + 4))
    assert queries.reach(in_ashdown.ashdown, THIS_YEAR).staff_presses == 0

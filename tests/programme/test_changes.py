"""*It happened* and all that follows, as sentences about people at Ashdown."""

from datetime import time, timedelta

import pytest

from dekaan.core.academic_year import today, year_start
from dekaan.frameworks.queries import criterion, framework, ids_of, mask_of
from dekaan.measures.queries import coverage
from dekaan.participation.queries import live
from dekaan.people.changes import leave_school, place_in_tutor_group
from dekaan.people.models import Group, StaffMember
from dekaan.programme import changes
from dekaan.programme.changes import Invited, Receipt
from dekaan.programme.models import Mode
from dekaan.programme.queries import occasion_of, open_catch_ups, register, to_catch_up
from tests.stock import THIS_YEAR, pupil


@pytest.fixture
def year_ten(in_ashdown):
    return [pupil(name, year_group=10) for name in ("Ada", "Ben", "Cy", "Dee")]


def talk(stock, **otherwise):
    activity = changes.plan_activity(title="Talk", activity_type="TALK", by=stock.priya, partner_kind="employer")
    given = {"held_on": today(), "invited": Invited(year_groups=(10,)), "by": stock.priya} | otherwise
    return changes.plan_session(activity, **given)


def marks() -> dict[str, tuple[str, str]]:
    return {row.pupil.forename: (row.state, row.known_by) for row in live().select_related("pupil")}


def employer(stock) -> tuple:
    (figure,) = coverage(stock.ashdown.pk, THIS_YEAR, framework("gatsby-2024"), criterion="GB24.5.1")
    return figure.met, figure.of, figure.unknown, figure.assumed


def test_it_happened_records_everyone_invited_as_assumed(in_ashdown, year_ten):
    receipt = changes.it_happened(talk(in_ashdown), by=in_ashdown.priya)
    assert receipt == Receipt(recorded=4, to_catch_up=0, are_absences_checked=False)
    assert set(marks().values()) == {("attended", "assumed")}
    assert employer(in_ashdown) == (4, 4, 0, 4)


def test_the_days_attendance_is_struck_off_at_once(in_ashdown, year_ten):
    changes.record_day_absences(today(), [year_ten[1].pk], by=in_ashdown.tom)
    receipt = changes.it_happened(talk(in_ashdown), by=in_ashdown.priya)
    assert receipt == Receipt(recorded=3, to_catch_up=1, are_absences_checked=True)
    assert marks()["Ben"] == ("absent", "checked")


def test_an_afternoon_absence_does_not_strike_off_a_morning_talk(in_ashdown, year_ten):
    changes.record_day_absences(today(), {year_ten[0].pk: "pm", year_ten[1].pk: "am"}, by=in_ashdown.tom)
    changes.it_happened(talk(in_ashdown, starts_at=time(9, 0)), by=in_ashdown.priya)
    assert {name for name, (state, _) in marks().items() if state == "absent"} == {"Ben"}


def test_pressed_twice_it_is_one_effect(in_ashdown, year_ten):
    session = talk(in_ashdown)
    assert changes.it_happened(session, by=in_ashdown.priya) == changes.it_happened(session, by=in_ashdown.tom)
    assert live().count() == 4


def test_the_list_is_frozen_from_the_day_it_was_held(in_ashdown, year_ten):
    ada, ben, *_ = year_ten
    form = Group.objects.get(name="10A")
    session = talk(in_ashdown, held_on=today() - timedelta(days=3), invited=Invited(groups=(form,)))
    place_in_tutor_group(ada, "10B", on=today() - timedelta(days=1), by=in_ashdown.priya)
    leave_school(ben, on=today() - timedelta(days=5), by=in_ashdown.priya)
    changes.it_happened(session, by=in_ashdown.priya)
    pupil("Eve", year_group=10)
    assert set(marks()) == {"Ada", "Cy", "Dee"}


def test_before_its_day_it_is_refused(in_ashdown, year_ten):
    with pytest.raises(changes.NotHeldYet):
        changes.it_happened(talk(in_ashdown, held_on=today() + timedelta(days=1)), by=in_ashdown.priya)


def test_a_cancelled_session_did_not_happen(in_ashdown, year_ten):
    session = talk(in_ashdown)
    changes.cancel_session(session, because="cancelled by them", by=in_ashdown.priya)
    with pytest.raises(changes.SessionCancelled):
        changes.it_happened(session, by=in_ashdown.priya)


def test_what_happened_cannot_be_cancelled(in_ashdown, year_ten):
    session = talk(in_ashdown)
    changes.it_happened(session, by=in_ashdown.priya)
    with pytest.raises(changes.AlreadyRecorded):
        changes.cancel_session(session, because="postponed", by=in_ashdown.priya)


def test_a_second_pasted_list_adds_to_the_first(in_ashdown, year_ten):
    session = talk(in_ashdown)
    changes.it_happened(session, by=in_ashdown.priya)
    changes.strike_off(session, absent={year_ten[0].pk}, by=in_ashdown.priya)
    receipt = changes.strike_off(session, absent={year_ten[1].pk}, by=in_ashdown.priya)
    assert receipt == Receipt(recorded=2, to_catch_up=2, are_absences_checked=True)
    assert marks() == {
        "Ada": ("absent", "checked"),
        "Ben": ("absent", "checked"),
        "Cy": ("attended", "checked"),
        "Dee": ("attended", "checked"),
    }
    assert employer(in_ashdown) == (2, 4, 0, 0)


def test_a_register_confirms(in_ashdown, year_ten):
    session = talk(in_ashdown)
    receipt = changes.take_register(session, present=[each.pk for each in year_ten[:3]], by=in_ashdown.leo)
    assert receipt == Receipt(recorded=3, to_catch_up=1, are_absences_checked=True)
    assert marks()["Dee"] == ("absent", "confirmed")


def test_a_register_says_who_was_there_in_part_or_opted_out(in_ashdown, year_ten):
    session, (ada, ben, cy, _dee) = talk(in_ashdown), year_ten
    receipt = changes.take_register(
        session, present=[ada.pk, ben.pk], otherwise={ben.pk: "part", cy.pk: "opted_out"}, by=in_ashdown.leo
    )
    assert receipt == Receipt(recorded=2, to_catch_up=1, are_absences_checked=True)
    assert {name: state for name, (state, _) in marks().items()} == {
        "Ada": "attended",
        "Ben": "part",
        "Cy": "opted_out",
        "Dee": "absent",
    }


def test_a_register_is_not_weakened_by_a_later_check(in_ashdown, year_ten):
    session = talk(in_ashdown)
    changes.take_register(session, present=[each.pk for each in year_ten], by=in_ashdown.leo)
    changes.strike_off(session, absent=set(), by=in_ashdown.priya)
    assert set(marks().values()) == {("attended", "confirmed")}


def test_a_catch_up_is_an_occasion_of_its_own_and_counts_once(in_ashdown, year_ten):
    session = talk(in_ashdown)
    changes.it_happened(session, by=in_ashdown.priya)
    changes.strike_off(session, absent={year_ten[0].pk, year_ten[1].pk}, by=in_ashdown.priya)
    assert [(each.session, each.pupils) for each in open_catch_ups()] == [(session, 2)]
    later = changes.plan_catch_up(session, held_on=today(), by=in_ashdown.priya)
    assert later.catches_up == session
    changes.it_happened(later, by=in_ashdown.priya)
    assert to_catch_up(session) == []
    assert employer(in_ashdown)[:3] == (4, 4, 0)
    with pytest.raises(changes.NobodyToCatchUp):
        changes.plan_catch_up(session, held_on=today(), by=in_ashdown.priya)


def test_what_nobody_recorded_is_unknown_until_somebody_does(in_ashdown, year_ten):
    session = talk(in_ashdown, held_on=today() - timedelta(days=2))
    assert employer(in_ashdown) == (0, 4, 0, 0)
    assert (changes.note_unrecorded(today()), changes.note_unrecorded(today())) == (4, 0)
    assert employer(in_ashdown) == (0, 4, 4, 0)
    changes.it_happened(session, by=in_ashdown.priya)
    assert employer(in_ashdown) == (4, 4, 0, 4)
    changes.undo_last_act(session, by=in_ashdown.priya)
    assert employer(in_ashdown) == (0, 4, 4, 0)
    changes.cancel_session(session, because="postponed", by=in_ashdown.priya)
    assert employer(in_ashdown) == (0, 4, 0, 0)


@pytest.mark.parametrize(("qualified_from", "met", "unknown"), [(True, 1, 0), (False, 0, 1)])
def test_guidance_counts_only_with_an_adviser_qualified_that_day(in_ashdown, qualified_from, met, unknown):
    ada = pupil("Ada", year_group=11, joined=year_start(THIS_YEAR - 2))
    adviser = StaffMember.objects.create(
        surname="Bell", forename="Grace", guidance_qualified_from=today() + timedelta(days=0 if qualified_from else 1)
    )
    meeting = changes.plan_activity(title="Guidance", activity_type="PG", by=in_ashdown.priya)
    session = changes.plan_session(
        meeting, held_on=today(), invited=Invited(pupils=(ada,)), adviser=adviser, by=in_ashdown.priya
    )
    changes.it_happened(session, by=in_ashdown.priya)
    (figure,) = coverage(in_ashdown.ashdown.pk, THIS_YEAR, framework("gatsby-2024"), criterion="GB24.8.1")
    assert (figure.met, figure.of, figure.unknown) == (met, 1, unknown)


def test_a_recording_of_a_provider_counts_as_it_did_under_the_text_of_2014_alone(in_ashdown, year_ten):
    activity = changes.plan_activity(title="Film", activity_type="ITPTALK", by=in_ashdown.priya, mode=Mode.RECORDED)
    session = changes.plan_session(activity, held_on=today(), invited=Invited(year_groups=(10,)), by=in_ashdown.priya)
    assert occasion_of(session).criteria == mask_of(["GB14.7.1"])


def test_staff_and_carers_take_part_and_count_for_no_pupil(in_ashdown, year_ten):
    StaffMember.objects.create(surname="Adeyemi", forename="Ruth")
    training = changes.plan_activity(
        title="Training", activity_type="STAFFCPD", by=in_ashdown.priya, criteria=["GB24.5.1"]
    )
    session = changes.plan_session(training, held_on=today(), invited=Invited(), by=in_ashdown.priya)
    assert changes.it_happened(session, by=in_ashdown.priya).recorded == 1
    assert employer(in_ashdown) == (0, 4, 0, 0)


def test_a_session_for_pupils_must_invite_somebody(in_ashdown):
    with pytest.raises(changes.NobodyInvited):
        talk(in_ashdown, invited=Invited())


def test_a_change_of_criteria_is_counted_at_once(in_ashdown, year_ten):
    session = talk(in_ashdown)
    changes.it_happened(session, by=in_ashdown.priya)
    changes.change_activity(session.activity, by=in_ashdown.priya, criteria=["GB24.2.1"])
    assert employer(in_ashdown) == (0, 4, 0, 0)


def test_the_register_lists_everyone_invited_with_the_absent_unmarked(in_ashdown, year_ten):
    changes.record_day_absences(today(), [year_ten[2].pk], by=in_ashdown.tom)
    rows = register(talk(in_ashdown))
    assert [(row.pupil.forename, row.tutor_group, row.present) for row in rows] == [
        ("Ada", "10A", True),
        ("Ben", "10A", True),
        ("Cy", "10A", False),
        ("Dee", "10A", True),
    ]


def test_whoever_misses_the_catch_up_is_still_to_catch_up_on_the_first_session(in_ashdown):
    ada, ben, by = pupil("Ada"), pupil("Ben"), in_ashdown.priya
    talk = changes.plan_activity(title="Talk", activity_type="TALK", by=by, partner_kind="employer")
    first = changes.plan_session(talk, held_on=today(), invited=Invited(pupils=(ada, ben)), by=by)
    changes.it_happened(first, by=by)
    changes.strike_off(first, absent={ada.pk, ben.pk}, by=by)

    def waiting() -> list[tuple[int, int]]:
        return [(each.session.pk, each.pupils) for each in open_catch_ups()]

    assert waiting() == [(first.pk, 2)]
    second = changes.plan_catch_up(first, held_on=today(), by=by)
    assert waiting() == []
    changes.it_happened(second, by=by)
    changes.strike_off(second, absent={ben.pk}, by=by)
    assert waiting() == [(first.pk, 1)]
    third = changes.plan_catch_up(second, held_on=today(), by=by)
    assert (third.catches_up, [each.pupil_id for each in third.invitations.all()]) == (first, [ben.pk])
    changes.cancel_session(third, because="postponed", by=by)
    assert waiting() == [(first.pk, 1)]
    fourth = changes.plan_catch_up(first, held_on=today(), by=by)
    changes.it_happened(fourth, by=by)
    assert (waiting(), to_catch_up(first), to_catch_up(second)) == ([], [], [])


def test_a_recording_counts_towards_nothing_that_is_two_way(in_ashdown):
    talk = changes.plan_activity(
        title="Film", activity_type="TALK", by=in_ashdown.priya, partner_kind="employer", mode="recorded"
    )
    session = changes.plan_session(talk, held_on=today(), invited=Invited(pupils=(pupil("Ada"),)), by=in_ashdown.priya)
    counted = {criterion(each).is_two_way for each in ids_of(occasion_of(session).criteria)}
    assert counted <= {False}
    assert {criterion(each).is_two_way for each in ids_of(talk.criteria)} == {True, False}

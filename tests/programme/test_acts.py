"""Whose register speaks for whom, and Undo: the last act is taken back and everything is as it was before it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dekaan.access.queries import assignments_in
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.participation.queries import live
from dekaan.programme import changes
from dekaan.programme.changes import Invited, Receipt
from dekaan.programme.queries import Colleague, sessions, waiting_for
from tests.programme.test_changes import employer, marks, talk
from tests.stock import make_stock, pupil


@pytest.fixture
def year_ten(in_ashdown):
    """Ada and Ben of 10A, Cy and Dee of 10B."""
    forms = {"Ada": "10A", "Ben": "10A", "Cy": "10B", "Dee": "10B"}
    return [pupil(name, year_group=10, tutor_group=form) for name, form in forms.items()]


def stands(session) -> tuple:
    """What the session says of itself."""
    session.refresh_from_db()
    return session.has_happened, session.absences_checked_at is not None, session.registers_to_come


def own_group(session, stock, pupils, *, absent=()):
    ids = [each.pk for each in pupils]
    return changes.take_register(session, present=set(ids) - set(absent), among=ids, by=stock.sam)


def test_a_tutors_register_says_nothing_of_other_groups(in_ashdown, year_ten):
    session = talk(in_ashdown)
    receipt = own_group(session, in_ashdown, year_ten[:2], absent=[year_ten[1].pk])
    assert receipt == Receipt(recorded=1, to_catch_up=1, are_absences_checked=False)
    assert marks() == {"Ada": ("attended", "confirmed"), "Ben": ("absent", "confirmed")}
    assert stands(session) == (False, False, 1)


def test_the_last_groups_register_completes_the_session(in_ashdown, year_ten):
    session = talk(in_ashdown)
    own_group(session, in_ashdown, year_ten[:2])
    receipt = own_group(session, in_ashdown, year_ten[2:])
    assert receipt.are_absences_checked is True
    assert stands(session) == (True, True, None)
    assert employer(in_ashdown) == (4, 4, 0, 0)


def test_it_happened_fills_in_the_groups_that_took_no_register(in_ashdown, year_ten):
    session = talk(in_ashdown)
    own_group(session, in_ashdown, year_ten[:2], absent=[year_ten[1].pk])
    assert changes.it_happened(session, by=in_ashdown.priya) == Receipt(3, 1, are_absences_checked=False)
    assert marks() == {
        "Ada": ("attended", "confirmed"),
        "Ben": ("absent", "confirmed"),
        "Cy": ("attended", "assumed"),
        "Dee": ("attended", "assumed"),
    }


def test_absences_struck_off_leave_a_register_alone_and_say_so(in_ashdown, year_ten):
    ada, ben, cy, _ = year_ten
    session = talk(in_ashdown)
    own_group(session, in_ashdown, year_ten[:2], absent=[ben.pk])
    changes.it_happened(session, by=in_ashdown.priya)
    receipt = changes.strike_off(session, absent={ada.pk, cy.pk}, by=in_ashdown.priya)
    assert receipt == Receipt(2, 2, are_absences_checked=True, confirmed_there=1)
    assert {name for name, (state, _) in marks().items() if state == "absent"} == {"Ben", "Cy"}


def test_what_no_group_has_said_is_unknown_in_the_morning_and_what_one_said_stands(in_ashdown, year_ten):
    session = talk(in_ashdown, held_on=today() - timedelta(days=1))
    own_group(session, in_ashdown, year_ten[:2])
    assert changes.note_unrecorded(today()) == 2
    assert employer(in_ashdown) == (2, 4, 2, 0)
    assert stands(session) == (False, False, 1)


def test_what_is_recorded_in_part_cannot_be_cancelled(in_ashdown, year_ten):
    session = talk(in_ashdown)
    own_group(session, in_ashdown, year_ten[:2])
    with pytest.raises(changes.AlreadyRecorded):
        changes.cancel_session(session, because="postponed", by=in_ashdown.priya)


def test_undo_takes_back_the_register_and_then_it_happened(in_ashdown, year_ten):
    session = talk(in_ashdown)
    changes.it_happened(session, by=in_ashdown.priya)
    assumed = marks()
    changes.take_register(session, present=[year_ten[0].pk], by=in_ashdown.priya)
    assert employer(in_ashdown) == (1, 4, 0, 0)
    assert changes.undo_last_act(session, by=in_ashdown.priya).act.get_kind_display() == "the register"
    assert (marks(), stands(session)) == (assumed, (True, False, None))
    assert employer(in_ashdown) == (4, 4, 0, 4)
    assert changes.undo_last_act(session, by=in_ashdown.priya).act.get_kind_display() == "It happened"
    assert (marks(), stands(session)) == ({}, (False, False, None))
    assert employer(in_ashdown) == (0, 4, 0, 0)
    with pytest.raises(changes.NothingToUndo):
        changes.undo_last_act(session, by=in_ashdown.priya)


def test_undo_of_the_absences_brings_back_exactly_what_held_before(in_ashdown, year_ten):
    _ada, ben, *_ = year_ten
    session = talk(in_ashdown)
    own_group(session, in_ashdown, year_ten[:2], absent=[ben.pk])
    changes.it_happened(session, by=in_ashdown.priya)
    before = marks()
    for absent in (year_ten[2], year_ten[3]):
        changes.strike_off(session, absent={absent.pk}, by=in_ashdown.priya)
    changes.undo_last_act(session, by=in_ashdown.priya)
    assert marks()["Cy"] == ("absent", "checked")
    changes.undo_last_act(session, by=in_ashdown.priya)
    assert (marks(), stands(session)) == (before, (True, False, None))
    changes.undo_last_act(session, by=in_ashdown.priya)
    assert stands(session) == (False, False, 1)
    assert marks() == {"Ada": ("attended", "confirmed"), "Ben": ("absent", "confirmed")}


def test_what_was_corrected_since_stays_and_is_named(in_ashdown, year_ten):
    _ada, ben, *_ = year_ten
    session = talk(in_ashdown)
    changes.it_happened(session, by=in_ashdown.priya)
    changes.correct_mark(session, pupil=ben, state="part", by=in_ashdown.priya)
    assert changes.undo_last_act(session, by=in_ashdown.priya).stayed == (ben,)
    assert marks() == {"Ben": ("part", "confirmed")}
    assert changes.it_happened(session, by=in_ashdown.priya) == Receipt(4, 0, are_absences_checked=False)
    assert marks()["Ben"] == ("part", "confirmed")


def test_a_correction_that_a_register_overtook_comes_back_with_its_undo(in_ashdown, year_ten):
    ada, *_ = year_ten
    session = talk(in_ashdown)
    changes.it_happened(session, by=in_ashdown.priya)
    changes.correct_mark(session, pupil=ada, state="opted_out", by=in_ashdown.priya)
    changes.take_register(session, present=[each.pk for each in year_ten], by=in_ashdown.priya)
    assert changes.undo_last_act(session, by=in_ashdown.priya).stayed == ()
    assert marks()["Ada"] == ("opted_out", "confirmed")
    assert changes.undo_last_act(session, by=in_ashdown.priya).stayed == (ada,)


def test_after_an_undo_the_press_can_be_made_and_undone_again(in_ashdown, year_ten):
    session = talk(in_ashdown, held_on=today() - timedelta(days=1))
    changes.note_unrecorded(today())
    for _ in range(2):
        changes.it_happened(session, by=in_ashdown.priya)
        changes.strike_off(session, absent={year_ten[0].pk}, by=in_ashdown.priya)
        changes.undo_last_act(session, by=in_ashdown.priya)
        assert set(marks().values()) == {("attended", "assumed")}
        changes.undo_last_act(session, by=in_ashdown.priya)
        assert set(marks().values()) == {("invited", "assumed")}
    assert live().count() == 4


def test_what_comes_back_counts_as_the_activity_counts_now(in_ashdown, year_ten):
    session = talk(in_ashdown)
    changes.it_happened(session, by=in_ashdown.priya)
    changes.take_register(session, present=[], by=in_ashdown.priya)
    changes.change_activity(session.activity, by=in_ashdown.priya, criteria=["GB24.2.1"])
    changes.undo_last_act(session, by=in_ashdown.priya)
    assert employer(in_ashdown) == (0, 4, 0, 0)


def test_pressed_twice_an_act_and_its_undo_are_one_effect(in_ashdown, year_ten):
    session, everybody = talk(in_ashdown), [each.pk for each in year_ten]
    changes.it_happened(session, by=in_ashdown.priya)
    for _ in range(2):
        changes.take_register(session, present=everybody, by=in_ashdown.priya)
    assert session.acts.count() == 2
    undone = changes.undo_last_act(session, by=in_ashdown.priya)
    with pytest.raises(changes.NothingToUndo):
        changes.undo_act(undone.act, by=in_ashdown.priya)
    assert set(marks().values()) == {("attended", "assumed")}


def test_an_act_is_undone_after_those_that_followed_it(in_ashdown, year_ten):
    session = talk(in_ashdown)
    changes.it_happened(session, by=in_ashdown.priya)
    changes.strike_off(session, absent=set(), by=in_ashdown.priya)
    with pytest.raises(changes.MoreRecordedSince):
        changes.undo_act(session.acts.first(), by=in_ashdown.priya)


def test_a_tutor_undoes_the_own_register_though_another_groups_came_after(in_ashdown, year_ten):
    session = talk(in_ashdown)
    own_group(session, in_ashdown, year_ten[:2])
    own_group(session, in_ashdown, year_ten[2:])
    changes.undo_act(session.acts.first(), by=in_ashdown.sam)
    assert set(marks()) == {"Cy", "Dee"}
    assert stands(session) == (False, False, 1)


def test_after_thirty_days_undo_is_refused(in_ashdown, year_ten):
    session = talk(in_ashdown)
    changes.it_happened(session, by=in_ashdown.priya)
    with time_machine.travel(timezone.now() + timedelta(days=31)), pytest.raises(changes.TooLateToUndo):
        changes.undo_last_act(session, by=in_ashdown.priya)


def test_an_attendance_export_undone_leaves_a_pasted_list_and_a_register(in_ashdown, year_ten):
    ada, ben, cy, dee = year_ten
    changes.record_day_absences(today(), [ada.pk], by=in_ashdown.tom)
    session = talk(in_ashdown, invited=Invited(pupils=(ada, ben)))
    changes.it_happened(session, by=in_ashdown.priya)
    other = talk(in_ashdown, invited=Invited(pupils=(cy, dee)))
    changes.it_happened(other, by=in_ashdown.priya)
    changes.take_register(other, present=[cy.pk], by=in_ashdown.priya)
    changes.forget_day_absences(today(), None, by=in_ashdown.tom)
    assert (stands(session), stands(other)) == ((True, False, None), (True, True, None))
    assert marks() == {
        "Ada": ("attended", "assumed"),
        "Ben": ("attended", "assumed"),
        "Cy": ("attended", "confirmed"),
        "Dee": ("absent", "confirmed"),
    }


def absent():
    return {name for name, (state, _) in marks().items() if state == "absent"}


def attendance(stock, *away):
    """The day's attendance export comes in, and whatever happened that day is checked against it."""
    changes.record_day_absences(today(), [each.pk for each in away], by=stock.tom)
    changes.strike_off_absences(today(), by=stock.tom)


def test_a_corrected_export_takes_back_only_what_the_first_had_said(in_ashdown, year_ten):
    ada, ben, cy, dee = year_ten
    session = talk(in_ashdown)
    changes.it_happened(session, by=in_ashdown.priya)
    attendance(in_ashdown, ada, ben)
    changes.strike_off(session, absent={ben.pk, cy.pk}, by=in_ashdown.priya)
    changes.correct_mark(session, pupil=dee, state="absent", by=in_ashdown.priya)
    assert absent() == {"Ada", "Ben", "Cy", "Dee"}
    attendance(in_ashdown)
    assert absent() == {"Ben", "Cy", "Dee"}
    assert marks()["Dee"] == ("absent", "confirmed")
    assert marks()["Ada"] == ("attended", "checked")


def test_an_export_undone_leaves_whom_a_person_named_though_it_named_them_first(in_ashdown, year_ten):
    ada, ben, cy, _ = year_ten
    session = talk(in_ashdown)
    changes.it_happened(session, by=in_ashdown.priya)
    attendance(in_ashdown, ada, ben)
    changes.strike_off(session, absent={ben.pk, cy.pk}, by=in_ashdown.priya)
    changes.forget_day_absences(today(), None, by=in_ashdown.tom)
    assert absent() == {"Ben", "Cy"}
    assert {known_by for _, known_by in marks().values()} == {"checked"}
    assert stands(session) == (True, True, None)
    changes.undo_last_act(session, by=in_ashdown.priya)
    assert set(marks().values()) == {("attended", "assumed")}
    assert stands(session) == (True, False, None)


def test_an_export_that_has_nobody_absent_checks_the_day(in_ashdown, year_ten):
    changes.record_day_absences(today(), [], by=in_ashdown.tom)
    session = talk(in_ashdown)
    changes.it_happened(session, by=in_ashdown.priya)
    assert set(marks().values()) == {("attended", "checked")}
    changes.forget_day_absences(today(), None, by=in_ashdown.tom)
    assert set(marks().values()) == {("attended", "assumed")}
    assert stands(session) == (True, False, None)


PRESSES = st.lists(
    st.tuples(st.sampled_from(["happened", "absences", "register", "group", "attendance"]), st.integers(0, 15)),
    min_size=1,
    max_size=8,
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(presses=PRESSES)
def test_whatever_was_pressed_each_undo_leads_back_one_step(db, presses):
    with transaction.atomic():
        stock = make_stock()
        with working_in(stock.ashdown):
            everybody = [pupil(name, year_group=10, tutor_group=f"10{name[0]}").pk for name in ("Ada", "Ben", "Cy")]
            session = talk(stock)
            steps = []
            for kind, chosen in presses:
                some = {pk for place, pk in enumerate(everybody) if chosen >> place & 1}
                steps.append((marks(), stands(session), standing(session)))
                press(kind, session, some, everybody[chosen % 3], stock)
            for before, stood, acts in reversed(steps):
                if standing(session) > acts:
                    changes.undo_last_act(session, by=stock.priya)
                assert (marks(), stands(session)) == (before, stood)
        transaction.set_rollback(True)


def standing(session) -> int:
    return session.acts.filter(undone_at__isnull=True).count()


def press(kind: str, session, some: set[int], one: int, stock) -> None:
    if kind == "happened":
        changes.it_happened(session, by=stock.priya)
    elif kind == "register":
        changes.take_register(session, present=some, by=stock.priya)
    elif kind == "group":
        changes.take_register(session, present=some & {one}, among=[one], by=stock.sam)
    elif session.has_happened:
        how = "attendance" if kind == "attendance" else "absences"
        changes.strike_off(session, absent=some, by=stock.priya, kind=how)


def test_sam_is_asked_for_the_own_groups_register_until_it_is_in(in_ashdown, year_ten):
    mine, other = talk(in_ashdown), talk(in_ashdown, invited=Invited(pupils=tuple(year_ten[2:])))
    sam, tom = (Colleague(who, assignments_in(who, in_ashdown.ashdown)) for who in (in_ashdown.sam, in_ashdown.tom))
    assert list(waiting_for(sam, sessions())) == [mine]
    own_group(mine, in_ashdown, year_ten[:2])
    assert list(waiting_for(sam, sessions())) == []
    assert list(waiting_for(tom, sessions())) == [mine, other]

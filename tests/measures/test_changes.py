"""The kept tables follow the ledger whatever happens, in whatever order; and two at once do not lose each other."""

import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dekaan.core.academic_year import today, year_start
from dekaan.core.scope import working_in
from dekaan.destinations.changes import correct_statement, record_statement, withdraw_statement
from dekaan.destinations.models import Statement
from dekaan.destinations.queries import in_force, told_wrongly
from dekaan.frameworks.queries import framework
from dekaan.measures import run
from dekaan.measures.changes import rebuild, verify
from dekaan.measures.models import Coverage, PupilYear
from dekaan.measures.queries import coverage
from dekaan.people.changes import change_pupil, change_year_record, leave_school
from dekaan.people.models import Enrolment, Pupil
from dekaan.programme.changes import (
    Invited,
    NobodyToCatchUp,
    cancel_session,
    change_activity,
    change_session,
    correct_mark,
    it_happened,
    note_unrecorded,
    plan_activity,
    plan_catch_up,
    plan_session,
    put_back_on,
    strike_off,
    take_register,
    undo_last_act,
)
from dekaan.programme.models import Session
from tests.stock import THIS_YEAR, make_stock, pupil

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "happen",
                "undo",
                "strike",
                "register",
                "group's register",
                "move",
                "correct",
                "retag",
                "catch up",
                "unrecorded",
                "cancel",
                "put back on",
                "leave",
                "sen",
                "cohort",
                "plan",
                "correct the plan",
                "take the plan back",
            ]
        ),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_kept_equals_rebuilt_after_any_sequence(db, steps):
    with transaction.atomic():
        stock = make_stock()
        with working_in(stock.ashdown):
            pupils = [pupil(f"P{number}", year_group=10 + number % 4) for number in range(6)]
            talk = plan_activity(title="Talk", activity_type="TALK", by=stock.priya, partner_kind="employer")
            sessions = [
                plan_session(
                    talk,
                    held_on=today() - timedelta(days=number * 130),
                    invited=Invited(pupils=tuple(pupils)),
                    by=stock.priya,
                )
                for number in range(6)
            ]
            for step, one, other in steps:
                take(step, sessions[one], pupils[other], talk, stock)
            assert verify() == []
            assert told_wrongly() == []
        transaction.set_rollback(True)


def take(step: str, session: Session, someone: Pupil, talk, stock) -> None:
    """One step of a sequence, where it can be taken."""
    session.refresh_from_db()
    done, off, by = session.recorded_at, session.cancelled_at, stock.priya
    begun = session.has_begun
    if step == "happen" and not off:
        it_happened(session, by=by)
    elif step == "undo" and begun:
        undo_last_act(session, by=by)
    elif step == "register" and not off:
        take_register(session, present=[someone.pk], by=by)
    elif step == "group's register" and not off:
        take_register(session, present=[], among=[someone.pk], otherwise={someone.pk: "part"}, by=by)
    elif step == "move" and not off:
        change_session(session, held_on=session.held_on - timedelta(days=100), by=by)
    elif step == "strike" and done:
        strike_off(session, absent={someone.pk}, by=by)
    elif step == "correct" and begun:
        correct_mark(session, pupil=someone, state="part", by=by)
    elif step == "retag":
        change_activity(talk, by=by, criteria=["GB24.5.1", "GB24.6.1"] if session.pk % 2 else ["GB24.8.1"])
    elif step == "catch up" and done:
        with suppress(NobodyToCatchUp):  # who missed nothing there has nothing to catch up
            it_happened(plan_catch_up(session, held_on=today(), by=by, pupils=[someone]), by=by)
    elif step == "unrecorded":
        note_unrecorded(today())
    elif step == "cancel" and not begun and not off:
        cancel_session(session, because="postponed", by=by)
    elif step == "put back on":
        put_back_on(session, by=by)
    elif step == "leave" and Enrolment.objects.filter(pupil=someone, ends_on=None).exists():
        leave_school(someone, on=today(), by=by)
    elif step == "sen":
        change_year_record(someone, THIS_YEAR, by=by, year_group=10, sen="K")
    elif step == "cohort":
        change_pupil(someone, by=by, benchmark_cohort=not someone.benchmark_cohort)
    elif step == "plan":
        record_statement(someone, by=by, said_on=session.held_on, **plan(session.pk))
    elif step in {"correct the plan", "take the plan back"}:
        (*_, standing) = [None, *in_force(Statement.objects.filter(pupil=someone))]
        if standing and step == "correct the plan":
            correct_statement(standing, by=by, **plan(session.pk + 1))
        elif standing:
            withdraw_statement(standing, by=by)


def plan(number: int) -> dict[str, str]:
    """One of a few things that somebody may say of their plans."""
    routes = ("university", "apprenticeship", "undecided", "school-sixth-form")
    return {"kind": "intention", "source": "pupil", "route": routes[number % len(routes)]}


def test_verify_names_a_kept_row_that_is_wrong(in_ashdown):
    ada = pupil("Ada")
    PupilYear.objects.filter(pupil_id=ada.pk, academic_year=THIS_YEAR).update(met=1)
    differences = verify()
    assert [line.split(":")[0] for line in differences] == [f"pupil {ada.pk} in {THIS_YEAR}"]
    rebuild()
    assert verify() == []


def test_a_rebuild_writes_nothing_where_nothing_has_drifted_and_puts_right_what_has(in_ashdown):
    ada, ben = pupil("Ada"), pupil("Ben")
    before = ids_of_the_kept()
    rebuild()
    assert ids_of_the_kept() == before

    kept = PupilYear.objects.filter(pupil_id=ada.pk, academic_year=THIS_YEAR)
    tutor_group = kept.get().tutor_group_id
    kept.update(n31=7, tutor_group_id=None)
    PupilYear.objects.filter(pupil_id=ben.pk).delete()
    Coverage.objects.filter(academic_year=THIS_YEAR).update(n=99)
    PupilYear.objects.create(school_id=in_ashdown.ashdown.pk, pupil_id=ada.pk, academic_year=1999, coh=1)
    rebuild()
    assert verify() == []
    assert (kept.get().n31, kept.get().tutor_group_id) == (0, tutor_group)
    assert PupilYear.objects.filter(pupil_id=ben.pk).exists()
    assert not PupilYear.objects.filter(academic_year=1999).exists()


def ids_of_the_kept() -> tuple[list[int], list[int]]:
    """The row ids of both kept tables: a row that is written again gets another."""
    return tuple(sorted(model.objects.values_list("pk", flat=True)) for model in (PupilYear, Coverage))


@pytest.mark.django_db(transaction=True)
def test_a_press_between_counting_and_writing_is_not_written_over(monkeypatch):
    """On PostgreSQL the press waits for the rebuild; on SQLite there is one writer at a time anyway."""
    stock = make_stock()
    with working_in(stock.ashdown), transaction.atomic():
        group = [pupil(f"P{number}", year_group=10, joined=year_start(THIS_YEAR)) for number in range(4)]
        talk = plan_activity(title="Talk", activity_type="TALK", by=stock.priya)
        session = plan_session(talk, held_on=today(), invited=Invited(pupils=tuple(group)), by=stock.priya)
    problems: list[BaseException] = []

    def press() -> None:
        try:
            with transaction.atomic(), working_in(stock.ashdown):
                it_happened(session, by=stock.priya)
        except BaseException as problem:  # noqa: BLE001 whatever it is, the test shows it
            problems.append(problem)
        finally:
            connection.close()

    if connection.vendor == "sqlite":
        press()
        with working_in(stock.ashdown):
            rebuild()
            assert verify() == []
        return
    meanwhile = threading.Thread(target=press)
    settle = run.settle_years

    def press_first() -> tuple[str, ...]:
        meanwhile.start()
        meanwhile.join(1)  # time enough to be done, were it not made to wait
        return settle()

    monkeypatch.setattr(run, "settle_years", press_first)
    with working_in(stock.ashdown):
        rebuild()
    monkeypatch.setattr(run, "settle_years", settle)
    meanwhile.join(60)
    assert problems == []
    with working_in(stock.ashdown):
        assert verify() == []
        assert PupilYear.objects.filter(pupil_id=group[0].pk, academic_year=THIS_YEAR).exclude(met=0).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("are_first_ever", [False, True])
@pytest.mark.parametrize("crossing", [False, True])
def test_two_presses_at_once_lose_nothing(are_first_ever, crossing):
    """Both connections write before either commits; without the lock the second would count without the first."""
    stock = make_stock()
    with working_in(stock.ashdown), transaction.atomic():
        joined = year_start(THIS_YEAR)
        pupils = [pupil(f"P{number}", year_group=10, joined=joined) for number in range(4)]
        if are_first_ever:
            PupilYear.objects.all().delete()
            Coverage.objects.all().delete()
        kinds = [plan_activity(title=kind, activity_type=kind, by=stock.priya) for kind in ("TALK", "LMI")]
        sets = [pupils, pupils[::-1] if crossing else pupils]
        sessions = [
            plan_session(activity, held_on=today(), invited=Invited(pupils=tuple(chosen)), by=stock.priya)
            for activity, chosen in zip(kinds, sets, strict=True)
        ]
    together = threading.Barrier(2)
    problems: list[BaseException] = []

    def press(session: Session) -> None:
        try:
            together.wait(10)
            with transaction.atomic(), working_in(stock.ashdown):
                it_happened(session, by=stock.priya)
        except BaseException as problem:  # noqa: BLE001 whatever it is, the test shows it
            problems.append(problem)
        finally:
            connection.close()

    if connection.vendor == "sqlite":  # one writer at a time by BEGIN IMMEDIATE: they follow one another
        with working_in(stock.ashdown):
            for session in sessions:
                it_happened(session, by=stock.priya)
        sessions = []
    presses = [threading.Thread(target=press, args=[session]) for session in sessions]
    for each in presses:
        each.start()
    for each in presses:
        each.join(60)
    assert problems == []
    with working_in(stock.ashdown):
        assert verify() == []
        figures = {each.criterion: each.met for each in coverage(stock.ashdown.pk, THIS_YEAR, framework("gatsby-2024"))}
    assert figures["GB24.5.1"] == 4

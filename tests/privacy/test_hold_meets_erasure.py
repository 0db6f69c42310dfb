"""A hold that is set while the record is being erased: the hold wins and nothing is gone, or it is refused and all is gone."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.participation.models import Participation
from dekaan.people.changes import add_carer, leave_school
from dekaan.people.models import Carer, ErasedPupil, Pupil, YearRecord
from dekaan.privacy.changes import agree_to_case, let_records_go, open_case, run_retention
from dekaan.privacy.models import Case, Going, Hold
from dekaan.privacy.queries.retention import retention_plan
from tests.databases import ON_POSTGRES
from tests.factories.schools import person, place, pupils, talk

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has one writer, and in memory one connection at a time"),
]
LONG = 20  # seconds within which anything here has happened
WHOLE = {"pupils": 1, "records": 1, "took part": 1, "carers": 1, "erased": 0}
GONE = {"pupils": 0, "records": 0, "took part": 0, "carers": 0, "erased": 1}


@pytest.fixture
def kestrel():
    """Somebody of whom there is much to erase."""
    at = place("kestrel")
    person(at, "careers-leader")
    person(at, "data-protection-officer")
    (quill,) = pupils(at, 1)
    with working_in(at.school):
        add_carer(surname="Quill", forename="Iris", pupils=[quill], relationship="Mother", by=None)
    talk(at, invited=[quill])
    return at


def is_there(at):
    """How much of the pupil, who is the only one."""
    with working_in(at.school):
        held = {"pupils": Pupil, "records": YearRecord, "took part": Participation, "carers": Carer}
        return {name: model.objects.count() for name, model in held.items()} | {"erased": ErasedPupil.objects.count()}


def holds(at):
    with working_in(at.school):
        return Hold.objects.filter(ended_on=None).count()


def at_once(first, second):
    """`first` has the pupil's row, `second` reaches for it, and only then does `first` go on. What each answered."""
    has_it, reaches, answers = threading.Event(), threading.Event(), {}

    def goes_first(execute, sql, params, many, context):
        found = execute(sql, params, many, context)
        if _takes_the_pupil(sql) and not has_it.is_set():
            has_it.set()
            assert reaches.wait(LONG)
        return found

    def goes_second(execute, sql, params, many, context):
        if _takes_the_pupil(sql):
            reaches.set()
        return execute(sql, params, many, context)

    def run(name, does, wrapper):
        try:
            if name == "second":
                assert has_it.wait(LONG)
            with connection.execute_wrapper(wrapper):
                answers[name] = does()
        finally:
            connections.close_all()

    both = [
        threading.Thread(target=run, args=("first", first, goes_first)),
        threading.Thread(target=run, args=("second", second, goes_second)),
    ]
    for each in both:
        each.start()
    for each in both:
        each.join(LONG)
    return answers["first"], answers["second"]


def _takes_the_pupil(sql):
    return "people_pupil" in sql and "FOR NO KEY UPDATE" in sql


def pressing(at, role, name, *args, **typed):
    """A press of somebody who is signed in."""
    client = Client(raise_request_exception=False)
    client.force_login(at.people[role], backend="allauth.account.auth_backends.AuthenticationBackend")
    return lambda: client.post(reverse(name, args=[at.slug, *args]), typed, follow=True)


@pytest.fixture
def presses(kestrel):
    """The second agreement to an erasure, and a hold: each is one press."""
    leader, officer = kestrel.people["careers-leader"], kestrel.people["data-protection-officer"]
    with working_in(kestrel.school):
        quill = Pupil.objects.get()
        case = open_case(kind="erasure", asked_by="pupil", proof="known", received_on=today(), pupil=quill, by=leader)
        agree_to_case(case, by=leader)
    hold = pressing(kestrel, "careers-leader", "hold-new", about=quill.name, because="A court asks for it")
    return pressing(kestrel, "data-protection-officer", "case-agree", case.pk), hold, officer


def test_the_erasure_has_the_record_first_and_the_hold_is_refused_in_words(kestrel, presses):
    erases, holds_it, officer = presses
    erased, held = at_once(erases, holds_it)
    assert (is_there(kestrel), holds(kestrel)) == (GONE, 0)
    assert "That record has gone just now" in held.content.decode()
    assert erased.status_code == 200
    with working_in(kestrel.school):
        case = Case.objects.get()
        assert (case.second_by, case.outcome, case.pupil) == (officer, "erased", None)


def test_the_hold_has_the_record_first_and_nothing_is_erased(kestrel, presses):
    erases, holds_it, _ = presses
    held, erased = at_once(holds_it, erases)
    assert (is_there(kestrel), holds(kestrel)) == (WHOLE, 1)
    assert "Held. It stays until you end the hold." in held.content.decode()
    assert "The record is held" in erased.content.decode()
    with working_in(kestrel.school):
        case = Case.objects.get()
        assert (case.second_by, case.outcome, case.is_open) == (None, "", True)


@pytest.fixture
def morning(kestrel):
    """The morning on which the record's time is over, having been named for 30 days."""
    day = today().replace(day=min(today().day, 28))
    later = day.replace(year=day.year + 4)
    with working_in(kestrel.school):
        leave_school(Pupil.objects.get(), on=day, by=None)
    with time_machine.travel(f"{later}T12:00:00Z"):
        with working_in(kestrel.school):
            let_records_go(kestrel.school, seen=retention_plan(later).mark, by=None)
        run_retention(kestrel.school, later)
        with working_in(kestrel.school):
            assert Going.objects.count() == 1
        yield lambda: run_retention(kestrel.school, later + timedelta(days=30))


def test_the_morning_has_the_record_first_and_the_hold_is_refused(kestrel, morning):
    name = is_named(kestrel)
    hold = pressing(kestrel, "careers-leader", "hold-new", about=name, because="A court asks for it")
    run, held = at_once(morning, hold)
    assert (is_there(kestrel), holds(kestrel), run.went["pupils"]) == (GONE, 0, 1)
    assert "That record has gone just now" in held.content.decode()


def test_the_hold_has_the_record_first_and_the_morning_leaves_it(kestrel, morning):
    name = is_named(kestrel)
    hold = pressing(kestrel, "careers-leader", "hold-new", about=name, because="A court asks for it")
    held, run = at_once(hold, morning)
    assert (is_there(kestrel), holds(kestrel)) == (WHOLE, 1)
    assert "Held. It stays" in held.content.decode()
    assert (run.went["pupils"], run.failed) == (0, 0)


def is_named(at):
    with working_in(at.school):
        return Pupil.objects.get().name

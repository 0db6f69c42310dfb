"""No press is done once the end of a role is committed, wherever the press had got to by then (T6, R5)."""

import os
import threading
import time
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client

from dekaan.access.changes import close_account, end_role, end_sessions, give_role
from dekaan.access.models import RoleAssignment, User
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.exchange.models import ImportRun
from dekaan.people.models import StaffMember
from tests.databases import ON_POSTGRES
from tests.factories.schools import person, place

pytestmark = pytest.mark.django_db(transaction=True)
RACES = int(os.environ.get("DEKAAN_RACES", "5"))
ADDRESS = "/kestrel/staff/new/"
LONG = 20  # seconds within which anything here has happened


@pytest.fixture
def kestrel():
    at = place("kestrel")
    person(at, "careers-leader")
    person(at, "careers-administrator")
    return at


@pytest.fixture
def clerk(kestrel) -> User:
    return kestrel.people["careers-administrator"]


def signed_in(clerk: User) -> Client:
    client = Client()
    client.force_login(clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def press(client: Client, surname: str):
    return client.post(ADDRESS, {"surname": surname, "forename": "New", "starts_on": str(today())})


def is_done(answer) -> bool:
    return answer.status_code == 302 and answer.url == "/kestrel/staff/"


def end_the_role(clerk: User) -> None:
    here = RoleAssignment.objects.get(user=clerk, ends_on=None, school__slug="kestrel")
    end_role(here, on=today() - timedelta(days=1), by=None)


def end_the_role_and_keep_another(clerk: User) -> None:
    """At another school, where the session goes on."""
    give_role(user=clerk, role="tutor", school=place("merlin").school, by=None)
    end_the_role(clerk)
    assert User.objects.get(pk=clerk.pk).session_round == clerk.session_round


ENDS = [
    end_the_role,
    end_the_role_and_keep_another,
    lambda clerk: close_account(clerk, by=None),
    lambda clerk: end_sessions(clerk, by=None),
]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("last_read", ["django_session", "access_user", "schools_school", "access_roleassignment"])
def test_a_press_that_had_read_so_much_is_not_done_after_the_end(kestrel, clerk, end, last_read):
    """The end is committed right after that was read; on SQLite a press waits there for the one writer."""
    client, ended = signed_in(clerk), []

    def ends_then(execute, sql, params, many, context):
        found = execute(sql, params, many, context)
        if f'FROM "{last_read}"' in sql and not ended:
            ended.append(sql)
            end(User.objects.get(pk=clerk.pk))
        return found

    with connection.execute_wrapper(ends_then):
        answer = press(client, "Late")
    assert len(ended) == 1
    assert answer.status_code in {302, 404}
    assert not is_done(answer)
    with working_in(kestrel.school):
        assert not StaffMember.objects.filter(surname="Late").exists()


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("where", ["upload/", "absences/"])
def test_a_file_that_was_on_its_way_is_not_taken_after_the_end(kestrel, clerk, settings, tmp_path, end, where):
    """The end is committed after the door has looked who comes; a file is read outside the press's transaction."""
    settings.MEDIA_ROOT = tmp_path
    client, ended = signed_in(clerk), []

    def ends_then(execute, sql, params, many, context):
        found = execute(sql, params, many, context)
        if 'FROM "access_roleassignment"' in sql and not ended:
            ended.append(sql)
            end(User.objects.get(pk=clerk.pk))
        return found

    for takes in (1, 0):
        file = SimpleUploadedFile("list.csv", f"Adno,Surname,Forename,Date\n1,Late,New{takes},{today()}\n".encode())
        sent = {"kind": "pupils", "file": file}
        if takes:
            answer = client.post(f"/kestrel/imports/{where}", sent)
        else:
            with connection.execute_wrapper(ends_then):
                answer = client.post(f"/kestrel/imports/{where}", sent)
        with working_in(kestrel.school):
            assert ImportRun.objects.count() == 1, "nobody's file is taken but the one before the end"
    assert (len(ended), answer.status_code in {302, 404}) == (1, True)


def test_nothing_ends_and_the_press_is_done(kestrel, clerk):
    assert is_done(press(signed_in(clerk), "Early"))
    with working_in(kestrel.school):
        assert StaffMember.objects.filter(surname="Early").exists()


@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has one writer, and in memory one connection at a time")
def test_races(kestrel, clerk):
    """Whoever presses on and on, while the role ends: nothing that began after the end is done, nothing is half done."""
    done, after = 0, []
    for _ in range(RACES):
        client, answers, began = signed_in(clerk), [], threading.Event()

        def press_on(client=client, answers=answers, began=began):
            try:
                while not answers or is_done(answers[-1][1]):
                    at = time.monotonic()
                    answers.append((at, press(client, "Race")))
                    began.set()
            finally:
                connections.close_all()

        pressing = threading.Thread(target=press_on)
        pressing.start()
        assert began.wait(LONG)
        end_the_role(User.objects.get(pk=clerk.pk))
        ended = time.monotonic()
        pressing.join(LONG)
        done += sum(is_done(answer) for _, answer in answers)
        after += [answer.status_code for at, answer in answers if at > ended and is_done(answer)]
        give_role(user=User.objects.get(pk=clerk.pk), role="careers-administrator", school=kestrel.school, by=None)
        clerk.refresh_from_db()
    with working_in(kestrel.school):
        assert StaffMember.objects.filter(surname="Race").count() == done >= RACES
    assert after == []

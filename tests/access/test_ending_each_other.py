"""Two Careers Leaders who end each other's other roles in one moment: one does, and the other is told in words.

Nobody but the command line ends the role of a Careers Leader; a role as tutor beside it each may end for the other.
"""

import threading

import pytest
from django.db import connection, connections
from django.test import Client

from dekaan.access.changes import give_role, open_account
from dekaan.access.models import RoleAssignment, User
from dekaan.core.busy import BUSY
from tests.databases import ON_POSTGRES
from tests.factories.schools import person, place

pytestmark = pytest.mark.django_db(transaction=True)
LONG = 20  # seconds within which anything here has happened


@pytest.fixture
def kestrel():
    at = place("kestrel")
    person(at, "careers-leader")
    at.people["second"] = open_account(email="second@kestrel.example", name="Second", password=None)
    give_role(user=at.people["second"], role="careers-leader", by=None, school=at.school)
    for each in at.people.values():
        give_role(user=each, role="tutor", by=None, school=at.school, scope={"tutor_groups": ["10A"]})
    return at


def signed_in(who: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def end_of(other: User) -> str:
    return f"/kestrel/settings/roles/{RoleAssignment.objects.get(user=other, role='tutor').pk}/end/"


def tutors() -> list[User]:
    return [each.user for each in RoleAssignment.objects.filter(role="tutor", ends_on=None)]


@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has one writer, and in memory one connection at a time")
def test_one_role_ends_and_the_other_press_is_told_to_try_again(kestrel):
    """Each is past the door, which holds their own row, before either reaches for the other's."""
    first, second = kestrel.people["careers-leader"], kestrel.people["second"]
    past_the_door, answers = threading.Barrier(2), {}

    def press(who: User, client: Client, address: str) -> None:
        waited = []

        def waits_there(execute, sql, params, many, context):
            found = execute(sql, params, many, context)
            if "FOR NO KEY UPDATE" in sql and not waited:
                waited.append(sql)
                past_the_door.wait(LONG)
            return found

        try:
            with connection.execute_wrapper(waits_there):
                answers[who] = client.post(address)
        finally:
            connections.close_all()

    clients = {who: signed_in(who) for who in (first, second)}
    ways = {first: end_of(second), second: end_of(first)}
    presses = [threading.Thread(target=press, args=(who, clients[who], ways[who])) for who in ways]
    for each in presses:
        each.start()
    for each in presses:
        each.join(LONG)

    (winner,) = [who for who, answer in answers.items() if answer.status_code == 302]
    (loser,) = [who for who in answers if who != winner]
    assert (answers[winner].url, answers[loser].status_code) == ("/kestrel/settings/roles/", 503)
    assert BUSY in answers[loser].content.decode()
    assert tutors() == [winner]
    assert clients[loser].post(ways[loser]).url.startswith("/sign-in/")
    assert tutors() == [winner]

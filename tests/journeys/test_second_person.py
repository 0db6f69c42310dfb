"""A role that opens notes or flags: the Careers Leader gives it, the headteacher confirms it."""

import pytest

from dekaan.access.models import User
from dekaan.access.queries import permissions_in
from tests.factories.schools import person, place, pupils
from tests.journeys.visit import NARROW, WIDE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def kestrel(db):
    at = place("kestrel")
    pupils(at, 3)
    person(at, "careers-leader")
    person(at, "headteacher")
    return at


def look(person):
    assert person.violations() == []
    assert not person.is_too_wide()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_leader_gives_it_and_the_headteacher_confirms_it(visit, kestrel, width):
    leader = visit(kestrel.people["careers-leader"], width=width)
    leader.open("/kestrel/settings/roles/new/")
    leader.type("Name", "Ada Vance")
    leader.type("E-mail", "ada@kestrel.example")
    leader.choose("Role", "Head of year")
    leader.choose("Year group", "Year 10")
    leader.press("Give the role", role="button")
    assert "as soon as a second person confirms it" in leader.words
    assert "It is confirmed by Headteacher, on their home page." in leader.words
    look(leader)

    head = visit(kestrel.people["headteacher"], width=width)
    head.open("/kestrel/")
    assert "1 role to confirm" in head.words
    look(head)
    ada = User.objects.get(email="ada@kestrel.example")
    assert not permissions_in(ada, kestrel.school)
    head.press("Confirm")
    assert "Ada Vance now is Head of year here." in head.words
    assert "to confirm" not in head.words
    look(head)
    assert permissions_in(ada, kestrel.school)
    assert leader.failures == head.failures == []

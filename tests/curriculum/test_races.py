"""Two people open the door in one moment."""

import pytest

from dekaan.core.scope import working_in
from dekaan.curriculum.changes import open_door
from dekaan.curriculum.models import LinkDoor
from tests.databases import ON_POSTGRES
from tests.factories.schools import place
from tests.two_connections import meanwhile

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has one writer, and in memory one connection at a time"),
]


def test_two_who_open_the_first_door_in_one_moment_open_one():
    kestrel = place("kestrel").school
    meanwhile(
        kestrel, lambda: open_door(by=None), lambda: open_door(by=None), before='INSERT INTO "curriculum_linkdoor"'
    )
    with working_in(kestrel):
        assert [each.link_round for each in LinkDoor.objects.all()] == [2]

"""Rules 1 and 2 of the security paper: no list of names spans schools; what a school grants opens that school alone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dekaan.access.changes import give_role
from dekaan.access.models import User
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.frameworks.queries import benchmarks_in_force
from dekaan.people.models import Pupil
from dekaan.trusts.changes import grant_names
from tests.factories.schools import pupils
from tests.house.test_other_school import OF_A_SCHOOL
from tests.isolation.policy import COUNTED_ON
from tests.isolation.said import said
from tests.isolation.walk import address_of, every_byte, words_in
from tests.isolation.world import BACKEND, INSIDE, Corner, World, build, somebody, word

pytestmark = pytest.mark.django_db
NAMES = {"D"}


@pytest.fixture
def world():
    return build()


@pytest.mark.once
def test_a_leader_of_two_schools_is_never_given_names_of_both_on_one_page(world):
    """Whatever is asked, in either of the schools; and names of each school are given, so that this could fail."""
    leader = world.ours.at.people["careers-leader"]
    give_role(user=leader, role="careers-leader", school=world.sister.school, by=None, starts_on=today())
    client = Client()
    client.force_login(leader, backend=BACKEND)
    asked, both, each_alone = 0, [], set()
    for corner in (world.ours, world.sister):
        for entry in OF_A_SCHOOL:
            answer = client.get(address_of(entry, corner))
            named = {each.school for each in words_in(every_byte(answer), world) if each.data_class in NAMES}
            asked += 1
            if len(named) > 1:
                both.append((entry.name, corner.school.slug))
            each_alone |= {(name, corner.school.slug) for name in named}
    choice = client.get("/")
    said(requests=asked, leaks=len(both))
    assert both == []
    assert each_alone == {("ours", "ours"), ("sister", "sister")}
    assert not [each for each in words_in(every_byte(choice), world) if each.data_class in NAMES]


@pytest.mark.once
def test_names_that_one_school_grants_the_trust_are_read_there_alone_and_nothing_closed_with_them(world):
    client, _ = somebody("trust-careers-adviser", world)
    for corner in world.corners:
        met_nobody(corner)
    before = opened(client, world)
    assert listed(client, world) == set()
    assert {name for name, _ in before} == COUNTED_ON
    with working_in(world.ours.school):
        grant_names(
            world.ours.school,
            to=_of_trust(world),
            purpose="A shared visit",
            starts_on=today(),
            ends_on=today() + timedelta(days=7),
            by=world.ours.at.people["careers-leader"],
        )
    assert listed(client, world) == {("ours", "ours", "D")}
    after = opened(client, world)
    assert {key: told for key, told in after.items() if key[0] != "trust-names"} == before
    assert {key for key in after if key[0] == "trust-names"} <= {("trust-names", "ours")}


def met_nobody(corner: Corner) -> None:
    """A pupil joined the school who has met no employer this year; their surname is a word of the school."""
    (joined,) = pupils(corner.at, 1, surname="Joined")
    with working_in(corner.school):
        Pupil.objects.filter(pk=joined.pk).update(surname=word(corner.school.slug, "D", INSIDE))


def listed(client: Client, world: World) -> set[tuple[str, str, str]]:
    """Where every list that a grant may open was asked for: the school asked, and whose words of which class it gave."""
    found = set()
    for corner in world.corners:
        for each in benchmarks_in_force(today()).counted:
            address = reverse("trust-names", args=[corner.school.slug, each.id])
            words = words_in(every_byte(client.get(address)), world)
            found |= {(corner.school.slug, each.school, each.data_class) for each in words}
    return found


def _of_trust(world: World) -> User:
    return User.objects.get(email__iexact="trust-careers-adviser-False@ours.example")


def opened(client: Client, world) -> dict[tuple[str, str], set[tuple[str, str]]]:
    """Addresses that give words of pupils or of what is closed: of which school, and of which class."""
    found = {}
    for corner in world.corners:
        for entry in OF_A_SCHOOL:
            words = words_in(every_byte(client.get(address_of(entry, corner))), world)
            told = {(each.school, each.data_class) for each in words if each.data_class in {"D", "E", "S2", "S3", "G"}}
            if told:
                found[entry.name, corner.school.slug] = told
    return found

"""What is narrower than a name (needs, flags) is opened of each role as far as the matrix says, and no further."""

import pytest
from django.urls import reverse

from dekaan.access.changes import give_role
from dekaan.access.data_classes import DataClass
from dekaan.access.queries import assignments_in
from dekaan.core.scope import working_in
from dekaan.people.models import Pupil
from dekaan.people.queries import classes_opened, narrowed_to, pupils_opened, pupils_visible_to
from tests.factories.schools import person, place, pupils, talk

pytestmark = pytest.mark.django_db

NARROW = (DataClass.S2, DataClass.S3)


@pytest.fixture
def northgate():
    """Two pupils of Year 10 and one of Year 11, all with special needs and in care."""
    at = place("northgate")
    pupils(at, 2, surname="Okafor", sen="K", looked_after=True)
    pupils(at, 1, surname="Petrov", year_group=11, tutor_group="11A", sen="E", looked_after=True)
    talk(at)
    return at


def of(at, *roles):
    """The roles of one person who holds all of these."""
    user = person(at, *roles[0])
    for role, scope in roles[1:]:
        give_role(user=user, role=role, school=at.school, scope=scope, by=None)
    return user, assignments_in(user, at.school)


def surnames(found):
    return [pupil.surname for pupil in found]


YEAR_10 = ("head-of-year", {"year_groups": [10]})
ADMINISTRATOR = ("careers-administrator", {})


def test_a_senco_finds_everybody_and_is_told_what_the_register_of_needs_took_part_in(client, northgate):
    """The matrix: the directory of the whole school, everything else of their register; two roles add up, each in its own."""
    with working_in(northgate.school):
        pupils(northgate, 1, surname="Quayle", sen="N", looked_after=True)
    invited = list(northgate.pupils.values())
    talk(northgate, title="Talk from Millworks", invited=invited)
    missed = talk(northgate, title="Everybody was away", invited=invited, absent=invited)
    senco, held = of(northgate, ("senco", {}))
    everybody, register = ["Okafor", "Okafor", "Petrov", "Quayle"], ["Okafor", "Okafor", "Petrov"]
    with working_in(northgate.school):
        assert surnames(pupils_visible_to(held)) == everybody
        for each in (DataClass.E, DataClass.S2, DataClass.S3):
            assert surnames(pupils_opened(each, held)) == register
        assert narrowed_to(held) is None
        assert surnames(narrowed_to(held, DataClass.E)) == register
        inside, outside = Pupil.objects.filter(surname="Okafor").first(), Pupil.objects.get(surname="Quayle")
    client.force_login(senco)

    def read(pupil):
        return client.get(reverse("pupil-record", args=["northgate", pupil.pk])).content.decode()

    told = ("Talk from Millworks", '-m">Where ', "took part in", "Special educational needs", "Looked after")
    assert [words for words in told if words not in read(inside)] == []
    assert [words for words in told if words in read(outside)] == []
    assert "Year 10, 10A" in read(outside)
    found = client.get(reverse("search", args=["northgate"]) + "?q=quayle").context["found"]
    assert [row.name.split(",")[0] for row in found.pupils] == ["Quayle"]
    page = client.get(reverse("session-detail", args=["northgate", missed.pk])).content.decode()
    assert "Okafor" in page
    assert "Quayle" not in page
    assert client.get(reverse("home", args=["northgate"])).context["queue"].gaps_of == 3
    figure = client.get(reverse("criterion-missing", args=["northgate", "GB24.5.1"]) + "?state=met")
    assert [row.name.split(",")[0] for group in figure.context["page"].groups for row in group.rows] == register
    _, as_head_of_year_too = of(northgate, ("senco", {}), YEAR_10)
    with working_in(northgate.school):
        assert surnames(pupils_opened(DataClass.E, as_head_of_year_too)) == everybody


@pytest.mark.parametrize(
    ("role", "needs", "flags"),
    [
        (("careers-leader", {}), ["Okafor", "Okafor", "Petrov"], ["Okafor", "Okafor", "Petrov"]),
        (("dsl", {}), ["Okafor", "Okafor", "Petrov"], ["Okafor", "Okafor", "Petrov"]),
        (("careers-coordinator", {}), ["Okafor", "Okafor", "Petrov"], []),
        (("senco", {}), ["Okafor", "Okafor", "Petrov"], ["Okafor", "Okafor", "Petrov"]),
        (YEAR_10, ["Okafor", "Okafor"], ["Okafor", "Okafor"]),
        (ADMINISTRATOR, [], []),
        (("careers-adviser", {}), [], []),  # nobody is on a caseload yet
        (("tutor", {"tutor_groups": ["10A"]}), [], []),
        (("headteacher", {}), [], []),
        (("link-governor", {}), [], []),
    ],
)
def test_needs_and_flags_are_opened_as_the_matrix_says(northgate, role, needs, flags):
    _, held = of(northgate, role)
    with working_in(northgate.school):
        assert surnames(pupils_opened(DataClass.S2, held)) == needs
        assert surnames(pupils_opened(DataClass.S3, held)) == flags


def test_two_roles_together_open_no_more_than_each_of_them(northgate):
    """A head of Year 10 who also runs the week as administrator sees everybody's name, and the needs of Year 10."""
    _, held = of(northgate, YEAR_10, ADMINISTRATOR)
    with working_in(northgate.school):
        assert narrowed_to(held, DataClass.E) is None
        assert surnames(narrowed_to(held, DataClass.S2)) == ["Okafor", "Okafor"]
        told = {pupil.surname: classes_opened(NARROW, pupil, held) for pupil in Pupil.objects.all()}
    assert told == {"Okafor": frozenset(NARROW), "Petrov": frozenset()}


def test_pages_of_somebody_with_two_roles_say_no_more_than_each_of_them(client, northgate):
    user, _ = of(northgate, YEAR_10, ADMINISTRATOR)
    client.force_login(user)
    with working_in(northgate.school):
        of_year_10, of_year_11 = Pupil.objects.filter(surname="Okafor").first(), Pupil.objects.get(surname="Petrov")
    own = client.get(reverse("pupil-record", args=["northgate", of_year_10.pk])).content.decode()
    other = client.get(reverse("pupil-record", args=["northgate", of_year_11.pk])).content.decode()
    for words in ("Special educational needs", "Looked after"):
        assert words in own
        assert words not in other
    listed = reverse("criterion-missing", args=["northgate", "GB24.5.1"]) + "?by=looked-after&value=yes&state="
    names = [
        row.name
        for state in ("met", "missed", "unknown", "not-yet", "unknown-so-far", "met-so-far")
        for group in client.get(listed + state).context["page"].groups
        for row in group.rows
    ]
    assert all("Okafor" in name for name in names)

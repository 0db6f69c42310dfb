"""Lists of pupils and of tutor groups."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.people.changes import join_school, leave_school
from tests.factories.schools import person, place, pupils
from tests.kept import once_made

pytestmark = pytest.mark.django_db


def make_northgate():
    at = place("northgate")
    pupils(at, 3, surname="Okafor", tutor_group="10A")
    pupils(at, 2, surname="Petrov", tutor_group="10B")
    pupils(at, 1, surname="Quayle", tutor_group="11A", year_group=11)
    return at


@pytest.fixture
def northgate():
    return once_made(make_northgate)


def page(client, at, role, name="pupil-list", scope=None, query="", **kwargs):
    client.force_login(person(at, role, scope))
    return client.get(reverse(name, kwargs={"school_slug": at.slug, **kwargs}) + query)


def names(answer):
    return [row.name.split(",")[0] for row in answer.context["page"].rows]


def test_pupil_list_shows_everyone_on_the_roll(client, northgate):
    answer = page(client, northgate, "careers-leader")
    assert names(answer) == ["Okafor"] * 3 + ["Petrov"] * 2 + ["Quayle"]
    assert "6 pupils" in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?q=kafo", ["Okafor"] * 3),
        ("?q=QUAY", ["Quayle"]),
        ("?year=11", ["Quayle"]),
        ("?q=zz", []),
        ("?sort=year", ["Okafor"] * 3 + ["Petrov"] * 2 + ["Quayle"]),
        ("?year=nonsense&page=-4&sort=bad", ["Okafor"] * 3 + ["Petrov"] * 2 + ["Quayle"]),
        ("?page=99", ["Okafor"] * 3 + ["Petrov"] * 2 + ["Quayle"]),
    ],
)
def test_pupil_list_finds_by_any_part_and_by_year(client, northgate, query, expected):
    assert names(page(client, northgate, "careers-leader", query=query)) == expected


def test_pupil_list_shows_leavers_apart(client, northgate):
    with working_in(northgate.school):
        leave_school(next(iter(northgate.pupils.values())), on=today(), by=None)
    assert len(names(page(client, northgate, "careers-leader"))) == 5
    assert names(page(client, northgate, "careers-leader", query="?leavers=on")) == ["Okafor"]


def test_pupil_list_shows_a_tutor_only_their_own(client, northgate):
    answer = page(client, northgate, "tutor", scope={"tutor_groups": ["10B"]})
    assert names(answer) == ["Petrov", "Petrov"]
    assert "Okafor" not in answer.content.decode()


def test_pupil_list_refuses_a_governor(client, northgate):
    assert page(client, northgate, "link-governor").status_code == 403


def test_pupil_list_of_another_school_is_not_found(client, northgate):
    other = place("southfield")
    pupils(other, 1, surname="Zebedee")
    client.force_login(person(northgate, "careers-leader"))
    assert client.get(reverse("pupil-list", args=["southfield"])).status_code == 404
    assert "Zebedee" not in page(client, northgate, "careers-leader", query="?q=zebedee").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_pupil_list_makes_8_queries(client, number):
    at = place("northgate")
    pupils(at, number)
    client.force_login(person(at, "careers-leader"))
    with CaptureQueriesContext(connection) as made:
        client.get(reverse("pupil-list", args=["northgate"]))
    assert (
        len(
            [
                q
                for q in made
                if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "SELECT set_config", "SELECT coalesce"))
            ]
        )
        == 8
    )


def test_tutor_group_list_counts_pupils(client, northgate):
    answer = page(client, northgate, "careers-leader", "tutor-group-list")
    assert [(group.name, group.pupils) for group in answer.context["groups"]] == [("10A", 3), ("10B", 2), ("11A", 1)]


def test_tutor_group_lists_its_names(client, northgate):
    groups = page(client, northgate, "careers-leader", "tutor-group-list").context["groups"]
    answer = page(client, northgate, "careers-leader", "tutor-group", group_id=groups[1].pk)
    assert [row.name.split(",")[0] for row in answer.context["rows"]] == ["Petrov", "Petrov"]
    tutors = page(client, northgate, "tutor", "tutor-group", {"tutor_groups": ["10B"]}, group_id=groups[0].pk)
    assert tutors.context["rows"] == []
    assert "Okafor" not in tutors.content.decode()


@pytest.fixture
def namesakes(northgate):
    """Chloé O'Connor, Bea O’Connor (as a telephone writes it), Anne-Marie van Dijk and Łucja Wójcik."""
    with working_in(northgate.school):
        for forename, surname in [
            ("Chloé", "O'Connor"),
            ("Bea", "O’Connor"),
            ("Anne-Marie", "van Dijk"),
            ("Łucja", "Wójcik"),
        ]:
            join_school(surname=surname, forename=forename, year_group=9, starts_on=today(), by=None)
    return northgate


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("chloe", ["O'Connor, Chloé"]),
        ("O’Connor", ["O'Connor, Chloé", "O’Connor, Bea"]),
        ("o'connor", ["O'Connor, Chloé", "O’Connor, Bea"]),
        ("oconnor bea", ["O’Connor, Bea"]),
        ("annemarie", ["van Dijk, Anne-Marie"]),
        ("Anne Marie van-dijk", ["van Dijk, Anne-Marie"]),
        ("lucja WOJCIK", ["Wójcik, Łucja"]),
        ("’", []),
    ],
)
def test_pupil_list_finds_names_as_people_type_them(client, namesakes, typed, expected):
    answer = page(client, namesakes, "careers-leader", query=f"?q={typed}")
    assert [row.name for row in answer.context["page"].rows] == expected
    assert answer.context["page"].total == len(expected)


def test_pupil_list_offers_a_tutor_only_groups_of_their_own(client, northgate):
    form = page(client, northgate, "tutor", scope={"tutor_groups": ["10B"]}).context["form"]
    assert [name for _, name in form.fields["group"].choices] == ["Every tutor group", "10B"]
    assert [name for _, name in form.fields["year"].choices] == ["Every year", "Year 10"]

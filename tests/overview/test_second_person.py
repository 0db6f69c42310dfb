"""The second of two people: what both see of a role that waits, and what the buttons do."""

import pytest
from django.urls import reverse

from dekaan.access.models import RoleAssignment
from dekaan.access.queries import permissions_in
from dekaan.core.scope import working_in
from dekaan.people.changes import add_staff_member
from dekaan.people.queries import is_on_staff
from tests.factories.schools import person, place, pupils

pytestmark = pytest.mark.django_db

ADA = {"name": "Ada Vance", "email": "ada@northgate.example", "role": "head-of-year", "year_group": "10"}


@pytest.fixture
def northgate():
    at = place("northgate")
    pupils(at, 1)
    return at


@pytest.fixture
def asked(client, northgate):
    """The Careers Leader has given Ada Vance the role of head of Year 10; the Careers Leader is signed in."""
    with working_in(northgate.school):
        add_staff_member(surname="Vance", forename="Ada", email=ADA["email"], by=None)
    client.force_login(person(northgate, "careers-leader"))
    answer = client.post(address("role-new"), ADA, follow=True)
    assert "becomes Head of year here as soon as a second person confirms it" in answer.content.decode()
    return RoleAssignment.objects.get(user__email=ADA["email"])


def address(name, *arguments):
    return reverse(name, args=["northgate", *arguments])


def read(client, at, role, name="home"):
    client.force_login(person(at, role))
    return client.get(address(name)).content.decode()


def test_the_giver_reads_that_it_waits_and_for_whom(client, northgate, asked):
    page = read(client, northgate, "careers-leader", "role-list")
    assert "Nobody here may confirm it" in page
    person(northgate, "headteacher")
    page = read(client, northgate, "careers-leader", "role-list")
    assert "It is confirmed by Headteacher, on their home page." in page
    assert address("role-confirm", asked.pk) not in page
    assert address("role-end", asked.pk) in page
    assert "to confirm" not in read(client, northgate, "careers-leader")


@pytest.mark.parametrize("role", ["headteacher", "data-protection-officer"])
def test_the_second_person_confirms_it_on_the_home_page(client, northgate, asked, role):
    home = read(client, northgate, role)
    assert "gave Ada Vance (ada@northgate.example) the role Head of year (Year 10)." in home
    assert address("role-decline", asked.pk) in home
    after = client.post(address("role-confirm", asked.pk), follow=True).content.decode()
    assert "Ada Vance now is Head of year here." in after
    assert "to confirm" not in after
    with working_in(northgate.school):
        assert is_on_staff(asked.user)  # signs in as the colleague of that address
    client.force_login(asked.user)
    assert client.get(address("home")).status_code == 200


def test_the_data_protection_officer_confirms_it_on_the_page_of_roles_too(client, northgate, asked):
    page = read(client, northgate, "data-protection-officer", "role-list")
    assert address("role-confirm", asked.pk) in page
    assert address("role-end", asked.pk) not in page


def test_the_second_person_declines_it(client, northgate, asked):
    client.force_login(person(northgate, "headteacher"))
    after = client.post(address("role-decline", asked.pk), follow=True).content.decode()
    assert "Declined: Ada Vance does not become Head of year here." in after
    assert permissions_in(asked.user, northgate.school) == frozenset()
    assert "It does not wait for you" in client.post(address("role-confirm", asked.pk), follow=True).content.decode()
    assert "never confirmed" in read(client, northgate, "careers-leader", "role-list")


@pytest.mark.parametrize("button", ["role-confirm", "role-decline"])
@pytest.mark.parametrize(("role", "status"), [("careers-leader", 302), ("technician", 403), ("tutor", 403)])
def test_nobody_else_settles_it(client, northgate, asked, button, role, status):
    client.force_login(person(northgate, role, {"tutor_groups": ["10A"]} if role == "tutor" else None))
    assert client.post(address(button, asked.pk)).status_code == status
    asked.refresh_from_db()
    assert asked.waits


@pytest.mark.parametrize("role", ["technician", "slt-line-manager", "careers-coordinator"])
def test_nobody_elses_home_page_names_it(client, northgate, asked, role):
    assert "Ada Vance" not in read(client, northgate, role)


def test_a_role_that_waits_at_another_school_is_not_found(client, northgate, asked):
    client.force_login(person(place("southfield"), "headteacher"))
    assert client.post(reverse("role-confirm", args=["southfield", asked.pk])).status_code == 404
    assert "Ada Vance" not in client.get(reverse("home", args=["southfield"])).content.decode()


def test_what_the_giver_may_not_give_any_more_is_only_declined(client, northgate, asked):
    RoleAssignment.objects.filter(user=person(northgate, "careers-leader")).delete()
    client.force_login(person(northgate, "headteacher"))
    said = client.post(address("role-confirm", asked.pk), follow=True).content.decode()
    assert "may not give it any more: decline it" in said
    asked.refresh_from_db()
    assert asked.waits


def test_a_role_is_never_confirmed_under_another_persons_name(client, northgate):
    """Whom the school knows it calls by their own name, whatever whoever gives the role has typed."""
    known = person(northgate, "enterprise-adviser")
    client.force_login(person(northgate, "careers-leader"))
    told = {"name": "Maeve Doyle", "email": known.email, "role": "senco"}
    client.post(address("role-new"), told)
    home = read(client, northgate, "headteacher")
    assert f"gave {known.name} ({known.email}) the role SENCo" in home
    assert "Maeve Doyle" not in home

"""Who may do what, at which school, today."""

from datetime import timedelta

import pytest

from dekaan.access.changes import NoSuchRole, end_role, give_role, open_account
from dekaan.access.models import RoleAssignment, User
from dekaan.access.permissions import Permission
from dekaan.access.queries import assignments_in, may, permissions_in, schools_of, user_by_email
from dekaan.access.roles import ROLES
from dekaan.audit.models import Event
from dekaan.core.academic_year import today
from dekaan.demo.people import CAST
from dekaan.schools.changes import add_school, add_trust

YESTERDAY = today() - timedelta(days=1)


@pytest.fixture
def newcomer(stock):
    """Nia has an account and no role."""
    return open_account(email="nia@ashdown.example", name="Nia Bright", password=None)


def test_an_account_grants_nothing(stock, newcomer):
    assert permissions_in(newcomer, stock.ashdown) == frozenset()
    assert schools_of(newcomer) == []


def test_roles_add_up_within_one_school_and_only_there(stock, newcomer):
    give_role(user=newcomer, role="tutor", school=stock.ashdown, by=None)
    give_role(user=newcomer, role="senco", school=stock.ashdown, by=None)
    give_role(user=newcomer, role="technician", school=stock.beckford, by=None)
    assert permissions_in(newcomer, stock.ashdown) == ROLES["tutor"].may | ROLES["senco"].may
    assert permissions_in(newcomer, stock.beckford) == ROLES["technician"].may
    assert permissions_in(newcomer, stock.elsewhere) == frozenset()
    assert (may(newcomer, stock.ashdown, Permission.SEN_SEE), may(newcomer, stock.beckford, Permission.SEN_SEE)) == (
        True,
        False,
    )


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "is_held"),
    [
        (-1, None, True),
        (0, None, True),
        (0, 0, True),
        (-1, 1, True),
        (-10, -1, False),
        (1, None, False),
    ],
)
def test_a_role_is_held_from_its_first_day_to_its_last(stock, newcomer, starts_on, ends_on, is_held):
    days = {"starts_on": starts_on, "ends_on": ends_on}
    dates = {name: None if days_on is None else today() + timedelta(days=days_on) for name, days_on in days.items()}
    give_role(user=newcomer, role="careers-leader", school=stock.ashdown, by=None, **dates)
    assert permissions_in(newcomer, stock.ashdown) == (ROLES["careers-leader"].may if is_held else frozenset())
    assert schools_of(newcomer) == ([stock.ashdown] if is_held else [])


def test_an_ended_role_opens_nothing_from_the_next_day(stock):
    (held,) = assignments_in(stock.sam, stock.ashdown)
    end_role(held, on=YESTERDAY, by=stock.priya)
    assert permissions_in(stock.sam, stock.ashdown) == frozenset()
    said = Event.objects.filter(action="role ended").get()
    assert (said.school_id, said.actor_id, said.subject_id, said.detail) == (
        stock.ashdown.pk,
        stock.priya.pk,
        stock.sam.pk,
        {"role": "tutor"},
    )


def test_an_ended_role_takes_nothing_from_another_that_goes_on(stock, newcomer):
    give_role(
        user=newcomer, role="careers-leader", school=stock.ashdown, by=None, ends_on=YESTERDAY, starts_on=YESTERDAY
    )
    give_role(user=newcomer, role="tutor", school=stock.ashdown, by=None)
    assert permissions_in(newcomer, stock.ashdown) == ROLES["tutor"].may


def test_an_inactive_account_opens_nothing(stock):
    assert permissions_in(stock.priya, stock.ashdown)
    stock.priya.is_active = False
    stock.priya.save()
    assert permissions_in(User.objects.get(pk=stock.priya.pk), stock.ashdown) == frozenset()


def test_a_role_at_the_trust_is_held_at_its_schools_and_at_no_other(stock):
    other = add_school(name="Hill Top", slug="hill-top", trust=add_trust(name="Other", slug="other"))
    may_do = ROLES["trust-careers-adviser"].may
    assert permissions_in(stock.anna, stock.ashdown) == permissions_in(stock.anna, stock.beckford) == may_do
    assert permissions_in(stock.anna, stock.elsewhere) == permissions_in(stock.anna, other) == frozenset()
    assert schools_of(stock.anna) == [stock.ashdown, stock.beckford]


def test_a_role_at_one_school_of_a_trust_is_not_one_at_its_sister(stock):
    assert stock.ashdown.trust == stock.beckford.trust
    assert permissions_in(stock.priya, stock.beckford) == frozenset()
    assert schools_of(stock.priya) == [stock.ashdown]


def test_each_of_the_cast_may_do_what_their_roles_say(stock):
    for person in CAST:
        user = user_by_email(person.email)
        for slug in ("ashdown", "beckford"):
            held = [ROLES[role].may for role, at in person.roles if at in {slug, ""}]
            assert permissions_in(user, getattr(stock, slug)) == frozenset().union(*held), (person.name, slug)


def test_a_role_that_is_not_in_the_list_is_not_given(stock, newcomer):
    with pytest.raises(NoSuchRole):
        give_role(user=newcomer, role="superuser", school=stock.ashdown, by=None)
    assert not RoleAssignment.objects.filter(user=newcomer).exists()


def test_an_account_is_found_whatever_the_capitals_and_opened_once(stock):
    assert user_by_email("PRIYA@Ashdown.Example") == stock.priya
    again = open_account(email="Priya@Ashdown.example", name="Somebody Else", password="another long password")
    assert (again, again.name) == (stock.priya, "Priya Raman")
    assert not again.check_password("another long password")

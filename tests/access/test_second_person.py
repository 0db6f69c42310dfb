"""A role that opens notes or flags, or exports names, is given by two people."""

from datetime import timedelta

import pytest

from dekaan.access.changes import (
    NotTheirsToConfirm,
    NotTheirsToGive,
    close_account,
    confirm_role,
    decline_role,
    end_role,
    give_role,
    open_account,
)
from dekaan.access.matrix import needs_two
from dekaan.access.queries import accounts_at, permissions_in, schools_of, second_people
from dekaan.access.roles import ROLES
from dekaan.audit.models import Event
from dekaan.core.academic_year import today

pytestmark = pytest.mark.django_db

EVERYBODY = "priya tom nell grace idris sam ruth leo maeve hari joan ellen david moira viktor chidi anna kit olive bea"


@pytest.fixture
def ada(stock):
    return open_account(email="ada@ashdown.example", name="Ada Vance", password=None)


@pytest.fixture
def asked(stock, ada):
    """Priya has given Ada the role of SENCo."""
    return give_role(user=ada, role="senco", school=stock.ashdown, by=stock.priya)


def trail(ada):
    events = Event.objects.filter(subject="user", subject_id=ada.pk).exclude(action="account opened").order_by("pk")
    return list(events.values_list("action", "actor_id"))


def test_the_roles_that_ask_for_two():
    """Notes or flags of anybody, by whichever door; counts with small numbers hidden are nobody's."""
    assert {role for role in ROLES if needs_two(role)} == {
        "careers-leader",
        "careers-adviser",
        "commissioned-adviser",
        "senco",
        "head-of-year",
        "dsl",
        "data-protection-officer",
        "pupil",  # their own, on request: nobody gives it yet
    }


def test_nobody_who_confirms_is_given_their_role_in_the_product():
    """Else a giver could make a second person for themselves."""
    second = {
        role for role in ROLES.values() if role.key in set().union(*(each.confirmed_by for each in ROLES.values()))
    }
    assert {each.key for each in second} == {"careers-leader", "headteacher", "data-protection-officer"}
    assert all(not each.given_by and "roles.confirm" in each.may for each in second)


def test_until_it_is_confirmed_it_opens_nothing(stock, ada, asked):
    assert asked.waits
    assert (permissions_in(ada, stock.ashdown), schools_of(ada)) == (frozenset(), [])
    assert not accounts_at([stock.ashdown.pk], [ada.email]).exists()
    assert trail(ada) == [("role asked for", stock.priya.pk)]


def test_a_second_person_confirms_and_it_is_held_from_that_day(stock, ada, asked):
    confirm_role(asked, by=stock.david)
    assert permissions_in(ada, stock.ashdown) == ROLES["senco"].may
    assert asked.starts_on == today()
    assert trail(ada) == [("role asked for", stock.priya.pk), ("role confirmed", stock.david.pk)]


def test_a_second_person_declines_and_it_never_opens(stock, ada, asked):
    decline_role(asked, by=stock.olive)
    assert permissions_in(ada, stock.ashdown) == frozenset()
    with pytest.raises(NotTheirsToConfirm):
        confirm_role(asked, by=stock.david)
    assert trail(ada) == [
        ("role asked for", stock.priya.pk),
        ("role declined", stock.olive.pk),
        ("account closed", stock.olive.pk),
    ]


def test_who_may_confirm(stock, asked):
    """Not who gave it, nor any other role; not the Careers Leader of another school of the trust."""
    allowed = set()
    for name in EVERYBODY.split():
        try:
            decline_role(asked, by=getattr(stock, name))
        except NotTheirsToConfirm:
            continue
        allowed.add(name)
        asked.ends_on = None
        asked.save()
    assert allowed == {"david", "olive"}
    assert {each.name for each in second_people(asked, stock.ashdown)} == {"David Ansah", "Olive Tan"}


def test_a_second_careers_leader_confirms_where_there_is_one(stock, asked):
    give_role(user=stock.tom, role="careers-leader", school=stock.ashdown, by=None)
    assert stock.tom in second_people(asked, stock.ashdown)
    confirm_role(asked, by=stock.tom)
    assert not asked.waits


def test_nobody_confirms_their_own(stock):
    asked = give_role(user=stock.david, role="senco", school=stock.ashdown, by=stock.priya)
    assert [each.name for each in second_people(asked, stock.ashdown)] == ["Olive Tan"]
    with pytest.raises(NotTheirsToConfirm):
        confirm_role(asked, by=stock.david)


def test_two_who_settle_it_at_once_settle_it_once(stock, ada, asked):
    also = type(asked).objects.get(pk=asked.pk)
    decline_role(asked, by=stock.olive)
    with pytest.raises(NotTheirsToConfirm):
        confirm_role(also, by=stock.david)
    assert permissions_in(ada, stock.ashdown) == frozenset()


def test_whoever_gave_it_takes_it_back_and_nobody_is_signed_out(stock):
    asked = give_role(user=stock.tom, role="senco", school=stock.ashdown, by=stock.priya)
    end_role(asked, on=today() - timedelta(days=1), by=stock.priya)
    stock.tom.refresh_from_db()
    assert stock.tom.session_round == 0
    with pytest.raises(NotTheirsToConfirm):
        confirm_role(asked, by=stock.david)


def test_what_a_leaver_gave_is_not_confirmed_any_more(stock, ada, asked):
    close_account(stock.priya, by=None)
    asked.refresh_from_db()
    with pytest.raises(NotTheirsToGive):
        confirm_role(asked, by=stock.david)
    assert permissions_in(ada, stock.ashdown) == frozenset()


def test_a_waiting_role_whose_giver_is_gone_is_nobodys_to_confirm(stock, asked):
    type(asked).objects.filter(pk=asked.pk).update(given_by=None)
    asked.refresh_from_db()
    with pytest.raises(NotTheirsToConfirm):
        confirm_role(asked, by=stock.david)


def test_the_command_line_and_roles_that_open_neither_wait_for_nobody(stock, ada):
    assert not give_role(user=ada, role="senco", school=stock.ashdown, by=None).waits
    assert not give_role(user=ada, role="tutor", school=stock.ashdown, by=stock.priya).waits

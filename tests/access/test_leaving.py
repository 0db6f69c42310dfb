"""Whoever leaves comes in no more: with the last role the account closes, and a new role opens it again."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client

from dekaan.access import invitations, tasks
from dekaan.access.changes import (
    close_account,
    close_accounts_without_roles,
    confirm_role,
    decline_role,
    end_role,
    end_sessions,
    give_role,
    open_account,
)
from dekaan.access.models import RoleAssignment, User
from dekaan.access.queries import schools_of
from dekaan.audit.models import Event
from dekaan.core.academic_year import today
from dekaan.demo.people import PASSWORD
from tests.access.signing_in import code_of

pytestmark = pytest.mark.django_db
YESTERDAY = today() - timedelta(days=1)
NEXT_WEEK = today() + timedelta(days=7)
NEW = "three words by heart"


def leave(person: User) -> None:
    """All that the person holds ends."""
    for held in RoleAssignment.objects.filter(user=person):
        end_role(held, on=YESTERDAY, by=None)


def trail(person: User) -> list[str]:
    events = Event.objects.filter(subject="user", subject_id=person.pk).order_by("pk")
    return [action for action in events.values_list("action", flat=True) if action.startswith("account")]


def is_open(person: User) -> bool:
    return User.objects.get(pk=person.pk).is_active


def may_sign_in(email: str, password: str = PASSWORD) -> bool:
    client = Client()
    client.post("/sign-in/", {"login": email, "password": password})
    return "_auth_user_id" in client.session


def test_with_the_last_role_the_account_closes(stock):
    assert may_sign_in(stock.tom.email)
    leave(stock.tom)
    assert (is_open(stock.tom), may_sign_in(stock.tom.email)) == (False, False)
    assert trail(stock.tom) == ["account opened", "account closed"]


@pytest.mark.parametrize(
    "other",
    [
        lambda stock: {"role": "tutor", "school": stock.beckford, "by": None},
        lambda stock: {"role": "link-governor", "school": stock.ashdown, "by": None, "starts_on": NEXT_WEEK},
        lambda stock: {"role": "senco", "school": stock.ashdown, "by": stock.priya},
    ],
)
def test_a_role_elsewhere_or_to_come_or_waiting_keeps_it_open(stock, other):
    tutor = RoleAssignment.objects.get(user=stock.tom)
    give_role(user=stock.tom, **other(stock))
    end_role(tutor, on=YESTERDAY, by=None)
    close_accounts_without_roles()
    assert is_open(stock.tom)


def test_a_role_that_is_held_to_the_end_of_the_day_keeps_it_open_until_then(stock, time_machine):
    end_role(RoleAssignment.objects.get(user=stock.tom), on=today(), by=None)
    close_accounts_without_roles()
    assert is_open(stock.tom)
    time_machine.move_to(datetime.now(UTC) + timedelta(days=1))
    close_accounts_without_roles()
    assert {name for name, person in stock.people.items() if not is_open(person)} == {"tom"}


def test_an_account_that_waits_for_its_first_role_stays_open(stock):
    ada = open_account(email="ada@ashdown.example", name="Ada Vance", password=None)
    close_accounts_without_roles()
    assert is_open(ada)


def test_an_account_whose_only_role_was_declined_or_taken_back_closes(stock):
    ada = open_account(email="ada@ashdown.example", name="Ada Vance", password=None)
    decline_role(give_role(user=ada, role="senco", school=stock.ashdown, by=stock.priya), by=stock.david)
    assert not is_open(ada)
    asked = give_role(user=ada, role="senco", school=stock.ashdown, by=stock.priya)
    assert not is_open(ada)
    confirm_role(asked, by=stock.david)
    assert is_open(ada)


def test_a_new_role_opens_it_again_with_password_and_factor_and_no_old_role(stock):
    give_role(user=stock.tom, role="tutor", school=stock.beckford, by=None)
    close_account(stock.tom, by=None)
    assert not RoleAssignment.objects.filter(user=stock.tom, ends_on=None).exists()
    give_role(user=stock.tom, role="link-governor", school=stock.ashdown, by=stock.priya)
    tom = User.objects.get(pk=stock.tom.pk)
    assert (may_sign_in(tom.email), schools_of(tom)) == (True, [stock.ashdown])
    assert trail(tom) == ["account opened", "account closed", "account opened again"]


@pytest.mark.parametrize("over", [leave, lambda person: end_sessions(person, by=person)])
def test_a_link_that_was_sent_before_is_dead_and_stays_so(stock, over):
    tasks.send_password_link.func(stock.tom.pk, "http://testserver")
    link = re.search(r"http://testserver(/sign-in/forgotten/\S+)", mail.outbox[0].body).group(1)
    assert "set-password" in Client().get(link, follow=True).request["PATH_INFO"]
    over(stock.tom)
    give_role(user=stock.tom, role="tutor", school=stock.ashdown, by=None)
    visitor = Client()
    page = visitor.get(link, follow=True)
    visitor.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert "set-password" not in page.request["PATH_INFO"]
    assert not User.objects.get(pk=stock.tom.pk).check_password(NEW)


def test_a_link_that_is_open_at_a_screen_is_dead_too(stock):
    tasks.send_password_link.func(stock.tom.pk, "http://testserver")
    link = re.search(r"http://testserver(/sign-in/forgotten/\S+)", mail.outbox[0].body).group(1)
    visitor = Client()
    address = visitor.get(link, follow=True).request["PATH_INFO"]
    leave(stock.tom)
    visitor.post(address, {"password1": NEW, "password2": NEW})
    assert not User.objects.get(pk=stock.tom.pk).check_password(NEW)


def test_an_invitation_that_was_sent_before_is_dead_and_stays_so(stock):
    code, _ = invitations.invite(stock.tom, by=stock.priya)
    leave(stock.tom)
    give_role(user=stock.tom, role="tutor", school=stock.ashdown, by=None)
    with pytest.raises(invitations.Spent):
        invitations.choose_password(code, password=NEW)


def test_nobody_who_is_half_way_in_comes_in(stock):
    """The password was right before the role ended, the code comes after it."""
    key = generate_totp_secret()
    TOTP.activate(stock.tom, key)
    client = Client()
    client.post("/sign-in/", {"login": stock.tom.email, "password": PASSWORD})
    leave(stock.tom)
    client.post("/sign-in/code/", {"code": code_of(key)})
    assert client.get("/sign-in/yours/").status_code == 302

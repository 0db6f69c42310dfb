"""Each quarter: who may see the school is looked through, and what is wrong ends with one press."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from dekaan.access.changes import end_role
from dekaan.access.models import RoleAssignment, User
from dekaan.access.queries import last_review, roles_to_review
from dekaan.core.academic_year import today

pytestmark = pytest.mark.django_db

LIST, DONE = "/ashdown/settings/roles/review/", "/ashdown/settings/roles/review/done/"
DUE = "It is time to look through who may see this school."


def come_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


@pytest.fixture
def priya(stock) -> Client:
    return come_in(stock.priya)


def held(stock) -> list[int]:
    return [each.pk for each in roles_to_review(stock.ashdown)]


def role_of(user: User) -> int:
    return RoleAssignment.objects.get(user=user).pk


def press(client: Client, seen: list[int], *, wrong: tuple[int, ...] = ()) -> str:
    answer = client.post(DONE, {"seen": seen, "right": [each for each in seen if each not in wrong]})
    return " ".join(str(each) for each in get_messages(answer.wsgi_request))


def test_the_list_holds_every_role_that_opens_the_school_today_and_no_other(stock, priya):
    page = priya.get(LIST).content.decode()
    here = {each.user.name for each in RoleAssignment.objects.filter(school=stock.ashdown).select_related("user")}
    trust = {each.user.name for each in RoleAssignment.objects.filter(trust=stock.weirbrook).select_related("user")}
    elsewhere = {name for name in User.objects.values_list("name", flat=True) if name not in here | trust}
    assert trust
    assert elsewhere
    assert {name for name in here | trust if name not in page} == set()
    assert {name for name in elsewhere if name in page} == set()


def test_one_press_keeps_them_all_and_is_not_asked_for_again_for_a_quarter(stock, priya, time_machine):
    assert DUE in priya.get("/ashdown/").content.decode()
    number = len(held(stock))
    assert press(priya, held(stock)) == f"Kept: {number} roles. None ended."
    review = last_review(stock.ashdown)
    assert (review.actor_id, review.detail) == (stock.priya.pk, {"kept": number, "ended": 0})
    assert DUE not in priya.get("/ashdown/").content.decode()
    for days, is_due in ((89, False), (93, True)):
        time_machine.move_to(review.at + timedelta(days=days))
        assert (DUE in come_in(stock.priya).get("/ashdown/").content.decode()) == is_due


def test_who_is_unticked_comes_in_no_more(stock, priya):
    sam = come_in(stock.sam)
    number = len(held(stock))
    assert sam.get("/ashdown/").status_code == 200
    said = press(priya, held(stock), wrong=(role_of(stock.sam),))
    assert said == f"Kept: {number - 1} roles. Ended: Sam Whitlock no longer is Tutor or mentor."
    assert sam.get("/ashdown/").status_code == 302
    assert last_review(stock.ashdown).detail == {"kept": number - 1, "ended": 1}


@pytest.mark.parametrize("whose", ["priya", "joan"])
def test_a_role_that_is_not_hers_to_end_undoes_the_whole_press(stock, priya, whose):
    before = held(stock)
    wrong = (role_of(stock.sam), role_of(stock.people[whose]))
    assert "not yours to end" in press(priya, before, wrong=wrong)
    assert (held(stock), last_review(stock.ashdown)) == (before, None)


def test_a_list_that_has_changed_meanwhile_is_looked_at_again(stock, priya):
    opened = held(stock)
    end_role(RoleAssignment.objects.get(user=stock.sam), on=today() - timedelta(days=1), by=None)
    assert "a role came or went" in press(priya, opened)
    assert last_review(stock.ashdown) is None


def test_a_technician_reads_the_list_and_confirms_nothing(stock):
    technician = RoleAssignment.objects.filter(role="technician", school=stock.ashdown).first()
    client = come_in(technician.user)
    page = client.get(LIST).content.decode()
    assert "Sam Whitlock" in page
    assert "Still right" not in page
    assert DUE not in client.get("/ashdown/").content.decode()
    press(client, held(stock))
    assert last_review(stock.ashdown) is None


def test_the_trail_says_it_in_a_sentence(stock, priya):
    press(priya, held(stock))
    officer = User.objects.get(role_assignments__role="data-protection-officer", role_assignments__school=stock.ashdown)
    said = come_in(officer).get(reverse("audit-trail", args=["ashdown"])).content.decode()
    assert f"looked through who may see the school: {len(held(stock))} roles kept, 0 ended" in said

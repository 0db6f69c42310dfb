"""One school's Careers Leader reaches nobody of another school by an e-mail address."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from dekaan.access.changes import (
    NotOfOneSchool,
    NotTheirsToReset,
    agree_to_factor_reset,
    ask_for_factor_reset,
    end_role,
    give_role,
)
from dekaan.access.models import FactorReset, RoleAssignment, User
from dekaan.access.queries import roles_to_review, users_at
from dekaan.audit.changes import record
from dekaan.core.academic_year import today

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
YESTERDAY = today() - timedelta(days=1)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk), backend=BACKEND)
    return client


def read(client: Client, name: str, *more, **asked) -> str:
    return client.get(reverse(name, args=["ashdown", *more]), asked).content.decode()


@pytest.fixture
def given(stock) -> RoleAssignment:
    """Priya of Ashdown types the address of Bea, who is Careers Leader of Beckford, and a name of her own making."""
    told = {"name": "Xenia Doe", "email": stock.bea.email, "role": "senco"}
    signed_in(stock.priya).post(reverse("role-new", args=["ashdown"]), told)
    return RoleAssignment.objects.get(user=stock.bea, school=stock.ashdown)


def confirm(stock, given: RoleAssignment) -> None:
    signed_in(stock.david).post(reverse("role-confirm", args=["ashdown", given.pk]))


def everything_about_people(stock, given: RoleAssignment) -> str:
    """What Ashdown is shown of who may see it, and of what they did."""
    priya, officer = signed_in(stock.priya), given_officer(stock)
    pages = [
        *(read(priya, name) for name in ("role-list", "role-review", "home", "audit-trail")),
        read(priya, "role-list", given=given.pk),
        read(priya, "factor-reset", given.pk),
        *(read(signed_in(each), "home") for each in (stock.david, stock.kit)),
        *(read(signed_in(each), "audit-trail") for each in (stock.kit, officer)),
    ]
    return "".join(pages)


def given_officer(stock) -> User:
    officer = stock.anna
    if not RoleAssignment.objects.filter(user=officer, role="data-protection-officer").exists():
        give_role(user=officer, role="data-protection-officer", school=stock.ashdown, by=None)
    return officer


def test_until_somebody_opens_the_school_it_knows_what_was_typed_and_no_name(stock, given):
    signed_in(stock.bea).get("/beckford/")
    for _ in range(2):
        shown = everything_about_people(stock, given)
        assert (str(stock.bea) in shown, "Xenia Doe" in shown, stock.bea.email in shown) == (False, True, True)
        confirm(stock, given)
    assert signed_in(stock.bea).get("/ashdown/").status_code == 200
    shown = everything_about_people(stock, given)
    assert (str(stock.bea) in shown, "Xenia Doe" in shown) == (True, False)


def test_a_role_taken_back_before_tells_no_name_either(stock, given):
    signed_in(stock.priya).post(reverse("role-end", args=["ashdown", given.pk]))
    assert str(stock.bea) not in everything_about_people(stock, given)


def test_the_place_in_the_list_tells_no_name_either(stock):
    """By their names it would be Bea, Nell, Tom."""
    for user, known_as in ((stock.tom, "Ada"), (stock.bea, "Zoe")):
        give_role(user=user, role="link-governor", school=stock.ashdown, by=None, known_as=known_as)
    give_role(user=stock.nell, role="link-governor", school=stock.ashdown, by=None)
    for found in (users_at(stock.ashdown), roles_to_review(stock.ashdown)):
        names = [each.called for each in found if each.role == "link-governor"]
        assert names == sorted(names)


def test_whether_somebody_has_an_account_is_not_told(stock):
    """But for what was typed, both answers are the same."""
    answers = []
    for name, email in (("Xenia Doe", stock.bea.email), ("Yara Roe", "yara@nowhere.example")):
        told = {"name": name, "email": email, "role": "link-governor"}
        answer = signed_in(stock.priya).post(reverse("role-new", args=["ashdown"]), told, follow=True)
        receipt = answer.content.decode().split('<div class="receipt" role="status">')[1].split("<form")[0]
        answers.append(receipt.replace(name, "NAME").replace(email, "EMAIL"))
    assert answers[0] == answers[1]


def test_ending_it_ends_nothing_at_the_other_school(stock, given):
    confirm(stock, given)
    bea = signed_in(stock.bea)
    assert [bea.get(f"/{slug}/").status_code for slug in ("ashdown", "beckford")] == [200, 200]
    signed_in(stock.priya).post(reverse("role-end", args=["ashdown", given.pk]))
    assert [bea.get(f"/{slug}/").status_code for slug in ("ashdown", "beckford")] == [404, 200]
    assert bea.post("/ashdown/settings/roles/new/").status_code == 404


def test_with_the_only_school_the_session_ends(stock):
    tom = signed_in(stock.tom)
    assert tom.get("/ashdown/").status_code == 200
    end_role(RoleAssignment.objects.get(user=stock.tom), on=YESTERDAY, by=None)
    assert tom.get("/ashdown/").status_code == 302


def signs_in(user: User, key: str) -> None:
    record(action="signed in", by=user, subject="user", subject_id=user.pk, detail={"with": [key]}, school_id=0)


def test_sign_ins_are_told_of_days_on_which_a_role_was_held_and_the_school_opened(stock):
    """Bea signs in each day; Ashdown gave her a role for the third to the fifth, and she opened it on the fourth."""
    begin, held = today(), []
    told = {}
    for day in range(1, 8):
        with time_machine.travel(f"{begin + timedelta(days=day)}T12:00:00+00:00"):
            signs_in(stock.bea, f"key {day}")
            if day == 3:
                role = {"role": "tutor", "school": stock.ashdown, "known_as": "Xenia"}
                held.append(give_role(user=stock.bea, by=None, **role))
            if day == 4:
                assert signed_in(stock.bea).get("/ashdown/").status_code == 200
            if day == 6:
                end_role(held[0], on=begin + timedelta(days=5), by=None)
            shown = read(signed_in(stock.kit), "audit-trail")
        told[day] = [each for each in range(1, 8) if f"key {each}" in shown]
    assert told == {1: [], 2: [], 3: [], 4: [3, 4], 5: [3, 4, 5], 6: [3, 4, 5], 7: [3, 4, 5]}


def test_sign_ins_of_the_schools_own_people_are_told_as_before(stock):
    with time_machine.travel("2020-01-01T12:00:00+00:00"):
        signs_in(stock.tom, "key of old")
    assert "key of old" in read(signed_in(stock.kit), "audit-trail")


def test_a_role_that_only_waits_elsewhere_keeps_no_help_from_a_colleague(stock):
    TOTP.activate(stock.tom, generate_totp_secret())
    give_role(user=stock.tom, role="senco", school=stock.beckford, by=stock.bea, known_as="T. Typed")
    held = RoleAssignment.objects.get(user=stock.tom, school=stock.ashdown)
    assert ask_for_factor_reset(held, by=stock.priya).user == stock.tom


def test_two_people_of_one_school_reset_nobody_of_another(stock, given):
    TOTP.activate(stock.bea, generate_totp_secret())
    confirm(stock, given)
    with pytest.raises(NotOfOneSchool):
        ask_for_factor_reset(given, by=stock.kit)
    page = signed_in(stock.kit).post(reverse("factor-reset", args=["ashdown", given.pk]), follow=True)
    assert "Two people of this school do not decide on Xenia Doe" in page.content.decode()
    own = RoleAssignment.objects.get(user=stock.bea, school=stock.beckford)
    give_role(user=stock.sam, role="careers-leader", school=stock.beckford, by=None)
    for held in (given, own):
        with pytest.raises(NotOfOneSchool):
            ask_for_factor_reset(held, by=stock.kit if held == given else stock.sam)
    assert not FactorReset.objects.exists()


def test_nobody_agrees_any_more_once_the_colleague_works_elsewhere_too(stock):
    TOTP.activate(stock.tom, generate_totp_secret())
    asked = ask_for_factor_reset(RoleAssignment.objects.get(user=stock.tom), by=stock.kit)
    give_role(user=stock.tom, role="tutor", school=stock.beckford, by=None)
    with pytest.raises(NotTheirsToReset):
        agree_to_factor_reset(asked, by=stock.priya, seen=True)

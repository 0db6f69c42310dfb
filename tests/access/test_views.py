"""Signing in, choosing a school, and what every answer carries."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dekaan.access.changes import end_role, give_role, open_account
from dekaan.access.models import RoleAssignment, User
from dekaan.core.academic_year import today
from dekaan.demo.people import PASSWORD
from tests.house.test_other_school import OF_A_SCHOOL, arguments_of
from tests.house.test_views import addresses


def sign_in(client, email: str, password: str):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_priya_signs_in_with_her_password_and_comes_to_her_school(stock, client):
    page = sign_in(client, "priya@ashdown.example", PASSWORD)
    assert page.headers["Location"] == reverse("school-choice")
    assert client.get("/").headers["Location"] == reverse("home", args=["ashdown"])


@pytest.mark.parametrize("email", ["PRIYA@ASHDOWN.EXAMPLE", " priya@ashdown.example "])
def test_an_address_is_the_same_in_capitals(stock, client, email):
    sign_in(client, email, PASSWORD)
    assert is_in(client)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("priya@ashdown.example", "three words at weirbroo"),
        ("priya@ashdown.example", PASSWORD.upper()),
        ("priya@ashdown.example", ""),
        ("nobody@ashdown.example", PASSWORD),
        ("", PASSWORD),
    ],
)
def test_a_wrong_password_or_address_does_not_sign_in(stock, client, email, password):
    page = sign_in(client, email, password)
    assert (page.status_code, is_in(client)) == (200, False)


def test_a_wrong_password_and_a_wrong_address_are_told_alike(stock, client):
    words = [
        sign_in(client, email, "not the password").context["form"].errors
        for email in ("priya@ashdown.example", "nobody@ashdown.example")
    ]
    assert words[0] == words[1] != {}


def test_after_five_wrong_passwords_the_right_one_has_to_wait(stock, client):
    for number in range(5):
        sign_in(client, "priya@ashdown.example", f"not the password {number}")
    sign_in(client, "priya@ashdown.example", PASSWORD)
    assert not is_in(client)
    sign_in(client, "bea@beckford.example", PASSWORD)
    assert is_in(client)


def test_an_inactive_account_does_not_sign_in(stock, client):
    User.objects.filter(pk=stock.priya.pk).update(is_active=False)
    sign_in(client, "priya@ashdown.example", PASSWORD)
    assert not is_in(client)


def test_an_account_without_a_password_is_not_opened_by_an_empty_one(stock, client):
    open_account(email="new@ashdown.example", name="New", password=None)
    for password in ("", "None", "!"):
        sign_in(client, "new@ashdown.example", password)
        assert not is_in(client)


def test_an_account_made_inactive_meanwhile_is_signed_out(stock, client):
    client.force_login(stock.priya, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(reverse("home", args=["ashdown"])).status_code == 200
    User.objects.filter(pk=stock.priya.pk).update(is_active=False)
    assert client.get(reverse("home", args=["ashdown"])).status_code in {302, 404}


def test_an_ended_role_closes_the_school_at_once(stock, client):
    client.force_login(stock.priya)
    assert client.get(reverse("home", args=["ashdown"])).status_code == 200
    held = RoleAssignment.objects.get(user=stock.priya)
    end_role(held, on=today().replace(year=today().year - 1), by=None)
    assert client.get(reverse("home", args=["ashdown"])).status_code == 302


def test_an_ended_role_closes_the_school_to_somebody_who_works_elsewhere_too(stock, client):
    give_role(user=stock.priya, role="tutor", school=stock.beckford, by=None)
    end_role(
        RoleAssignment.objects.get(user=stock.priya, school=stock.ashdown), on=today() - timedelta(days=1), by=None
    )
    client.force_login(User.objects.get(pk=stock.priya.pk))
    assert [client.get(f"/{slug}/").status_code for slug in ("ashdown", "beckford")] == [404, 200]


def test_a_person_of_two_schools_is_asked_to_choose(stock, client):
    give_role(user=stock.priya, role="tutor", school=stock.beckford, by=None)
    client.force_login(stock.priya)
    page = client.get("/")
    assert [school.slug for school in page.context["schools"]] == ["ashdown", "beckford"]
    words = page.content.decode()
    assert ("/ashdown/" in words, "/beckford/" in words, "farfield" in words) == (True, True, False)


def test_a_person_of_one_school_is_not_asked(stock, client):
    client.force_login(stock.bea)
    assert client.get("/").headers["Location"] == reverse("home", args=["beckford"])


def test_a_person_of_no_school_is_told(stock, client):
    client.force_login(open_account(email="new@ashdown.example", name="New", password=None))
    page = client.get("/")
    assert (page.status_code, "nobody has given you a role yet" in page.content.decode()) == (200, True)


def test_anna_of_the_trust_chooses_among_its_schools(stock, client):
    client.force_login(stock.anna)
    assert [school.slug for school in client.get("/").context["schools"]] == ["ashdown", "beckford"]


def test_nobody_signs_up(stock, client):
    before = User.objects.count()
    form = {"email": "me@ashdown.example", "password1": "a long enough password"}
    for page in (client.get(reverse("account_signup")), client.post(reverse("account_signup"), form)):
        assert (page.status_code, page.templates[0].name) == (
            200,
            "account/signup_closed.html",
        )
    assert (User.objects.count(), is_in(client)) == (before, False)


@pytest.mark.parametrize(
    ("new", "is_taken"),
    [
        ("elevenchars", False),
        ("qwertyqwerty", False),
        ("1234567890123", False),
        ("priya@ashdown.example", False),
        ("twelve chars", True),
    ],
)
def test_a_new_password_is_long_and_not_one_that_everybody_has(stock, client, new, is_taken):
    client.force_login(stock.priya, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert User.objects.get(pk=stock.priya.pk).check_password(new) == is_taken


def test_the_old_password_is_asked_for(stock, client):
    client.force_login(stock.priya, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(
        reverse("account_change_password"),
        {"oldpassword": "not hers at all", "password1": "twelve chars", "password2": "twelve chars"},
    )
    assert User.objects.get(pk=stock.priya.pk).check_password(PASSWORD)


def test_signing_out_takes_a_press(stock, client):
    client.force_login(stock.priya, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(reverse("account_logout"))
    assert is_in(client)
    client.post(reverse("account_logout"))
    assert not is_in(client)


def test_a_next_address_of_another_site_is_not_followed(stock, client):
    page = client.post(
        reverse("account_login") + "?next=https://elsewhere.example/",
        {"login": "priya@ashdown.example", "password": PASSWORD, "next": "https://elsewhere.example/"},
    )
    assert page.headers["Location"] == reverse("school-choice")


def answers(stock, client) -> list[tuple[str, object]]:
    """An answer of every address, one that is not there and one that is not hers."""
    found = []
    for entry in OF_A_SCHOOL:
        address = reverse(entry.name, kwargs={"school_slug": "ashdown", **arguments_of(entry, stock.ashdown)})
        found += [(address, client.get(address)), (address, client.post(address))]
    outside = [entry.name for path, entry in addresses() if "<" not in path]
    found += [(name, client.get(reverse(name))) for name in outside if name != "account_logout"]
    found += [(slug, client.get(f"/{slug}/")) for slug in ("beckford", "nowhere")]
    return found


@pytest.mark.once
def test_every_answer_to_a_signed_in_person_says_no_store(stock, client):
    client.force_login(stock.priya, backend="allauth.account.auth_backends.AuthenticationBackend")
    given = answers(stock, client)
    assert {answer.status_code for _, answer in given} >= {200, 302, 404}
    assert [address for address, answer in given if answer.headers.get("Cache-Control") != "no-store"] == []


@pytest.mark.once
def test_every_answer_carries_a_policy_without_unsafe_words(stock, client):
    client.force_login(stock.priya, backend="allauth.account.auth_backends.AuthenticationBackend")
    given = [*answers(stock, client), ("/sign-in/", Client().get("/sign-in/"))]
    policies = {answer.headers.get("Content-Security-Policy") for _, answer in given}
    assert len(policies) == 1
    directives = dict(part.strip().split(" ", 1) for part in policies.pop().split(";") if part.strip())
    assert directives == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }


def test_no_page_is_shown_inside_anothers(stock, client):
    page = client.get("/sign-in/")
    assert (page.headers["X-Frame-Options"], page.headers["X-Content-Type-Options"]) == ("DENY", "nosniff")

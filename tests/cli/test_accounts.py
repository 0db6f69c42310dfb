"""Accounts from the console: the first one of a school by a code, invitations, lost telephones, leavers."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from dekaan.access.models import Invitation, RoleAssignment, User
from dekaan.access.queries import schools_of
from dekaan.schools.changes import add_school

NEW = {"name": "Nia Abbott", "email": "nia@hill-top.example", "password": "three words at hill top"}


def code_in(said) -> str:
    return re.search(r"Code, shown once: (\S+)", said.out).group(1)


@pytest.fixture
def hill_top(db):
    return add_school(name="Hill Top", slug="hill-top")


@pytest.fixture
def code(run, hill_top) -> str:
    return code_in(run("user", "first-account", "--school", "hill-top"))


def open_with(client, code, **differently):
    return client.post("/sign-in/first-account/", NEW | {"code": code} | differently)


def test_the_code_of_the_console_opens_the_first_account(run, client, code, hill_top):
    assert client.get("/sign-in/first-account/").status_code == 200
    page = open_with(client, code.upper().replace("-", " "))
    nia = User.objects.get()
    assert (page.status_code, page.headers["Location"]) == (302, "/sign-in/")
    assert (nia.email, nia.name, nia.check_password(NEW["password"])) == (NEW["email"], NEW["name"], True)
    assert [(held.role, held.school) for held in RoleAssignment.objects.all()] == [("careers-leader", hill_top)]
    assert client.post("/sign-in/", {"login": NEW["email"], "password": NEW["password"]}).status_code == 302
    assert schools_of(nia) == [hill_top]


def test_it_is_shown_once_and_kept_as_a_hash(code):
    kept = str(Invitation.objects.values())
    assert not any(part in kept for part in [code, code.replace("-", "")])
    assert re.fullmatch(r"([a-z2-9]{5}-){3}[a-z2-9]{5}", code)


@pytest.mark.parametrize("spoil", ["used", "late", "newer", "wrong", "none"])
def test_a_code_that_opens_nothing_says_so_alike(run, client, code, spoil):
    if spoil == "used":
        open_with(client, code)
    elif spoil == "late":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif spoil == "newer":
        run("user", "first-account", "--school", "hill-top")
    elif spoil == "wrong":
        code = ("b" if code[0] != "b" else "c") + code[1:]
    else:
        code = "?"
    before = User.objects.count()
    page = open_with(client, code, email="second@hill-top.example")
    assert (
        "This code opens nothing: it is not one of ours, has been used, or its time is over." in page.content.decode()
    )
    assert User.objects.count() == before


@pytest.mark.parametrize(
    ("differently", "words"),
    [
        ({"password": "short"}, "at least 12 characters"),
        ({"password": "qwertyqwerty"}, "too common"),
        ({"email": "no address"}, "Enter a valid email address."),
        ({"name": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_said_and_the_code_still_opens(client, code, differently, words):
    page = open_with(client, code, **differently)
    assert (page.status_code, words in page.content.decode(), User.objects.count()) == (200, True, 0)
    assert open_with(client, code).status_code == 302


def test_guessing_codes_makes_one_wait(client, code):
    for number in range(61):
        open_with(client, f"{number}")
    assert "Too many wrong tries" in open_with(client, code).content.decode()
    assert User.objects.count() == 0


def test_a_school_with_people_has_had_its_first_account(run, stock):
    said = run("user", "first-account", "--school", "ashdown")
    assert (said.code, "Somebody holds a role at Ashdown School already" in said.err) == (1, True)


def test_an_invitation_lets_a_person_choose_a_password_once(run, stock, client):
    stock.tom.set_unusable_password()
    stock.tom.save()
    code = code_in(run("user", "invite", "--email", "tom@ashdown.example"))
    for password, is_taken in (("a brand new password", True), ("another new password", False)):
        client.post("/sign-in/invitation/", {"code": code, "password": password})
        assert User.objects.get(pk=stock.tom.pk).check_password(password) == is_taken


def test_a_lost_telephone_is_forgotten_when_a_second_person_agrees(run, stock, client):
    client.force_login(stock.priya)
    TOTP.activate(stock.priya, generate_totp_secret())
    command = ("user", "forget-factors", "--email", "priya@ashdown.example")
    for second in ((), ("--agreed-by", "priya@ashdown.example"), ("--agreed-by", "sam@ashdown.example")):
        said = run(*command, *second)
        those = "david@ashdown.example or olive@weirbrook.example"
        words = f"A second person agrees first: say --agreed-by and the address of {those}.\n"
        assert (said.code, said.err) == (1, words)
    assert Authenticator.objects.filter(user=stock.priya).exists()
    assert run(*command, "--agreed-by", "David@ashdown.example").code == 0
    assert not Authenticator.objects.filter(user=stock.priya).exists()
    assert not User.objects.get(pk=stock.priya.pk).has_usable_password()
    assert client.get("/ashdown/").status_code == 302


def test_where_nobody_is_left_to_agree_the_console_is_enough(run, stock):
    RoleAssignment.objects.exclude(user=stock.priya).delete()
    TOTP.activate(stock.priya, generate_totp_secret())
    assert run("user", "forget-factors", "--email", "priya@ashdown.example").code == 0
    assert not Authenticator.objects.filter(user=stock.priya).exists()


@pytest.mark.parametrize("command", ["sign-out", "close"])
def test_whoever_is_signed_in_is_signed_out(run, stock, client, command):
    client.force_login(stock.priya)
    assert client.get("/ashdown/").status_code == 200
    assert run("user", command, "--email", "priya@ashdown.example").code == 0
    assert client.get("/ashdown/").status_code == 302
    assert User.objects.get(pk=stock.priya.pk).is_active == (command == "sign-out")


@pytest.mark.parametrize("command", ["invite", "forget-factors", "sign-out", "close"])
def test_nobody_of_that_address_is_said(run, stock, command):
    said = run("user", command, "--email", "nobody@ashdown.example")
    assert (said.code, said.err) == (1, "There is no account with the address nobody@ashdown.example.\n")

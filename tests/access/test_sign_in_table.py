"""The table of sign-in, A1 to A12 of the security paper, each line once or more."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse

from dekaan.access import tasks, throttle
from dekaan.access.changes import close_account, end_role, forget_tries, give_role
from dekaan.access.models import Attempts, RoleAssignment, User
from dekaan.access.permissions import ASKED_AGAIN, Permission
from dekaan.access.roles import ROLES
from dekaan.audit.models import Event
from dekaan.core.academic_year import today
from dekaan.demo.people import PASSWORD
from tests.access.signing_in import code_of
from tests.house.ground import ROOT
from tests.house.test_other_school import OF_A_SCHOOL, arguments_of
from tests.house.test_views import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HOME = "/ashdown/"
MORNING = datetime.now(UTC).replace(hour=7, minute=50, second=0)
WRONG = "not the password"


@pytest.fixture(autouse=True)
def _as_in_production(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture
def app(stock) -> str:
    """The key of Priya's authenticator app."""
    key = generate_totp_secret()
    TOTP.activate(stock.priya, key)
    return key


def type_password(client: Client, email: str = "priya@ashdown.example", password: str = PASSWORD):
    return client.post("/sign-in/", {"login": email, "password": password})


def come_in(client: Client, app: str, *, later: int = 0) -> Client:
    """Priya comes in with password and app."""
    type_password(client)
    client.post("/sign-in/code/", {"code": code_of(app, later=later)})
    assert client.get(HOME).status_code == 200
    return client


def is_in(client: Client) -> bool:
    return client.get(HOME).status_code == 200


def test_a1_the_session_is_another_one_after_signing_in(stock, app, client):
    client.get("/sign-in/")
    type_password(client)
    before = client.session.session_key
    client.post("/sign-in/code/", {"code": code_of(app)})
    assert is_in(client)
    assert client.session.session_key != before
    fixed = Client()
    fixed.cookies["sessionid"] = before
    assert not is_in(fixed)


@pytest.mark.parametrize(
    ("presses", "is_still_in"),
    [([29], True), ([31], False), ([29, 29, 29], True), ([25] * 28, True), ([25] * 29, False), ([-30], False)],
)
def test_a2_half_an_hour_without_a_press_or_twelve_hours_in_all(stock, app, client, time_machine, presses, is_still_in):
    time_machine.move_to(MORNING, tick=False)
    come_in(client, app)
    for minutes in presses:
        time_machine.shift(timedelta(minutes=minutes))
        answer = client.get(HOME)
    assert (answer.status_code == 200) == is_still_in
    if not is_still_in:
        page = client.get(answer.headers["Location"])
        assert "You were signed out because nobody pressed anything" in page.content.decode()


def change_password(person: User) -> None:
    person.set_password("another long password")
    person.save()


def end_the_role(person: User) -> None:
    for held in RoleAssignment.objects.filter(user=person):
        end_role(held, on=today() - timedelta(days=1), by=None)


@pytest.mark.parametrize("what", [change_password, end_the_role, lambda person: close_account(person, by=None)])
def test_a3_sessions_end_with_the_password_the_role_and_the_account(stock, app, client, what):
    elsewhere = come_in(Client(), app)
    come_in(client, app, later=1)  # a code opens once, also where half a minute ends between the two
    what(User.objects.get(pk=stock.priya.pk))
    assert [each.get(HOME).status_code for each in (client, elsewhere)] == [302, 302]


def test_a3_a_role_that_ends_later_ends_no_session_today(stock, app, client):
    come_in(client, app)
    end_role(RoleAssignment.objects.get(user=stock.priya), on=today(), by=None)
    assert is_in(client)


def test_a4_the_cookies_are_for_the_server_alone(stock, app, client, settings):
    settings.SESSION_COOKIE_SECURE = True
    client.get("/sign-in/", secure=True)
    client.post("/sign-in/", {"login": "priya@ashdown.example", "password": PASSWORD}, secure=True)
    client.post("/sign-in/code/", {"code": code_of(app)}, secure=True)
    found = {name: (bool(c["secure"]), bool(c["httponly"]), c["samesite"]) for name, c in client.cookies.items()}
    assert {name: found[name] for name in ("sessionid", "dekaan-device")} == {
        "sessionid": (True, True, "Lax"),
        "dekaan-device": (True, True, "Lax"),
    }


# A token needs a cookie, and this page sets none: from wherever it is pressed, a press counts one and does no more.
WITHOUT_TOKEN = {"resource-go"}


def test_a5_no_address_takes_an_unsafe_method_without_a_token(stock, settings):
    settings.SECOND_FACTOR = False
    client = Client(enforce_csrf_checks=True)
    client.force_login(stock.priya)
    found = {}
    for _, entry in addresses():
        if "school_slug" in entry.pattern.converters or entry in OF_A_SCHOOL:
            given = {"school_slug": "ashdown", **arguments_of(entry, stock.ashdown)}
        elif entry.name == "account_reset_password_from_key":
            given = {"uidb36": "1", "key": "x"}
        else:
            given = {
                name: {"passkey_id": 1, "resource_key": 1}.get(name, "google") for name in entry.pattern.converters
            }
        for method in ("post", "put", "patch", "delete"):
            found[entry.name, method] = getattr(client, method)(reverse(entry.name, kwargs=given)).status_code
    assert len(found) > 200
    assert {said for (name, _), said in found.items() if name not in WITHOUT_TOKEN} == {403}


def test_a6_a_password_alone_opens_no_page_of_staff(stock, client):
    type_password(client)
    for entry in OF_A_SCHOOL:
        given = {"school_slug": "ashdown", **arguments_of(entry, stock.ashdown)}
        for ask in (client.get, client.post):
            answer = ask(reverse(entry.name, kwargs=given))
            assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/sign-in/yours/")
            assert answer.content == b""
    assert client.get("/").headers["Location"].startswith("/sign-in/yours/")


def test_a6_another_school_is_still_not_there(stock, client):
    type_password(client)
    assert [client.get(f"/{slug}/").status_code for slug in ("beckford", "nowhere")] == [404, 404]


def test_a6_a_pupil_needs_no_factor(stock, client):
    ada = User.objects.create_user("ada@pupils.example", "Ada", PASSWORD)
    give_role(user=ada, role="pupil", school=stock.ashdown, by=None)
    type_password(client, ada.email)
    assert client.get(HOME).status_code == 403  # nothing of theirs is built yet, and nothing else is asked


def test_a7_a_new_password_by_mail_keeps_the_factor(stock, app, client):
    client.post("/sign-in/forgotten/", {"email": "priya@ashdown.example"})
    tasks.send_password_link.func(stock.priya.pk, "http://testserver")
    link = re.search(r"http://testserver(/sign-in/forgotten/\S+)", mail.outbox[0].body).group(1)
    page = client.get(link, follow=True)
    client.post(page.request["PATH_INFO"], {"password1": "another long password", "password2": "another long password"})
    assert User.objects.get(pk=stock.priya.pk).check_password("another long password")
    assert Authenticator.objects.filter(user=stock.priya, type="totp").exists()
    assert not is_in(client)
    assert type_password(client, password="another long password").headers["Location"] == "/sign-in/code/"


def test_a7_a_link_opens_once(stock, client):
    tasks.send_password_link.func(stock.priya.pk, "http://testserver")
    link = re.search(r"http://testserver(/sign-in/forgotten/\S+)", mail.outbox[0].body).group(1)
    for password, is_taken in (("another long password", True), ("a third long password", False)):
        page = Client().get(link)
        Client().get(link)
        visitor = Client()
        page = visitor.get(link, follow=True)
        visitor.post(page.request["PATH_INFO"], {"password1": password, "password2": password})
        assert User.objects.get(pk=stock.priya.pk).check_password(password) == is_taken


def test_a8_a_recovery_code_opens_once(stock, app):
    code = RecoveryCodes.activate(stock.priya).generate_codes()[0]
    answers = []
    for _ in range(2):
        client = Client()
        type_password(client)
        client.post("/sign-in/code/", {"code": code})
        answers.append(is_in(client))
    assert answers == [True, False]


@pytest.mark.parametrize("seconds", [0, 31, 59])
def test_a9_a_code_of_the_app_opens_once(stock, app, time_machine, seconds):
    time_machine.move_to(MORNING, tick=False)
    code, answers = code_of(app, later=1), []
    for _ in range(2):
        client = Client()
        type_password(client)
        client.post("/sign-in/code/", {"code": code})
        answers.append(is_in(client))
        time_machine.shift(seconds)
    assert answers == [True, False]


def test_a10_the_factor_is_asked_again_for_exports_and_roles(stock, app, client, time_machine):
    time_machine.move_to(MORNING, tick=False)
    come_in(client, app)
    hers = ASKED_AGAIN & ROLES["careers-leader"].may
    asked = [entry for entry in OF_A_SCHOOL if entry.callback.permission in hers]
    assert {entry.name for entry in asked} >= {"role-new", "role-end", "criterion-missing-export"}
    pages = [
        reverse(each.name, kwargs={"school_slug": "ashdown", **arguments_of(each, stock.ashdown)}) for each in asked
    ]
    fresh = [client.post(page).headers.get("Location", "") for page in pages]
    time_machine.shift(timedelta(minutes=16))
    stale = [client.post(page).headers.get("Location", "").split("?")[0] for page in pages]
    assert not any(place.startswith("/sign-in/") for place in fresh)
    assert set(stale) == {"/sign-in/code/again/"}
    assert is_in(client)


def test_a10_what_was_asked_for_is_done_after_the_factor(stock, app, client, time_machine):
    time_machine.move_to(MORNING, tick=False)
    come_in(client, app)
    time_machine.shift(timedelta(minutes=16))
    address = reverse("role-new", args=["ashdown"])
    stopped = client.get(address)
    assert stopped.headers["Location"] == "/sign-in/code/again/?next=%2Fashdown%2Fsettings%2Froles%2Fnew%2F"
    given = client.post(stopped.headers["Location"], {"code": code_of(app), "next": address})
    assert (given.status_code, given.headers["Location"]) == (302, address)
    assert client.get(address).status_code == 200


def test_a10_an_export_goes_on_after_the_factor_was_asked_again_with_all_that_was_asked(
    stock, app, client, time_machine
):
    time_machine.move_to(MORNING, tick=False)
    come_in(client, app)
    time_machine.shift(timedelta(minutes=16))
    address = reverse("criterion-missing-export", args=["ashdown", "GB24.5.1"])
    stopped = client.post(f"{address}?year=2025&state=missed", {"purpose": "follow-up"})
    asked = urlsplit(stopped.headers["Location"])
    answer = client.post(asked.path, {"code": code_of(app), "next": parse_qs(asked.query)["next"]})
    assert (answer.status_code, answer.headers["Content-Disposition"]) == (
        200,
        'attachment; filename="gb24.5.1-missed-2025.csv"',
    )


def test_a10_a_password_is_no_fresh_factor(stock, app, client, time_machine):
    time_machine.move_to(MORNING, tick=False)
    come_in(client, app)
    time_machine.shift(timedelta(minutes=16))
    client.post("/sign-in/password/again/", {"password": PASSWORD})
    assert client.get(reverse("role-new", args=["ashdown"])).status_code == 302
    assert client.get("/sign-in/app/remove/").status_code == 302
    assert client.get("/sign-in/passkeys/new/").status_code == 302


def test_a11_signing_out_everywhere_signs_out_everywhere(stock, app, client):
    elsewhere = come_in(Client(), app)
    come_in(client, app, later=1)  # a code opens once, also where half a minute ends between the two
    client.post("/sign-in/yours/out-everywhere/")
    assert [is_in(each) for each in (client, elsewhere)] == [False, False]
    assert Event.objects.filter(action="signed out everywhere", actor_id=stock.priya.pk).count() == 1


def test_a12_the_wait_grows_and_has_an_end():
    both, account, address = throttle.counters("password", "priya@ashdown.example", address="10.0.0.1")
    known = throttle.counters("password", "priya@ashdown.example", address="10.0.0.1", device="d")
    assert [both.wait_after(count) for count in (4, 5, 6, 7, 8, 30, 3000)] == [0, 5, 10, 20, 40, 900, 900]
    assert [account.wait_after(count) for count in (19, 20, 21)] == [0, 5, 10]
    assert [address.wait_after(count) for count in (59, 60)] == [0, 5]
    assert [each.longest for each in known] == [30]


def test_a12_a_pupil_who_guesses_makes_only_himself_wait(stock, app, client, time_machine):
    """From the same address, as in a school: Priya's own browser is not made to wait, a stranger's is."""
    time_machine.move_to(MORNING, tick=False)
    come_in(client, app)
    client.post("/sign-out/")
    pupil = Client()
    for number in range(100):
        type_password(pupil, password=f"{WRONG} {number}")
        time_machine.shift(1)
    assert "Too many wrong tries. Wait" in type_password(pupil).content.decode()
    assert type_password(client).headers["Location"] == "/sign-in/code/"


def test_a12_wrong_tries_on_ones_own_device_wait_half_a_minute_at_most(stock, app, client, time_machine):
    time_machine.move_to(MORNING, tick=False)
    come_in(client, app)
    client.post("/sign-out/")
    for number in range(40):
        type_password(client, password=f"{WRONG} {number}")
        time_machine.shift(30)
    type_password(client, password=WRONG)
    assert "Wait 30 seconds" in type_password(client).content.decode()
    time_machine.shift(31)
    assert type_password(client).headers["Location"] == "/sign-in/code/"


def test_a12_wrong_codes_wait_too(stock, app, client, time_machine):
    time_machine.move_to(MORNING, tick=False)
    type_password(client)
    for number in range(6):
        client.post("/sign-in/code/", {"code": f"{number:06}"})
    assert "Too many wrong tries" in client.post("/sign-in/code/", {"code": code_of(app)}).content.decode()
    assert not is_in(client)


def test_a12_an_account_that_is_not_there_waits_alike(stock, client):
    said = {}
    for email in ("priya@ashdown.example", "nobody@ashdown.example"):
        stranger = Client(REMOTE_ADDR=f"10.0.0.{len(email)}")
        pages = [type_password(stranger, email, f"{WRONG} {number}") for number in range(7)]
        said[email] = [page.context["form"].errors.as_data().get("__all__") for page in pages]
    first, second = ([[str(error.message) for error in errors] for errors in each] for each in said.values())
    assert first == second
    assert "Too many wrong tries. Wait 5 seconds and try again." in first[-1]


def test_what_was_typed_is_not_kept(stock, client):
    type_password(client, "priya@ashdown.example", "her real secret by mistake")
    kept = [str(list(each.values())) for each in Attempts.objects.values()]
    assert len(kept) == 3
    assert not any(word in line for line in kept for word in ("priya", "secret", "127.0.0.1"))


def test_yesterdays_tries_and_sessions_are_forgotten(stock, app, client, time_machine):
    time_machine.move_to(MORNING, tick=False)
    come_in(Client(), app)
    time_machine.shift(timedelta(hours=25))
    type_password(client, password=WRONG)
    Attempts.objects.create(key="old", count=9, last_at=MORNING, wait_until=MORNING)
    forget_tries()
    assert (Attempts.objects.count(), Attempts.objects.filter(key="old").exists()) == (3, False)
    assert not Session.objects.filter(expire_date__lt=MORNING + timedelta(hours=25)).exists()


def test_every_permission_that_takes_data_out_or_opens_it_is_asked_again():
    assert {Permission.EXPORT_NAMED, Permission.ACCOUNTS_CHANGE} <= ASKED_AGAIN


@pytest.mark.parametrize(("mode", "asks"), [("production", "True"), ("demonstration", "False"), ("", "False")])
def test_production_asks_for_the_factor_whatever_else_is_set(tmp_path, mode, asks):
    """The demonstration alone may let it be; it is what starts where nothing is set."""
    said = subprocess.run(
        [sys.executable, "-c", "from dekaan import settings; print(settings.SECOND_FACTOR)"],
        env=os.environ | {"DEKAAN_MODE": mode, "DEKAAN_DATA": str(tmp_path), "DEKAAN_SECOND_FACTOR": "0"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == asks

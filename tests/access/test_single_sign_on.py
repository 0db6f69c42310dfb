"""Single sign-on with a real provider: keyed on its subject, pinned to the tenant, and never by an e-mail address."""

import html
import re
import time
import urllib.parse
import urllib.request
from datetime import timedelta

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dekaan.access.changes import forget_factors, open_account
from dekaan.access.invitations import invite
from dekaan.access.models import Invitation
from dekaan.core.single_sign_on import single_sign_on, where_forms_lead
from dekaan.demo.people import PASSWORD
from tests.access.provider import TENANT, asked_at, provider

pytestmark = pytest.mark.django_db
WITH = "/sign-in/with/microsoft/"


@pytest.fixture(autouse=True)
def address(settings):
    settings.SECOND_FACTOR = True
    with provider(settings) as where:
        yield where


class Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def come_back(client: Client, subject: str, *, process: str = "login"):
    """Go to the provider, say who one is there, and come back."""
    return finish(client, client.post(f"{WITH}?process={process}").headers["Location"], subject)


def finish(client: Client, asked: str, subject: str):
    """At the provider's address say who one is there, and come back with what it answers."""
    said = urllib.parse.urlencode({"sub": subject}).encode()
    try:
        urllib.request.build_opener(Stays).open(asked, said)
    except urllib.error.HTTPError as answer:
        back = urllib.parse.urlsplit(answer.headers["Location"])
    return client.get(f"{back.path}?{back.query}", follow=True)


def is_in(client: Client) -> bool:
    return client.get("/ashdown/").status_code == 200


def link(user, subject: str) -> None:
    SocialAccount.objects.create(user=user, provider="microsoft", uid=subject)


def test_whoever_is_linked_comes_in_and_nothing_that_the_provider_says_is_kept(stock, client):
    link(stock.priya, "subject-of-priya")
    come_back(client, "subject-of-priya")
    assert is_in(client)
    assert list(SocialAccount.objects.values_list("uid", "extra_data")) == [("subject-of-priya", {})]


def test_an_address_that_matches_links_nobody(stock, client):
    page = come_back(client, "subject-of-mallory")
    assert "No account here is linked to that Microsoft account" in page.content.decode()
    assert (is_in(client), SocialAccount.objects.count()) == (False, 0)


@pytest.mark.parametrize("subject", ["subject-elsewhere", "subject-without-tenant"])
def test_another_tenant_does_not_come_in_even_where_it_is_linked(stock, client, subject):
    link(stock.priya, subject)
    page = come_back(client, subject)
    assert "That Microsoft account is not one of this school" in page.content.decode()
    assert not is_in(client)


def test_a_closed_account_does_not_come_in(stock, client):
    link(stock.priya, "subject-of-priya")
    stock.priya.is_active = False
    stock.priya.save()
    come_back(client, "subject-of-priya")
    assert not is_in(client)


def test_a_signed_in_person_links_and_unlinks(stock, client):
    client.post("/sign-in/", {"login": "priya@ashdown.example", "password": PASSWORD})
    come_back(client, "subject-of-priya", process="connect")
    assert list(SocialAccount.objects.values_list("user", "uid")) == [(stock.priya.pk, "subject-of-priya")]
    assert not is_in(client)  # linked by a password alone, so the provider is asked first
    other = Client()
    come_back(other, "subject-of-priya")
    assert is_in(other)
    other.post(f"{WITH}unlink/")
    assert not SocialAccount.objects.exists()


def test_a_subject_that_is_another_persons_is_not_taken_over(stock, client):
    link(stock.tom, "subject-of-priya")
    client.post("/sign-in/", {"login": "priya@ashdown.example", "password": PASSWORD})
    come_back(client, "subject-of-priya", process="connect")
    assert list(SocialAccount.objects.values_list("user", flat=True)) == [stock.tom.pk]


def later(client: Client, seconds: int) -> None:
    """What the session has proved, it proved so much earlier."""
    session = client.session
    for each in session["account_authentication_methods"]:
        each["at"] -= seconds
    session["provider_asked_at"] -= seconds
    session.save()


def without_password(user) -> None:
    user.set_unusable_password()
    user.save()


def test_nobody_links_their_own_account_at_a_screen_that_was_left_open(stock, client):
    """Somebody with neither a password nor a factor here, of whom allauth itself asks nothing afresh."""
    without_password(stock.priya)
    link(stock.priya, "subject-of-priya")
    come_back(client, "subject-of-priya")
    asked = client.post(f"{WITH}?process=connect").headers["Location"]  # at once, and finished later
    later(client, 25 * 60)
    assert client.post(f"{WITH}?process=connect").headers["Location"].startswith("/sign-in/with/again/")
    page = finish(client, asked, "subject-of-mallory")
    assert "Nothing was linked" in page.content.decode()
    assert list(SocialAccount.objects.values_list("user", "uid")) == [(stock.priya.pk, "subject-of-priya")]


def test_one_account_of_a_provider_opens_the_account_of_one_person(stock, client):
    link(stock.priya, "subject-of-priya")
    come_back(client, "subject-of-priya")
    page = come_back(client, "subject-of-mallory", process="connect")
    assert "You are linked to another Microsoft account. Unlink that one first." in page.content.decode()
    assert list(SocialAccount.objects.values_list("user", "uid")) == [(stock.priya.pk, "subject-of-priya")]


def test_an_invitation_links_whoever_has_no_password(stock, client):
    nia = open_account(email="nia@ashdown.example", name="Nia", password=None)
    code, _ = invite(nia, by=None)
    for subject, found in (("subject-of-priya", [nia.pk]), ("subject-of-mallory", [nia.pk])):
        client.post("/sign-in/invitation/", {"code": code, "with": "microsoft"})
        come_back(client, subject)
        client.logout()
        assert list(SocialAccount.objects.values_list("user", flat=True)) == found


def test_a_way_back_chooses_a_password_beside_what_is_linked_and_links_nobody_else(stock, client):
    """After a reset by two people, which leaves single sign-on as it is."""
    link(stock.priya, "subject-of-priya")
    forget_factors(stock.priya, by=None)
    code, _ = invite(stock.priya, by=None)
    client.post("/sign-in/invitation/", {"code": code, "with": "microsoft"})
    page = come_back(client, "subject-of-mallory")
    assert "No account here is linked" in page.content.decode()
    client.post("/sign-in/invitation/", {"code": code, "password": "three words by heart"})
    stock.priya.refresh_from_db()
    assert stock.priya.check_password("three words by heart")
    assert list(SocialAccount.objects.values_list("user", "uid")) == [(stock.priya.pk, "subject-of-priya")]


def test_linking_makes_an_open_invitation_dead(stock, client):
    client.post("/sign-in/", {"login": "priya@ashdown.example", "password": PASSWORD})
    Invitation.objects.create(
        user=stock.priya, code_hash="x", made_at=timezone.now(), expires_at=timezone.now() + timedelta(days=7)
    )
    come_back(client, "subject-of-priya", process="connect")
    assert (SocialAccount.objects.count(), Invitation.objects.count()) == (1, 0)


ROLES = "/ashdown/settings/roles/new/"


@pytest.mark.parametrize(
    ("ago", "is_fresh"),
    [(5, True), (14 * 60, True), (16 * 60, False), (8 * 3600, False), (-60, True), (-3600, False)],
)
def test_it_is_fresh_for_a_quarter_of_an_hour_after_the_provider_asked(stock, client, address, ago, is_fresh):
    """Not after the browser came back, which it does by itself where somebody is signed in at the provider."""
    link(stock.priya, "subject-of-priya")
    asked_at(address, int(time.time()) - ago)
    come_back(client, "subject-of-priya")
    assert (is_in(client), client.get(ROLES).status_code == 200) == (True, is_fresh)


@pytest.mark.parametrize("said", [None, "yesterday", True, 0, [1]])
def test_a_provider_that_says_no_moment_opens_pages_and_is_no_fresh_proof(stock, client, address, said):
    link(stock.priya, "subject-of-priya")
    asked_at(address, said)
    come_back(client, "subject-of-priya")
    assert is_in(client)
    page = client.get(ROLES, follow=True)
    assert "That account did not say when" in page.content.decode()
    assert client.get("/sign-in/passkeys/new/").status_code == 302, "a factor of their own neither"


def test_with_a_code_besides_it_is_fresh_so_that_a_passkey_can_be_added(stock, client, address):
    link(stock.priya, "subject-of-priya")
    asked_at(address, None)
    for code, is_fresh in ((invite(stock.tom, by=None)[0], False), (invite(stock.priya, by=None)[0], True)):
        client.post("/sign-in/invitation/", {"code": code, "with": "microsoft"})
        come_back(client, "subject-of-priya")
        assert (client.get("/sign-in/passkeys/new/").status_code == 200) == is_fresh
        client.logout()
    assert list(SocialAccount.objects.values_list("user", flat=True)) == [stock.priya.pk]


def test_a_press_that_was_stopped_leads_back_to_the_page_with_the_button(stock, client):
    """Coming back from the provider is a new session, in which nothing waits."""
    link(stock.priya, "subject-of-priya")
    come_back(client, "subject-of-priya")
    later(client, 25 * 60)
    names = reverse("criterion-missing", args=["ashdown", "GB24.5.1"])
    export = reverse("criterion-missing-export", args=["ashdown", "GB24.5.1"])
    pages = {f"http://testserver{names}?year=2025": names, "https://elsewhere.example/x": "/ashdown/", "": "/ashdown/"}
    for referer, onward in pages.items():
        stopped = client.post(
            f"{export}?year=2025", {"purpose": "follow-up"}, headers={"Referer": referer}, follow=True
        )
        (form,) = re.findall(r'action="(/sign-in/with/microsoft/[^"]*)"', stopped.content.decode())
        asked = client.post(html.unescape(form)).headers["Location"]
        answer = finish(client, asked, "subject-of-priya")
        assert (answer.status_code, answer.request["PATH_INFO"]) == (200, onward)
        later(client, 25 * 60)


def test_who_is_asked_once_more_is_asked_by_us_and_not_by_the_browser(stock, client):
    link(stock.priya, "subject-of-priya")
    told = []
    for _ in range(2):
        address = client.post(f"{WITH}?process=login&auth_params=prompt%3Dnone&scope=email").headers["Location"]
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)
        told.append([query.get(name) for name in ("scope", "prompt", "max_age")])
        come_back(client, "subject-of-priya")
    assert told == [[["openid"], None, None], [["openid"], ["login"], ["900"]]]


def test_an_answer_that_nobody_asked_for_opens_nothing(stock, client):
    link(stock.priya, "subject-of-priya")
    for query in ("", "?code=x&state=y", "?error=access_denied"):
        assert client.get(f"{WITH}back/{query}").status_code < 500
        assert not is_in(client)


def test_a_provider_that_is_away_is_said(stock, client, settings):
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://localhost:9"
    page = client.post(WITH, follow=True)
    assert "Single sign-on cannot be reached just now" in page.content.decode()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"DEKAAN_MICROSOFT_TENANT": "common"}, "the school's own tenant"),
        ({"DEKAAN_MICROSOFT_TENANT": "organizations"}, "the school's own tenant"),
        ({"DEKAAN_MICROSOFT_TENANT": TENANT}, "DEKAAN_MICROSOFT_CLIENT_ID"),
        ({"DEKAAN_GOOGLE_DOMAIN": "ashdown"}, "the school's own domain"),
        ({"DEKAAN_GOOGLE_DOMAIN": "ashdown.example"}, "DEKAAN_GOOGLE_CLIENT_ID"),
    ],
)
def test_what_would_let_others_in_does_not_start(said, words):
    with pytest.raises(ImproperlyConfigured, match=words):
        single_sign_on(said)


def test_both_providers_are_pinned():
    said = {f"DEKAAN_{each}_{word}": "x" for each in ("MICROSOFT", "GOOGLE") for word in ("CLIENT_ID", "CLIENT_SECRET")}
    found = single_sign_on(
        said | {"DEKAAN_MICROSOFT_TENANT": TENANT.upper(), "DEKAAN_GOOGLE_DOMAIN": "Ashdown.example"}
    )
    assert [(each["provider_id"], each["settings"]["must"]) for each in found] == [
        ("microsoft", {"tid": TENANT}),
        ("google", {"hd": "ashdown.example"}),
    ]
    assert where_forms_lead(found) == ["https://login.microsoftonline.com", "https://accounts.google.com"]

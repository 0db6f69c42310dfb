"""What nobody's browser sends is refused in words, or not looked at: never a broken page."""

import pytest
from django.test import Client
from django.urls import reverse

from dekaan.access.invitations import invite
from dekaan.core.numbers import row_number

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NINES = "9" * 5000
CODECS = (
    "hex", "base64", "rot13", "zlib", "undefined", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-16",
    "latin1", "nonsense",
)  # fmt: skip
FORM = '--x\r\nContent-Disposition: form-data; name="login"\r\n\r\n\\ud800\r\n--x--\r\n'


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize("codec", CODECS)
def test_a_form_in_another_alphabet_is_not_read(kind, codec):
    body = FORM if "multipart" in kind else "login=a"
    client = Client(raise_request_exception=False)
    answer = client.generic("POST", "/sign-in/", body, content_type=f"{kind}; charset={codec}")
    assert (answer.status_code, "We could not read what was sent" in answer.content.decode()) == (400, True)


@pytest.mark.django_db
@pytest.mark.parametrize("codec", ["utf-8", "UTF-8"])
def test_a_form_in_ours_is_read(codec):
    answer = Client().generic(
        "POST", "/sign-in/", FORM, content_type=f"multipart/form-data; boundary=x; charset={codec}"
    )
    assert (answer.status_code, "Sign in" in answer.content.decode()) == (200, True)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages", "dekaan-device", "anything"])
def test_a_cookie_with_a_null_character_is_none_of_ours(stock, name):
    """PostgreSQL refuses to look for one."""
    cookie = f'{name}="\\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"'
    client = Client(raise_request_exception=False)
    for address, status in (("/sign-in/", 200), ("/ashdown/", 302), ("/.well-known/security.txt", 404)):
        assert client.get(address, headers={"Cookie": cookie}).status_code == status, address


@pytest.fixture
def priya(stock):
    client = Client(raise_request_exception=False)
    client.force_login(stock.priya, backend=BACKEND)
    return client


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("benchmarks/?year=9999", 200),
        ("benchmarks/?year=0000", 200),
        (f"programme/sessions/?year={NINES}", 200),
        ("benchmarks/criteria/GB24.5.1/missing/?by=all&value=x", 200),
        ("benchmarks/frameworks/gatsby-2014/5/years/99999999999999999999/", 404),
        (f"benchmarks/criteria/GB24.5.1/missing/?by=year-group&value={NINES}", 404),
    ],
)
def test_an_address_that_asks_for_nonsense_is_answered(priya, address, status):
    assert priya.get(f"/ashdown/{address}").status_code == status


@pytest.mark.django_db
def test_a_session_of_which_the_number_is_none_leads_to_the_lists(priya):
    answer = priya.post(reverse("absences-upload", args=["ashdown"]), {"session": NINES})
    assert answer["Location"] == reverse("import-list", args=["ashdown"])


@pytest.mark.django_db
def test_an_invitation_with_a_provider_that_there_is_not_asks_for_a_password(stock):
    code, _ = invite(stock.tom, by=stock.priya)
    client = Client(raise_request_exception=False)
    assert client.post(reverse("invitation"), {"code": code, "with": "a/b"}).status_code == 200


@pytest.mark.parametrize(
    ("text", "number"),
    [("17", 17), ("", None), ("²", None), ("٣", None), ("-1", None), (NINES, None), ("9" * 18, 10**18 - 1)],
)
def test_what_is_the_number_of_a_row(text, number):
    assert row_number(text) == number

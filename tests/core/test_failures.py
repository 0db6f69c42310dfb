"""Whatever goes wrong: a page in our look that says what happened and what to do, and nothing of anybody's."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.core.going_wrong import SECRET, STATUSES
from tests.house.test_headers import wrong_with

SAYS = {
    400: "We could not read what was sent",
    403: "Your role does not include this",
    404: "There is no such page",
    405: "That is a button, not a page",
    413: "That is more than we can take at once",
    429: "Too many tries in a short time",
    500: "Something broke on our side",
    503: "Busy: try again in a moment",
}


@pytest.fixture
def _going_wrong(settings):
    settings.ROOT_URLCONF = "tests.core.going_wrong"


@pytest.mark.once
@pytest.mark.usefixtures("_going_wrong")
@pytest.mark.parametrize("status", STATUSES)
def test_what_goes_wrong_is_said_without_a_session_a_database_or_a_detail(status):
    """Nothing here may ask the database: pytest-django refuses it."""
    answer = Client(raise_request_exception=False).get(f"/wrong/{status}/")
    page = answer.content.decode()
    assert (answer.status_code, wrong_with(answer), answer["Content-Type"]) == (status, [], "text/html; charset=utf-8")
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", page) == [SAYS[status]]
    assert ("dekaan.css" in page, answer["Content-Length"]) == (True, str(len(answer.content)))
    assert not re.search(rf"{SECRET}|Lovell|Traceback|Exception|Error\b|django", page)


@pytest.mark.django_db
def test_a_button_that_is_opened_as_a_page_says_so_to_the_signed_in_too(stock):
    client = Client()
    client.force_login(stock.priya, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get(reverse("exports-seen", args=["ashdown"]))
    assert (answer.status_code, answer["Allow"], SAYS[405] in answer.content.decode()) == (405, "POST", True)
    assert wrong_with(answer) == []


@pytest.mark.django_db
def test_whoever_asks_for_new_passwords_without_end_is_told_to_wait(settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"reset_password": "2/m/ip"}
    client = Client()
    asked = [client.post(reverse("account_reset_password"), {"email": f"nobody{n}@x.example"}) for n in range(4)]
    assert [answer.status_code for answer in asked] == [302, 302, 429, 429]
    assert (SAYS[429] in asked[-1].content.decode(), asked[-1]["Retry-After"], wrong_with(asked[-1])) == (
        True,
        "300",
        [],
    )

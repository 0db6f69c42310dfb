"""A sign-in in a new browser is told to the owner, by a mail that says nothing of anybody, and on the page."""

import pytest
from django.core import mail
from django.test import Client, RequestFactory

from dekaan.access.devices import known_device, name_of
from dekaan.access.models import Device
from dekaan.demo.people import PASSWORD

WINDOWS = {"HTTP_USER_AGENT": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"}
IPHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"}


def sign_in(client: Client, email: str = "priya@ashdown.example"):
    client.post("/sign-out/")
    return client.post("/sign-in/", {"login": email, "password": PASSWORD}, follow=True)


def sent() -> list[str]:
    """What was written down to be sent, subject by subject."""
    found, mail.outbox[:] = [each.subject for each in mail.outbox], []
    return found


@pytest.mark.once
@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36 EdgA/140.0",
            "Edge on Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/140.0 Mobile/15E148 Safari/604.1",
            "Chrome on iPhone",
        ),
        ("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) FxiOS/140.0 Mobile/15E148 Safari/605.1", "Firefox on iPad"),
        (
            "Mozilla/5.0 (Linux; Android 14) SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36",
            "Samsung Internet on Android",
        ),
        (
            "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36",
            "Chrome on Chromebook",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/140.0 Safari/537.36", "A program on Linux"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15", "Safari on Mac"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("curl/8.0", "A browser on an unknown system"),
    ],
)
def test_a_browser_is_named_by_what_only_it_says(said, name):
    assert name_of(RequestFactory().get("/", headers={"user-agent": said})) == name


def test_the_first_browser_is_no_news_and_the_next_is(stock):
    desk, telephone = Client(headers={"User-Agent": WINDOWS["HTTP_USER_AGENT"]}), Client()
    telephone.defaults |= IPHONE
    sign_in(desk)
    assert sent() == []
    desk.post("/sign-out/")
    sign_in(desk)
    assert sent() == []
    sign_in(telephone)
    assert sent() == ["A sign-in to Dekaan on a new device"]
    assert sorted(Device.objects.values_list("name", flat=True)) == ["Chrome on Windows", "Safari on iPhone"]


def test_the_owner_is_told_on_the_page_too_once(stock):
    desk, telephone = Client(headers={"User-Agent": WINDOWS["HTTP_USER_AGENT"]}), Client()
    telephone.defaults |= IPHONE
    sign_in(desk)
    sign_in(telephone)
    for is_told in (True, False):
        desk.post("/sign-out/")
        assert ("somebody signed in as you with Safari on iPhone" in sign_in(desk).content.decode()) == is_told


def test_no_mail_says_who_or_where(stock):
    for _ in range(2):
        client = Client(REMOTE_ADDR="10.1.2.3")
        client.defaults |= IPHONE
        sign_in(client)
    client.post(
        "/sign-in/password/", {"oldpassword": PASSWORD, "password1": "twelve chars", "password2": "twelve chars"}
    )
    words = [(each.subject, each.body) for each in mail.outbox]
    assert len(words) == 2
    for secret in ("Priya", "Raman", "ashdown", "10.1.2.3", "iPhone", "twelve"):
        assert secret not in str(words)


def test_a_key_that_somebody_put_there_does_not_become_the_persons(stock):
    """A pupil leaves one in a shared browser, and tries the password in another that carries it too."""
    shared = Client()
    shared.cookies["dekaan-device"] = "planted-by-a-pupil"
    sign_in(shared)
    request = RequestFactory().get("/")
    known = []
    for cookie in ("planted-by-a-pupil", shared.cookies["dekaan-device"].value):
        request.COOKIES["dekaan-device"] = cookie
        known.append(bool(known_device(request, "priya@ashdown.example")))
    assert known == [False, True]


def test_the_key_of_a_colleague_opens_no_door_to_another_account(stock):
    shared = Client()
    sign_in(shared, "tom@ashdown.example")
    toms = shared.cookies["dekaan-device"].value
    sign_in(shared)
    request = RequestFactory().get("/")
    request.COOKIES["dekaan-device"] = toms
    assert known_device(request, "tom@ashdown.example")
    assert not known_device(request, "priya@ashdown.example")


def test_colleagues_at_one_machine_are_each_news_to_nobody(stock):
    elsewhere, shared = Client(), Client()
    for each in ("priya@ashdown.example", "tom@ashdown.example"):
        sign_in(elsewhere, each)
        sign_in(shared, each)
    assert len(sent()) == 2, "once each, in the second browser"
    for each in ("priya@ashdown.example", "tom@ashdown.example") * 2:
        sign_in(shared, each)
    assert (sent(), Device.objects.count()) == ([], 4)


def test_the_cookie_is_kept_as_a_hash(stock):
    client = Client()
    sign_in(client)
    assert client.cookies["dekaan-device"].value not in str(Device.objects.values())

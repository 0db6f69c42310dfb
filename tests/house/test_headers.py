"""Every answer of every address carries every header: to anybody, signed in or not, and whatever went wrong."""

import re
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.test import Client, RequestFactory
from django.urls import reverse

from dekaan.core import failures
from dekaan.core.academic_year import today
from tests.house.test_other_school import OF_A_SCHOOL, arguments_of, person, schools  # noqa: F401 a fixture
from tests.house.test_views import addresses

pytestmark = pytest.mark.django_db

# The way out comes last: after it nobody is signed in.
OUTSIDE = sorted(
    (entry for path, entry in addresses() if not re.search(r"[<(]", path)),
    key=lambda entry: entry.name == "account_logout",
)
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


def wrong_with(answer) -> list[str]:
    """Which headers are not as they must be."""
    found = [name for name, value in EXPECTED.items() if answer.headers.get(name) != value]
    policy = answer.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "frame-ancestors 'none'" not in policy or re.search(r"unsafe|\*", policy):
        found.append("Content-Security-Policy")
    if "camera=()" not in answer.headers.get("Permissions-Policy", ""):
        found.append("Permissions-Policy")
    if "no-store" not in answer.headers.get("Cache-Control", ""):
        found.append("Cache-Control")
    return found


def every_address(school) -> list[str]:
    own = [
        reverse(each.name, kwargs={"school_slug": school.slug, **arguments_of(each, school)}) for each in OF_A_SCHOOL
    ]
    return [*own, f"/{school.slug}/no/such/page/", "/nobody/", "/%00/", *(reverse(each.name) for each in OUTSIDE)]


@pytest.mark.once
def test_every_answer_carries_every_header(schools):  # noqa: F811 the fixture
    ours, _ = schools
    asked, wrong, statuses = 0, [], set()
    for name, client in (
        ("leader", person("careers-leader", ours)),
        ("tutor", person("tutor", ours)),
        ("nobody", Client()),
    ):
        client.raise_request_exception = False
        for address in every_address(ours):
            for method in ("get", "post", "head", "options", "delete"):
                answer = getattr(client, method)(address)
                asked += 1
                statuses.add(answer.status_code)
                if found := wrong_with(answer):
                    wrong.append((name, method, address, answer.status_code, found))
    assert (wrong, asked > 3 * 5 * len(OF_A_SCHOOL)) == ([], True)
    assert statuses >= {200, 302, 403, 404, 405}


def test_what_a_layer_gives_up_on_carries_them_too(settings):
    """A wrong host is refused by the outermost of Django's own layers when every question is led to TLS."""
    settings.SECURE_SSL_REDIRECT = True
    client = Client(raise_request_exception=False)
    answers = [client.get("/sign-in/", headers={"host": host}) for host in ("evil.example", "a b", "testserver")]
    assert [(answer.status_code, wrong_with(answer)) for answer in answers] == [(400, []), (400, []), (301, [])]


def test_behind_tls_the_browser_is_told_to_stay_there(settings):
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    expected = "max-age=31536000; includeSubDomains; preload"
    for address, host in (("/sign-in/", "testserver"), ("/sign-in/", "evil.example"), ("/nobody/", "testserver")):
        answer = Client().get(address, headers={"x-forwarded-proto": "https", "host": host})
        assert answer.headers["Strict-Transport-Security"] == expected, (address, host)
    assert "Strict-Transport-Security" not in Client().get("/sign-in/").headers


def test_more_than_we_read_is_refused_before_it_is_read():
    request = RequestFactory().generic("POST", "/sign-in/", b"", CONTENT_LENGTH=str(10**12))
    answer = Client().post("/sign-in/", CONTENT_LENGTH=str(10**12))
    assert (answer.status_code, wrong_with(answer)) == (413, [])
    assert b"more than we can take" in answer.content
    assert failures.not_understood(request, failures.RequestDataTooBig()).status_code == 413
    fields = {f"field{number}": "x" for number in range(django_settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    assert Client().post("/sign-in/", fields).status_code == 413


def test_each_failure_has_a_page_in_our_look_without_a_detail():
    request = RequestFactory().get("/")
    pages = {
        400: failures.not_understood(request, ValueError("in the drawer under the stairs")),
        413: failures.too_large(request),
        500: failures.broken(request),
        404: Client().get("/nobody/at/all/"),
        403: Client(enforce_csrf_checks=True).post("/sign-in/"),
    }
    for status, answer in pages.items():
        page = answer.content.decode()
        assert answer.status_code == status
        assert ("dekaan.css" in page, "<h1" in page) == (True, True), status
        assert not re.search(r"drawer|Traceback|Exception|Error\b|django", page), status


def test_where_even_the_look_is_missing_there_are_words(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    answer = failures.broken(RequestFactory().get("/"))
    assert (answer.status_code, b"Something broke on our side" in answer.content) == (500, True)


def test_security_txt_says_whom_to_tell_and_until_when(settings):
    """RFC 9116: a contact and a day that is not past; otherwise nothing at all."""
    address = reverse("security-txt")
    assert (address, Client().get(address).status_code) == ("/.well-known/security.txt", 404)
    settings.SECURITY_CONTACT = "mailto:security@ashdown.example,https://ashdown.example/security"
    until = today() + timedelta(days=300)
    settings.SECURITY_EXPIRES = until.isoformat()
    answer = Client().get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert answer.content.decode().splitlines() == [
        "Contact: mailto:security@ashdown.example",
        "Contact: https://ashdown.example/security",
        f"Expires: {until}T00:00:00Z",
        "Preferred-Languages: en",
        "Canonical: http://testserver/.well-known/security.txt",
    ]
    settings.SECURITY_EXPIRES = "2020-01-01"
    assert Client().get(address).status_code == 404

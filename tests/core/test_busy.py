"""A database that is busy, full or away: a plain sentence, what was typed kept, and the next try works."""

import html
import re
import sqlite3

import pytest
from django.db import OperationalError, ProgrammingError, connection
from django.test import Client

from dekaan.access.door import WRITES
from dekaan.core.busy import AWAY, BUSY, FULL
from dekaan.core.scope import working_in
from dekaan.programme.models import Activity
from tests.stock import PASSWORD, pupil

pytestmark = pytest.mark.django_db

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def as_sqlite_says(name: str) -> sqlite3.OperationalError:
    said = sqlite3.OperationalError("as the library says")
    said.sqlite_errorname = name
    return said


def as_postgres_says() -> Exception:
    import psycopg

    return psycopg.errors.AdminShutdown("terminating connection")


def as_one_of_two_is_told() -> Exception:
    import psycopg

    return psycopg.errors.DeadlockDetected("deadlock detected")


def failing(cause: Exception, *, which=OperationalError):
    def fails(execute, sql, params, many, context):
        if WRITES.match(sql) and "programme_activity" in sql:
            raise which(str(cause)) from cause
        return execute(sql, params, many, context)

    return connection.execute_wrapper(fails)


@pytest.fixture(autouse=True)
def _year_groups(stock):
    with working_in(stock.ashdown):
        pupil("Ada", year_group=10, tutor_group="10A")
        pupil("Ben", year_group=9, tutor_group="9A")


@pytest.fixture
def priya(stock) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(stock.priya, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


TYPED = {
    "title": "Trip to “Weir & Sons” <2027>",
    "activity_type": "WVISIT",
    "held_on": "2026-11-20",
    "year_groups": ["9", "10"],
}
NEW = "/ashdown/programme/activities/new/"


def titles(stock) -> list[str]:
    with working_in(stock.ashdown):
        return list(Activity.objects.values_list("title", flat=True))


@pytest.mark.parametrize(
    ("cause", "why"),
    [
        (as_sqlite_says("SQLITE_BUSY"), BUSY),
        (as_sqlite_says("SQLITE_LOCKED_SHAREDCACHE"), BUSY),
        (as_sqlite_says("SQLITE_FULL"), FULL),
        (as_sqlite_says("SQLITE_IOERR_WRITE"), FULL),
        (as_postgres_says(), AWAY),
        (as_one_of_two_is_told(), BUSY),
    ],
    ids=lambda each: getattr(each, "sqlite_errorname", type(each).__name__),
)
def test_what_was_typed_is_kept_and_sent_again_as_it_was(stock, priya, cause, why):
    with failing(cause):
        answer = priya.post(NEW, TYPED)
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")
    page = answer.content.decode()
    assert html.escape(why) in page or why in page
    kept = [(name, html.unescape(value)) for name, value in HIDDEN.findall(page)]
    assert [pair for pair in kept if pair[0] != "csrfmiddlewaretoken"] == [
        ("title", TYPED["title"]),
        ("activity_type", "WVISIT"),
        ("held_on", "2026-11-20"),
        ("year_groups", "9"),
        ("year_groups", "10"),
    ]
    assert titles(stock) == []
    again = priya.post(NEW, dict(kept) | {"year_groups": ["9", "10"]})
    assert again.status_code == 302, again.content.decode()
    assert titles(stock) == [TYPED["title"]]


def test_what_waiting_does_not_mend_stays_a_fault(stock, priya):
    for cause, which in (
        (as_sqlite_says("SQLITE_ERROR"), OperationalError),
        (ValueError("ours"), ProgrammingError),
    ):
        with failing(cause, which=which):
            assert priya.post(NEW, TYPED).status_code == 500
    assert titles(stock) == []


def test_a_password_is_never_written_into_the_page(stock):
    client = Client(raise_request_exception=False)

    def away(execute, sql, params, many, context):
        raise OperationalError from as_postgres_says()

    with connection.execute_wrapper(away):
        answer = client.post("/sign-in/", {"login": "priya@ashdown.example", "password": PASSWORD})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert PASSWORD not in page
    assert "Go back in your browser" in page


def test_a_page_that_is_only_read_offers_its_own_address(stock, priya):
    def away(execute, sql, params, many, context):
        raise OperationalError from as_postgres_says()

    with connection.execute_wrapper(away):
        answer = priya.get("/ashdown/programme/?year=2026")
    assert answer.status_code == 503
    assert 'href="/ashdown/programme/?year=2026"' in answer.content.decode()

"""What every test may ask for. The database is chosen in tests/databases.py, before Django starts."""

import os
from collections.abc import Iterator
from typing import Any

import django.test.client
import pytest
from django.core.management import call_command
from django.test import TransactionTestCase

from dekaan.core.plain import PlainRequest
from tests.databases import ON_POSTGRES, OWNER, as_owner, connect_as

pytest_plugins = ["tests.stock"]
django.test.client.WSGIRequest = PlainRequest  # as the server reads what is asked (dekaan/wsgi.py)


@pytest.fixture(scope="session", autouse=True)
def _passwords_hashed_quickly() -> None:
    """The cast has two dozen accounts; a test that is about the hash says so itself."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """One connection at a time, for a pool would keep the owner's open; and SQLite in a file, as a school runs it.

    Held in memory and shared between threads, it was once left with an index of rows that had been rolled back.
    """
    from django.db import connection

    connection.settings_dict.setdefault("OPTIONS", {}).pop("pool", None)
    if not ON_POSTGRES:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        connection.settings_dict["TEST"]["NAME"] = f"{os.environ['DEKAAN_TEST_RUN']}/tests-{worker}.sqlite3"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Made and migrated by the owner, then used by the web role."""
    if not ON_POSTGRES:
        yield
        return
    with django_db_blocker.unblock():
        with as_owner():
            call_command("grant_web_role")
        yield
        connect_as(OWNER)


@pytest.fixture(scope="session", autouse=True)
def _emptied_by_its_owner() -> Iterator[None]:
    """A test that commits is cleaned up with TRUNCATE, which the web role may not do."""
    original = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        with as_owner():
            original(case)

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
    yield
    patch.undo()

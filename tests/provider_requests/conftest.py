"""Ashdown School with a policy and a time that is usually free, Priya at a browser, and one in which nobody is signed in."""

import pytest
from django.test import Client

from dekaan.provider_requests import robots
from tests.factories.provider_requests import free_time, write_policy
from tests.isolation.world import BACKEND
from tests.stock import Stock


@pytest.fixture(autouse=True)
def long_opened(monkeypatch) -> None:
    """Every page was opened a while ago, but where a test says otherwise."""
    monkeypatch.setattr(robots, "LEAST_SECONDS", 0)


@pytest.fixture
def with_policy(in_ashdown) -> Stock:
    write_policy()
    free_time()
    return in_ashdown


@pytest.fixture
def priya(with_policy, client) -> Client:
    client.force_login(with_policy.priya, backend=BACKEND)
    return client


@pytest.fixture
def anybody() -> Client:
    return Client()

"""A real Chromium, and people who are already signed in."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, sync_playwright

from dekaan.access.models import User
from tests.journeys.visit import Visit

# Playwright keeps an event loop in this thread; nothing of ours is asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = os.environ.get("DEKAAN_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert program, "The journeys need Chromium; .ci/chromium says how to get it."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, live_server) -> Iterator[Callable[..., Visit]]:
    """`visit(user)` is that person at the browser, signed in; `visit()` is a stranger."""
    contexts = []

    def begin(user: User | None = None, *, width: int = 1280, height: int = 800, javascript: bool = True) -> Visit:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        if user is not None:
            client = Client()
            client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return Visit(context.new_page())

    yield begin
    for context in contexts:
        context.close()

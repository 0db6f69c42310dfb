"""Hostile requests over every address, role and method: no answer of 500 or above, and no trace.

About a thousand in `make test`; `make hostile` makes 20,000 on each database. A request is made from its number alone,
so `DEKAAN_HOSTILE_FROM=1234 DEKAAN_HOSTILE=1` makes number 1234 again on the same addresses.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from _pytest.logging import LogCaptureHandler
from django.http import HttpResponse

from tests.factories.schools import place, pupils, talk
from tests.hostile.asking import faults, world

pytestmark = pytest.mark.django_db

FIRST = int(os.environ.get("DEKAAN_HOSTILE_FROM", "0"))
MANY = int(os.environ.get("DEKAAN_HOSTILE", "1000"))


@pytest.fixture
def peopled():
    """Two schools with pupils and a talk."""
    made = []
    for slug in ("ours", "theirs"):
        at = place(slug)
        pupils(at, 7, surname="Quill")
        talk(at, partner_name="Millworks", partner_kind="employer")
        made.append(at.school)
    return made


@contextmanager
def records_let_go() -> Iterator[None]:
    """The test keeps no record of the log: each holds its request, and those of 20,000 are half a gigabyte."""
    root = logging.getLogger()
    keepers = [handler for handler in root.handlers if isinstance(handler, LogCaptureHandler)]
    for keeper in keepers:
        root.removeHandler(keeper)
    try:
        yield
    finally:
        for keeper in keepers:
            root.addHandler(keeper)


@pytest.mark.filterwarnings("ignore")  # what hostile bytes warn of is no fault of ours
def test_no_hostile_request_breaks_anything(peopled, capsys):
    ours, theirs = peopled
    here = world(ours, theirs)
    with records_let_go():
        answered, wrong = faults(here, range(FIRST, FIRST + MANY))
    with capsys.disabled():
        if MANY > 1000:
            from django.db import connection  # only its name is printed

            print(
                f"\nhostile requests on {connection.vendor}: {answered.total()} over {len(here.entries)} addresses and"
                f" {len(here.sessions)} roles; answered {dict(sorted(answered.items()))}; 500 or above, or traces: {len(wrong)}"
            )
    assert not wrong, "\n" + "\n".join(wrong)
    assert answered.total() == MANY
    # Most come in: a generator of wrong addresses would prove nothing.
    assert answered[404] < answered.total() / 2, answered


def test_a_view_that_breaks_is_found(peopled, monkeypatch):
    """The test of the test: one view raises, another shows a trace."""
    here = world(*peopled)
    views = {entry.name: entry for _, entry in here.entries}

    def raises(*_: object, **__: object) -> HttpResponse:
        raise ZeroDivisionError

    def shows(*_: object, **__: object) -> HttpResponse:
        return HttpResponse("Traceback (most recent call last): in a drawer")

    monkeypatch.setattr(views["home"], "callback", raises)
    monkeypatch.setattr(views["pupil-list"], "callback", shows)
    here.entries = [(path, entry) for path, entry in here.entries if entry.name in {"home", "pupil-list"}]
    _, wrong = faults(here, range(60))
    assert {line.split()[3].rstrip(":") for line in wrong} == {"home", "pupil-list"}

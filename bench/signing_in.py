"""`make timing`: whether the time of an answer tells who has an account (security paper, T7).

Wrong passwords, and forgotten ones, for an account, for none, for one that was closed and for one that never had a
password: turn about, in an order drawn anew each time, a thousand of each (`ARGS=100` for fewer). Printed, never failing.
"""

import os
import re
import statistics
import sys
import time
from collections.abc import Callable
from random import Random

from tests import databases  # first: it says where the database is

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dekaan.settings")

import django

django.setup()

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client

from dekaan.access.models import Attempts, User

TRIES = 1000
PASSWORD = "a long and winding road"
MUST = 10  # milliseconds between any two at the 95th percentile
NONE = "no account"
# All of one length, so that nothing but what they stand for differs.
WHO = {"account": "aa@timing.example", NONE: "bb@timing.example"}
WHO |= {"closed account": "cc@timing.example", "no password yet": "dd@timing.example"}


def begin() -> None:
    """An empty installation with three accounts."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("grant_web_role")
    User.objects.create_user(email=WHO["account"], name="A", password=PASSWORD)
    User.objects.create_user(email=WHO["closed account"], name="C", password=PASSWORD, is_active=False)
    User.objects.create_user(email=WHO["no password yet"], name="D", password=None)
    if databases.ON_POSTGRES:
        databases.connect_as(databases.WEB_ROLE)


def wrong_password(email: str) -> bytes:
    """What whoever guesses is shown."""
    return _said("/sign-in/", {"login": email, "password": "not the password"}, email)


def forgotten(email: str) -> bytes:
    """What whoever asks for a link is shown."""
    return _said("/sign-in/forgotten/", {"email": email}, email)


def _said(address: str, typed: dict[str, str], email: str) -> bytes:
    """Status, where it leads and words, but for what was typed and the mark of the form."""
    answer = Client().post(address, typed)
    words = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", answer.content)
    return f"{answer.status_code} {answer.get('Location', '')}\n".encode() + words.replace(email.encode(), b"")


def measure(ask: Callable[[str], bytes], tries: int) -> tuple[dict[str, list[tuple[float, float]]], bool]:
    """What each try took, by the clock and of the processor, by whom was asked for; whether all were told the same."""
    took: dict[str, list[tuple[float, float]]] = {who: [] for who in WHO}
    said, order = set(), Random(7)
    for number in range(-5, tries):  # the first few warm up
        for who in order.sample(list(WHO), len(WHO)):
            Attempts.objects.all().delete()  # else the throttle would answer for it
            cache.clear()
            began = time.perf_counter(), time.process_time()
            said.add(ask(WHO[who]))
            if number >= 0:
                took[who].append((time.perf_counter() - began[0], time.process_time() - began[1]))
    return took, len(said) == 1


def main() -> None:
    """Measure and print; on a machine that does other work too, look at the processor's line."""
    begin()
    tries = int(sys.argv[1]) if len(sys.argv) > 1 else TRIES
    print(f"{connection.vendor}: {tries} tries each, milliseconds at the 95th percentile")
    for name, ask in (("wrong password", wrong_password), ("forgotten password", forgotten)):
        took, same = measure(ask, tries)
        for number, which in enumerate(("clock", "processor")):
            at = {who: statistics.quantiles([one[number] * 1000 for one in took[who]], n=20)[-1] for who in WHO}
            apart = max(abs(each - at[NONE]) for each in at.values())
            figures = "  ".join(f"{who} {each:.1f}" for who, each in at.items())
            print(f"  {name}, {which}: {figures}  apart {apart:.1f} must {MUST}")
        print(f"  {name}: same words {same}", flush=True)
    connection.close()
    databases.pytest_unconfigure()


if __name__ == "__main__":
    main()

"""What tells a robot from a person at a form that anybody may send: a trap, time, web addresses.

Each refusal is a sentence that a person could act on, and what they typed stays in the form. A form in which something is
typed wrongly is a person's mistake: that alone is said, and it is counted nowhere.
"""

import re
import secrets
import time
from collections.abc import Iterable

from django.core import signing

from dekaan.provider_requests.models import FormRefusals

Why = FormRefusals.Why
SALT = "dekaan.provider_requests.page"
LEAST_SECONDS = 5  # from when the page was opened until it is sent
MOST_LINKS = 2
LINK = re.compile(r"https?:|www\.|<\s*a\b|\[(?:url|link)\b", re.IGNORECASE)
MARKED_UP = re.compile(r"<\s*a\b|\[(?:url|link)\b", re.IGNORECASE)  # as robots write, and nobody types
LONGEST = 200

SENTENCES = {
    Why.TRAP: "A box that people do not see was filled in, as robots do; perhaps by a password manager. It is blank again, "
    "and what you typed stands below: press Send once more.",
    Why.TOO_FAST: f"It was sent within {LEAST_SECONDS} seconds, as robots do. What you typed stands below: look it over, and "
    "press Send again.",
    Why.LINKS: f"It holds more than {MOST_LINKS} web addresses written for machines, as robots’ letters do. What you typed "
    "stands below: take some out, and press Send again.",
}


def new_page(now: float | None = None) -> str:
    """The name of a page that is sent once, and when it was opened, so that nobody else can make one."""
    return signing.dumps([secrets.token_urlsafe(12), int(time.time() if now is None else now)], salt=SALT)


def opened_at(page: str) -> int | None:
    """When the page was opened; None where it is not ours."""
    try:
        return signing.loads(page[:LONGEST], salt=SALT)[1]
    except signing.BadSignature:
        return None


def why_refused(page: str, *, trap: str, texts: Iterable[str]) -> str:
    """Why it looks like a robot's; empty where it does not."""
    began = opened_at(page)
    if trap:
        return Why.TRAP
    if began is None or time.time() - began < LEAST_SECONDS:
        return Why.TOO_FAST
    return Why.LINKS if are_marked_up(texts) else ""


def are_marked_up(texts: Iterable[str]) -> bool:
    """Whether more web addresses stand in them than belong there, written as nobody types them."""
    texts = list(texts)
    return links_in(texts) > MOST_LINKS and any(MARKED_UP.search(each) for each in texts)


def links_in(texts: Iterable[str]) -> int:
    """How many web addresses stand in them."""
    return sum(len(LINK.findall(each)) for each in texts)

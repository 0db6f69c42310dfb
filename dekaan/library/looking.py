"""Whether a link still opens: its head is asked for, or the page without its body; only the answer's kind comes back.

Politely: robots.txt of each website is read first and kept to, one asking a second of any one of them, under our name.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from dekaan.core.fetching.addresses import Address, NotFetched
from dekaan.core.fetching.asking import Asker
from dekaan.core.fetching.robots import MOST, NOTHING, Robots, robots_of
from dekaan.core.fetching.wire import Wire
from dekaan.library.models import Resource
from dekaan.library.published import link_words

BETWEEN = 1.0  # seconds between two askings of one website
ALL_SECONDS = 20 * 60.0  # for all links of a school
# Answers to the question for a head alone that many servers give though the page is there.
_DOUBTFUL = {"not-found", "odd-answer", "blocked", "server-error", "redirects"}


def identity_of(school: str) -> str:
    """How we name ourselves to a website."""
    plain = unicodedata.normalize("NFKD", school).encode("ascii", "ignore").decode()
    return f"Dekaan link check ({re.sub(r'[^A-Za-z0-9 .,-]', '', plain).strip()[:100]})"


@dataclass
class Looker:
    """Looks at one link after another, over the wire, under the school's name."""

    school: str
    wire: Wire
    robots: dict[tuple[str, str], Robots] = field(default_factory=dict)
    has_reached: bool = False  # whether any website answered at all, so that there is a way out

    def __post_init__(self) -> None:
        self.ends_at = self.wire.now() + ALL_SECONDS
        self.asker = Asker(None, identity_of(self.school), self.wire, self._is_let, self.ends_at)

    def look(self, address: str) -> tuple[str, str]:
        """(the state of the link, why it did not open)."""
        if self.wire.now() >= self.ends_at:
            return Resource.LinkState.UNREAD, "no-time"
        reason = self._why_not(address, "HEAD")
        if reason in _DOUBTFUL:
            self.wire.pause(BETWEEN)
            reason = self._why_not(address, "GET")
        if reason in {"", "not-found", "blocked", "server-error"}:
            self.has_reached = True
        if not reason:
            return Resource.LinkState.FINE, ""
        is_broken = link_words()[reason].is_broken
        return (Resource.LinkState.BROKEN if is_broken else Resource.LinkState.UNREAD), reason

    def _why_not(self, address: str, method: str) -> str:
        try:
            self.asker.ask(address, method=method, reads=False)
        except NotFetched as refusal:
            return refusal.reason if refusal.reason in link_words() else "odd-answer"
        return ""

    def _is_let(self, address: Address) -> bool:
        place = (address.scheme, address.host)
        if place not in self.robots:
            self.robots[place] = self._robots(address)
            self.wire.pause(BETWEEN)
        return self.robots[place].lets(address.path)

    def _robots(self, address: Address) -> Robots:
        # Its own redirects may lead on to another public name, and are looked at as strictly; nothing asks for theirs.
        asker = Asker(None, identity_of(self.school), self.wire, ends_at=self.ends_at)
        try:
            answer = asker.ask(f"{address.scheme}://{address.host}/robots.txt", most=MOST)
        except NotFetched as refusal:
            return NOTHING if refusal.reason in {"server-error", "too-large"} else Robots()
        return robots_of(answer.content.decode("utf-8", "replace"))

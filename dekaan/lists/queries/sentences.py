"""A sentence as data: phrases about who pupils are, and phrases about what they have or have not had.

Phrases about the same thing are read with "or" ("Year 10 or Year 11"), all others with "and".
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

VERSION = 1
MOST_WHO, MOST_HAD = 8, 5

VERBS = {
    "had": "have had",
    "not-had": "have not had",
    "meets": "meet",
    "misses": "miss",
    "not-known": "are unknown for",
    "not-yet": "are not there yet for",
    "absent": "were absent from",
    "joined": "joined the school",
}
WINDOWS = {
    "year": "this year",
    "september": "since September",  # the same days, as schools say it
    "since": "since the day given",
    "key-stage": "in this key stage",
    "ever": "ever",
}
THIS_YEAR = ("year", "september")
# Which verbs go with which things, by what a thing's key begins with.
OF_ENCOUNTERS = ("had", "not-had")
OF_CRITERIA = ("meets", "misses", "not-known", "not-yet")


@dataclass(frozen=True)
class Had:
    """One phrase of what pupils have had, or not: of what, when, and at least how often."""

    verb: str
    what: str = ""
    when: str = "year"
    since: date | None = None
    least: int = 1

    @property
    def kind(self) -> str:
        """What sort of thing it is about: "criterion", "type", "partner", "activity", or the thing itself."""
        return self.what.split(":", 1)[0]

    @property
    def value(self) -> str:
        """Which of its sort."""
        return self.what.partition(":")[2]

    @property
    def is_of_this_year(self) -> bool:
        """Whether it asks about this academic year, in either of the words for it."""
        return self.when in THIS_YEAR

    @property
    def is_counted(self) -> bool:
        """Whether it asks how often in some stretch of time."""
        return self.verb in OF_ENCOUNTERS or self.what == "half-days"


@dataclass(frozen=True)
class Sentence:
    """Who is looked for."""

    who: tuple[str, ...] = ()
    had: tuple[Had, ...] = ()
    version: int = VERSION

    def __bool__(self) -> bool:
        return bool(self.who or self.had)

    @property
    def kinds(self) -> dict[str, list[str]]:
        """What is said of who they are: kind → values, any of which will do."""
        found: dict[str, list[str]] = {}
        for phrase in self.who:
            kind, _, value = phrase.partition(":")
            found.setdefault(kind, []).append(value)
        return found

    @property
    def data(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "version": self.version,
            "who": list(self.who),
            "had": [
                {
                    "verb": each.verb,
                    "what": each.what,
                    "when": each.when,
                    "since": each.since.isoformat() if each.since else None,
                    "least": each.least,
                }
                for each in self.had
            ],
        }

    @property
    def query(self) -> str:
        """As an address says it. It names nobody."""
        said: list[tuple[str, Any]] = [(f"who_{number}", phrase) for number, phrase in enumerate(self.who)]
        for number, each in enumerate(self.had):
            said += [(f"verb_{number}", each.verb), (f"what_{number}", each.what), (f"when_{number}", each.when)]
            said += [(f"since_{number}", each.since.isoformat())] if each.since else []
            said += [(f"least_{number}", each.least)] if each.least != 1 else []
        return urlencode(said)

    def without(self, phrases: set[str | Had]) -> "Sentence":
        """The sentence that is left when these are left out."""
        return replace(
            self,
            who=tuple(each for each in self.who if each not in phrases),
            had=tuple(each for each in self.had if each not in phrases),
        )


def sentence_of(data: Any) -> Sentence:
    """The sentence, out of what is kept; what cannot be read is a phrase that nothing offers."""
    if not isinstance(data, dict):
        return Sentence()
    try:
        had = tuple(
            Had(
                str(each["verb"]),
                str(each["what"]),
                str(each["when"]),
                date.fromisoformat(each["since"]) if each.get("since") else None,
                int(each["least"]),
            )
            for each in data.get("had", ())
        )
        return Sentence(tuple(str(each) for each in data.get("who", ())), had, int(data.get("version", VERSION)))
    except (KeyError, TypeError, ValueError, AttributeError):
        return Sentence(("unreadable:",))

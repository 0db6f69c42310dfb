"""What is said of an item."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """Where an item stands."""

    PRESENT = "present"
    MISSING = "missing"
    PAST = "out-of-date"
    DIFFERENT = "different"
    UNREAD = "could-not-read"

    @property
    def words(self) -> str:
        """As the page says it."""
        return _WORDS[self]

    @property
    def is_alarm(self) -> bool:
        """Whether something is to be mended."""
        return self in {State.MISSING, State.PAST, State.DIFFERENT}


_WORDS = {
    State.PRESENT: "Present",
    State.MISSING: "Missing",
    State.PAST: "Out of date",
    State.DIFFERENT: "Different from our records",
    State.UNREAD: "Could not read",
}
SURE, FAIRLY, PERHAPS = "sure", "fairly sure", "look yourself"


@dataclass(frozen=True)
class OurRecords:
    """What our records say of what stands on the page; empty or None where they say nothing."""

    leader_name: str = ""
    leader_email: str = ""
    leader_telephone: str = ""
    next_review: date | None = None
    statement_dated: date | None = None
    page: str = ""


@dataclass(frozen=True)
class AboutSchool:
    """What of the school decides what binds it."""

    name: str = ""
    trust: str = ""
    is_academy: bool = False
    has_year_11: bool = True
    forces: Mapping[str, str] = field(default_factory=dict)  # duty → with what force it is asked of the school, or not


@dataclass(frozen=True)
class Finding:
    """An item, where it stands, the sentence that says so, and what to do."""

    key: str
    state: State
    sentence: str = ""
    page: str = ""  # the address of the page or file in which it was found
    page_called: str = ""
    sure: str = SURE
    note: str = ""
    paste: str = ""
    force: str = ""  # with what force it is asked of the school

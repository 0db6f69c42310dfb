"""What the ledger is told: an occasion, a person's part in it; and what a change wrote."""

from dataclasses import dataclass, field
from datetime import date

from dekaan.participation.models import KnownBy, Participation

PERSON_KINDS = ("pupil", "staff", "carer")


@dataclass(frozen=True)
class Occasion:
    """What a row copies from its occasion, so that counting needs nothing else."""

    source_kind: str
    source_id: int
    title: str
    happened_on: date
    activity_type: str
    mode: str = ""
    minutes: int | None = None
    criteria: int = 0
    criteria_unknown: int = 0
    partner_kind: str = ""
    partner_name: str = ""
    batch: str = ""  # the press that writes it, where many are written at once
    # The occasions of which a person counts one at most (one and those that make up for it), in order, itself among them.
    once_of: tuple["Occasion", ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True)
class Mark:
    """One person's part: what became of the invitation and how that is known."""

    person_id: int
    state: str
    known_by: str = KnownBy.ASSUMED
    person_kind: str = "pupil"


@dataclass(frozen=True)
class Recorded:
    """What a change wrote: new rows, rows that they superseded, and rows that stood as they were.

    `stayed` are those whose part has been corrected since and was left as it is: ("pupil", 12).
    """

    written: int = 0
    superseded: int = 0
    unchanged: int = 0
    stayed: tuple[tuple[str, int], ...] = ()


def person_of(row: Participation) -> tuple[str, int]:
    """("pupil", 12): whose row it is."""
    for kind in PERSON_KINDS:
        if person_id := getattr(row, f"{kind}_id"):
            return kind, person_id
    raise AssertionError(row.pk)

"""What happens to the ledger."""

from dekaan.participation.changes.judging import judge_again, retag, settle_part_attendance
from dekaan.participation.changes.occasions import Mark, Occasion, Recorded, person_of
from dekaan.participation.changes.recording import (
    BuiltUpon,
    erase_from_ledger,
    no_longer_invite,
    record_participation,
    restate,
    retitle,
    withdraw,
)

__all__ = [
    "BuiltUpon",
    "Mark",
    "Occasion",
    "Recorded",
    "erase_from_ledger",
    "judge_again",
    "no_longer_invite",
    "person_of",
    "record_participation",
    "restate",
    "retag",
    "retitle",
    "settle_part_attendance",
    "withdraw",
]

"""What happens to people's rights over their data."""

from dekaan.privacy.changes.cases import (
    AlreadyPaused,
    CaseClosed,
    NobodyThere,
    NotAgreed,
    NotAllDecided,
    NotPaused,
    SamePerson,
    StillNeeded,
    acknowledge_complaint,
    agree_to_case,
    close_case,
    decide_about_others,
    extend_case,
    open_case,
    pause_clock,
    release_pack,
    start_clock,
)
from dekaan.privacy.changes.erasing import erase_pupil, reapply_erasures
from dekaan.privacy.changes.facts import say_data_protection
from dekaan.privacy.changes.retention import AlreadyHeld, end_hold, hold_pupil, run_retention

__all__ = [
    "AlreadyHeld",
    "AlreadyPaused",
    "CaseClosed",
    "NobodyThere",
    "NotAgreed",
    "NotAllDecided",
    "NotPaused",
    "SamePerson",
    "StillNeeded",
    "acknowledge_complaint",
    "agree_to_case",
    "close_case",
    "decide_about_others",
    "end_hold",
    "erase_pupil",
    "extend_case",
    "hold_pupil",
    "open_case",
    "pause_clock",
    "reapply_erasures",
    "release_pack",
    "run_retention",
    "say_data_protection",
    "start_clock",
]

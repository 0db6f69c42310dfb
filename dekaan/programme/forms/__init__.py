"""What may be typed about the programme."""

from dekaan.programme.forms.planning import (
    WHEN,
    ActivityDetails,
    CatchUp,
    ChangedSession,
    Ending,
    NewActivity,
    NewSession,
    Ticks,
    Unplanned,
)
from dekaan.programme.forms.recording import Doubts, Pasted, Register

__all__ = [
    "WHEN",
    "ActivityDetails",
    "CatchUp",
    "ChangedSession",
    "Doubts",
    "Ending",
    "NewActivity",
    "NewSession",
    "Pasted",
    "Register",
    "Ticks",
    "Unplanned",
]

"""The verdicts on the principles, and the milestones that were reached."""

from dekaan.principles.queries.falling_short import falling_short
from dekaan.principles.queries.judging import MET, NONE, NOT_MET, UNKNOWN, Found
from dekaan.principles.queries.milestones import Reached, milestones_reached
from dekaan.principles.queries.verdicts import (
    IN_PART,
    IN_PLACE,
    IN_WORDS,
    NOT_IN_PLACE,
    NOT_KNOWN,
    Looked,
    Standing,
    Term,
    Verdict,
    judged,
    standing,
    terms_before,
)

__all__ = [
    "IN_PART",
    "IN_PLACE",
    "IN_WORDS",
    "MET",
    "NONE",
    "NOT_IN_PLACE",
    "NOT_KNOWN",
    "NOT_MET",
    "UNKNOWN",
    "Found",
    "Looked",
    "Reached",
    "Standing",
    "Term",
    "Verdict",
    "falling_short",
    "judged",
    "milestones_reached",
    "standing",
    "terms_before",
]

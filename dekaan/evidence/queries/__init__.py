"""Reading the cabinet: what is shown on a day, and what is missing, expires or has expired."""

from dekaan.evidence.asked import Fact, facts
from dekaan.evidence.queries.cabinet import cabinet, in_place_of, line_of, may_open, pieces, theme_names
from dekaan.evidence.queries.shown import FactShown, expired_count, facts_shown, holds_months, serves

__all__ = [
    "Fact",
    "FactShown",
    "cabinet",
    "expired_count",
    "facts",
    "facts_shown",
    "holds_months",
    "in_place_of",
    "line_of",
    "may_open",
    "pieces",
    "serves",
    "theme_names",
]

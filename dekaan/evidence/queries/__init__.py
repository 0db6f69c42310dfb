"""Reading the cabinet: what is shown on a day, and what is missing, expires or has expired."""

from dekaan.evidence.asked import Fact, facts
from dekaan.evidence.queries.cabinet import cabinet, in_place_of, line_of, may_open, pieces
from dekaan.evidence.queries.observed import Observed, observed_on
from dekaan.evidence.queries.shown import (
    FactShown,
    facts_by_school,
    facts_on_days,
    facts_shown,
    holds_months,
    serves,
    shown_and_expired,
)

__all__ = [
    "Fact",
    "FactShown",
    "Observed",
    "cabinet",
    "facts",
    "facts_by_school",
    "facts_on_days",
    "facts_shown",
    "holds_months",
    "in_place_of",
    "line_of",
    "may_open",
    "observed_on",
    "pieces",
    "serves",
    "shown_and_expired",
]

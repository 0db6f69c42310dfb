"""Reading the ledger of destinations: what is said, what it comes to, what may leave the school."""

from dekaan.destinations.queries.cohorts import Leaver, leavers
from dekaan.destinations.queries.judging import Judgement, Outcome, Verdict, Why, judged
from dekaan.destinations.queries.ledger import (
    Moment,
    agree,
    bucket_of,
    code_of,
    in_force,
    leaving_days,
    leaving_year,
    moments_of,
)
from dekaan.destinations.queries.wishes import latest_wishes, may_be_kept_in_touch, may_be_shared

__all__ = [
    "Judgement",
    "Leaver",
    "Moment",
    "Outcome",
    "Verdict",
    "Why",
    "agree",
    "bucket_of",
    "code_of",
    "in_force",
    "judged",
    "latest_wishes",
    "leavers",
    "leaving_days",
    "leaving_year",
    "may_be_kept_in_touch",
    "may_be_shared",
    "moments_of",
]

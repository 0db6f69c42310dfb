"""Reading the ledger of destinations: what is said, what it comes to, what may leave the school."""

from dekaan.destinations.queries.cohorts import Leaver, leavers
from dekaan.destinations.queries.following import (
    FollowedLeaver,
    Standing,
    come_by,
    contact_in_words,
    followed,
    how_many,
    is_known,
    may_be_asked,
    years_left,
)
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
from dekaan.destinations.queries.person import Person, intention_of, person, what_changed
from dekaan.destinations.queries.scope import leavers_opened, on_roll_opened, person_opened
from dekaan.destinations.queries.wishes import latest_wishes, may_be_kept_in_touch, may_be_shared

__all__ = [
    "FollowedLeaver",
    "Judgement",
    "Leaver",
    "Moment",
    "Outcome",
    "Person",
    "Standing",
    "Verdict",
    "Why",
    "agree",
    "bucket_of",
    "code_of",
    "come_by",
    "contact_in_words",
    "followed",
    "how_many",
    "in_force",
    "intention_of",
    "is_known",
    "judged",
    "latest_wishes",
    "leavers",
    "leavers_opened",
    "leaving_days",
    "leaving_year",
    "may_be_asked",
    "may_be_kept_in_touch",
    "may_be_shared",
    "moments_of",
    "on_roll_opened",
    "person",
    "person_opened",
    "what_changed",
    "years_left",
]

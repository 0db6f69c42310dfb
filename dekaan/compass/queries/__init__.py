"""Reading the twin: answers, what they come to, what was kept and how it differs."""

from dekaan.compass.queries.answering import (
    AGREEMENT,
    BY_HAND,
    NO,
    NOT_ASKED,
    YES,
    Answer,
    Estimate,
    answers,
    choices_for,
    estimates,
)
from dekaan.compass.queries.history import (
    Change,
    Difference,
    difference,
    evaluations,
    real_results,
    since_last,
    yearly_averages,
)
from dekaan.compass.queries.records import Records, Share
from dekaan.compass.queries.releasing import released_answers, released_kept
from dekaan.compass.queries.schools import SchoolEstimate, pupils_behind, side_by_side
from dekaan.compass.questions import QuestionSet, question_set, question_sets, set_in_use

__all__ = [
    "AGREEMENT",
    "BY_HAND",
    "NO",
    "NOT_ASKED",
    "YES",
    "Answer",
    "Change",
    "Difference",
    "Estimate",
    "QuestionSet",
    "Records",
    "SchoolEstimate",
    "Share",
    "answers",
    "choices_for",
    "difference",
    "estimates",
    "evaluations",
    "pupils_behind",
    "question_set",
    "question_sets",
    "real_results",
    "released_answers",
    "released_kept",
    "set_in_use",
    "side_by_side",
    "since_last",
    "yearly_averages",
]

"""Screens of feedback, by noun."""

from dekaan.quality.views.answering import answer_given, answer_new
from dekaan.quality.views.asking import (
    collection_change,
    collection_new,
    collection_paper,
    collection_poster,
    collection_renew,
    collection_type,
)
from dekaan.quality.views.evaluations import (
    evaluation_change,
    evaluation_detail,
    evaluation_list,
    evaluation_new,
    improvement_change,
    improvement_done,
    improvement_new,
)
from dekaan.quality.views.questionnaires import questionnaire_change, questionnaire_list
from dekaan.quality.views.reading import (
    activity_feedback,
    collection_detail,
    collection_words,
    feedback_list,
    line_take_out,
    pulse_list,
)

__all__ = [
    "activity_feedback",
    "answer_given",
    "answer_new",
    "collection_change",
    "collection_detail",
    "collection_new",
    "collection_paper",
    "collection_poster",
    "collection_renew",
    "collection_type",
    "collection_words",
    "evaluation_change",
    "evaluation_detail",
    "evaluation_list",
    "evaluation_new",
    "feedback_list",
    "improvement_change",
    "improvement_done",
    "improvement_new",
    "line_take_out",
    "pulse_list",
    "questionnaire_change",
    "questionnaire_list",
]

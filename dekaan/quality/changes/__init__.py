"""What happens with feedback: asking, answering, typing back, evaluating."""

from dekaan.quality.changes.answering import (
    CollectionOver,
    Given,
    SheetsTypedBefore,
    TooManyAnswers,
    answer,
    most_answers,
    type_back,
)
from dekaan.quality.changes.asking import (
    NothingToAskAbout,
    OverAlready,
    change_collection,
    open_collection,
    renew_link,
    reword,
    take_out_line,
)
from dekaan.quality.changes.evaluating import (
    change_evaluation,
    change_improvement,
    finish_improvement,
    plan_improvement,
    write_evaluation,
)

__all__ = [
    "CollectionOver",
    "Given",
    "NothingToAskAbout",
    "OverAlready",
    "SheetsTypedBefore",
    "TooManyAnswers",
    "answer",
    "change_collection",
    "change_evaluation",
    "change_improvement",
    "finish_improvement",
    "most_answers",
    "open_collection",
    "plan_improvement",
    "renew_link",
    "reword",
    "take_out_line",
    "type_back",
    "write_evaluation",
]

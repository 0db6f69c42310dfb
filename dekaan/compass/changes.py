"""What happens with the twin: an own answer, its end, an evaluation kept, the real percentages typed in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.compass.models import Override, RealResult, SelfEvaluation
from dekaan.compass.queries import Answer, choices_for
from dekaan.compass.queries.history import as_kept
from dekaan.compass.questions import Question, QuestionSet


class NoSuchAnswer(Exception):
    """The question cannot be answered so."""


class NoReason(Exception):
    """An own answer needs its reason."""


@transaction.atomic
def answer_otherwise(
    question: Question, of: QuestionSet, *, answer: str, reason: str, instead_of: str, by: User | None
) -> Override:
    """The question is answered so, whatever the records say, until it is taken back. Raises NoSuchAnswer, NoReason."""
    if answer not in choices_for(question, of):
        raise NoSuchAnswer(answer)
    if not reason.strip():
        raise NoReason
    _end(question, of, by=by)
    made = Override.objects.create(
        question_set=of.key,
        question=question.id,
        answer=answer,
        reason=reason.strip(),
        instead_of=instead_of[:60],
        by=by,
    )
    record(action="question answered otherwise", by=by, detail={"question": question.id, "set": of.key})
    return made


@transaction.atomic
def answer_as_recorded(question: Question, of: QuestionSet, *, by: User | None) -> bool:
    """The records answer the question again; whether there was an own answer to end."""
    ended = _end(question, of, by=by)
    if ended:
        record(action="own answer taken back", by=by, detail={"question": question.id, "set": of.key})
    return ended


def _end(question: Question, of: QuestionSet, *, by: User | None) -> bool:
    standing = Override.objects.filter(question_set=of.key, question=question.id, ended_at=None)
    return bool(standing.update(ended_at=timezone.now(), ended_by=by))


@transaction.atomic
def keep_evaluation(of: QuestionSet, found: list[Answer], *, on: date, by: User | None) -> SelfEvaluation:
    """The answers are kept as they stand; what changes afterwards does not change them."""
    kept = SelfEvaluation.objects.create(
        question_set=of.key, kept_on=on, answers=[as_kept(each) for each in found], by=by
    )
    record(action="self-evaluation kept", by=by, subject="self-evaluation", subject_id=kept.pk)
    return kept


@transaction.atomic
def type_real_result(
    of: QuestionSet, *, completed_on: date, percentages: Mapping[str, Any], by: User | None
) -> RealResult:
    """The percentages of the real evaluation of that day are as typed; typed again, they take the place of the first."""
    result, _ = RealResult.objects.update_or_create(
        question_set=of.key, completed_on=completed_on, defaults={"percentages": dict(percentages), "by": by}
    )
    record(action="real percentages typed in", by=by, subject="real-result", subject_id=result.pk)
    return result

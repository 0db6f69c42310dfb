"""Evaluations that were kept, and what differs from the last one and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dekaan.compass.models import RealResult, SelfEvaluation
from dekaan.compass.queries.answering import Answer
from dekaan.compass.queries.releasing import released_kept
from dekaan.compass.questions import Average, QuestionSet, averages


@dataclass(frozen=True)
class Change:
    """One question that is answered otherwise than last time, and why in a sentence."""

    question: str
    asks: str
    before: str
    now: str
    why: str


@dataclass(frozen=True)
class Difference:
    """What differs between a kept evaluation and now; never between two sets of questions."""

    since: SelfEvaluation
    changes: tuple[Change, ...]


def as_kept(answer: Answer) -> dict[str, Any]:
    """An answer as an evaluation keeps it: words and numbers, no pupil."""
    share, fact, own = answer.share, answer.fact, answer.override
    asked = f"feedback asked on {answer.feedback.asked_on:%-d %B %Y}" if answer.feedback else ""
    return {
        "question": answer.question.id,
        "final": answer.final,
        "said": answer.said,
        "state": answer.state,
        "sure": answer.sure,
        "why": answer.why,
        "met": share.met if share else None,
        "of": share.of if share else None,
        "unknown": share.unknown if share else None,
        "evidence": asked or (fact.title if fact else ""),
        "reason": own.reason if own else "",
        **({"hidden": answer.hidden} if answer.hidden else {}),
    }


def evaluations(of: QuestionSet) -> list[SelfEvaluation]:
    """Those that were kept of the set, newest first."""
    return list(SelfEvaluation.objects.filter(question_set=of.key).select_related("by"))


def real_results(of: QuestionSet) -> list[RealResult]:
    """The real percentages that were typed in, newest first."""
    return list(RealResult.objects.filter(question_set=of.key).select_related("by"))


def since_last(found: Iterable[Answer], of: QuestionSet, *, exactly: bool = True) -> Difference | None:
    """What differs from the last evaluation that was kept of the same set; None where none was.

    Unless `exactly`, `found` are answers fit to leave the careers team, and so is what was kept before it is compared.
    """
    last = SelfEvaluation.objects.filter(question_set=of.key).first()
    if last is None:
        return None
    before = last.answers if exactly else released_kept(last.answers, of)
    return difference(last, [as_kept(each) for each in found], of, before=before)


def difference(
    since: SelfEvaluation,
    after: list[dict[str, Any]],
    of: QuestionSet,
    *,
    before: Iterable[dict[str, Any]] | None = None,
) -> Difference:
    """The questions that are answered otherwise in `after`, as evaluations keep answers; of what is hidden nothing."""
    then = {each["question"]: each for each in (since.answers if before is None else before)}
    changes = []
    for now in after:
        was = then.get(now["question"])
        question = of.question(now["question"])
        if was is None or question is None or was["final"] == now["final"]:
            continue
        if was.get("hidden") or now.get("hidden"):
            continue
        changes.append(
            Change(question.id, question.asks, was["final"] or "unknown", now["final"] or "unknown", _reason(was, now))
        )
    return Difference(since, tuple(changes))


def _reason(was: dict[str, Any], now: dict[str, Any]) -> str:
    if now["reason"]:
        return f"Your own answer: {now['reason']}"
    if was["reason"]:
        return "Your own answer of last time was taken back."
    if now["of"] or was["of"]:
        return f"{_numbers(was)} then, {_numbers(now)} now."
    if was["evidence"] and not now["said"]:
        return f"“{was['evidence']}” no longer holds."
    return now["why"]


def _numbers(kept: dict[str, Any]) -> str:
    if not kept["of"]:
        return "nobody judged"
    unknown = f" ({kept['unknown']} unknown)" if kept["unknown"] else ""
    return f"{kept['met']} of {kept['of']}{unknown}"


def yearly_averages(of: QuestionSet) -> list[Average]:
    """National averages of the years in which this set was in use; never of another set."""
    return [each for each in averages() if each.set == of.key]

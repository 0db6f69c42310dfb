"""The twin's answers fit to leave the careers team: every number, band and mark of a small group through the one exit.

An answer about pupils is a figure like others. Where it is hidden all that would tell of it goes together: its numbers,
how sure it is and why, somebody's own answer, and what its benchmark comes to; of its band the exit itself decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dekaan.compass.queries.answering import ANSWERED, Answer, why_of
from dekaan.compass.queries.records import Share
from dekaan.compass.questions import Question, QuestionSet
from dekaan.measures.queries import HIDDEN, Figure, is_small, released


@dataclass(frozen=True)
class _Group:
    """The pupils of one question, and what is answered of them."""

    question: Question
    met: int
    of: int
    unknown: int
    assumed: int
    said: str

    @property
    def place(self) -> tuple[str, str, str]:
        """Criterion, breakdown and value: what one question asks of each year group are groups of one breakdown."""
        groups = self.question.year_groups
        if len(groups) == 1 and not self.question.so_far:
            return self.question.criterion, "year-group", str(groups[0])
        return f"{self.question.benchmark}: {self.question.id}", "all", ""


def _told(groups: Iterable[_Group], of: QuestionSet) -> dict[str, Figure | None]:
    """Question → its figure as it may leave; None where even how many groups there are may not be told."""
    by_place = {each.place: each for each in groups}
    figures = [
        Figure(
            school_id=0,
            academic_year=0,
            framework=of.framework,
            criterion=criterion,
            breakdown=breakdown,
            value=value,
            met=each.met,
            of=each.of,
            unknown=each.unknown,
            assumed=each.assumed,
            band=each.said,
        )
        for (criterion, breakdown, value), each in by_place.items()
    ]
    told: dict[str, Figure | None] = {each.question.id: None for each in by_place.values()}
    for figure in released(figures):
        told[by_place[figure.criterion, figure.breakdown, figure.value].question.id] = figure
    return told


def released_answers(found: Iterable[Answer], of: QuestionSet) -> list[Answer]:
    """The answers as whoever may not see exact figures reads them. Give it every answer of the set at once."""
    found = list(found)
    told = _told(
        (
            _Group(each.question, share.met, share.of, share.unknown, share.assumed, each.said)
            for each in found
            if each.question.is_about_pupils and (share := each.share) is not None and share.of
        ),
        of,
    )
    return [_released(each, told[each.question.id]) if each.question.id in told else each for each in found]


def _released(answer: Answer, figure: Figure | None) -> Answer:
    share = answer.share
    if share is None:
        return answer
    if figure is None or figure.hidden:
        band = figure.band if figure and not answer.override else ""
        return replace(answer, state=ANSWERED, said=band, at_most="", why="", share=None, override=None, hidden=HIDDEN)
    apart = _without_small(replace(share, assumed=figure.assumed or 0), is_assumed_hidden=figure.assumed is None)
    tells = (apart.assumed, apart.shown) == (share.assumed, share.shown)
    return replace(
        answer,
        share=apart,
        why=why_of(apart, answer.said, answer.at_most) if answer.said else answer.why,
        is_sure_hidden=not tells,
    )


def _without_small(share: Share, *, is_assumed_hidden: bool) -> Share:
    """Without what is said besides of a few of them: whom a plan would reach, who is shown, who is assumed."""
    if is_small(share.planned, share.missed - share.planned):
        share = replace(share, planned=0)
    if share.shown is not None and is_small(share.shown, share.met - share.shown):
        share = replace(share, shown=None)
    if is_assumed_hidden or is_small(share.assumed, share.met - share.assumed):
        share = replace(share, assumed=0)
    return share


def released_kept(rows: Iterable[Mapping[str, Any]], of: QuestionSet) -> list[dict[str, Any]]:
    """The same of answers as an evaluation keeps them; a hidden one says so in `hidden`."""
    rows = list(rows)
    asked = {each["question"]: question for each in rows if (question := of.question(each["question"]))}
    told = _told(
        (
            _Group(asked[each["question"]], each["met"], each["of"], each["unknown"], 0, each["said"])
            for each in rows
            if each["of"] and each["question"] in asked and asked[each["question"]].is_about_pupils
        ),
        of,
    )
    return [_released_row(each, told[each["question"]]) if each["question"] in told else dict(each) for each in rows]


def _released_row(row: Mapping[str, Any], figure: Figure | None) -> dict[str, Any]:
    if figure is not None and not figure.hidden:
        share = Share(row["met"], row["of"], row["unknown"])
        return {**row, "why": why_of(share, row["said"], row["said"])}  # what it said besides may be of a few
    band = figure.band if figure and not row["reason"] else ""
    empty = {"met": None, "of": None, "unknown": None, "why": "", "sure": "", "reason": ""}
    return {**row, **empty, "final": band, "said": band, "hidden": HIDDEN}

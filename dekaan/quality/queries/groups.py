"""Whose feedback a version of the benchmarks asks for, and when it was last asked here. For the Compass twin too."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from dekaan.quality.models import Answer, Collection, Mark


@dataclass(frozen=True)
class FeedbackGroup:
    """One group that a version of the benchmarks names, and the last collection in which it was asked.

    `is_within` says that the group was asked within the framework's number of years before the day **and** somebody of
    it answered. `answers` is exact: outside the careers team hide it where it is small (`measures.queries`).
    """

    key: str
    name: str
    collection_id: int | None = None
    asked_on: date | None = None  # the day on which that collection was opened
    answers: int = 0
    is_within: bool = False


@dataclass(frozen=True)
class FeedbackByGroup:
    """The groups of one version of the benchmarks on a day: which criterion asks for them, and within how many years."""

    framework: str
    criterion: str
    within_years: int
    since: date
    source: str
    confidence: str
    groups: tuple[FeedbackGroup, ...]

    @property
    def asked(self) -> int:
        """How many of the groups were asked, and answered, within the period."""
        return sum(each.is_within for each in self.groups)


@cache
def _groups() -> dict[str, dict[str, Any]]:
    text = files("dekaan.quality").joinpath("data", "feedback-groups.toml").read_text(encoding="utf-8")
    return {each["key"]: each for each in tomllib.loads(text)["framework"]}


def feedback_by_group(framework: str, on: date) -> FeedbackByGroup | None:
    """Which of the groups that `framework` names (its key) have been asked for feedback, as of `on`, with what response.

    For each group in the framework's order: the last collection opened by that day in which somebody of the group
    answered (else the last in which they were asked at all), its day and how many of the group answered. None for a
    framework that names no groups. The school is the one in scope.
    """
    data = _groups().get(framework)
    if data is None:
        return None
    since = _years_before(on, data["within_years"])
    return FeedbackByGroup(
        framework=framework,
        criterion=data["criterion"],
        within_years=data["within_years"],
        since=since,
        source=data["source"],
        confidence=data["confidence"],
        groups=tuple(_group(each, on, since) for each in data["group"]),
    )


def _group(data: dict[str, Any], on: date, since: date) -> FeedbackGroup:
    last = _collections(data, on).order_by("-has_some", "-opened_on", "-pk").first()
    if last is None:
        return FeedbackGroup(data["key"], data["name"])
    answers = last.theirs
    return FeedbackGroup(
        data["key"], data["name"], last.pk, last.opened_on, answers, bool(answers) and last.opened_on >= since
    )


def _collections(data: dict[str, Any], on: date) -> QuerySet[Any]:
    asked = Collection.objects.filter(audience=data["audience"], opened_on__lte=on)
    theirs, some = Q(answers__given_on__lte=on), Answer.objects.filter(collection=OuterRef("pk"), given_on__lte=on)
    if "question" in data:
        said = {"question": data["question"], "value__in": data["choices"]}
        theirs &= Q(**{f"answers__marks__{name}": value for name, value in said.items()})
        some = some.filter(Exists(Mark.objects.filter(answer=OuterRef("pk"), **said)))
    return asked.annotate(theirs=Count("answers", filter=theirs, distinct=True), has_some=Exists(some))


def _years_before(day: date, years: int) -> date:
    """The same day so many years before; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)

"""Whose feedback a version of the benchmarks asks for, and when it was last asked here. For the Compass twin too."""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from django.db.models import Count

from dekaan.core.scope import schools_in_scope
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
    (found,) = feedback_by_groups([framework], on)
    return found


def feedback_by_groups(frameworks: Sequence[str], on: date) -> list[FeedbackByGroup | None]:
    """The same for several frameworks, in three statements however many there are."""
    (found,) = _by_school(frameworks, on).values()
    return found


def feedback_by_school(framework: str, on: date) -> dict[int, FeedbackByGroup | None]:
    """The same of each school in scope, in three statements for all of them."""
    return {school_id: found for school_id, (found,) in _by_school([framework], on).items()}


def feedback_on_days(framework: str, days: Sequence[date]) -> list[FeedbackByGroup | None]:
    """The same as of each of several days, in three statements however many there are."""
    data = _groups().get(framework)
    if data is None or not days:
        return [None for _ in days]
    (given,) = _given(data["group"], max(days)).values()
    return [_by_group(data, given.by(day), day) for day in days]


def _by_school(frameworks: Sequence[str], on: date) -> dict[int, list[FeedbackByGroup | None]]:
    data = [_groups().get(each) for each in frameworks]
    given = _given([group for each in data if each for group in each["group"]], on)
    return {
        school_id: [_by_group(each, here.by(on), on) if each else None for each in data]
        for school_id, here in given.items()
    }


def _by_group(data: dict[str, Any], asked: "_Asked", on: date) -> FeedbackByGroup:
    since = _years_before(on, data["within_years"])
    return FeedbackByGroup(
        framework=data["key"],
        criterion=data["criterion"],
        within_years=data["within_years"],
        since=since,
        source=data["source"],
        confidence=data["confidence"],
        groups=tuple(_group(each, asked, since) for each in data["group"]),
    )


@dataclass(frozen=True)
class _Asked:
    """The collections of each audience by a day, and how many have answered each: all, and by what they said they are."""

    collections: dict[str, list[tuple[date, int]]]  # audience → (opened on, id)
    answers: Mapping[int, int]
    said: Mapping[tuple[int, str, int], int]  # (collection, question, choice)

    def theirs(self, collection_id: int, data: dict[str, Any]) -> int:
        """How many of the group answered that collection."""
        if "question" not in data:
            return self.answers.get(collection_id, 0)
        return sum(self.said.get((collection_id, data["question"], choice), 0) for choice in data["choices"])


@dataclass(frozen=True)
class _Given:
    """What a school has asked and was answered, by day, so that it can be told as of any of them."""

    collections: dict[str, list[tuple[date, int]]]  # audience → (opened on, id)
    answers: list[tuple[int, date, int]]  # (collection, given on, how many)
    said: list[tuple[int, str, int, date, int]]  # (collection, question, choice, given on, how many)

    def by(self, day: date) -> _Asked:
        """What it was by that day."""
        opened = {each: [row for row in rows if row[0] <= day] for each, rows in self.collections.items()}
        answers: Counter[int] = Counter()
        for collection, given_on, number in self.answers:
            answers[collection] += number if given_on <= day else 0
        said: Counter[tuple[int, str, int]] = Counter()
        for collection, question, value, given_on, number in self.said:
            said[collection, question, value] += number if given_on <= day else 0
        return _Asked(opened, answers, said)


def _given(groups: Sequence[dict[str, Any]], until: date) -> dict[int, _Given]:
    """What each school in scope has asked; a collection is one school's, so what is known by it need not say whose."""
    audiences = {each["audience"] for each in groups}
    collections: dict[int, dict[str, list[tuple[date, int]]]] = defaultdict(lambda: defaultdict(list))
    opened = Collection.objects.filter(audience__in=audiences, opened_on__lte=until).order_by()
    for school_id, audience, opened_on, pk in opened.values_list("school_id", "audience", "opened_on", "pk"):
        collections[school_id][audience].append((opened_on, pk))
    given = Answer.objects.filter(collection__audience__in=audiences, given_on__lte=until).order_by()
    questions = {each["question"] for each in groups if "question" in each}
    marks = Mark.objects.filter(
        question__in=questions, answer__given_on__lte=until, answer__collection__audience__in=audiences
    ).order_by()
    by_choice = marks.values_list("answer__collection", "question", "value", "answer__given_on").annotate(Count("pk"))
    answers = list(given.values_list("collection", "given_on").annotate(Count("pk")))
    said = list(by_choice)
    return {school_id: _Given(collections[school_id], answers, said) for school_id in schools_in_scope()}


def _group(data: dict[str, Any], asked: _Asked, since: date) -> FeedbackGroup:
    found = [(asked.theirs(pk, data), opened_on, pk) for opened_on, pk in asked.collections.get(data["audience"], [])]
    if not found:
        return FeedbackGroup(data["key"], data["name"])
    answers, opened_on, pk = max(found, key=lambda each: (each[0] > 0, each[1], each[2]))
    return FeedbackGroup(data["key"], data["name"], pk, opened_on, answers, bool(answers) and opened_on >= since)


def _years_before(day: date, years: int) -> date:
    """The same day so many years before; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)

"""The questionnaires as their file has them, and what of each a school asks."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from dekaan.quality.models import Collection, OwnKind, OwnWording, SchoolWording

SCALE, CHOICE, LINE = "scale", "choice", "line"
OWN = ("own_1", "own_2")


@dataclass(frozen=True)
class Question:
    """One question; `choices` are the steps of a scale too, from the least on."""

    key: str
    kind: str
    text: str
    choices: tuple[str, ...] = ()
    fixed: bool = False

    @property
    def numbered(self) -> list[tuple[int, str]]:
        """The steps or choices with the numbers that they are typed back by."""
        return list(enumerate(self.choices, start=1))


@dataclass(frozen=True)
class Questionnaire:
    """One version of a questionnaire."""

    key: str
    version: int
    audience: str
    about: str  # "activity", "year", "pulse" or "any"
    title: str
    intro: str
    questions: tuple[Question, ...]
    year_group: int | None = None

    def question(self, key: str) -> Question | None:
        """The question of that key."""
        return next((each for each in self.questions if each.key == key), None)


@dataclass(frozen=True)
class Scale:
    """The four steps, and the first that is a positive answer."""

    steps: tuple[str, ...]
    positive_from: int


@dataclass(frozen=True)
class Wording:
    """What a school asks of a questionnaire: its questions in order, its own last."""

    questionnaire: Questionnaire
    questions: tuple[Question, ...]
    off: frozenset[str] = field(default_factory=frozenset)


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(files("dekaan.quality").joinpath("data", "questionnaires.toml").read_text(encoding="utf-8"))


@cache
def scale() -> Scale:
    """The scale of every question that asks for a step."""
    said = _read()["scale"]
    return Scale(tuple(said["steps"]), said["positive_from"])


@cache
def every_version() -> dict[tuple[str, int], Questionnaire]:
    """Every version of every questionnaire, in the order of the file."""
    return {(each["key"], each["version"]): _questionnaire(each) for each in _read()["questionnaire"]}


def _questionnaire(data: dict[str, Any]) -> Questionnaire:
    return Questionnaire(
        key=data["key"],
        version=data["version"],
        audience=data["audience"],
        about=data["about"],
        title=data["title"],
        intro=data["intro"],
        questions=tuple(_question(each) for each in data["question"]),
        year_group=data.get("year_group"),
    )


def _question(data: dict[str, Any]) -> Question:
    choices = scale().steps if data["kind"] == SCALE else tuple(data.get("choices", ()))
    return Question(data["key"], data["kind"], data["text"], choices, data.get("fixed", False))


@cache
def questionnaires() -> dict[str, Questionnaire]:
    """The newest version of each questionnaire, by key."""
    newest: dict[str, Questionnaire] = {}
    for each in every_version().values():
        if each.key not in newest or each.version > newest[each.key].version:
            newest[each.key] = each
    return newest


def school_wordings() -> dict[str, SchoolWording]:
    """What the school in scope has made of the questionnaires, by key."""
    return {each.questionnaire: each for each in SchoolWording.objects.all()}


def wording(questionnaire: Questionnaire, own: OwnWording | None) -> Wording:
    """What is asked: the questions that are not switched off, and the school's own."""
    if own is None:
        return Wording(questionnaire, questionnaire.questions)
    off = frozenset(each.key for each in questionnaire.questions if each.key in own.off.split() and not each.fixed)
    added = tuple(
        Question(name, kind, text, scale().steps if kind == OwnKind.SCALE else ())
        for name in OWN
        if (text := getattr(own, name)) and (kind := getattr(own, f"{name}_kind"))
    )
    return Wording(questionnaire, tuple(each for each in questionnaire.questions if each.key not in off) + added, off)


def wording_of(collection: Collection) -> Wording:
    """What is asked in a collection, as it was opened."""
    return wording(every_version()[collection.questionnaire, collection.version], collection)

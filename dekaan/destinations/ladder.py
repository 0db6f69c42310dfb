"""How people are asked by a link, as the data file of this area says: the ladder, its days, and the answers in plain words."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Step:
    """One step of the ladder; the last is a telephone call."""

    key: str
    name: str
    days: int  # after the step before


@dataclass(frozen=True)
class AnswerOffered:
    """One answer on the page."""

    route: str
    says: str
    of: str  # the heading that it stands under


@dataclass(frozen=True)
class Ladder:
    """Everything that the file says."""

    open_days: int
    grace_minutes: int
    most_answers: int
    steps: tuple[Step, ...]
    answers: tuple[AnswerOffered, ...]
    not_asked: dict[str, str]

    @property
    def letters(self) -> tuple[Step, ...]:
        """The steps that are a letter: all but the last."""
        return self.steps[:-1]


@cache
def ladder() -> Ladder:
    """The data file of this area."""
    text = files("dekaan.destinations").joinpath("data", "asking.toml").read_text(encoding="utf-8")
    said: dict[str, Any] = tomllib.loads(text)
    return Ladder(
        said["open_days"],
        said["grace_minutes"],
        said["most_answers"],
        tuple(Step(row["key"], row["name"], row["days"]) for row in said["step"]),
        tuple(AnswerOffered(row["route"], row["says"], row["of"]) for row in said["answer"]),
        said["not_asked"],
    )

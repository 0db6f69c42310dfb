"""What the area's data file says: the checks of each principle, what a plan could want, what shows each milestone."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Check:
    """One thing looked at for a principle: by which judge with what it needs, and what to do where it is not so.

    `needed`: the principle is in place only where it is met. `days` is how far back it looks, `terms` the same in terms.
    """

    id: str
    principle: str
    asks: str
    judge: str
    needed: bool
    to_do: str
    leads: str
    days: int = 0
    terms: int = 0
    facts: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    role: str = ""
    model: str = ""
    whom: str = ""


@dataclass(frozen=True)
class Wanted:
    """What a plan could want to be true where a principle is not in place, and whose the work would be."""

    principle: str
    objective: str
    outcome: str
    owner: str
    owner_words: str
    criteria: tuple[str, ...] = ()


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(files("dekaan.principles").joinpath("data", "checks.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Shown:
    """What of the records shows that a milestone is reached, by which judge with what it needs."""

    number: int
    judge: str
    shows: str
    leads: str
    role: str = ""
    days: int = 0
    terms: int = 0
    facts: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()  # lines of the duty board


def _made(kind: Callable[..., Row], row: dict[str, Any]) -> Row:
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in row.items()})


@cache
def checks() -> tuple[Check, ...]:
    """Every check, in the file's order."""
    return tuple(_made(Check, row) for row in _file()["check"])


@cache
def wanted() -> dict[str, Wanted]:
    """What a plan could want, by the principle's key."""
    return {row["principle"]: _made(Wanted, row) for row in _file()["objective"]}


@cache
def shown_by() -> dict[int, Shown]:
    """By what each milestone is shown, by its number."""
    return {row["number"]: _made(Shown, row) for row in _file()["milestone"]}


def checks_of(principle: str) -> list[Check]:
    """Those of one principle, by its key."""
    return [each for each in checks() if each.principle == principle]

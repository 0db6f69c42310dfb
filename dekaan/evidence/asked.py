"""What evidence is asked for: facts about the whole school, from the data file; themes are `frameworks`' own."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Fact:
    """Something that is so of the whole school or is not, and is shown by dated evidence."""

    key: str
    title: str
    hint: str  # what would show it
    criteria: tuple[str, ...]
    holds_months: int  # for which evidence is usually good, from its date; 0 where it does not run out
    source: str
    confidence: str
    holds_source: str = ""
    # The groups of the questionnaires (by key, as a version of the benchmarks names them) whose answers show it too.
    feedback_of: tuple[str, ...] = ()
    of_a_person: bool = False  # what shows it is somebody's own, as a certificate is


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("dekaan.evidence").joinpath("data", name).read_text(encoding="utf-8"))


def _fact(row: dict[str, Any]) -> Fact:
    return Fact(**row | {name: tuple(row.get(name, ())) for name in ("criteria", "feedback_of")})


@cache
def facts() -> dict[str, Fact]:
    """Every fact by its key, in the order of the file."""
    return {row["key"]: _fact(row) for row in _read("facts.toml")["fact"]}

"""What evidence is asked for: facts about the whole school, and themes of awards and reviews, from the data files."""

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


@dataclass(frozen=True)
class Theme:
    """A theme of an award or a review; without a title where the school names it itself."""

    key: str
    title: str


@dataclass(frozen=True)
class ThemeSet:
    """An award or a review with its themes, in order."""

    key: str
    title: str
    source: str
    confidence: str
    themes: tuple[Theme, ...]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("dekaan.evidence").joinpath("data", name).read_text(encoding="utf-8"))


@cache
def facts() -> dict[str, Fact]:
    """Every fact by its key, in the order of the file."""
    return {row["key"]: Fact(**{**row, "criteria": tuple(row["criteria"])}) for row in _read("facts.toml")["fact"]}


@cache
def theme_sets() -> tuple[ThemeSet, ...]:
    """Every award and review, in the order of the file."""
    return tuple(
        ThemeSet(
            key=row["key"],
            title=row["title"],
            source=row["source"],
            confidence=row["confidence"],
            themes=tuple(Theme(each["key"], each.get("title", "")) for each in row["theme"]),
        )
        for row in _read("themes.toml")["set"]
    )


@cache
def themes() -> dict[str, Theme]:
    """Every theme by its key."""
    return {theme.key: theme for each in theme_sets() for theme in each.themes}

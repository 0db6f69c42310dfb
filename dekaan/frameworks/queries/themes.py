"""Themes by which an award or a review looks at a school; read once at start."""

from dataclasses import dataclass
from functools import cache

from dekaan.frameworks.queries.published import read


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
        for row in read("themes.toml")["set"]
    )


@cache
def themes() -> dict[str, Theme]:
    """Every theme by its key."""
    return {theme.key: theme for each in theme_sets() for theme in each.themes}

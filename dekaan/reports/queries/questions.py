"""The questions of the mock inspection and the records an inspector asks for, as the data file has them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.urls import reverse

from dekaan.access.permissions import Permission


@dataclass(frozen=True)
class Look:
    """A page that shows more, and what opening it needs; `page` may name a criterion after a colon."""

    words: str
    page: str
    needs: Permission

    def address(self, slug: str) -> str:
        """Where it is at the school of that slug."""
        name, _, argument = self.page.partition(":")
        return reverse(name, args=[slug, argument] if argument else [slug])


@dataclass(frozen=True)
class Question:
    """One question in our words, what it rests on, and by what our records answer it."""

    key: str
    asks: str
    source: str
    look: tuple[Look, ...]
    duties: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    benchmarks: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()


@cache
def _data() -> Mapping[str, Any]:
    text = files("dekaan.reports").joinpath("data", "inspection.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def questions() -> tuple[Question, ...]:
    """The twenty, in order."""
    return tuple(
        Question(
            key=row["key"],
            asks=row["asks"],
            source=row["source"],
            look=tuple(Look(words, page, Permission(needs)) for words, page, needs in row["look"]),
            **{name: tuple(row.get(name, ())) for name in ("duties", "criteria", "benchmarks", "facts", "readers")},
        )
        for row in _data()["question"]
    )


@cache
def records() -> tuple[Look, ...]:
    """The live records, in order."""
    return tuple(Look(row["words"], row["page"], Permission(row["needs"])) for row in _data()["record"])

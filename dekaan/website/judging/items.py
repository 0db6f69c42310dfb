"""The items, as the data file has them."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from dekaan.frameworks.queries import FORCES as IN_LAW
from dekaan.frameworks.queries import NOT_BOUND, NOT_FOUND

# As the board of duties says it, within a sentence; and what is asked of no school of that kind.
FORCES = {key: words[:1].lower() + words[1:] for key, words in IN_LAW.items()} | {
    NOT_BOUND: "not asked of a school of this kind",
    NOT_FOUND: "not found whether it is asked of a school of this kind",
}


@dataclass(frozen=True)
class Part:
    """One of several things that an item asks for."""

    name: str
    words: re.Pattern[str]


@dataclass(frozen=True)
class Item:
    """One thing that must or should stand on the website."""

    key: str
    id: str
    title: str
    short: str
    past: str  # how Home says that its date has passed
    force: str
    source: str
    binds: str
    in_force_from: date
    detail: str
    where: str
    paste: str
    words: re.Pattern[str]
    weaker: re.Pattern[str]
    yearly: re.Pattern[str]
    kept_in: re.Pattern[str]
    parts: tuple[Part, ...]


_NOTHING = re.compile(r"(?!)")


def _any_of(words: list[str] | str | None) -> re.Pattern[str]:
    if not words:
        return _NOTHING
    return re.compile("|".join([words] if isinstance(words, str) else words), re.IGNORECASE)


@cache
def _said() -> dict[str, Any]:
    return tomllib.loads(files("dekaan.website").joinpath("data", "items.toml").read_text(encoding="utf-8"))


@cache
def items() -> dict[str, Item]:
    """Every item by its key, in the order in which they are shown."""
    said, found = _said(), {}
    for row in said["item"]:
        law = said[row["law"]]
        found[row["key"]] = Item(
            **{name: row[name] for name in ("key", "id", "title", "short", "force", "detail", "where")},
            past=row.get("past", ""),
            source=law["source"],
            binds=law["binds"],
            in_force_from=row.get("from", law["in_force_from"]),
            paste=row["paste"].strip(),
            words=_any_of(row.get("words")),
            weaker=_any_of(row.get("weaker")),
            yearly=_any_of(row.get("yearly")),
            kept_in=_any_of(row["kept_in"]),
            parts=tuple(Part(each["name"], _any_of(each["words"])) for each in row.get("part", ())),
        )
    return found


@cache
def careers_words() -> re.Pattern[str]:
    """By which a page or a link looks as if it were about careers."""
    return re.compile(_said()["careers"], re.IGNORECASE)

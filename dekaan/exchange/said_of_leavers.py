"""What a sender's words mean: which route, how far an application, which moment, whose word; and what is guessed of a file."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from dekaan.core.folding import folded, folded_words
from dekaan.destinations.models import Kind, OfferState, Source
from dekaan.destinations.queries import LEVELS, outcome_routes, plan_routes, route_typed
from dekaan.exchange.columns import Table
from dekaan.exchange.reading.dates import date_inside
from dekaan.exchange.values import activity_code
from dekaan.frameworks.queries import activity_codes, routes

ASKED_WORDS = 12  # of a sender's words that are not known, asked about at once; more than that is another column


@cache
def words() -> dict[str, Any]:
    """What senders call things, as the data file has it."""
    text = files("dekaan.exchange").joinpath("data", "said-of-leavers.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _inverted(table: dict[str, list[str]], names: dict[Any, str]) -> dict[str, str]:
    """Every way of writing it, folded; our own names and keys first, which a file that went out has."""
    found = {folded(text): key for key, texts in table.items() for text in texts}
    return (
        found | {folded(name): str(key) for key, name in names.items()} | {folded(str(key)): str(key) for key in names}
    )


OFFERS = _inverted(words()["offers"], dict(OfferState.choices))
SOURCES = _inverted(words()["sources"], dict(Source.choices))
MOMENTS = _inverted(words()["moments"], dict(Kind.choices))
ROUTE_WORDS = _inverted(words()["routes"], {})


def route_of(text: str, taught: dict[str, str] | None = None) -> str:
    """The route that the words mean, as a person said of this sender, as we know them, or by how they begin; "" for none."""
    return route_and_level_of(text, taught)[0]


def route_and_level_of(text: str, taught: dict[str, str] | None = None) -> tuple[str, int | None]:
    """The same, and the level where the words end with one: "Apprenticeship Level 3"."""
    plain, said = folded(text), folded_words(text)
    level = int(said[-1]) if said[-2:-1] == ["level"] and said[-1] in LEVELS else None
    if taught and plain in taught:
        return taught[plain], level
    if text in routes():
        return text, None
    named = {folded(each.name): each.key for each in routes().values()}
    if found := named.get(plain) or ROUTE_WORDS.get(plain):
        return found, level
    if plain in {"n", "r"}:
        return "", None  # short forms of our own grid, which no sender means
    for among in (outcome_routes(), plan_routes()):
        typed = route_typed(text, among)
        if len(typed.may_be) == 1 and len(plain) > 3:
            return typed.may_be[0].key, typed.level or level
    return "", None


def code_inside(text: str) -> str:
    """The council's code where a column of words begins with one: "230 FE full time"."""
    try:
        found = activity_code(text)
    except ValueError:
        return ""
    return found if found in activity_codes() else ""


def unknown_words(table: Table, meanings: dict[int, str]) -> list[str]:
    """A sender's words for where somebody is that mean nothing to us yet, the most used first."""
    keys = {*meanings.values()}
    place = next((place for place, key in meanings.items() if key == "route"), None)
    if place is None or "code" in keys:
        return []
    texts = Counter(row.cells[place].strip() for row in table.rows if place < len(row.cells) and row.cells[place])
    return [text for text, _ in texts.most_common() if not route_of(text) and not code_inside(text)][:ASKED_WORDS]


def guessed_about(table: Table, meanings: dict[int, str], file_name: str, today: date) -> dict[str, str]:
    """What is guessed of a file before anybody is asked: moment, whose word it is, of which day."""
    keys = {*meanings.values()}
    above = [cell for row in table.set_aside if row.number < table.heading_row for cell in row.cells if cell]
    day = next((found for cell in (*above, file_name) if (found := date_inside(cell)[0])), None)
    if day and day > today:
        day = None
    return {
        "moment": _moment([*above, file_name], keys, day or today),
        "source": Source.COUNCIL if "code" in keys or _says(above, "council") else Source.PROVIDER,
        "day": day.isoformat() if day else "",
    }


def _says(texts: Iterable[str], word: str) -> bool:
    return any(word in text.casefold() for text in texts)


def _moment(texts: list[str], keys: set[str], day: date) -> str:
    if "offer_state" in keys:
        return Kind.OFFER
    words = " ".join(re.sub(r"[^a-z0-9]+", " ", text.casefold()) for text in texts)
    if "intend" in words or "intention" in words:
        return Kind.INTENTION
    if "enrol" in words or day.month in {9, 10}:
        return Kind.ENROLMENT
    return Kind.POSITION if day.month in {11, 12, 1, 2} else Kind.SIX_MONTHS

"""What the data files of the library say: kinds, the starter list, words about links, services, published measures."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from dekaan.frameworks.queries import mask_of, registry


@dataclass(frozen=True)
class Kind:
    """What a resource is."""

    key: str
    name: str
    is_information: bool = False


@dataclass(frozen=True)
class Starter:
    """A public service that most schools lead to."""

    key: str
    title: str
    address: str
    kind: str
    says: str
    audiences: tuple[str, ...]
    key_stages: tuple[int, ...]


@dataclass(frozen=True)
class WhyNot:
    """What is said of a link that did not open, and whether it is sure that it leads nowhere."""

    says: str
    is_broken: bool = False


@dataclass(frozen=True)
class Service:
    """A public service that may be asked about an occupation."""

    key: str
    name: str
    host: str
    attribution: str
    note: str
    path: str
    sends: str
    key_header: str = ""
    version_header: str = ""
    version: str = ""


@dataclass(frozen=True)
class Measure:
    """One published destination measure."""

    column: str
    name: str
    is_headline: bool = False
    is_part: bool = False


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("dekaan.library").joinpath("data", name).read_text(encoding="utf-8"))


@cache
def kinds() -> dict[str, Kind]:
    """The kinds by key, in the order of the file."""
    return {row["key"]: Kind(**row) for row in _read("kinds.toml")["kind"]}


@cache
def use_types() -> tuple[str, ...]:
    """As what a use that nobody had planned may be entered, the usual one first."""
    return tuple(_read("kinds.toml")["uses"]["types"])


@cache
def counts_towards(audience: str) -> int:
    """The mask of what using information counts towards, in an activity for that audience."""
    return mask_of(criteria_of(audience))


@cache
def criteria_of(audience: str) -> tuple[str, ...]:
    """The same by the ids of the criteria, the version that was first in force first."""
    return tuple(_read("kinds.toml")["counts_towards"].get(audience, ()))


@cache
def stands_beside() -> frozenset[str]:
    """Ids of the criteria on whose pages it is said how the library stands."""
    return frozenset(_read("kinds.toml")["stands_beside"]["criteria"])


@cache
def starters() -> dict[str, Starter]:
    """The starter list by key."""
    return {
        row["key"]: Starter(**row | {name: tuple(row[name]) for name in ("audiences", "key_stages")})
        for row in _read("starter.toml")["resource"]
    }


@cache
def link_words() -> dict[str, WhyNot]:
    """What is said of a link that did not open, by the reason."""
    return {key: WhyNot(**row) for key, row in _read("link-words.toml")["reason"].items()}


@cache
def services() -> dict[str, Service]:
    """The public services by key."""
    return {row["key"]: Service(**row) for row in _read("services.toml")["service"]}


@cache
def measures() -> tuple[Measure, ...]:
    """The published destination measures, in order."""
    return tuple(Measure(**row) for row in _read("destinations.toml")["measure"])


@cache
def destinations() -> dict[str, Any]:
    """The rest of what is known of their files: stages, columns, marks, which rows are England's, and what to say of them."""
    return {name: value for name, value in _read("destinations.toml").items() if name != "measure"}


@cache
def stages() -> dict[str, str]:
    """Names of the stages of published measures by key."""
    return {row["key"]: row["name"] for row in destinations()["stage"]}


@cache
def key_stages() -> dict[int, str]:
    """Key stages by their first year group, as people say them: "Years 7 to 9"."""
    return {
        years[0]: f"Years {years[0]} {'and' if len(years) == 2 else 'to'} {years[-1]}"
        for years in registry().key_stages
    }


def key_stage_of(year_group: int) -> int | None:
    """The first year group of the key stage that the year group is in."""
    return next((years[0] for years in registry().key_stages if year_group in years), None)

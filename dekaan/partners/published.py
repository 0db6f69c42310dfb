"""What the data files of the directory say: lawful bases, sizes, sectors, live links, registers."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class LawfulBasis:
    """One of the six grounds on which a person's data may be held, in a plain sentence."""

    key: str
    name: str
    article: str
    means: str
    usual: bool = False


@dataclass(frozen=True)
class LinkKind:
    """A kind of provider with which a school should have a link: a few of the kinds of partner."""

    key: str
    name: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Register:
    """A public register, and under which names a file of it has its columns."""

    key: str
    name: str
    number: str  # the identifier by which its rows are known: "urn" or "ukprn"
    columns: dict[str, list[str]] = field(default_factory=dict)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("dekaan.partners").joinpath("data", name).read_text(encoding="utf-8"))


@cache
def lawful_bases() -> dict[str, LawfulBasis]:
    """The six by key, in the order of the file."""
    return {row["key"]: LawfulBasis(**row) for row in _read("lawful-bases.toml")["basis"]}


def usual_basis() -> LawfulBasis:
    """The one that is offered first."""
    return next(each for each in lawful_bases().values() if each.usual)


@cache
def sizes() -> dict[str, str]:
    """Names of the bands of size by key, smallest first."""
    return {row["key"]: row["name"] for row in _read("sizes.toml")["size"]}


@cache
def sectors() -> dict[str, str]:
    """Names of the broad sectors by key."""
    return {row["key"]: row["name"] for row in _read("sectors.toml")["sector"]}


@cache
def link_kinds() -> tuple[LinkKind, ...]:
    """The kinds of provider of the map of links, in order."""
    return tuple(LinkKind(**row | {"kinds": tuple(row["kinds"])}) for row in _read("links.toml")["link"])


@cache
def live_months() -> int:
    """Within how many months a link must have been used to be live."""
    return int(_read("links.toml")["months"])


@cache
def registers() -> dict[str, Register]:
    """The public registers by key."""
    return {row["key"]: Register(**row) for row in _read("registers.toml")["register"]}


@cache
def kind_of_type() -> dict[str, str]:
    """What kind of partner a type of the register of schools is, where it says so, by its code without zeros before it."""
    return dict(_read("registers.toml")["kinds"])

"""What a provider's request and the answer to it are put together from, until the school says otherwise."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from dekaan.frameworks.queries import access_tests


@dataclass(frozen=True)
class Usual:
    """What may be offered, what an encounter covers by the law, the usual grounds, and two numbers."""

    weeks_notice: int
    decision_days: int
    offers: dict[str, str]
    contents: dict[str, str]
    granting: tuple[str, ...]
    refusing: tuple[str, ...]


@cache
def usual() -> Usual:
    """The data file of this area, and of the law's tests what an encounter must cover."""
    text = files("dekaan.provider_requests").joinpath("data", "access.toml").read_text(encoding="utf-8")
    said: dict[str, Any] = tomllib.loads(text)

    def grounds(kind: str) -> tuple[str, ...]:
        return tuple(row["words"] for row in said["ground"] if row["kind"] == kind)

    return Usual(
        said["weeks_notice"],
        said["decision_days"],
        {row["key"]: row["name"] for row in said["offer"]},
        {each.key: each.to_provider for each in access_tests() if each.is_content},
        grounds("grant"),
        grounds("refuse"),
    )

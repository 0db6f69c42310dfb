"""The specification as a page can show it: a small reader of the one format in which its files are written.

A title, paragraphs, settings (`word: value`, a line each) and tables (`| a | b |`); nothing else stands in them.
"""

import re
from dataclasses import dataclass, field
from functools import cache

from dekaan.frameworks.queries import criterion
from dekaan.measures.queries import specification

SETTING = re.compile(r"([a-z ]+): (\S.*)")
# What a table holds can be told by its first two columns.
CAPTIONS = {
    ("pupil", "joined"): "The pupils, and their year group in each academic year",
    ("pupil", "on"): "What they did",
    ("pupil", "said on"): "What was said of their plans",
    ("year", "of"): "So this is counted",
}


@dataclass(frozen=True)
class Block:
    """A paragraph, some settings or a table: whichever of the three is filled."""

    prose: list[tuple[str, bool]] = field(default_factory=list)  # pieces, each plain or stressed
    settings: list[tuple[str, str]] = field(default_factory=list)
    caption: str = ""
    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """One rule: its title, and what is said and drawn under it."""

    title: str
    blocks: list[Block]


@cache
def explanations() -> list[Page]:
    """Every page of the specification, ready to be shown."""
    return [page(title, text) for title, text in specification()]


def page(title: str, text: str) -> Page:
    """One page, block by block; blank lines part them."""
    body = text.split("\n", 1)[1] if "\n" in text else ""
    return Page(title, [_block(part.splitlines()) for part in re.split(r"\n\s*\n", body.strip()) if part.strip()])


def _block(lines: list[str]) -> Block:
    if all(line.startswith("|") for line in lines):
        head, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
        return Block(caption=CAPTIONS.get((head[0], head[1]), "Example"), head=head, rows=rows)
    settings = [match.groups() for line in lines if (match := SETTING.fullmatch(line))]
    if len(settings) == len(lines):
        return Block(settings=[(name, _said(name, value)) for name, value in settings])
    return Block(prose=[(piece, bool(place % 2)) for place, piece in enumerate(" ".join(lines).split("*"))])


def _said(name: str, value: str) -> str:
    """A criterion by its title too."""
    found = criterion(value) if name == "criterion" else None
    return f"{value}, {found.title}" if found else value

"""What was read of one page or file: blocks of words in their order, under their headings, with links and pictures."""

import re
from dataclasses import dataclass, replace
from typing import Any

# A full stop after one of these ends no sentence.
_NO_END = re.compile(r"\b(?:mr|mrs|ms|miss|mx|dr|prof|rev|sr|fr|st|no|p|pp|tel|ext|e\.g|i\.e|etc|approx|sept|oct|nov|dec|jan|feb|aug)\.$", re.IGNORECASE)  # fmt: skip
_INITIAL = re.compile(r"(?:^|[\s.])[A-Z]\.$")  # nor after the initial of a name
_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9“\"'(\u2018])")
LONGEST = 400  # letters of a sentence that are shown


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, an entry of a list, or a row of a table."""

    kind: str  # "heading", "text", "item" or "row"
    words: str
    level: int = 0  # of a heading: 1 to 7, where 7 is a line in bold
    path: tuple[str, ...] = ()  # the headings that it stands under, outermost first
    folds: tuple[str, ...] = ()  # the heads of what it is folded away in, outermost first
    cells: tuple[str, ...] = ()  # of a row
    mails: tuple[str, ...] = ()  # addresses behind links
    telephones: tuple[str, ...] = ()  # numbers behind links
    pictures: tuple[str, ...] = ()  # alternative texts, or names of files, of pictures in it
    in_content: bool = True  # not in the menu, the head or the foot that every page of a site has

    @property
    def sentences(self) -> list[str]:
        """Its sentences; a row is one."""
        return [self.words] if self.cells else sentences(self.words)


@dataclass(frozen=True)
class Link:
    """A link, by its whole address and the words on it."""

    address: str
    words: str
    in_content: bool = True


@dataclass(frozen=True)
class Picture:
    """A picture, by its alternative text (None where it has no such attribute) and the name of its file."""

    alt: str | None
    name: str
    in_content: bool = True


@dataclass(frozen=True)
class Document:
    """A page or a PDF as it was read; `unread` says why it could not be (a key of `unread.WORDS`), or is empty."""

    address: str
    kind: str = "page"  # or "pdf", or "other"
    title: str = ""
    language: str = ""
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    pictures: tuple[Picture, ...] = ()
    anchors: frozenset[str] = frozenset()  # what can be led to within the page
    unread: str = ""
    said: str = ""  # the words by which somebody came here
    cut_short: bool = False  # a PDF of which only the first pages were read

    @property
    def content(self) -> list[Block]:
        """Its blocks without the menu, the head and the foot of the site."""
        return [each for each in self.blocks if each.in_content]

    @property
    def named(self) -> str:
        """What to call it: its title, what led here, or the end of its address."""
        return self.title or self.said or self.address.rstrip("/").rpartition("/")[2]

    def led_to_by(self, words: str) -> "Document":
        """The same, with the words of the link that led here."""
        return replace(self, said=words)


def sentences(words: str) -> list[str]:
    """The words cut into sentences; a title or an abbreviation ends none."""
    found: list[str] = []
    for part in _END.split(words):
        if found and (_NO_END.search(found[-1]) or _INITIAL.search(found[-1])):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return [each.strip() for each in found if each.strip()]


def shortened(words: str) -> str:
    """As much of a sentence as is shown."""
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


def document_of(found: dict[str, Any]) -> Document:
    """The document that the child process wrote down."""
    blocks = tuple(
        Block(
            **each | {name: tuple(each[name]) for name in ("path", "folds", "cells", "mails", "telephones", "pictures")}
        )
        for each in found.pop("blocks")
    )
    links = tuple(Link(**each) for each in found.pop("links"))
    pictures = tuple(Picture(**each) for each in found.pop("pictures"))
    return Document(blocks=blocks, links=links, pictures=pictures, anchors=frozenset(found.pop("anchors")), **found)

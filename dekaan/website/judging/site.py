"""All that was read of a website, parted into what is about careers and what is the provider access statement."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from urllib.parse import unquote, urlsplit

from dekaan.website.judging.findings import SURE, AboutSchool, Finding, OurRecords, State
from dekaan.website.judging.items import Item, careers_words, items
from dekaan.website.reading.document import Block, Document, Link, shortened
from dekaan.website.reading.unread import WORDS

# Heads of the statement's own parts, which in a PDF and under lines in bold stand beside its title and not below it.
_PARTS = re.compile(
    r"premises|facilit|request|grant|refus|safeguard|opportunit|complaint|entitlement|procedure|provider|encounter"
    r"|\baims?\b|legislation|statutory|approval|approved|links to other|introduction|monitoring",
    re.IGNORECASE,
)
_MAY_HOLD_NOTHING = {"not-found", "empty"}  # a link that leads nowhere is broken, and holds nothing


@dataclass(frozen=True)
class Segment:
    """One sentence, entry or row, with where it stands."""

    words: str
    block: Block
    document: Document
    number: int  # of its block, within the document's content


@dataclass
class Site:
    """What is judged: the documents that were read and those that could not be, the day, the school and its records."""

    documents: list[Document]
    on: date
    about: AboutSchool = field(default_factory=AboutSchool)
    records: OurRecords = field(default_factory=OurRecords)

    @cached_property
    def read(self) -> list[Document]:
        """The documents that could be read."""
        return [each for each in self.documents if not each.unread]

    @cached_property
    def unread(self) -> list[Document]:
        """What may hold something that we could not read."""
        return [each for each in self.documents if each.unread and each.unread not in _MAY_HOLD_NOTHING]

    @cached_property
    def _parted(self) -> tuple[list[Segment], list[Segment]]:
        careers: list[Segment] = []
        statement: list[Segment] = []
        for document in self.read:
            inside = _parts_of_statement(document)
            for number, block in enumerate(document.content):
                held = statement if number in inside else careers
                held += [Segment(words, block, document, number) for words in block.sentences or [""]]
        return careers, statement

    @property
    def careers(self) -> list[Segment]:
        """All that is not the statement."""
        return self._parted[0]

    @property
    def statement(self) -> list[Segment]:
        """The provider access statement, wherever it stands."""
        return self._parted[1]

    @cached_property
    def everything(self) -> list[Segment]:
        """Every word of every document, with menus, heads and feet."""
        return [
            Segment(words, block, document, number)
            for document in self.read
            for number, block in enumerate(document.blocks)
            for words in block.sentences or [""]
        ]

    def links(self) -> Iterator[tuple[Document, Link]]:
        """Every link of what was read."""
        for document in self.read:
            for link in document.links:
                yield document, link

    def may_be_in(self, item: Item) -> Document | None:
        """The file or page that could not be read and may hold the item; None where there is none."""
        for each in self.unread:
            if each is self.documents[0] or item.kept_in.search(called(each.address, each.said)):
                return each
        return None


def called(address: str, words: str) -> str:
    """What a link says, with what its address says in words."""
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        path = ""
    end = re.sub(r"[-_+./%]+|\b(?:pdf|docx?|html?|aspx?|php)\b", " ", path.rstrip("/").rpartition("/")[2])
    return f"{words} {end}".strip()


def is_about_access(words: str) -> bool:
    """Whether the words are a name of the provider access statement."""
    pattern = items()["W7"].words
    return bool(pattern.search(words.replace("’", "'")))


def is_about_careers(words: str) -> bool:
    """Whether the words are about careers or the provider access statement."""
    return bool(careers_words().search(words)) or is_about_access(words)


def _parts_of_statement(document: Document) -> set[int]:
    """The numbers of the blocks that belong to a statement: the whole document, or what stands under its heading."""
    content = document.content
    first = next((each.words for each in content if each.kind == "heading"), "")
    is_whole = is_about_access(f"{document.title} | {first}") or (
        document.kind == "pdf" and is_about_access(called(document.address, document.said))
    )
    names_careers = any(
        each.kind == "heading" and each.level < 4 and careers_words().search(each.words) and not is_about_access(each.words)
        for each in content
    )  # fmt: skip
    if is_whole and not (names_careers and document.kind == "page"):
        return set(range(len(content)))
    inside: set[int] = set()
    flat = 0  # the level of a heading beside which, and not below which, the statement's parts have theirs
    for number, block in enumerate(content):
        if block.kind == "heading":
            if is_about_access(block.words):
                flat = block.level if document.kind == "pdf" or block.level == 7 else 0
            elif flat and block.level <= flat and not _PARTS.search(block.words):
                flat = 0
        if flat or is_about_access(" | ".join([*block.path, block.words if block.kind == "heading" else ""])):
            inside.add(number)
    return inside


def finding_at(key: str, state: State, segment: Segment | None = None, *, sure: str = SURE, note: str = "") -> Finding:
    """What was found of the item, in that sentence."""
    if segment is None:
        return Finding(key, state, sure=sure, note=note)
    return Finding(
        key,
        state,
        sentence=shortened(segment.words),
        page=segment.document.address,
        page_called=segment.document.named,
        sure=sure,
        note=note,
    )


def finding_of(key: str, state: State, segments: Iterable[Segment], *, sure: str = SURE, note: str = "") -> Finding:
    """The same of an item that asks for several things: each sentence that says one of them, in the item's order."""
    found = list(dict.fromkeys(segments))
    first = finding_at(key, state, found[0] if found else None, sure=sure, note=note)
    return replace(first, sentence=" … ".join(shortened(each.words) for each in found))


def listed(names: list[str]) -> str:
    """ "pupils, parents or employers"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def why(document: Document) -> str:
    """Why it could not be read, in words."""
    return WORDS[document.unread][0]

"""A paper of headings, words and tables, shown as a page and set as tagged PDF; its words are data, never markup."""

import json
import re
import unicodedata
from dataclasses import asdict, dataclass, field
from importlib.resources import files

import typst

# What the fonts that come with typst can show; a square stands for anything else, as on a screen.
SHOWABLE = re.compile(r"[^\n\u0020-\u024f\u0370-\u03ff\u0400-\u045f\u200b\u2010-\u2026\u20ac\u25a1]")
LONGEST_WORD = 24


@dataclass(frozen=True)
class Table:
    """Rows under headings."""

    caption: str
    heads: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it."""

    heading: str
    words: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


@dataclass(frozen=True)
class Document:
    """A paper about something of a school's."""

    title: str
    school: str
    day: str
    sections: list[Section]


def as_pdf(document: Document) -> bytes:
    """The paper as tagged PDF, held to PDF/UA-1 by typst's own check."""
    source = files("dekaan.privacy").joinpath("typst", "document.typ").read_bytes()
    said = json.dumps(_settable(asdict(document)))
    return typst.compile(source, format="pdf", pdf_standards=["ua-1"], sys_inputs={"paper": said})


def _settable(value: object) -> object:
    if isinstance(value, dict):
        return {name: _settable(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_settable(each) for each in value]
    kept = "".join(
        each for each in str(value) if each == "\n" or unicodedata.category(each) not in {"Cc", "Cs", "Cn", "Co"}
    )
    return re.sub(rf"(\S{{{LONGEST_WORD}}})(?=\S)", "\\1\u200b", SHOWABLE.sub("\u25a1", kept))

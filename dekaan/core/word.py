"""Writing a document for Word: headings, paragraphs, points and tables, that a school goes on editing.

It is the same bytes for the same parts: no day of the machine is in it. The language is British English, headings are
Word's own heading styles, and a table says which row heads it.
"""

import io
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.oxml.shared import OxmlElement
from docx.shared import Mm, Pt

from dekaan.core.undated import without_a_day

WIDE = 170  # millimetres between the margins of an A4 page
A_DAY = datetime(2018, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is below the title."""

    words: str
    level: int = 1


@dataclass(frozen=True)
class Words:
    """A paragraph."""

    words: str


@dataclass(frozen=True)
class Points:
    """A list with a point before each line."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table whose first row heads it; `says` is what it is about, for whoever does not see it.

    `widths` are shares of the page's width; without them all columns are as wide.
    """

    says: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()


Part = Heading | Words | Points | Table


def document(title: str, parts: Iterable[Part], *, author: str = "") -> bytes:
    """The document as bytes of a .docx file, the title at its head."""
    made = Document()
    _say_the_language(made)
    made.styles["Normal"].font.size = Pt(11)
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(20)
    about = made.core_properties
    about.title, about.author, about.language = settable(title)[:255], settable(author)[:255], "en-GB"
    about.created = about.modified = A_DAY
    about.last_modified_by, about.comments, about.revision = "", "", 1
    made.add_heading(settable(title), level=0)
    for part in parts:
        _add(made, part)
    kept = io.BytesIO()
    made.save(kept)
    return without_a_day(kept.getvalue())


def _add(made: Any, part: Part) -> None:
    if isinstance(part, Heading):
        made.add_heading(settable(part.words), level=part.level)
    elif isinstance(part, Words):
        made.add_paragraph(settable(part.words))
    elif isinstance(part, Points):
        for line in part.lines:
            made.add_paragraph(settable(line), style="List Bullet")
    else:
        _add_table(made, part)


def _add_table(made: Any, part: Table) -> None:
    table = made.add_table(rows=1, cols=len(part.header), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, part.header, strict=True):
        cell.paragraphs[0].add_run(settable(words)).bold = True
    head = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 the library has no other way to say which row heads it
    head.append(OxmlElement("w:tblHeader"))
    for row in part.rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = settable(words)
    for column, share in zip(table.columns, part.widths, strict=False):
        column.width = Mm(WIDE * share // sum(part.widths))  # for LibreOffice; Word reads it of each cell
        for cell in column.cells:
            cell.width = column.width
    described = OxmlElement("w:tblDescription")
    described.set(qn("w:val"), settable(part.says))
    table._tbl.tblPr.append(described)  # noqa: SLF001 nor to say what it is about


def _say_the_language(made: Any) -> None:
    defaults = made.styles.element.find(qn("w:docDefaults"))
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def settable(words: str) -> str:
    """Without control characters and halves of characters, which no office file can hold."""
    return "".join(each for each in words if each in "\n\t" or unicodedata.category(each) not in {"Cc", "Cs", "Cn"})

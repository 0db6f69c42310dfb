"""A PDF's bytes to blocks: its lines put together to paragraphs, as far as a PDF says what belongs together."""

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from dekaan.website.reading.document import Block, Document, Link

MOST_PAGES = 40
LITTLE = 40  # letters a page, below which a page holds a picture of words
_SPACE = re.compile(r"[ \t\u00a0\u200b\u00ad]+")
_BULLET = re.compile(r"^(?:[•▪●◦‣–—*-]|\(?[a-z0-9]{1,2}[.)])\s+")
_ODD = (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, OverflowError)


def read_pdf(content: bytes, *, address: str) -> Document:
    """The PDF as it was read; `unread` says why where it could not be."""
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return Document(address, "pdf", unread="pdf-locked")
        pages = len(reader.pages)
    except NotImplementedError:
        return Document(address, "pdf", unread="pdf-locked")
    except _ODD:
        return Document(address, "pdf", unread="damaged")
    lines, links, pictures = [], [], 0
    for number in range(min(pages, MOST_PAGES)):
        try:
            page = reader.pages[number]
            lines += (page.extract_text() or "").splitlines()
            links += list(_links(page))
            pictures += _has_picture(page)
        except (*_ODD, RecursionError):
            continue
    blocks = tuple(_blocks(lines))
    letters = sum(len(each.words) for each in blocks)
    reason = ""
    if letters < LITTLE * max(1, min(pages, MOST_PAGES)):
        reason = "pdf-pictures" if pictures or letters < LITTLE else ""
    if not pages:
        reason = "empty"
    return Document(
        address,
        "pdf",
        title=_title(reader),
        language=_language(reader),
        blocks=blocks,
        links=tuple(links),
        unread=reason,
        cut_short=pages > MOST_PAGES,
    )


def _title(reader: PdfReader) -> str:
    try:
        return str((reader.metadata and reader.metadata.title) or "").strip()[:200]
    except (*_ODD, RecursionError):
        return ""


def _language(reader: PdfReader) -> str:
    try:
        return str(reader.root_object.get("/Lang") or "")[:20]
    except (*_ODD, RecursionError):
        return ""


def _links(page: Any) -> Iterator[Link]:
    for annotation in page.get("/Annots") or []:
        try:
            address = annotation.get_object().get("/A", {}).get_object().get("/URI")
        except _ODD:
            continue
        if address:
            yield Link(str(address), "")


def _has_picture(page: Any) -> bool:
    try:
        drawn = page["/Resources"]["/XObject"].get_object()
        return any(each.get_object().get("/Subtype") == "/Image" for each in drawn.values())
    except _ODD:
        return False


def _blocks(lines: list[str]) -> Iterator[Block]:
    """Headings, entries and paragraphs. A line that ends a sentence, or a short one, ends its paragraph."""
    path: tuple[str, ...] = ()
    plain = [_SPACE.sub(" ", each).strip() for each in lines]
    wide = max((len(each) for each in plain), default=0)
    gathered: list[str] = []
    for number, line in enumerate(plain):
        after = next((each for each in plain[number + 1 :] if each), "")
        if not gathered and _is_heading(line, after, wide):
            yield Block("heading", line, 5)
            path = (line,)
            continue
        if gathered and (not line or _BULLET.match(line)):
            yield _gathered(gathered, path)
            gathered = []
        if line:
            gathered.append(line)
        if line.endswith((".", "!", "?", ":")) or (line and len(line) < wide * 0.6 and not after[:1].islower()):
            yield _gathered(gathered, path)
            gathered = []
    if gathered:
        yield _gathered(gathered, path)


def _is_heading(line: str, after: str, wide: int) -> bool:
    is_short = 2 < len(line) <= min(80, max(40, wide * 0.7))
    ends_nothing = not line.endswith((".", ",", ";", ":", "?", "!")) and not re.search(r"[@\d]{2}|: ", line)
    return is_short and ends_nothing and line[0].isupper() and not _BULLET.match(line) and after[:1].isupper()


def _gathered(lines: list[str], path: tuple[str, ...]) -> Block:
    kind = "item" if _BULLET.match(lines[0]) else "text"
    return Block(kind, _BULLET.sub("", " ".join(lines)), path=path)

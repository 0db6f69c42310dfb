"""Setting a paper as PDF: tagged, and held to PDF/UA-1 by typst's own check."""

import json
import re
import unicodedata
from importlib.resources import files
from typing import Any

import typst

SIZES = (10.0, 9.5, 9.0)  # points
MOST_PAGES = 4
ALMOST_EMPTY = 0.25  # of a page: a last one with less on it is drawn together with the one before
FEWER_ROWS = 7
MOST_LINES = 15  # of a box; further lines run on, so that a list of one word a line keeps to four pages
LONGEST_TITLE, LONGEST_WORD = 90, 24
# What the fonts that come with typst can show: Latin, Greek, Cyrillic, and common punctuation and signs.
SHOWABLE = re.compile(r"[^\n\u0020-\u024f\u0370-\u03ff\u0400-\u045f\u200b\u2010-\u2026\u20ac\u25a1]")
BOXES = ("summary", "concerns", "asks")


def governors_paper(content: dict[str, Any]) -> bytes:
    """The governors' paper as PDF bytes. The content is handed over as data, never written into markup."""
    said = _fit(content)
    try:
        return _set(said)
    except typst.TypstError as problem:
        if "could not be displayed" not in str(problem):
            raise
        # No font of this machine has the character: a square stands for it, as on a screen.
        return _set(_each_text(said, lambda text: SHOWABLE.sub("\u25a1", text)))


def _set(content: dict[str, Any]) -> bytes:
    """Set as large as keeps to four pages and leaves the last one well filled; where all is long, with fewer rows."""
    source = files("dekaan.reports").joinpath("typst", "governors.typ").read_bytes()
    inputs = {}
    for size, said in (*((size, content) for size in SIZES), (SIZES[-1], _with_fewer_rows(content))):
        inputs = {"paper": json.dumps(said), "size": f"{size}"}
        end = json.loads(typst.query(source, "<end>", field="value", one=True, sys_inputs=inputs))
        is_last_size = size == SIZES[-1]
        if end["pages"] <= MOST_PAGES and (end["pages"] == 1 or end["filled"] >= ALMOST_EMPTY or is_last_size):
            break
    return typst.compile(source, format="pdf", pdf_standards=["ua-1"], sys_inputs=inputs)


def _with_fewer_rows(content: dict[str, Any]) -> dict[str, Any]:
    """The same, the lists cut; each says how many more there are."""
    fewer: dict[str, Any] = {}
    for name in ("gaps", "done", "planned"):
        rows = content[name]
        fewer |= {name: rows[:FEWER_ROWS], f"more_{name}": content[f"more_{name}"] + len(rows[FEWER_ROWS:])}
    return content | fewer


def _fit(content: dict[str, Any]) -> dict[str, Any]:
    """The content in texts that can be set: of bounded length, without control characters, and breakable."""
    said = _each_text(content, _settable)
    for row in (*said["done"], *said["planned"]):
        row |= {name: _short(row[name]) for name in ("title", "partner") if name in row}
    return said | {name: _lines(said[name]) for name in BOXES}


def _each_text(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: _each_text(each, change) for name, each in value.items()}
    return [_each_text(each, change) for each in value] if isinstance(value, list) else value


def _settable(text: str) -> str:
    """Without control characters; a long word may break, so that it stays on the page."""
    kept = "".join(each for each in text if each == "\n" or unicodedata.category(each) not in {"Cc", "Cs", "Cn", "Co"})
    return re.sub(rf"(\S{{{LONGEST_WORD}}})(?=\S)", "\\1\u200b", kept)


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE].rstrip()}…"


def _lines(words: str) -> list[str]:
    lines = [line.strip() for line in words.split("\n") if line.strip()]
    return [*lines[:MOST_LINES], " ".join(lines[MOST_LINES:])] if len(lines) > MOST_LINES else lines

"""Setting a paper as PDF: tagged, and held to PDF/UA-1 by typst's own check."""

import json
import re
import unicodedata
from importlib.resources import files
from typing import Any

import typst

# Points, and how many rows lists and tables keep: the first that fits the pages is taken.
STEPS: tuple[tuple[float, int | None], ...] = (
    *(
        (10.0, None),
        (9.5, None),
        (9.0, None),
        (9.0, 7),
        (9.0, 5),
        (8.5, 5),
        (8.5, 3),
        (8.5, 2),
        (8.0, 2),
        (8.0, 1),
        (7.5, 1),
    ),
)
WHOLE = {"evaluation", "reach", "means"}  # sections whose tables lose no row
MOST_PAGES = 4
ALMOST_EMPTY = 0.25  # of a page: a last one with less on it is drawn together with the one before
SMALLEST_BUT_FILLED = 9.0  # points; no smaller ones for the sake of the last page alone
RUN_ON = 3  # rows: where lists keep no more, the lines of a box run on as well
MOST_LINES = 15  # of a box; further lines run on, so that a list of one word a line keeps to four pages
LONGEST_TITLE, LONGEST_WORD = 90, 24
# What the fonts that come with typst can show: Latin, Greek, Cyrillic, and common punctuation and signs.
SHOWABLE = re.compile(r"[^\n\u0020-\u024f\u0370-\u03ff\u0400-\u045f\u200b\u2010-\u2026\u20ac\u25a1]")
BOXES = ("summary", "concerns", "asks")


def governors_paper(content: dict[str, Any]) -> bytes:
    """The governors' paper as PDF bytes, four pages at most."""
    return _printed("governors.typ", content, MOST_PAGES)


def leaders_paper(content: dict[str, Any]) -> bytes:
    """The summary for senior leaders as PDF bytes, one page."""
    return _printed("leaders.typ", content, 1)


def _printed(source: str, content: dict[str, Any], most_pages: int) -> bytes:
    """The content is handed over as data, never written into markup."""
    said = _fit(content)
    try:
        return _set(source, said, most_pages)
    except typst.TypstError as problem:
        if "could not be displayed" not in str(problem):
            raise
        # No font of this machine has the character: a square stands for it, as on a screen.
        return _set(source, _each_text(said, lambda text: SHOWABLE.sub("\u25a1", text)), most_pages)


def _set(source: str, content: dict[str, Any], most_pages: int) -> bytes:
    """Set as large as keeps to the pages and leaves the last one well filled; where all is long, with fewer rows."""
    folder = files("dekaan.reports").joinpath("typst")
    markup = folder.joinpath("common.typ").read_bytes() + folder.joinpath(source).read_bytes()
    inputs: dict[str, str] = {}
    for size, rows in STEPS:
        inputs = {"paper": json.dumps(content if rows is None else with_fewer_rows(content, rows)), "size": f"{size}"}
        end = json.loads(typst.query(markup, "<end>", field="value", one=True, sys_inputs=inputs))
        is_filled = end["pages"] == 1 or end["filled"] >= ALMOST_EMPTY or size <= SMALLEST_BUT_FILLED
        if end["pages"] <= most_pages and is_filled:
            break
    return typst.compile(markup, format="pdf", pdf_standards=["ua-1"], sys_inputs=inputs)


def with_fewer_rows(content: dict[str, Any], most: int) -> dict[str, Any]:
    """The same, the lists cut; each says how many more there are."""
    fewer: dict[str, Any] = {}
    for name in ("gaps", "done", "planned"):
        if name in content:
            rows = content[name]
            fewer |= {name: rows[:most], f"more_{name}": content[f"more_{name}"] + len(rows[most:])}
    sections = {
        key: each if key in WHOLE else each | {"tables": [_shorter(table, most) for table in each["tables"]]}
        for key, each in content["sections"].items()
    }
    if most <= RUN_ON:
        fewer |= {name: [" ".join(content[name])] for name in BOXES if content.get(name)}
    return content | fewer | {"sections": sections}


def _shorter(table: dict[str, Any], most: int) -> dict[str, Any]:
    rows = [[_short(cell) for cell in row] for row in table["rows"][:most]]
    return table | {"rows": rows, "more": table["more"] + len(table["rows"][most:])}


def _fit(content: dict[str, Any]) -> dict[str, Any]:
    """The content in texts that can be set: of bounded length, without control characters, and breakable."""
    said = _each_text(content, _settable)
    for row in (*said.get("done", ()), *said.get("planned", ())):
        row |= {name: _short(row[name]) for name in ("title", "partner") if name in row}
    return said | {name: _lines(said[name]) for name in BOXES if name in said}


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

"""Setting a paper as PDF by typst: tagged, and held to PDF/UA-1 by typst's own check."""

import json
import re
from typing import Any

import typst

from dekaan.core.word import settable

LONGEST_WORD = 24  # letters after which a word may break, so that it stays on the page
# What the fonts that come with typst can show: Latin, Greek, Cyrillic, and common punctuation and signs.
SHOWABLE = re.compile(r"[^\n\u0020-\u024f\u0370-\u03ff\u0400-\u045f\u200b\u2010-\u2026\u20ac\u25a1]")


def typeset(source: bytes, content: dict[str, Any]) -> bytes:
    """The paper as PDF bytes. The content is handed over as data (`sys.inputs.paper`), never written into markup."""
    said = each_text(content, _breakable)
    try:
        return _set(source, said)
    except typst.TypstError as problem:
        if "could not be displayed" not in str(problem):
            raise
        # No font of this machine has the character: a square stands for it, as on a screen.
        return _set(source, each_text(said, lambda text: SHOWABLE.sub("\u25a1", text)))


def _set(source: bytes, content: dict[str, Any]) -> bytes:
    return typst.compile(source, format="pdf", pdf_standards=["ua-1"], sys_inputs={"paper": json.dumps(content)})


def each_text(value: Any, change: Any) -> Any:
    """The same, every text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: each_text(each, change) for name, each in value.items()}
    return [each_text(each, change) for each in value] if isinstance(value, list) else value


def _breakable(text: str) -> str:
    return re.sub(rf"(\S{{{LONGEST_WORD}}})(?=\S)", "\\1\u200b", settable(text))

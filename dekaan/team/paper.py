"""The job description as PDF and for Word."""

from importlib.resources import files
from typing import Any

from dekaan.core.typeset import typeset
from dekaan.core.word import document
from dekaan.team.queries import parts


def description_pdf(content: dict[str, Any], agreed: str) -> bytes:
    """The job description as PDF bytes; the same for the same words."""
    source = files("dekaan.team").joinpath("typst", "description.typ").read_bytes()
    return typeset(source, content | {"agreed": agreed})


def description_word(content: dict[str, Any], agreed: str) -> bytes:
    """The job description as bytes of a .docx file; the same for the same words."""
    return document(content["title"], parts(content, agreed), author=content["school"])

"""Setting a paper as PDF: tagged, and held to PDF/UA-1 by typst's own check."""

import json
from importlib.resources import files
from typing import Any

import typst


def governors_paper(content: dict[str, Any]) -> bytes:
    """The governors' paper as PDF bytes. The content is handed over as data, never written into markup."""
    source = files("dekaan.reports").joinpath("typst", "governors.typ").read_bytes()
    return typst.compile(source, format="pdf", pdf_standards=["ua-1"], sys_inputs={"paper": json.dumps(content)})

"""Every paper that the house makes as PDF can be read aloud: tagged, titled, in British English, no image without words.

Papers are found by walking: a `.typ` file that is set, and every call of the typesetter.
"""

import ast
import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typst
from pypdf import PdfReader

from dekaan.access.roles import ROLES
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.destinations.paper import sheet_pdf
from dekaan.destinations.queries import sheet_of
from dekaan.handover.paper import book_pdf
from dekaan.handover.queries import book
from dekaan.people.models import Group, Pupil
from dekaan.privacy.document import Document, Section, Table, as_pdf
from dekaan.reports.models import Report
from dekaan.reports.paper import governors_paper, leaders_paper
from dekaan.reports.queries.paper import gather
from dekaan.reports.queries.terms import term_asked
from dekaan.team.paper import description_pdf
from dekaan.team.queries import job_description
from tests.factories.schools import Place, place, pupils, talk
from tests.house.ground import ROOT

HOUSE = ROOT / "dekaan"
BEFORE_OTHERS = "reports/typst/common.typ"  # set before each paper of its folder, and none itself
SETTERS = {"core/typeset.py", "reports/paper.py", "privacy/document.py"}


def report(kind: Report.Kind, printed: Callable[[dict[str, Any]], bytes]) -> Callable[[Place], bytes]:
    boxes = {"summary": "A good term.", "concerns": "", "asks": "Two days."}
    return lambda at: printed(gather(at.school, term_asked("", today()), on=today(), boxes=boxes, kind=kind).content)


PAPERS: dict[str, Callable[[Place], bytes]] = {
    "destinations/typst/sheet.typ": lambda at: sheet_pdf(
        sheet_of(Group.objects.get()), at.school.name, {each.pk for each in Pupil.objects.all()}
    ),
    "handover/typst/book.typ": lambda at: book_pdf(book(at.school, today(), ROLES["careers-leader"].may)),
    "privacy/typst/document.typ": lambda at: as_pdf(
        Document(
            "Impact assessment", at.school.name, "today", [Section("Held", ["Why"], [Table("All", ["A"], [["1"]])])]
        )
    ),
    "reports/typst/governors.typ": report(Report.Kind.GOVERNORS, governors_paper),
    "reports/typst/leaders.typ": report(Report.Kind.LEADERS, leaders_paper),
    "team/typst/description.typ": lambda at: description_pdf(job_description(at.school, today()), "Not agreed yet."),
}


def within(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def elements(node: Any) -> Iterator[Any]:
    """Each element of the structure below this one."""
    for each in node if isinstance(node, list) else [node]:
        one = each.get_object() if hasattr(each, "get_object") else each
        if isinstance(one, list):
            yield from elements(one)
        elif isinstance(one, dict):
            yield one
            if "/K" in one:
                yield from elements(one["/K"])


def lacks(paper: bytes) -> list[str]:
    """What keeps the paper from being read aloud."""
    reader = PdfReader(io.BytesIO(paper))
    root = reader.trailer["/Root"]
    found = [] if root.get("/MarkInfo", {}).get("/Marked") and "/StructTreeRoot" in root else ["tags"]
    found += [] if (reader.metadata and reader.metadata.title) else ["a title"]
    found += [] if root.get("/Lang") == "en-GB" else ["its language"]
    figures = [each for each in elements(root.get("/StructTreeRoot", {}).get("/K", [])) if each.get("/S") == "/Figure"]
    found += ["words for an image" for each in figures if not str(each.get("/Alt", "")).strip()]
    images = sum(len(page.images) for page in reader.pages)
    return found + (["a place among its tags for an image"] if images > len(figures) else [])


def test_every_paper_is_looked_at_below():
    """A new `.typ` file is a new paper, and nobody sets one but those who are known to."""
    assert {within(each) for each in HOUSE.rglob("*.typ")} - {BEFORE_OTHERS} == set(PAPERS)
    calls = {
        within(path)
        for path in HOUSE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if (node.value.id, node.attr) == ("typst", "compile")
    }
    assert calls == SETTERS


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_can_be_read_aloud(name, settings):
    settings.TODAY = str(date(2026, 11, 24))
    at = place("ashdown")
    pupils(at, 12)
    talk(at, partner_name="Millworks", partner_kind="employer")
    with working_in(at.school):
        paper = PAPERS[name](at)
    assert lacks(paper) == []


def test_a_paper_without_any_of_it_is_seen():
    """The test above can fail."""
    bare = typst.compile(
        b"#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>\"), format: \"svg\")"
    )
    assert {"a title", "its language"} < set(lacks(bare)), "and the image"

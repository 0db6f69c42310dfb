"""The same paper as PDF, Word and slides: of what was frozen, the same bytes whenever and wherever, opened without repair."""

import io
import json
import os
import shutil
import subprocess
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from pptx import Presentation
from pypdf import PdfReader

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.programme.changes import undo_last_act
from dekaan.reports.changes import issue_report
from dekaan.reports.models import Report
from dekaan.reports.paper import leaders_paper
from dekaan.reports.queries.terms import term_asked
from dekaan.reports.slides import slides
from dekaan.reports.written import document
from tests.factories.schools import Place, person, place, pupils, talk
from tests.kept import once_made

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def make_ashdown() -> Place:
    at = place("ashdown")
    pupils(at, 20, sex="F", pupil_premium=True)
    pupils(at, 3, sex="M", tutor_group="10B", surname="Marsh")
    talk(at, title="Engineers’ assembly", partner_name="Millworks", partner_kind="employer")
    return at


@pytest.fixture
def ashdown() -> Place:
    return once_made(make_ashdown)


def issued(at: Place, **more) -> Report:
    with working_in(at.school):
        return issue_report(at.school, on=today(), by=person(at, "careers-leader"), **more)


def words_of(word: bytes) -> list[str]:
    made = Document(io.BytesIO(word))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in made.paragraphs] + cells


def words_on(deck: bytes) -> list[str]:
    found = []
    for slide in Presentation(io.BytesIO(deck)).slides:
        for shape in slide.shapes:
            found += [shape.text_frame.text] if shape.has_text_frame else []
            if shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
    return found


# --- what was frozen, and nothing else -------------------------------------------------------------


def test_word_and_slides_say_what_the_paper_says(ashdown):
    report = issued(ashdown, summary="Read this first.", asks="Two days of cover")
    for said in (words_of(report.word), words_on(report.slides)):
        assert {
            report.title,
            "Read this first.",
            "Two days of cover",
            "What the law asks",
            "The eight benchmarks",
        } <= set(said)
        assert "An employer every year" in said
        assert any("23 of 23" in each for each in said)
        assert "What worries us" not in said


def test_a_paper_issued_last_term_is_the_same_bytes_in_each_form_after_the_records_changed(settings):
    settings.TODAY = "2026-06-20"
    at = place("ashdown")
    pupils(at, 12)
    talk(at)
    report = issued(at, summary="As it was.")
    with working_in(at.school):
        before = [bytes(getattr(report, form)) for form in ("pdf", "word", "slides")]
        settings.TODAY = "2026-11-24"
        undo_last_act(at.sessions[0], by=person(at, "careers-leader"))
        pupils(at, 30, surname="Later")
        after = Report.objects.get(pk=report.pk)
        assert [bytes(getattr(after, form)) for form in ("pdf", "word", "slides")] == before
        assert [document(after.content), slides(after.content)] == before[1:]
        assert report.title.endswith(term_asked("2025-summer", date(2026, 6, 20)).name)


MAKES = """
import json, sys
from hashlib import sha256
from dekaan.reports.slides import slides
from dekaan.reports.written import document
content = json.load(sys.stdin)
print(*(sha256(make(content)).hexdigest() for make in (document, slides)))
"""


def test_another_process_on_another_day_in_another_zone_makes_the_same_bytes(ashdown):
    content = issued(ashdown).content
    here = [sha256(make(content)).hexdigest() for make in (document, slides)]
    elsewhere = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    said = subprocess.run(
        [sys.executable, "-c", MAKES],
        input=json.dumps(content),
        env=elsewhere,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split() == here
    for made in (document(content), slides(content)):
        with ZipFile(io.BytesIO(made)) as packed:
            assert {each.date_time for each in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert b"2018-01-01T00:00:00Z" in packed.read("docProps/core.xml")
            assert str(today().year).encode() not in packed.read("docProps/core.xml").replace(
                str(today().year).encode() + b"</dc:title>", b""
            )


# --- for whoever hears it read ---------------------------------------------------------------------


def test_word_has_headings_table_headers_words_for_tables_and_its_language(ashdown):
    made = Document(io.BytesIO(issued(ashdown).word))
    assert {each.style.name for each in made.paragraphs} >= {"Title", "Heading 1", "Heading 2"}
    assert made.tables
    for table in made.tables:
        assert table.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
        assert table._tbl.tblPr.find(f"{W}tblDescription").get(f"{W}val")
    assert made.core_properties.language == "en-GB"
    assert {each.get(f"{W}val") for each in made.styles.element.iter(f"{W}lang")} == {"en-GB"}


def test_slides_have_titles_words_for_tables_and_their_language(ashdown):
    deck = Presentation(io.BytesIO(issued(ashdown).slides))
    assert len(deck.slides) > 8
    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text
        for shape in slide.shapes:
            if shape.has_table:
                assert shape._element.nvGraphicFramePr.cNvPr.get("descr")
                assert shape.table.first_row
            if shape.has_text_frame:
                langs = {run._r.rPr.get("lang") for each in shape.text_frame.paragraphs for run in each.runs}
                assert langs == {"en-GB"}


# --- any school, any words -------------------------------------------------------------------------


def test_a_new_schools_paper_has_all_forms_though_most_of_it_is_empty():
    report = issued(place("new", years=0))
    for said in (words_of(report.word), words_on(report.slides)):
        assert any("No pupil is counted yet" in each for each in said)
        assert any("Nothing is recorded from" in each for each in said)
    assert len(PdfReader(io.BytesIO(report.pdf)).pages) <= 2


@pytest.mark.parametrize("odd", ["\u4e2d\u6587", "\U0001f600", "\x07bell", "\ue000", "\ud800"])
def test_no_character_stops_word_or_slides(odd):
    content = {"title": "T", "school": f"S{odd}", "year": "2026/27", "as_on": "today", "summary": f"Read {odd} this"}
    empty = {"picture": [], "gaps": [], "not_compared": [], "done": [], "planned": [], "sections": {}, "notes": []}
    days = dict.fromkeys(("on", "done_from", "done_until", "planned_until"), "today")
    assert any("this" in each for each in words_of(document(content | empty | days)))
    assert any("this" in each for each in words_on(slides(content | empty | days)))


def test_words_of_any_length_stay_on_their_slide(ashdown):
    report = issued(ashdown, summary="W" * 1500, concerns="\n".join(["One"] * 300))
    longest = [sum(map(len, each.split("\n"))) for each in words_on(report.slides)]
    assert max(longest) <= 900


# --- LibreOffice -----------------------------------------------------------------------------------


@pytest.mark.once
def test_libreoffice_opens_all_forms_without_repair(ashdown, tmp_path):
    """One start for all of them: whatever it cannot read, it does not convert."""
    office = os.environ.get("DEKAAN_LIBREOFFICE") or shutil.which("soffice") or shutil.which("libreoffice")
    assert office, ".ci/libreoffice says how to get it"
    report = issued(ashdown, summary="Read this first.")
    new = issued(place("new", years=0))
    forms = {"paper.pdf": report.pdf, "written.docx": report.word, "shown.pptx": report.slides}
    forms |= {
        "new.docx": new.word,
        "new.pptx": new.slides,
        "leaders.pdf": issued(ashdown, kind=Report.Kind.LEADERS).pdf,
    }
    # Each in a folder of its own, since what comes out has no other name than what went in.
    for name, held in forms.items():
        (tmp_path / name.replace(".", "-")).with_suffix(Path(name).suffix).write_bytes(bytes(held))
    files = sorted(tmp_path.iterdir())
    made = tmp_path / "made"
    command = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(made), *map(str, files)], check=True, capture_output=True, timeout=240)
    opened = {each.stem: PdfReader(each) for each in made.iterdir()}
    assert set(opened) == {each.stem for each in files}
    said = {
        name: " ".join(" ".join(page.extract_text() for page in reader.pages).split())
        for name, reader in opened.items()
    }
    for name in ("paper-pdf", "written-docx", "shown-pptx"):
        assert "Read this first." in said[name]
        assert "What the law asks" in said[name]
        assert "An employer every year" in said[name]
    for name in ("new-docx", "new-pptx"):
        assert "No pupil is counted yet" in said[name]
    assert len(opened["paper-pdf"].pages) == len(PdfReader(io.BytesIO(report.pdf)).pages) <= 4
    assert len(opened["shown-pptx"].pages) == len(Presentation(io.BytesIO(report.slides)).slides)
    assert len(opened["leaders-pdf"].pages) == 1


# --- the summary for senior leaders ----------------------------------------------------------------


def test_the_summary_for_senior_leaders_is_one_page_with_the_law_first(ashdown):
    report = issued(ashdown, kind=Report.Kind.LEADERS, summary="Cover is short.", asks="Two days.")
    reader = PdfReader(io.BytesIO(report.pdf))
    said = reader.pages[0].extract_text()
    assert len(reader.pages) == 1
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert said.index("Cover is short.") < said.index("What the law asks") < said.index("The eight benchmarks")
    assert "Two days." in said
    assert (report.title, report.word, report.slides) == (
        "Careers: summary for senior leaders, Autumn term 2026",
        b"",
        b"",
    )
    with working_in(ashdown.school):
        assert report.figures.filter(framework="duties").exists()


def test_the_longest_summary_is_one_page_still(ashdown):
    content = issued(ashdown, kind=Report.Kind.LEADERS).content
    long = "Words that senior leaders should read and weigh. " * 12
    row = {"group": "English as an additional language", "title": long[:60], "says": "776 of 993, 171 unknown"}
    row |= {"assumed": "", "theirs": 40, "everyone": 80, "gap": "at least 40 points behind", "how": "of those known"}
    plan = {"when": "30 November to 14 December 2026", "title": long[:200], "how_often": "", "who": "Years 7, 9 and 11"}
    law = content["sections"]["law"]
    law = law | {
        "tables": [
            law["tables"][0] | {"rows": [["Unknown", long[:60], long[:160], "28 Feb 2027"]] * 8},
            *law["tables"][1:],
        ]
    }
    rules = {"key": "rules", "title": "What changed", "says": [], "note": ""}
    rules |= {
        "tables": [
            {
                "caption": "C",
                "head": ["F", "W", "M"],
                "widths": [0, 2, 5],
                "rows": [["1", long[:50], long[:250]]] * 4,
                "more": 0,
            }
        ]
    }
    fullest = content | {"summary": long[:600], "asks": long[:600], "gaps": [row] * 5, "planned": [plan] * 5}
    fullest |= {"sections": content["sections"] | {"law": law, "rules": rules}}
    assert len(PdfReader(io.BytesIO(leaders_paper(fullest))).pages) == 1

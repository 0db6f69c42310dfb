"""The governors' paper: four pages at most, tagged, every figure as frozen, and unmoved by what happens later."""

import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.programme.changes import undo_last_act
from dekaan.reports.changes import governors_report_pdf, issue_report
from dekaan.reports.models import FrozenFigure, Report
from tests.factories.schools import Place, person, place, pupils, talk

pytestmark = pytest.mark.django_db


def words(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


@pytest.fixture
def ashdown() -> Place:
    at = place("ashdown")
    pupils(at, 20, sex="F", pupil_premium=True)
    pupils(at, 3, sex="M", tutor_group="10B", surname="Marsh")
    talk(at, title="Engineers’ #assembly [with] *marks*", partner_name="Millworks", partner_kind="employer")
    return at


def issued(at: Place, **boxes: str) -> Report:
    with working_in(at.school):
        return issue_report(at.school, on=today(), by=person(at, "careers-leader"), **boxes)


def test_the_paper_is_tagged_and_four_pages_at_most(ashdown):
    long = "Words that governors should read. " * 44
    reader = PdfReader(io.BytesIO(issued(ashdown, summary=long, concerns=long, asks=long).pdf))
    root = reader.trailer["/Root"]
    assert len(reader.pages) <= 4
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en-GB"
    assert "pdfuaid" in root["/Metadata"].get_data().decode()


def test_the_figures_in_the_paper_equal_the_frozen_ones(ashdown):
    report = issued(ashdown)
    said = words(report.pdf)
    with working_in(ashdown.school):
        shown = [
            figure
            for figure in FrozenFigure.objects.filter(
                report=report, breakdown="all", academic_year=report.academic_year
            )
            if figure.of and figure.met is not None
        ]
    assert shown
    assert {figure.on for figure in shown} == {today()}
    for figure in shown:
        assert f"{figure.met} of {figure.of}" in said
        if figure.unknown:
            assert f"{figure.met} of {figure.of}, {figure.unknown} unknown" in said


def test_what_is_typed_is_never_markup(ashdown):
    said = words(issued(ashdown, summary='#panic("no") $x$ <label> @cite *bold* \\').pdf)
    assert '#panic("no") $x$ <label> @cite *bold*' in said.replace("“", '"').replace("”", '"')
    assert "#assembly [with] *marks*" in said


def test_a_later_change_of_the_records_never_changes_it(ashdown):
    report = issued(ashdown, summary="As it was.")
    with working_in(ashdown.school):
        before = (bytes(report.pdf), report.content, list(report.figures.values()))
        undo_last_act(ashdown.sessions[0], by=person(ashdown, "careers-leader"))
        pupils(ashdown, 30, surname="Later")
        after = Report.objects.get(pk=report.pk)
        assert (bytes(after.pdf), after.content, list(after.figures.values())) == before
        assert words(governors_report_pdf(ashdown.school, on=today())) != words(before[0])


def test_small_numbers_do_not_reach_the_paper(ashdown):
    with working_in(ashdown.school):
        few = list(issued(ashdown).figures.filter(breakdown="sex", value="M"))
    assert few
    assert {(figure.met, figure.unknown) for figure in few} <= {(None, None), (0, 0)}


def test_governors_download_and_cannot_edit(ashdown):
    report = issued(ashdown)
    governor = Client()
    governor.force_login(person(ashdown, "link-governor"))
    answer = governor.get(reverse("report-download", args=["ashdown", report.pk]))
    assert answer.content == bytes(report.pdf)
    assert governor.get(reverse("report-governors", args=["ashdown"])).status_code == 403

"""The governors' paper: four pages at most, tagged, every figure as frozen, and unmoved by what happens later."""

import io
import re
from datetime import date

import pytest
from pypdf import PdfReader

from dekaan.audit.models import Event
from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.scope import working_in
from dekaan.programme.changes import undo_last_act
from dekaan.reports.changes import AlreadyWithdrawn, governors_report_pdf, issue_report, withdraw_report
from dekaan.reports.models import FrozenFigure, Report
from dekaan.reports.paper import governors_paper
from dekaan.reports.queries.leading import Decision, Means, Objective, Plan, Risk, means_section, plan_section
from dekaan.reports.queries.sections import plain
from dekaan.reports.queries.terms import choosable_terms, term_asked
from tests.factories.schools import Place, person, place, pupils, talk
from tests.kept import once_made

pytestmark = pytest.mark.django_db


def words(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def make_ashdown() -> Place:
    at = place("ashdown")
    pupils(at, 20, sex="F", pupil_premium=True)
    pupils(at, 3, sex="M", tutor_group="10B", surname="Marsh")
    talk(at, title="Engineers’ #assembly [with] *marks*", partner_name="Millworks", partner_kind="employer")
    return at


@pytest.fixture
def ashdown() -> Place:
    return once_made(make_ashdown)


def issued(at: Place, **boxes: str) -> Report:
    with working_in(at.school):
        return issue_report(at.school, on=today(), by=person(at, "careers-leader"), **boxes)


def pages(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def test_the_paper_is_tagged(ashdown):
    reader = PdfReader(io.BytesIO(issued(ashdown).pdf))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en-GB"
    assert "pdfuaid" in root["/Metadata"].get_data().decode()


def test_each_bar_says_itself_to_a_screen_reader(ashdown):
    texts = []

    def walk(element) -> None:
        element = element.get_object() if hasattr(element, "get_object") else element
        if isinstance(element, dict):
            texts.extend([element["/Alt"]] if "/Alt" in element else [])
            walk(element.get("/K", []))
        elif isinstance(element, list):
            for each in element:
                walk(each)

    walk(PdfReader(io.BytesIO(issued(ashdown).pdf)).trailer["/Root"]["/StructTreeRoot"]["/K"])
    assert "An employer every year: 23 of 23 pupils, 0 unknown" in texts


LONG = "Words that governors should read. " * 44
LIST = "\n".join(["One"] * 375)
UNBROKEN = "W" * 1500


@pytest.mark.parametrize("words_in_boxes", [LONG, LIST, UNBROKEN], ids=["long", "a word a line", "one long word"])
def test_the_fullest_paper_keeps_to_four_pages(ashdown, words_in_boxes):
    content = issued(ashdown, **dict.fromkeys(("summary", "concerns", "asks"), words_in_boxes[:1500])).content
    figure = {"met": 776, "of": 993, "unknown": 171, "at_least": 78, "at_most": 96, "word": "Large majority"}
    figure |= {"says": "776 of 993, 171 unknown", "share": "78 to 96 %", "assumed": "31 % assumed"}
    title = "An activity whose name somebody wrote out in full " * 4
    note = "Who is considering higher education is not recorded yet, so every pupil is unknown until it is."
    row = {
        "benchmark": "5",
        "criterion": "GB24.5.1",
        "then": "78 to 96 %",
        "title": "Second phase: two encounters by 28 February of Year 11",
        "note": note,
    }
    gap = {"group": "English as an additional language", "title": row["title"], "theirs": 40, "everyone": 80}
    gap |= {
        "gap": "at least 40 points behind",
        "how": "of those known",
        "says": figure["says"],
        "assumed": "31 % assumed",
    }
    fullest = content | {
        "picture": [row | figure | {"before": figure}] * 8,
        "gaps": [gap] * 10,
        "more_gaps": 7,
        "not_compared": [row["title"]] * 9,
        "done": [
            {
                "title": title[:200],
                "partner": title[:200],
                "who": "Years 7, 9, 11 and 13",
                "sessions": 16,
                "number": 600,
                "took_part": "603 of 645",
                "assumed": "31 % assumed",
            }
        ]
        * 15,
        "planned": [
            {
                "when": "30 November to 14 December 2026",
                "title": title[:200],
                "how_often": "12 sessions, weekly",
                "who": "Parents and carers",
            }
        ]
        * 18,
        "sections": content["sections"] | full_sections(title),
    }
    assert pages(governors_paper(fullest)) <= 4


def full_sections(long: str) -> dict:
    """Every section as long as it can be, the plan and the means among them."""
    plan = Plan(
        title="Development plan 2026/27",
        objectives=[Objective(long[:200], 9, 4, 2, long[:150])] * 12,
        risks=[Risk(long[:200], long[:200])] * 9,
        asked=[Decision(long[:200], by=date(2027, 3, 1))] * 9,
        decided=[Decision(long[:200], decided_on=date(2026, 10, 1))] * 9,
        approved="approved by the governing body on 12 October 2026",
    )
    means = Means([(long[:60], long[:200])] * 9)
    rows = [["At risk", long[:80], long[:200], "28 Feb 2027"]] * 8
    law = {"key": "law", "title": "What the law asks", "says": [long[:200]] * 3, "note": long[:200]}
    law |= {"tables": [{"caption": "Duties", "head": ["State", "What", "Why", "When"], "widths": [0, 3, 5, 0]}]}
    law["tables"][0] |= {"rows": rows, "more": 4}
    measures = [[long[:50], "94.1%", "93%"]] * 12
    table = {"caption": long[:80], "head": ["Measure", "School", "England"], "widths": [4, 1, 1]}
    went = {"key": "destinations", "title": "Where pupils go", "says": [long[:200]] * 2, "note": long[:200]}
    went |= {"tables": [table | {"rows": measures, "more": 0}] * 2}
    groups = [[f"Year {each}"] for each in range(8)]
    reach = {"key": "reach", "title": "Who was reached", "says": [long[:200]], "note": ""}
    reach |= {"tables": [{"caption": "By year group", "head": ["What", *(name for (name,) in groups[:7])]}]}
    reach["tables"][0] |= {"widths": [3, *[2] * 7], "rows": [[long[:40], *["78 to 96 %\n776/993 + 171"] * 7]] * 5}
    reach["tables"][0] |= {"more": 0}
    made = {each["key"]: each for each in plain([plan_section(plan), means_section(means)])}
    return made | {"law": law, "destinations": went, "reach": reach}


@pytest.mark.parametrize("odd", ["\u4e2d\u6587", "\U0001f600", "\u0645\u062d\u0645\u062f", "\x07bell", "\ue000"])
def test_a_character_that_no_font_has_never_stops_the_paper(ashdown, odd):
    talk(ashdown, title=f"Talk {odd} in the hall")
    assert "in the hall" in words(issued(ashdown, summary=f"Read {odd} this").pdf)


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
    assert all(figure.source for figure in shown)
    for figure in [each for each in shown if each.framework.startswith("gatsby")]:
        if figure.unknown == figure.of:
            assert f"all {figure.of} unknown" in said
        elif figure.unknown:
            assert f"{figure.met} of {figure.of}, {figure.unknown} unknown" in said
        else:
            assert f"{figure.met} of {figure.of}" in said


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


NUMBERS = re.compile(r"(\d+) of (\d+)(?:, (\d+) unknown)?")


def numbers_told(content: dict) -> set[int]:
    """Every number of people in the paper, and what follows from two of them."""
    told = set()
    for row in (
        *content["picture"],
        *(row["before"] for row in content["picture"]),
        *content["gaps"],
        *content["done"],
    ):
        for met, of, unknown in NUMBERS.findall(row.get("says") or row.get("took_part") or ""):
            told |= {int(met), int(of), int(unknown or 0), int(of) - int(met) - int(unknown or 0)}
        told |= {row[name] or 0 for name in ("met", "of", "unknown") if name in row}
    return told


OF_NO_PEOPLE = ("duties", "compass-2025", "short", "plan")  # they count duties, questions, criteria and actions
NO_PEOPLE = ("hours-in-workplaces", "sessions", "groups-answered", "changes-made", "changes-overdue")

SPECIAL = [(7, 4), (8, 3), (9, 5), (10, 6), (11, 4), (12, 2), (13, 1)]


def special() -> Place:
    """Twenty-five pupils, a few in each year group; most have been at two things, some at none."""
    at = place("calder")
    made = [
        pupil
        for year, number in SPECIAL
        for pupil in pupils(
            at, number, year_group=year, tutor_group="", surname=f"P{year}", sen="E", sex="MF"[year % 2]
        )
    ]
    talk(at, title="Everybody", invited=made, partner_name="Millworks", partner_kind="employer")
    talk(at, title="Some away", invited=made, absent=made[:8])
    talk(at, title="A few away", invited=made, absent=made[:2])
    talk(at, title="A few there", invited=made[:4])
    talk(at, title="To come", invited=made[:3], happened=False, days_ago=-7)
    return at


def nobody() -> Place:
    return place("empty")


def first_year() -> Place:
    at = place("new", years=0)
    pupils(at, 30)
    talk(at)
    return at


def hundred_groups() -> Place:
    at = place("large")
    for number in range(100):
        pupils(at, 1, tutor_group=f"10-{number}", ethnicity=f"E{number:02d}")
    talk(at)
    return at


@pytest.mark.parametrize("school", [special, nobody, first_year, hundred_groups])
def test_no_school_breaks_the_paper_or_has_a_number_from_1_to_5_in_it(school):
    at = school()
    report = issued(at)
    assert pages(report.pdf) <= 4
    assert {1, 2, 3, 4, 5}.isdisjoint(numbers_told(report.content))
    said = re.sub(r"page \d of \d", "", words(report.pdf))
    assert not re.search(r"\b[1-5] (of|pupils?|unknown)\b", said)
    with working_in(at.school):
        for figure in report.figures.exclude(framework__in=OF_NO_PEOPLE).exclude(criterion__in=NO_PEOPLE):
            assert {1, 2, 3, 4, 5}.isdisjoint({figure.met, figure.of, figure.unknown, figure.assumed})


def test_a_school_without_pupils_or_with_one_year_of_records_says_so():
    assert "No pupil is counted yet" in words(issued(nobody()).pdf)
    assert "no records" in words(issued(first_year()).pdf)


def test_what_is_hidden_in_a_special_school_is_said_in_words():
    said = words(issued(special()).pdf)
    assert "numbers hidden" in said
    assert "fewer than 6" in said
    assert "all but a few" in said


# --- terms ---------------------------------------------------------------------------------------


def test_the_paper_is_about_the_term_that_runs_unless_another_is_asked_for(ashdown, settings):
    settings.TODAY = "2027-05-04"
    with working_in(ashdown.school):
        leader = person(ashdown, "careers-leader")
        papers = [issue_report(ashdown.school, on=today(), by=leader)]
        papers += [
            issue_report(ashdown.school, on=today(), by=leader, term=each) for each in choosable_terms(today())[1:]
        ]
    assert [(each.title, each.academic_year, each.term) for each in papers] == [
        ("Careers: report to governors, Summer term 2027", 2026, "summer"),
        ("Careers: report to governors, Spring term 2027", 2026, "spring"),
        ("Careers: report to governors, Autumn term 2026", 2026, "autumn"),
    ]
    assert {each.content["as_on"] for each in papers} == {"4 May 2027"}
    assert {each.figures_on for each in papers} == {today()}


def test_last_years_summer_term_has_the_figures_of_that_year(settings):
    settings.TODAY = "2026-06-20"
    ashdown = place("ashdown")
    pupils(ashdown, 12)
    settings.TODAY = "2026-09-14"
    with working_in(ashdown.school):
        term = term_asked("2025-summer", today())
        report = issue_report(ashdown.school, on=today(), by=None, term=term)
    assert (report.academic_year, report.content["year"], report.content["as_on"]) == (
        2025,
        "2025/26",
        "31 July 2026, from the records of 14 September 2026",
    )
    says = report.content["sections"]["short"]["says"]
    assert says[1].startswith("Pupils are counted as on 31 July 2026. The law, the plan")
    assert "as on 14 September 2026, when this was written" in says[1]


# --- taking a paper back -------------------------------------------------------------------------


def test_a_withdrawn_paper_says_who_when_and_why_and_its_pdf_is_what_it_was(ashdown):
    report = issued(ashdown)
    leader = person(ashdown, "careers-leader")
    with working_in(ashdown.school):
        before = (bytes(report.pdf), report.content)
        withdraw_report(report, because="Counted twice", by=leader)
        after = Report.objects.get(pk=report.pk)
        assert (bytes(after.pdf), after.content) == before
        assert (after.is_withdrawn, after.withdrawn_by, after.withdrawn_because) == (True, leader, "Counted twice")
        event = Event.objects.get(action="report withdrawn")
        assert (event.subject_id, event.actor_id, event.detail) == (report.pk, leader.pk, {})
        with pytest.raises(AlreadyWithdrawn):
            withdraw_report(report, because="Again", by=leader)


def test_the_year_in_the_audit_is_that_of_the_term(ashdown):
    issued(ashdown)
    detail = Event.objects.get(action="report issued").detail
    assert detail["year"].startswith(str(academic_year_of(today())))
    assert " term " in detail["term"]

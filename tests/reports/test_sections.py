"""What each section of the paper says: of the law, the benchmarks, reach, destinations, feedback, the plan, the rules."""

from datetime import date

import pytest

from dekaan.compass.changes import type_real_result
from dekaan.compass.questions import question_set
from dekaan.core.academic_year import today, year_start
from dekaan.core.scope import working_in
from dekaan.destinations.changes import record_statement
from dekaan.library.models import DestinationRow, Loaded
from dekaan.participation.models import Participation
from dekaan.people.changes import leave_school
from dekaan.programme.changes import Invited, it_happened, plan_activity, plan_session
from dekaan.reports.changes import NothingToReport, issue_report
from dekaan.reports.queries.again import found_again
from dekaan.reports.queries.leading import Decision, Means, Objective, Plan, Risk, means_section, plan_section
from dekaan.reports.queries.paper import gather
from dekaan.reports.queries.terms import term_asked, term_named
from tests.factories.schools import person, place, pupils, talk
from tests.stock import pupil

pytestmark = pytest.mark.django_db


@pytest.fixture
def ashdown(settings):
    settings.TODAY = "2026-11-24"
    at = place("ashdown")
    pupils(at, 12)
    talk(at, partner_name="Millworks")
    return at


def sections(at):
    with working_in(at.school):
        return gather(at.school, term_asked("", today()), on=today(), boxes={}).content["sections"]


def rows(section, place=0):
    return section["tables"][place]["rows"]


# --- the law -----------------------------------------------------------------------------------------------------


def test_the_law_says_how_many_duties_stand_how_and_names_those_that_are_not_known_to_be_met(ashdown):
    law = sections(ashdown)["law"]
    assert law["says"][0].startswith("Of ")
    assert "not known to be met" in law["says"][0]
    assert law["says"][-1] == "Nobody has checked the school's website here yet."
    assert law["tables"][0]["head"] == ["State", "What the law asks", "Why", "Look again"]
    assert {row[0] for row in rows(law)} <= {"Broken", "At risk", "Unknown"}
    assert len(rows(law)) <= 8


def test_duties_in_the_paper_are_those_of_the_board(ashdown):
    from dekaan.duties.queries import duty_board  # beside what it is compared with

    with working_in(ashdown.school):
        report = issue_report(ashdown.school, on=today(), by=None)
        board = duty_board(ashdown.school, today(), exact=False)
        frozen = report.figures.filter(framework="duties", criterion="law").values_list("value", "met", "of")
        for state, met, of in frozen:
            assert met == board.number(state, of_law=True)
            assert of == sum(board.number(each, of_law=True) for each in ("met", "at-risk", "broken", "unknown"))


# --- the benchmarks ----------------------------------------------------------------------------------------------


def test_real_percentages_stand_beside_the_estimate_with_their_days(ashdown):
    leader = person(ashdown, "careers-leader")
    with working_in(ashdown.school):
        for on, percent in ((date(2026, 3, 2), 50), (date(2026, 7, 8), 75)):
            type_real_result(question_set("compass-2025"), completed_on=on, percentages={"1": percent}, by=leader)
    table = sections(ashdown)["evaluation"]["tables"][0]
    assert table["head"][2:4] == ["Compass, 8 Jul 2026", "2 Mar 2026"]
    assert table["rows"][0][:4] == ["1", "A stable careers programme", "75 %", "50 %"]
    assert [row[2] for row in table["rows"][1:]] == ["–"] * 7
    assert all(" out of " in row[4] or "hidden" in row[4] or row[4] == "not asked" for row in table["rows"])


def test_the_change_since_the_last_report_is_said(ashdown):
    with working_in(ashdown.school):
        issue_report(ashdown.school, on=today(), by=None)
    pupils(ashdown, 12, surname="Later")
    with working_in(ashdown.school):
        content = gather(ashdown.school, term_asked("", today()), on=today(), boxes={}).content
    assert content["since"] == "24 November 2026"
    row = next(each for each in content["picture"] if each["criterion"] == "GB24.5.1")
    assert (row["share"], row["then"]) == ("50 %", "100 %")
    assert content["sections"]["evaluation"]["tables"][0]["head"][5] == "At the last report, 24 Nov 2026"
    assert {row[5] for row in rows(content["sections"]["evaluation"])} != {"–"}


# --- reach -------------------------------------------------------------------------------------------------------


def workplace(at, pupils_there, minutes):
    leader = person(at, "careers-leader")
    with working_in(at.school):
        visit = plan_activity(title="A visit", activity_type="WVISIT", by=leader, partner_kind="employer")
        for length in minutes:
            session = plan_session(
                visit,
                held_on=date(2026, 11, 20),
                invited=Invited(pupils=tuple(pupils_there)),
                by=leader,
                minutes=length,
            )
            it_happened(session, by=leader)


def test_reach_is_told_by_year_group_with_hours_in_workplaces(ashdown):
    elevens = pupils(ashdown, 20, year_group=11, tutor_group="11A", surname="Lowe")
    workplace(ashdown, elevens[:8], [300, 330])
    reach = sections(ashdown)["reach"]
    assert reach["tables"][0]["head"] == ["What must be true", "Year 10", "Year 11"]
    by_title = {row[0]: row[1:] for row in rows(reach)}
    assert by_title["An employer every year"][0] == "100 %\n12/12"
    assert by_title["Hours in workplaces this year"] == ["none", "84 h\n8/20"]


def test_hours_of_fewer_than_six_pupils_are_hidden_with_another_group(ashdown):
    elevens = pupils(ashdown, 20, year_group=11, tutor_group="11A", surname="Lowe")
    workplace(ashdown, elevens[:4], [300])
    hours = {row[0]: row[1:] for row in rows(sections(ashdown)["reach"])}["Hours in workplaces this year"]
    assert hours[1] == "hidden"
    with working_in(ashdown.school):
        assert Participation.objects.filter(activity_type="WVISIT").count() == 4


# --- destinations, feedback, how sure ----------------------------------------------------------------------------


def test_destinations_say_in_a_sentence_that_none_are_recorded(ashdown):
    says = sections(ashdown)["destinations"]["says"]
    assert says[0].startswith("No destinations are recorded here")
    assert says[1] == "No published measures have been loaded for this school either."


def test_feedback_names_each_group_that_the_benchmarks_ask_for(ashdown):
    voices = sections(ashdown)["voices"]
    assert voices["says"][0].startswith("Of 6 groups whose feedback the benchmarks ask for, none answered since")
    assert [row[0] for row in rows(voices)][:2] == ["Pupils", "Parents and carers"]
    assert {tuple(row[1:]) for row in rows(voices)} == {("never", "–", "no")}


def test_it_is_said_how_much_is_assumed_and_what_is_self_reported(ashdown):
    says = sections(ashdown)["sure"]["says"]
    assert says[0].startswith("Of 12 attendances recorded this year, 12 (100 %) are assumed")
    assert says[1].startswith("Self-reported: the percentages of Compass")


def test_too_few_attendances_to_say_how_many_are_assumed_are_not_counted_out(settings):
    settings.TODAY = "2026-11-24"
    at = place("small")
    made = pupils(at, 9)
    talk(at, invited=made[:4])
    assert sections(at)["sure"]["says"][0].startswith("Too few attendances")


# --- plan and means ----------------------------------------------------------------------------------------------


@pytest.mark.once
def test_the_plan_says_progress_risks_and_the_decisions_asked_for():
    section = plan_section(
        Plan(
            title="Development plan 2026/27",
            objectives=[
                Objective("Every pupil meets an employer", 5, 3, 1, "85 % so far"),
                Objective("Visits", 2, 0, 0),
            ],
            risks=[Risk("No cover for visits", "Asked of the head")],
            asked=[Decision("Two days of cover", by=date(2027, 1, 12))],
            decided=[Decision("A link governor", decided_on=date(2026, 10, 6), came_of_it="Moira Bell visits.")],
            approved="approved by governors on 12 October 2026",
        )
    )
    assert section.says == [
        "Development plan 2026/27: approved by governors on 12 October 2026. Of 7 actions, 3 done and 1 overdue."
    ]
    assert [(table.caption, table.rows) for table in section.tables] == [
        ("Progress", [("Every pupil meets an employer", "3/5", "1", "85 % so far"), ("Visits", "0/2", "0", "–")]),
        ("Risks", [("No cover for visits", "Asked of the head")]),
        ("Decisions asked for", [("Two days of cover", "12 Jan 2027")]),
        ("What came of decisions in the last four months", [("A link governor", "6 Oct 2026", "Moira Bell visits.")]),
    ]


@pytest.mark.once
def test_without_a_plan_or_means_the_paper_leaves_them_out():
    assert plan_section(None) is means_section(None) is means_section(Means()) is None
    assert means_section(Means([("Time", "2 days a week")])).tables[0].rows == [("Time", "2 days a week")]


# --- found again -------------------------------------------------------------------------------------------------


def test_every_frozen_figure_is_found_again_and_says_whether_it_has_changed(ashdown):
    with working_in(ashdown.school):
        report = issue_report(ashdown.school, on=today(), by=None)
        same = found_again(ashdown.school, report, today())
        assert len(same) == report.figures.count() > 40
        assert all(each.is_the_same for each in same)
    pupils(ashdown, 12, surname="Later")
    with working_in(ashdown.school):
        changed = [each for each in found_again(ashdown.school, report, today()) if not each.is_the_same]
    assert ("GB24.5.1", "all", 12, 24) in {
        (each.frozen.criterion, each.frozen.breakdown, each.frozen.of, each.now.of) for each in changed if each.now
    }


def test_a_term_without_anything_is_refused_by_the_change_itself(ashdown):
    with working_in(ashdown.school), pytest.raises(NothingToReport, match="Nothing is recorded for Summer term 2026"):
        issue_report(ashdown.school, on=today(), by=None, term=term_named("2025-summer"))


def test_published_measures_stand_with_what_their_marks_mean_and_englands_beside(ashdown):
    ashdown.school.urn = "123456"
    ashdown.school.save()
    Loaded.objects.create(key="destinations-ks4", source="File", loaded_on=today(), rows=2)
    row = {
        "stage": "ks4",
        "period": "202223",
        "topic": "Total",
        "group": "Total",
        "place": "Somewhere",
        "cohort": "171",
    }
    shares = {"overall": "92.4", "education": "c"}
    DestinationRow.objects.create(**row, urn="123456", shares=shares)
    DestinationRow.objects.create(**row, urn="", shares={"overall": "91.3"})
    went = sections(ashdown)["destinations"]
    assert went["tables"][0]["caption"].endswith("after key stage 4, 2022/23 (171 pupils)")
    assert rows(went) == [
        ["Sustained education, apprenticeship or employment", "92.4%", "91.3%"],
        ["Sustained education", "hidden by the publisher: a small number", "–"],
    ]
    assert went["says"][0].startswith("No destinations are recorded here")


def test_what_the_school_found_out_itself_stands_beside_it_every_number_frozen(ashdown):
    with working_in(ashdown.school):
        for number in range(20):
            each = pupil("Many", f"Leaver {number}", year_group=13, joined=year_start(2024), tutor_group="")
            leave_school(each, on=date(2025, 9, 1), by=None)
            if number < 12:
                for kind in ("position", "six-months"):
                    record_statement(
                        each, by=None, kind=kind, source="pupil", route="university", starts_on=date(2025, 9, 20)
                    )
        went = sections(ashdown)["destinations"]
        assert went["tables"][0]["caption"] == "Found out by the school: leavers of 2024/25 (20 leavers)"
        assert rows(went)[:2] == [["Nothing known", "8"], ["Sustained, as the council counts", "12"]]
        assert not any(each.startswith("No destinations are recorded here") for each in went["says"])
        report = issue_report(ashdown.school, on=today(), by=None)
        frozen = {each.criterion: (each.met, each.of) for each in report.figures.filter(framework="destinations")}
        assert frozen["not-known"] == (8, 20)
        assert frozen["council"] == (12, 20)
        assert all(each.is_the_same for each in found_again(ashdown.school, report, today()))

"""The new academic year in one guided run."""

from datetime import date

import pytest

from dekaan.exchange import changes
from dekaan.exchange.changes import import_file
from dekaan.exchange.models import ImportRun
from dekaan.exchange.queries import year_to_begin
from dekaan.exchange.rollover import next_tutor_group, oldest_year_group
from dekaan.measures.changes import verify
from dekaan.people.models import Enrolment, Group, Membership, Pupil, YearRecord
from dekaan.people.queries import on_roll
from dekaan.schools.models import AcademicYear, School
from tests.exchange.lists import HEADINGS, as_csv, pupils
from tests.exchange.test_pupil_lists import canonical


@pytest.fixture
def roll(school, leader, file):
    import_file(file(as_csv(pupils(28))), kind="pupils", by=leader)


def confirmed(run, leader):
    changes.confirm(run, by=leader)
    assert changes.record_run(run, by=leader)
    run.refresh_from_db()
    return run


def test_everyone_goes_up_and_year_13_leaves(roll, school, leader, settings):
    settings.TODAY = "2027-08-28"
    before = canonical()
    run = changes.plan_rollover(by=leader)
    assert run.counts == {"changes": 24, "leaves": 4}
    assert canonical() == before
    run = confirmed(run, leader)
    assert run.state == "done"
    assert YearRecord.objects.filter(academic_year=2027).count() == 24
    assert Enrolment.objects.filter(ends_on="2027-09-01").count() == 4
    moved = Pupil.objects.filter(year_records__academic_year=2026, year_records__year_group=9).first()
    assert moved.year_records.get(academic_year=2027).year_group == 10
    assert moved.year_records.get(academic_year=2027).tutor_group.name.startswith("10")
    assert Membership.objects.filter(pupil=moved, ends_on=None).count() == 1
    changes.undo(run, by=leader)
    assert canonical() == before
    assert not Group.objects.filter(academic_year=2027).exists()


def test_in_september_the_year_that_has_begun_is_planned(roll, school, leader, settings):
    settings.TODAY = "2027-09-02"
    run = confirmed(changes.plan_rollover(by=leader), leader)
    assert YearRecord.objects.filter(academic_year=2027).count() == 24
    assert run.file_name == "The year 2027/28"


def test_in_november_it_is_too_early(roll, school, leader):
    with pytest.raises(changes.TooEarly):
        changes.plan_rollover(by=leader)


def test_after_the_first_mark_it_cannot_be_undone_in_one_step(roll, school, leader, settings, file):
    settings.TODAY = "2027-09-03"
    run = confirmed(changes.plan_rollover(by=leader), leader)
    upn = Pupil.objects.filter(enrolments__ends_on=None).first().upn
    import_file(file(f"UPN,Event,Date\n{upn},Careers fair,02/09/2027\n"), kind="participation", by=leader)
    with pytest.raises(changes.MarksSince):
        changes.undo(run, by=leader)


@pytest.mark.parametrize(
    ("name", "year", "after"),
    [("9A", 9, "10A"), ("9-BBN", 9, "10-BBN"), ("Oak", 9, "Oak"), ("12/BBN", 10, "12/BBN"), ("10", 10, "11")],
)
def test_tutor_groups_keep_their_letter(name, year, after):
    assert next_tutor_group(name, year) == after


@pytest.mark.parametrize(
    ("low_to_high", "sixth_form", "oldest"),
    [((11, 18), True, 13), ((11, 16), False, 11), ((11, 19), True, 14), ((9, 13), False, 8)],
)
def test_the_oldest_leave_as_the_schools_age_range_says(low_to_high, sixth_form, oldest):
    low, high = low_to_high
    assert oldest_year_group(School(low_age=low, high_age=high, has_sixth_form=sixth_form)) == oldest


def test_next_years_list_in_august_stops_for_a_careers_leader(roll, school, leader, settings, file):
    settings.TODAY = "2027-08-28"
    moved = [{**row, "Year": str(int(row["Year"][5:]) + 1)} for row in pupils(28) if row["Year"] != "Year 13"]
    before = canonical()
    report = import_file(file(as_csv(moved), "august.csv"), kind="pupils", by=leader, whole_roll=False)
    assert report.state == "preview"
    assert report.held == (
        "24 of 24 pupils would go up a year before this one has ended. Is it next year's list? Bring it in from 1 September on.",
    )
    assert canonical() == before


def test_a_list_between_the_rollover_and_september_moves_nobody_back(roll, school, leader, settings, file):
    settings.TODAY = "2027-08-28"
    confirmed(changes.plan_rollover(by=leader), leader)
    moved_up = canonical()
    settings.TODAY = "2027-08-30"
    everyone = pupils(28)
    everyone[0]["Reg Group"] = everyone[7]["Reg Group"]  # a tutor group that another year's pupil has
    report = import_file(file(as_csv(everyone), "late.csv"), kind="pupils", by=leader, leader_has_looked=True)
    assert report.counts == {"unchanged": 27, "changes": 1}
    after = canonical()
    assert [row for row in after["Membership"] if str(row["starts_on"]) == "2027-09-01"] == [
        row for row in moved_up["Membership"] if str(row["starts_on"]) == "2027-09-01"
    ]


TO_COME = [
    {**row, "Year": "Year 7", "Reg Group": "7A", "DOA": "03/09/2027"} for row in pupils(40)[34:]
]  # six new Year 7s, in June


def june_list(file, rows=TO_COME):
    return file(as_csv(rows, [*HEADINGS, "DOA"]), "june.csv")


def test_new_year_7s_whose_list_comes_in_june_join_in_september_and_not_before(roll, school, leader, settings, file):
    settings.TODAY = "2027-06-14"
    before, years = canonical(), [*AcademicYear.objects.values_list("start_year", flat=True)]
    report = import_file(june_list(file), kind="pupils", by=leader, whole_roll=False)
    assert (report.state, report.held, report.counts) == ("done", (), {"joins": 6})
    assert all("is on the roll from 3 September 2027" in line["warnings"] for line in report.lines)
    new = Pupil.objects.filter(enrolments__starts_on="2027-09-03")
    assert Pupil.objects.filter(on_roll(date(2027, 6, 14))).count() == 28
    assert [*YearRecord.objects.filter(pupil__in=new).values_list("academic_year", "year_group")] == [(2027, 7)] * 6
    assert {str(row.starts_on) for row in Membership.objects.filter(pupil__in=new)} == {"2027-09-03"}
    assert verify() == []
    changes.undo(ImportRun.objects.get(pk=report.run_id), by=leader)
    assert canonical() == before
    assert [*AcademicYear.objects.values_list("start_year", flat=True)] == years


def test_those_to_come_are_the_same_in_the_next_list_and_can_change(roll, school, leader, settings, file):
    settings.TODAY = "2027-06-14"
    import_file(june_list(file), kind="pupils", by=leader, whole_roll=False)
    again = import_file(june_list(file), kind="pupils", by=leader, whole_roll=False)
    assert again.counts == {"unchanged": 6}
    other = [{**TO_COME[0], "Reg Group": "7B"}, *TO_COME[1:]]
    changed = import_file(june_list(file, other), kind="pupils", by=leader, whole_roll=False)
    assert changed.counts == {"changes": 1, "unchanged": 5}
    assert YearRecord.objects.get(academic_year=2027, tutor_group__name="7B").year_group == 7
    everyone = import_file(file(as_csv(pupils(28))), kind="pupils", by=leader)
    assert everyone.counts == {"unchanged": 28, "kept": 6}


def test_those_to_come_stay_in_year_7_when_the_others_go_up(roll, school, leader, settings, file):
    settings.TODAY = "2027-06-14"
    import_file(june_list(file), kind="pupils", by=leader, whole_roll=False)
    run = changes.plan_rollover(by=leader)
    assert run.counts == {"changes": 24, "leaves": 4, "unchanged": 6}
    settings.TODAY = "2027-09-03"
    assert year_to_begin() == 2027
    run = changes.plan_rollover(by=leader)
    assert run.counts == {"changes": 24, "leaves": 4, "unchanged": 6}
    confirmed(run, leader)
    assert year_to_begin() is None
    records = YearRecord.objects.filter(academic_year=2027, pupil__enrolments__starts_on="2027-09-03")
    assert set(records.values_list("year_group", flat=True)) == {7}


def test_a_date_of_admission_years_ahead_is_a_slip_and_said(roll, school, leader, file):
    slip = [{**TO_COME[0], "DOA": "03/09/2072"}]
    report = import_file(june_list(file, slip), kind="pupils", by=leader, whole_roll=False)
    assert any("too far ahead" in words for words in report.lines[0]["warnings"]), report.lines
    assert str(Enrolment.objects.latest("pk").starts_on) == "2026-11-24"

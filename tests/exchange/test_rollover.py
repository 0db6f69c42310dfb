"""The new academic year in one guided run."""

import pytest

from dekaan.exchange import changes
from dekaan.exchange.changes import import_file
from dekaan.exchange.rollover import next_tutor_group, oldest_year_group
from dekaan.people.models import Enrolment, Group, Membership, Pupil, YearRecord
from dekaan.schools.models import School
from tests.exchange.lists import as_csv, pupils
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

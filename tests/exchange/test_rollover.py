"""The new academic year in one guided run."""

import pytest

from dekaan.exchange import changes
from dekaan.exchange.changes import import_file
from dekaan.exchange.rollover import next_tutor_group
from dekaan.people.models import Enrolment, Group, Membership, Pupil, YearRecord
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

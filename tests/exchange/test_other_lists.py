"""Staff, teaching groups, attendance, a day's absences and past participation come in by the same door."""

from datetime import date
from decimal import Decimal

import pytest

from dekaan.exchange import changes
from dekaan.exchange.changes import import_file
from dekaan.exchange.history import suggested
from dekaan.exchange.models import ImportRun, PastOccasion
from dekaan.participation.models import Participation
from dekaan.people.models import Group, Membership, Pupil, StaffMember, YearRecord
from dekaan.programme.models import DayAbsence
from tests.exchange.lists import as_csv, pupils


@pytest.fixture
def roll(school, leader, file):
    rows = pupils(12)
    import_file(file(as_csv(rows)), kind="pupils", by=leader)
    return rows


def undone(report, leader):
    return changes.undo(ImportRun.objects.get(pk=report.run_id), by=leader)


def test_staff_join_change_and_are_put_back(school, leader, file):
    first = "Staff Code,Surname,Forename,Job Title,Work Email\nAB,Abbott,Ann,Teacher,ann@hill.example\nCD,Dee,Carl,Tutor,carl@hill.example\n"
    assert import_file(file(first), kind="staff", by=leader).counts == {"joins": 2}
    second = first.replace("Teacher", "Head of Year 9")
    report = import_file(file(second), kind="staff", by=leader)
    assert report.counts == {"changes": 1, "unchanged": 1}
    assert StaffMember.objects.get(mis_id="AB").post == "Head of Year 9"
    undone(report, leader)
    assert StaffMember.objects.get(mis_id="AB").post == "Teacher"


def test_teaching_groups_are_filled_and_emptied_by_undo(roll, school, leader, file):
    lines = "".join(f"{row['Adno']},10x/Ma1,Mathematics\n" for row in roll[:6])
    report = import_file(
        file("Adno,Class,Subject\n" + lines + "999999,10x/Ma1,Mathematics\n"), kind="groups", by=leader
    )
    assert report.counts == {"changes": 6, "refused": 1}
    assert Group.objects.get(kind="teaching").memberships.count() == 6
    undone(report, leader)
    assert not Group.objects.filter(kind="teaching").exists()
    assert Membership.objects.count() == 12


def test_attendance_percentages_as_numbers_and_as_shares(roll, school, leader, file):
    lines = "".join(f"{row['UPN']},{90 + n}.5\n" for n, row in enumerate(roll[:5]))
    report = import_file(file("UPN,% Attendance\n" + lines), kind="attendance", by=leader)
    assert report.counts == {"changes": 5}
    assert YearRecord.objects.filter(attendance_percent=Decimal("94.5")).count() == 1
    shares = "".join(f"{row['UPN']},0.{90 + n}\n" for n, row in enumerate(roll[:5]))
    import_file(file("UPN,% Attendance\n" + shares), kind="attendance", by=leader)
    assert YearRecord.objects.filter(attendance_percent=Decimal(93)).count() == 1


def test_a_days_absences_by_name_and_form_and_marks(roll, school, leader, file):
    one, two, three = roll[:3]
    text = (
        "Surname,Forename,Reg Group,Date,AM,PM\n"
        f"{one['Legal Surname']},{one['Legal Forename']},{one['Reg Group']},24/11/2026,N,N\n"
        f"{two['Legal Surname']},{two['Legal Forename']},{two['Reg Group']},24/11/2026,/,M\n"
        f"{three['Legal Surname']},{three['Legal Forename']},{three['Reg Group']},24/11/2026,/,\\\n"
    )
    report = import_file(file(text), kind="absences", by=leader)
    assert report.counts == {"changes": 2, "unchanged": 1}
    assert sorted(DayAbsence.objects.values_list("day", "part")) == [
        (date(2026, 11, 24), "day"),
        (date(2026, 11, 24), "pm"),
    ]
    undone(report, leader)
    assert not DayAbsence.objects.exists()


def test_the_pupil_by_activity_table_becomes_the_ledger_and_leaves_it_again(roll, school, leader, file):
    text = "UPN,Name,Careers fair 12/03/2026,Work experience,Assembly 01/10/2025\n" + "".join(
        f'{row["UPN"]},"{row["Legal Surname"]}, {row["Legal Forename"]}",{"Y" if n % 2 else "N"},{"06/07/2026" if n < 3 else ""},x\n'
        for n, row in enumerate(roll)
    )
    report = import_file(file(text), kind="participation", by=leader)
    assert report.counts == {"changes": 12 + 3 + 12}, report.lines
    live = Participation.objects.filter(superseded_at=None)
    assert live.count() == 27
    assert live.filter(counts=1).count() == 6 + 3 + 12
    assert set(live.values_list("title", "happened_on", "activity_type")) == {
        ("Careers fair", date(2026, 3, 12), "FAIR"),
        ("Work experience", date(2026, 7, 6), "WEX_B"),
        ("Assembly", date(2025, 10, 1), "ASSEM"),
    }
    run = undone(report, leader)
    assert not Participation.objects.filter(superseded_at=None).exists()
    assert not PastOccasion.objects.exists()
    assert run.kept_in_undo == []


def test_a_list_of_encounters_row_by_row(roll, school, leader, file):
    text = "Adno,Event,Date,Type,Employer\n" + f"{roll[0]['Adno']},Barclays talk,03/02/2026,TALK,Barclays\n" * 2
    report = import_file(file(text), kind="participation", by=leader)
    assert report.counts == {"changes": 1, "refused": 1}
    row = Participation.objects.get()
    assert (row.partner_name, row.pupil) == ("Barclays", Pupil.objects.get(admission_number=roll[0]["Adno"]))


def test_an_activity_without_a_date_is_refused_in_words_not_guessed(roll, school, leader, file):
    text = f"UPN,Careers fair\n{roll[0]['UPN']},Y\n"
    report = import_file(file(text), kind="participation", by=leader)
    assert report.counts == {"refused": 1}
    assert "has no date" in report.lines[0]["reason"]


@pytest.mark.parametrize(
    ("heading", "title", "day", "kind"),
    [
        ("Careers fair 12/03/2026", "Careers fair", "2026-03-12", "FAIR"),
        ("Mock interview", "Mock interview", "", "MOCK"),
        ("2026-07-06 Work experience", "Work experience", "2026-07-06", "WEX_B"),
    ],
)
def test_a_heading_says_what_it_says(heading, title, day, kind):
    assert suggested(heading, day_first=True) == {"title": title, "day": day, "activity_type": kind}


def test_a_transfer_file_is_only_a_pupil_list(roll, school, leader, file):
    report = import_file(file("<CTfile><CTFpupilData><Pupil/></CTFpupilData></CTfile>"), kind="staff", by=leader)
    assert report.is_refused
    assert "list of pupils" in report.problem

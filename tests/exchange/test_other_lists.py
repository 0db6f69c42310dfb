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
from dekaan.programme.queries import is_attendance_known
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


def group_list(rows, name="10x/Ma1"):
    return "Adno,Class,Subject\n" + "".join(f"{row['Adno']},{name},Mathematics\n" for row in rows)


def in_group(name="10x/Ma1"):
    open_rows = Membership.objects.filter(group__name=name, ends_on=None)
    return sorted(open_rows.values_list("pupil__admission_number", flat=True))


def test_whoever_a_groups_next_list_leaves_out_leaves_that_group_alone(roll, school, leader, file, settings):
    everybody = [row["Adno"] for row in roll]
    import_file(file(group_list(roll[:4]) + f"{roll[0]['Adno']},10y/Hi2,History\n"), kind="groups", by=leader)
    settings.TODAY = "2026-12-01"
    second = import_file(file(group_list(roll[1:5])), kind="groups", by=leader)
    assert second.counts == {"unchanged": 3, "changes": 1, "leaves": 1}
    (leaving,) = [line for line in second.lines if line["decision"] == "leaves"]
    assert leaving["reason"] == "leaves the group 10x/Ma1, and only that: the list has it without this pupil"
    assert (in_group(), in_group("10y/Hi2")) == (everybody[1:5], everybody[:1])
    assert Membership.objects.filter(group__name="10x/Ma1", ends_on=date(2026, 12, 1)).count() == 1
    assert undone(second, leader).kept_in_undo == []
    assert in_group() == everybody[:4]


def test_a_list_mended_on_the_same_day_leaves_no_trace_of_a_membership_and_its_undo_brings_it_back(
    roll, school, leader, file
):
    import_file(file(group_list(roll[:2])), kind="groups", by=leader)
    second = import_file(file(group_list(roll[:1])), kind="groups", by=leader)
    assert Membership.objects.filter(group__name="10x/Ma1").count() == 1
    undone(second, leader)
    assert in_group() == [row["Adno"] for row in roll[:2]]


def test_nobody_leaves_a_group_of_which_a_row_cannot_be_read(roll, school, leader, file):
    import_file(file(group_list(roll[:2])), kind="groups", by=leader)
    one = roll[0]
    text = f"Surname,Forename,DOB,Class\n{one['Legal Surname']},{one['Legal Forename']},31/02/2012,10x/Ma1\n"
    report = import_file(file(text), kind="groups", by=leader, preview_only=True)
    assert report.counts == {"refused": 1}


def test_nobody_leaves_a_group_of_which_a_list_names_only_some(roll, school, leader, file):
    import_file(file(group_list(roll[:5])), kind="groups", by=leader)
    report = import_file(file(group_list([*roll[:2], roll[5]])), kind="groups", by=leader)
    assert report.counts == {"unchanged": 2, "changes": 1}
    assert in_group() == sorted(row["Adno"] for row in roll[:6])


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


def day_list(rows, *said, headings="Adno,Date,Mark"):
    return f"{headings}\n" + "".join(
        f"{row['Adno']},24/11/2026,{mark}\n" for row, mark in zip(rows, said, strict=False)
    )


def test_a_blank_mark_says_nothing_and_whoever_was_elsewhere_for_the_school_is_not_struck_off(
    roll, school, leader, file
):
    report = import_file(file(day_list(roll, "", "-", "V", "L", "I02", "C1", "qq")), kind="absences", by=leader)
    assert [(line["decision"], line["reason"]) for line in sorted(report.lines, key=lambda line: line["row"])] == [
        ("unchanged", "has no mark: nothing is said of this pupil"),
        ("unchanged", "has no mark: nothing is said of this pupil"),
        ("unchanged", "was elsewhere for the school, by the mark, and is not struck off"),
        ("unchanged", "was there, by the mark"),
        ("changes", ""),
        ("changes", ""),
        ("refused", "“qq” is not an attendance code"),
    ]
    assert DayAbsence.objects.filter(day=date(2026, 11, 24), part="day").count() == 2


def test_a_row_without_a_date_is_not_taken_for_today(roll, school, leader, file):
    report = import_file(
        file(f"Adno,Date,Mark\n{roll[0]['Adno']},,N\n{roll[1]['Adno']},24/11/2026,N\n"), kind="absences", by=leader
    )
    assert report.counts == {"refused": 1, "changes": 1}


@pytest.mark.parametrize(("mark", "known"), [("/", True), ("", False)])
def test_a_day_on_which_everybody_was_there_is_known_until_it_is_undone(roll, school, leader, file, mark, known):
    day = date(2026, 11, 24)
    report = import_file(file(day_list(roll, *[mark] * 12)), kind="absences", by=leader)
    assert (report.state, report.counts, is_attendance_known(day)) == ("done", {"unchanged": 12}, known)
    undone(report, leader)
    assert not is_attendance_known(day)


def test_a_corrected_export_undone_leaves_the_day_as_the_first_one_said(roll, school, leader, file):
    import_file(file(day_list(roll, "N", "/")), kind="absences", by=leader)
    second = import_file(file(day_list(roll, "/", "/")), kind="absences", by=leader)
    assert not DayAbsence.objects.exists()
    undone(second, leader)
    assert [each.pupil.admission_number for each in DayAbsence.objects.all()] == [roll[0]["Adno"]]
    assert is_attendance_known(date(2026, 11, 24))


@pytest.mark.parametrize("mark", ["I", "m", "C", "O", "N", "U", "E", "X", "Y3", "#", "I - Illness", "N (08:45)"])
def test_a_mark_of_absence_strikes_off(roll, school, leader, file, mark):
    report = import_file(file(f"UPN,Date,Mark\n{roll[0]['UPN']},24/11/2026,{mark}\n"), kind="absences", by=leader)
    assert report.counts == {"changes": 1}


@pytest.mark.parametrize("mark", ["/", "\\", "L", "Present", "/ 08:45", "", "-", "V", "W", "B", "P"])
def test_a_mark_of_presence_or_none_strikes_nobody_off(roll, school, leader, file, mark):
    report = import_file(file(f"UPN,Date,Mark\n{roll[0]['UPN']},24/11/2026,{mark}\n"), kind="absences", by=leader)
    assert report.counts == {"unchanged": 1}
    assert not DayAbsence.objects.exists()
    told = [words for words in report.notes if "elsewhere for the school" in words]
    assert bool(told) == (mark in {"V", "W", "B", "P"})


def test_a_mark_that_is_no_code_is_refused_in_words(roll, school, leader, file):
    report = import_file(file(f"UPN,Date,Mark\n{roll[0]['UPN']},24/11/2026,A\n"), kind="absences", by=leader)
    assert [line["reason"] for line in report.lines] == ["“A” is not an attendance code"]


def test_a_whole_schools_marks_of_several_days_and_strangers(roll, school, leader, file):
    rows = [
        f"{row['UPN']},{day}/11/2026,/,{'N' if n == day % 5 else chr(92)}"
        for n, row in enumerate(roll)
        for day in (23, 24)
    ]
    text = "UPN,Date,AM,PM\n" + "\n".join([*rows, "R201100018042,24/11/2026,N,N", f"{roll[0]['UPN']},,N,N"]) + "\n"
    report = import_file(file(text), kind="absences", by=leader)
    assert report.counts == {"unchanged": 22, "changes": 2, "refused": 2}
    assert [line["reason"] for line in report.lines if line["decision"] == "refused"] == [
        "is nobody whom we know; import the pupil list first",
        "has no date",
    ]
    assert {(str(day), part) for day, part in DayAbsence.objects.values_list("day", "part")} == {
        ("2026-11-23", "pm"),
        ("2026-11-24", "pm"),
    }


def test_absences_without_a_date_are_of_the_day_in_the_title_else_today_and_it_is_said(roll, school, leader, file):
    titled = f"Absences for 20/11/2026,\nUPN,Mark\n{roll[0]['UPN']},N\n"
    report = import_file(file(titled), kind="absences", by=leader)
    assert report.notes == ("No column holds a date: all of it is taken to be of 20 November 2026.",)
    import_file(file(f"UPN,Mark\n{roll[1]['UPN']},N\n"), kind="absences", by=leader)
    assert sorted(str(day) for day in DayAbsence.objects.values_list("day", flat=True)) == ["2026-11-20", "2026-11-24"]


def test_cells_of_a_wide_table_say_what_they_say(roll, school, leader, file):
    said = ["x", "Y", "1", "absent", "", "-", "n/a", "06/07/2026", "A", "perhaps"]
    text = "UPN,Careers fair 12/03/2026\n" + "".join(
        f"{row['UPN']},{cell}\n" for row, cell in zip(roll, said, strict=False)
    )
    report = import_file(file(text), kind="participation", by=leader)
    assert report.counts == {"changes": 6, "refused": 2}
    assert [line["reason"] for line in report.lines if line["decision"] == "refused"] == [
        "“A” is neither yes, no nor a date; A may mean attended or absent",
        "“perhaps” is neither yes, no nor a date",
    ]
    live = Participation.objects.filter(superseded_at=None)
    assert sorted(live.values_list("state", flat=True)) == ["absent"] + ["attended"] * 4 + ["not_applicable"]


def test_a_long_history_goes_on_after_a_worker_was_killed_between_two_batches(roll, school, leader, file, monkeypatch):
    from dekaan.exchange import tasks
    from dekaan.exchange.changes.recording import history

    monkeypatch.setattr(history, "HISTORY_BATCH", 4)
    text = "UPN,Careers fair 12/03/2026\n" + "".join(f"{row['UPN']},Y\n" for row in roll)
    report = import_file(file(text), kind="participation", by=leader, preview_only=True)
    run = ImportRun.objects.get(pk=report.run_id)
    changes.confirm(run, by=leader)
    assert not changes.record_run(run, by=leader)
    assert Participation.objects.filter(superseded_at=None).count() == 4
    ImportRun.objects.update(leased_until=None)
    tasks.record_import.call(school.pk, run.pk, leader.pk)
    run.refresh_from_db()
    assert run.state == "done"
    assert Participation.objects.filter(superseded_at=None).count() == 12
    assert PastOccasion.objects.count() == 1


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


HISTORY = "UPN,Careers fair 12/03/2026,Assembly 01/10/2025\n"


def marks_of(rows, fair="Y", assembly="Y"):
    return HISTORY + "".join(f"{row['UPN']},{fair},{assembly}\n" for row in rows)


def counted():
    """How often each part counts: (pupils counted, rows that count) by title."""
    live = Participation.objects.filter(superseded_at=None, counts=1)
    return {title: live.filter(title=title).count() for title in live.values_list("title", flat=True)}


def test_the_same_history_brought_in_again_counts_once(roll, school, leader, file):
    import_file(file(marks_of(roll)), kind="participation", by=leader)
    assert counted() == {"Careers fair": 12, "Assembly": 12}
    again = import_file(file(marks_of(roll).replace("Careers fair", "CAREERS  FAIR")), kind="participation", by=leader)
    assert again.counts == {"unchanged": 24}
    assert {line["reason"] for line in again.lines} == {"is recorded already"}
    assert counted() == {"Careers fair": 12, "Assembly": 12}
    assert PastOccasion.objects.count() == 2


def test_a_second_list_adds_and_changes_and_its_undo_leaves_what_the_first_said(roll, school, leader, file):
    first = import_file(file(marks_of(roll[:6], fair="N")), kind="participation", by=leader)
    second = import_file(file(marks_of(roll[:8])), kind="participation", by=leader)
    assert second.counts == {"changes": 6 + 2 + 2, "unchanged": 6}
    change = next(line["changes"] for line in second.lines if line["decision"] == "changes")
    assert change == [{"field": "activity", "old": "Careers fair, 12 March 2026: absent", "new": "attended"}]
    assert counted() == {"Careers fair": 8, "Assembly": 8}
    assert PastOccasion.objects.count() == 2
    assert undone(second, leader).kept_in_undo == []
    assert counted() == {"Assembly": 6}
    assert undone(first, leader).kept_in_undo == []
    assert not Participation.objects.filter(superseded_at=None).exists()
    assert not PastOccasion.objects.exists()


def test_the_first_list_undone_under_the_second_says_what_stays_and_what_goes(roll, school, leader, file):
    first = import_file(file(marks_of(roll[:6], fair="N")), kind="participation", by=leader)
    second = import_file(file(marks_of(roll[:7]), name="second.csv"), kind="participation", by=leader)
    assert undone(first, leader).kept_in_undo == [
        "Assembly, 2025-10-01: another list, or somebody by hand, has said something of it since, and that stays",
        "Careers fair, 2026-03-12: another list, or somebody by hand, has said something of it since, and that stays",
        "What was said since of 6 pupils of this list stays",
        "“second.csv” had 6 of these lines too; bring it in again to have them back",
    ]
    assert counted() == {"Careers fair": 7, "Assembly": 1}
    assert undone(second, leader).kept_in_undo == []
    assert not Participation.objects.filter(superseded_at=None).exists()
    assert not PastOccasion.objects.exists()


def test_what_was_recorded_between_preview_and_confirmation_is_compared_again(roll, school, leader, file):
    waiting = import_file(file(marks_of(roll)), kind="participation", by=leader, preview_only=True)
    import_file(file(marks_of(roll[:6])), kind="participation", by=leader)
    run = ImportRun.objects.get(pk=waiting.run_id)
    changes.confirm(run, by=leader)
    changes.record_run(run, by=leader)
    run.refresh_from_db()
    assert (run.state, run.counts) == ("preview", {"changes": 12, "unchanged": 12})
    changes.confirm(run, by=leader)
    assert changes.record_run(run, by=leader)
    assert counted() == {"Careers fair": 12, "Assembly": 12}


def test_an_employer_named_later_is_a_change_and_one_left_out_is_none(roll, school, leader, file):
    line = f"{roll[0]['Adno']},Assembly,03/02/2026,ASSEM"
    import_file(file(f"Adno,Event,Date,Type\n{line}\n"), kind="participation", by=leader)
    named = import_file(file(f"Adno,Event,Date,Type,Employer\n{line},Barclays\n"), kind="participation", by=leader)
    assert named.lines[0]["changes"] == [
        {
            "field": "activity",
            "old": "Assembly, 3 February 2026: no employer or provider",
            "new": "Barclays",
        }
    ]
    again = import_file(file(f"Adno,Event,Date,Type\n{line}\n"), kind="participation", by=leader)
    assert again.counts == {"unchanged": 1}
    assert list(Participation.objects.filter(superseded_at=None).values_list("partner_name", flat=True)) == ["Barclays"]

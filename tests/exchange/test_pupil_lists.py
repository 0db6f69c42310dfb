"""From a school's own list to the roll, and back."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dekaan.core.scope import working_in
from dekaan.exchange import changes
from dekaan.exchange.changes import import_file
from dekaan.exchange.models import ImportLine, ImportRun
from dekaan.people.models import Enrolment, FormerIdentifier, Group, Membership, Pupil, YearRecord
from tests.exchange.lists import HEADINGS, as_csv, faulty, pupils

DATED = [*HEADINGS, "DOA"]
KEPT = [Pupil, Enrolment, YearRecord, Group, Membership, FormerIdentifier]


def canonical():
    """The meaning of the roll: every row of every model, keys and all."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in KEPT}


def run_of(report):
    return ImportRun.objects.get(pk=report.run_id)


def test_a_first_list_makes_everyone_join_on_the_first_day_of_the_year(school, leader, file):
    report = import_file(file(as_csv(pupils(60))), kind="pupils", by=leader)
    assert report.state == "done", report
    assert report.counts == {"joins": 60}
    assert Pupil.objects.count() == 60
    assert {str(each.starts_on) for each in Enrolment.objects.all()} == {"2026-09-01"}
    assert YearRecord.objects.filter(year_group=9, academic_year=2026).exists()
    assert Membership.objects.filter(ends_on=None).count() == 60


def test_sensitive_columns_are_not_looked_at_until_switched_on(school, leader, file):
    path = file(as_csv(pupils(30)))
    import_file(path, kind="pupils", by=leader)
    assert set(YearRecord.objects.values_list("sen", "pupil_premium")) == {("", None)}
    assert not any({"sen", "pupil_premium"} & line.values.keys() for line in ImportLine.objects.all())
    import_file(path, kind="pupils", by=leader, switched_on=["sen"])
    assert set(YearRecord.objects.values_list("sen", flat=True)) == {"N", "K", "E"}
    assert set(YearRecord.objects.values_list("pupil_premium", flat=True)) == {None}


def test_the_same_list_again_changes_nothing(school, leader, file):
    path = file(as_csv(pupils(60)))
    import_file(path, kind="pupils", by=leader)
    before = canonical()
    assert import_file(path, kind="pupils", by=leader).counts == {"unchanged": 60}
    assert canonical() == before


def test_a_thousand_rows_with_real_faults_nothing_silent_and_undone_exactly(school, leader, file):
    import_file(file(as_csv(pupils(900))), kind="pupils", by=leader)
    before = canonical()
    content, rows = faulty(pupils(1000, seed=1))
    report = import_file(file(content, "faulty.csv"), kind="pupils", by=leader, leader_has_looked=True)
    assert report.state == "done", report.problem
    told = Counter(line["row"] for line in report.lines if line["row"])
    # Every line of the sheet is told of once: 2 titles, headings no, 1 instruction, the rows, 2 footers.
    assert set(told.values()) == {1}
    assert len(told) == 2 + 1 + rows + 2
    for line in report.lines:
        if line["decision"] in {"refused", "doubtful", "set-aside", "leaves"}:
            assert line["reason"], line
    refused = {line["reason"] for line in report.lines if line["decision"] == "refused"}
    assert any("there is no 31 February 2012" in words for words in refused)
    assert any("repeats row" in words for words in refused)
    assert any("lost its digits" in words for line in report.lines for words in line["warnings"])
    assert canonical() != before
    changes.undo(run_of(report), by=leader)
    assert canonical() == before


def test_rows_are_written_set_by_set_not_one_by_one(school, leader, file):
    asked = []
    for number, seed in ((60, 1), (400, 2)):
        path = file(as_csv(pupils(number, seed=seed)), f"{number}.csv")
        with CaptureQueriesContext(connection) as questions:
            import_file(path, kind="pupils", by=leader, whole_roll=False, leader_has_looked=True)
        asked.append(len(questions))
    assert (asked[1] - asked[0]) * 10 < 340  # SQLite takes a thousand values a statement


def test_a_file_of_some_never_makes_a_leaver_nor_blanks_a_field(school, leader, file):
    everyone = pupils(40)
    import_file(file(as_csv(everyone)), kind="pupils", by=leader)
    some = [{**row, "DOB": "", "Reg Group": ""} for row in everyone[:5]]
    before = canonical()
    report = import_file(file(as_csv(some)), kind="pupils", by=leader, whole_roll=False)
    assert report.counts == {"unchanged": 5}
    assert canonical() == before


def test_those_missing_from_the_whole_roll_leave_today(school, leader, file):
    everyone = pupils(40)
    import_file(file(as_csv(everyone)), kind="pupils", by=leader)
    report = import_file(file(as_csv(everyone[:38])), kind="pupils", by=leader)
    assert report.counts == {"unchanged": 38, "leaves": 2}
    assert Enrolment.objects.filter(ends_on="2026-11-24").count() == 2


def test_more_than_one_leaver_in_ten_stops_for_a_careers_leader(school, leader, file):
    everyone = pupils(40)
    import_file(file(as_csv(everyone)), kind="pupils", by=leader)
    before = canonical()
    report = import_file(file(as_csv(everyone[:30])), kind="pupils", by=leader)
    assert report.state == "preview"
    assert "10 of 40 pupils on the roll would leave" in report.held[0]
    assert canonical() == before
    with pytest.raises(changes.NeedsCareersLeader):
        changes.confirm(run_of(report), by=leader)


def test_a_pupil_who_comes_back_returns_with_the_old_record(school, leader, file):
    everyone = pupils(40)
    import_file(file(as_csv(everyone)), kind="pupils", by=leader)
    import_file(file(as_csv(everyone[:39])), kind="pupils", by=leader)
    report = import_file(file(as_csv(everyone)), kind="pupils", by=leader)
    assert report.counts == {"unchanged": 39, "returns": 1}
    assert Pupil.objects.count() == 40
    assert Enrolment.objects.count() == 41


def test_last_years_file_is_stopped(school, leader, file):
    import_file(file(as_csv(pupils(70))), kind="pupils", by=leader)
    last = [{**row, "Year": str(int(row["Year"][5:]) - 1)} for row in pupils(70)]
    report = import_file(file(as_csv(last)), kind="pupils", by=leader)
    assert report.state == "preview"
    assert any("last year's file" in words for words in report.held)


def test_another_schools_file_is_stopped(school, leader, file):
    import_file(file(as_csv(pupils(40))), kind="pupils", by=leader)
    others = [{**row, "UPN": "", "Adno": f"X{row['Adno']}", "Legal Surname": "Other"} for row in pupils(40, seed=9)]
    report = import_file(file(as_csv(others)), kind="pupils", by=leader)
    assert report.state == "preview"
    assert any("another school's" in words for words in report.held)


def test_some_new_pupils_of_the_schools_intake_stop_nobody(school, leader, file):
    """Year 7 and Year 12 of a school of ages 11 to 18: nobody in the file is on the roll, and that is how it should be."""
    import_file(file(as_csv(pupils(40))), kind="pupils", by=leader)
    for year in ("7", "12"):
        joiners = [{**row, "Year": year, "Reg Group": ""} for row in pupils(80)[40:60]]
        report = import_file(file(as_csv(joiners)), kind="pupils", by=leader, whole_roll=False, preview_only=True)
        assert (report.held, report.counts) == ((), {"joins": 20})
    strangers = [{**row, "Year": "9"} for row in pupils(80)[40:60]]
    report = import_file(file(as_csv(strangers)), kind="pupils", by=leader, whole_roll=False, preview_only=True)
    assert report.held == ("None of the pupils in the file is on the roll. Is it another school's file?",)


def test_another_schools_year_7_with_its_other_years_is_stopped_though_only_some(school, leader, file):
    import_file(file(as_csv(pupils(40))), kind="pupils", by=leader)
    others = [{**row, "UPN": "", "Adno": f"X{row['Adno']}", "Legal Surname": "Other"} for row in pupils(40, seed=9)]
    report = import_file(file(as_csv(others)), kind="pupils", by=leader, whole_roll=False)
    assert report.state == "preview"
    assert any("another school's" in words for words in report.held)


def transfer_file(surname, forename, *, year=9):
    return (
        f"<CTfile><Header><DateTime>2026-11-01T00:00:00</DateTime></Header><CTFpupilData><Pupil>"
        f"<UPN>{pupils(999)[-1]['UPN']}</UPN><Surname>{surname}</Surname><Forename>{forename}</Forename>"
        f"<DOB>2014-02-03</DOB><Gender>F</Gender><NCyearActual>{year}</NCyearActual></Pupil></CTFpupilData></CTfile>"
    )


def test_a_transfer_file_of_one_joiner_stops_nobody_in_whatever_year(school, leader, file):
    import_file(file(as_csv(pupils(40))), kind="pupils", by=leader)
    report = import_file(file(transfer_file("Ng", "Mei"), "one.xml"), kind="pupils", by=leader)
    assert (report.state, report.held, report.counts) == ("done", (), {"joins": 1})


def test_those_missing_who_are_to_leave_or_to_join_are_named_and_stay(school, leader, file):
    everyone = pupils(40)
    import_file(file(as_csv(everyone)), kind="pupils", by=leader)
    going, coming = Enrolment.objects.order_by("pk")[:2]
    Enrolment.objects.filter(pk=going.pk).update(ends_on="2026-12-18")
    Enrolment.objects.filter(pk=coming.pk).update(starts_on="2027-01-06")
    before = canonical()
    report = import_file(file(as_csv(everyone[2:])), kind="pupils", by=leader)
    assert (report.state, report.counts) == ("done", {"unchanged": 38, "kept": 2})
    assert [line["reason"] for line in report.lines if line["decision"] == "kept"] == [
        "has a leaving date already, 18 December 2026: that stays",
        "is to join on 6 January 2027: that stays",
    ]
    assert canonical() == before


@pytest.fixture
def coming(school, leader, file):
    """Forty pupils on the roll and one who is to join on 6 January 2027, with the list that says so."""
    import_file(file(as_csv(pupils(40))), kind="pupils", by=leader)
    newcomer = {**pupils(41)[-1], "DOA": "06/01/2027"}
    import_file(file(as_csv([newcomer], DATED), "one.csv"), kind="pupils", by=leader, whole_roll=False)
    return newcomer


def test_another_date_of_admission_moves_whoever_is_still_to_join_and_is_undone_exactly(coming, leader, file):
    before = canonical()
    moved = {**coming, "DOA": "13/01/2027"}
    report = import_file(file(as_csv([moved], DATED), "two.csv"), kind="pupils", by=leader, whole_roll=False)
    assert (report.state, report.counts) == ("done", {"changes": 1})
    assert run_of(report).lines.get(decision="changes").changes == [["starts_on", "2027-01-06", "2027-01-13"]]
    stay, place = Enrolment.objects.latest("pk"), Membership.objects.latest("pk")
    assert (str(stay.starts_on), str(place.starts_on)) == ("2027-01-13", "2027-01-13")
    changes.undo(run_of(report), by=leader)
    assert canonical() == before


@pytest.mark.parametrize(
    ("ends_on", "said", "why"),
    [
        (None, "06/09/2027", "lies in another academic year than 6 January 2027"),
        ("2027-02-12", "01/03/2027", "is after the pupil is to leave, 12 February 2027"),
    ],
)
def test_a_date_of_admission_that_cannot_be_is_left_out_and_said(coming, leader, file, ends_on, said, why):
    Enrolment.objects.filter(pk=Enrolment.objects.latest("pk").pk).update(ends_on=ends_on)
    before = canonical()
    list_of_one = file(as_csv([{**coming, "DOA": said}], DATED), "two.csv")
    report = import_file(list_of_one, kind="pupils", by=leader, whole_roll=False)
    assert report.counts == {"unchanged": 1}
    assert [why in warning for warning in run_of(report).lines.get().warnings] == [True]
    assert canonical() == before


def test_the_date_of_admission_of_whoever_is_here_says_nothing(school, leader, file):
    import_file(file(as_csv(pupils(40))), kind="pupils", by=leader)
    before = canonical()
    again = [{**row, "DOA": "01/09/2024"} for row in pupils(40)]
    assert import_file(file(as_csv(again, DATED)), kind="pupils", by=leader).counts == {"unchanged": 40}
    assert canonical() == before


def test_a_row_without_a_number_is_asked_about_though_another_row_has_the_pupils_number(school, leader, file):
    everyone = pupils(12)
    import_file(file(as_csv(everyone)), kind="pupils", by=leader)
    bare = {**everyone[0], "Adno": "", "UPN": ""}
    report = import_file(file(as_csv([*everyone, bare])), kind="pupils", by=leader, preview_only=True)
    assert report.counts == {"unchanged": 12, "doubtful": 1}
    assert Pupil.objects.get(pk=run_of(report).lines.get(decision="doubtful").candidates[0]).upn == everyone[0]["UPN"]


def test_of_two_new_rows_alike_the_one_without_a_number_is_asked_about(school, leader, file):
    one = pupils(1)[0]
    report = import_file(file(as_csv([{**one, "Adno": "", "UPN": ""}, one])), kind="pupils", by=leader)
    assert [(line["row"], line["decision"]) for line in report.lines] == [(2, "doubtful"), (3, "joins")]


def test_one_pupils_name_with_anothers_number_asks_about_both_and_neither_leaves(school, leader, file):
    everyone = pupils(40)
    import_file(file(as_csv(everyone)), kind="pupils", by=leader)
    mixed = {**everyone[0], "UPN": everyone[1]["UPN"], "Adno": everyone[1]["Adno"]}
    report = import_file(file(as_csv([mixed, *everyone[2:]])), kind="pupils", by=leader, preview_only=True)
    assert report.counts == {"doubtful": 1, "unchanged": 38}
    asked = Pupil.objects.filter(pk__in=run_of(report).lines.get(decision="doubtful").candidates)
    assert {each.upn for each in asked} == {everyone[0]["UPN"], everyone[1]["UPN"]}


def test_a_row_said_to_be_a_pupil_whose_own_row_is_there_is_left_out_and_the_row_stays(school, leader, file):
    everyone = pupils(12)
    import_file(file(as_csv(everyone)), kind="pupils", by=leader)
    bare = {**everyone[0], "Adno": "", "UPN": ""}
    report = import_file(file(as_csv([*everyone, bare])), kind="pupils", by=leader, preview_only=True)
    run = run_of(report)
    line = run.lines.get(decision="doubtful")
    changes.settle_doubts(run, {line.pk: str(line.candidates[0])}, by=leader)
    assert run.counts == {"unchanged": 12, "refused": 1}
    assert "the same pupil as row 2" in run.lines.get(decision="refused").reason


def test_of_two_rows_like_one_pupil_the_one_that_is_somebody_new_joins(school, leader, file):
    row = pupils(1)[0]
    import_file(file(as_csv([row])), kind="pupils", by=leader)
    twins = [{**row, "UPN": ""}, {**row, "Adno": ""}]
    report = import_file(file(as_csv(twins)), kind="pupils", by=leader, whole_roll=False, preview_only=True)
    assert report.counts == {"doubtful": 2}
    run = run_of(report)
    known, new = run.lines.all()
    changes.settle_doubts(run, {known.pk: str(known.candidates[0]), new.pk: "new"}, by=leader)
    assert [line.decision for line in run.lines.all()] == ["unchanged", "joins"]


def test_a_transfer_file_sent_to_another_school_stops_and_one_in_capitals_renames_nobody(school, leader, file):
    everyone = pupils(12)
    import_file(file(as_csv(everyone)), kind="pupils", by=leader)
    people = "".join(
        f"<Pupil><UPN>{row['UPN']}</UPN><Surname>{row['Legal Surname'].upper()}</Surname>"
        f"<Forename>{row['Legal Forename'].upper()}</Forename></Pupil>"
        for row in everyone[:6]
    )
    head = "<CTfile><Header><CTFversion>26.0</CTFversion><DestSchool><LEA>{}</LEA><Estab>4567</Estab></DestSchool></Header>"
    ours, theirs = (
        import_file(
            file(f"{head.format(authority)}<CTFpupilData>{people}</CTFpupilData></CTfile>", "t.xml"),
            kind="pupils",
            by=leader,
        )
        for authority in (201, 999)
    )
    assert (ours.state, ours.counts, ours.held) == ("done", {"unchanged": 6}, ())
    assert (theirs.state, theirs.counts) == ("preview", {"unchanged": 6})
    assert theirs.held == (
        "The file was sent to the school 999/4567, and this is 201/4567. Is it another school's file?",
    )


@pytest.mark.parametrize(
    ("heading", "said"),
    [("Forename Surname", "Ann Mary Smith"), ("Surname Forename", "Smith Ann Mary"), ("Name", "Smith, Ann Mary")],
)
def test_a_name_in_one_column_is_read_as_its_heading_says(school, leader, file, heading, said):
    report = import_file(file(f'Adno,{heading},Year\n1,"{said}",7\n'), kind="pupils", by=leader)
    assert Pupil.objects.get().surname == "Smith"
    assert report.notes == ()


def test_a_name_that_could_be_read_two_ways_is_said(school, leader, file):
    report = import_file(file("Adno,Name,Year\n1,Smith Ann,7\n"), kind="pupils", by=leader, preview_only=True)
    assert report.notes == ("Names in one column are read surname first: “Smith Ann” as Ann, surname Smith.",)


def test_swapped_columns_are_stopped(school, leader, file):
    import_file(file(as_csv(pupils(40))), kind="pupils", by=leader)
    swapped = [
        {**row, "Legal Surname": row["Legal Forename"], "Legal Forename": row["Legal Surname"]} for row in pupils(40)
    ]
    report = import_file(file(as_csv(swapped)), kind="pupils", by=leader)
    assert report.state == "preview"
    assert report.held


def test_two_pupils_alike_in_name_and_birth_date_stay_two(school, leader, file):
    one, two = pupils(2)
    two |= {"Legal Surname": one["Legal Surname"], "Legal Forename": one["Legal Forename"], "DOB": one["DOB"]}
    report = import_file(file(as_csv([one, two])), kind="pupils", by=leader)
    assert report.counts == {"joins": 2}
    assert any("two people" in words for line in report.lines for words in line["warnings"])
    assert import_file(file(as_csv([one, two])), kind="pupils", by=leader).counts == {"unchanged": 2}


def test_name_and_birth_date_alone_are_put_to_a_person(school, leader, file):
    everyone = pupils(12)
    import_file(file(as_csv(everyone)), kind="pupils", by=leader)
    bare = [{**everyone[0], "Adno": "", "UPN": ""}]
    report = import_file(file(as_csv(bare)), kind="pupils", by=leader, whole_roll=False, preview_only=True)
    assert report.counts == {"doubtful": 1}
    run = run_of(report)
    line = run.lines.get()
    changes.settle_doubts(run, {line.pk: str(line.candidates[0])}, by=leader)
    assert run.lines.get().decision == "unchanged"
    line = run.lines.get()
    assert line.choice
    changes.confirm(run, by=leader)
    changes.record_run(run, by=leader)
    assert Pupil.objects.count() == 12


def test_a_temporary_upn_becomes_permanent_and_is_remembered(school, leader, file):
    row = {**pupils(1)[0], "UPN": "T20110001804V"}
    import_file(file(as_csv([row])), kind="pupils", by=leader)
    report = import_file(
        file(as_csv([{**row, "UPN": "R201100018042"}])), kind="pupils", by=leader, leader_has_looked=True
    )
    assert report.counts == {"changes": 1}
    assert FormerIdentifier.objects.get().value == "T20110001804V"
    assert import_file(file(as_csv([{**row, "Adno": ""}])), kind="pupils", by=leader).counts == {"unchanged": 1}


def test_capitals_rename_nobody(school, leader, file):
    everyone = pupils(12)
    import_file(file(as_csv(everyone)), kind="pupils", by=leader)
    loud = [{**row, "Legal Surname": row["Legal Surname"].upper()} for row in everyone]
    assert import_file(file(as_csv(loud)), kind="pupils", by=leader).counts == {"unchanged": 12}


def test_undo_names_whom_it_kept_and_why_and_restores_the_rest(school, leader, file):
    everyone = pupils(12)
    report = import_file(file(as_csv(everyone)), kind="pupils", by=leader)
    changed = Pupil.objects.first()
    changed.preferred_forename = "Ash"
    changed.surname = "Renamed"
    changed.save()
    run = changes.undo(run_of(report), by=leader)
    assert run.state == "undone"
    assert len(run.kept_in_undo) == 1
    assert "changed again since" in run.kept_in_undo[0]
    assert Pupil.objects.count() == 1
    assert YearRecord.objects.count() == 1
    with pytest.raises(changes.NothingToUndo):
        changes.undo(run, by=leader)


def test_confirmed_twice_it_is_recorded_once(school, leader, file):
    report = import_file(file(as_csv(pupils(12))), kind="pupils", by=leader, preview_only=True)
    run = run_of(report)
    changes.confirm(run, by=leader)
    with pytest.raises(changes.AlreadyRecorded):
        changes.confirm(run, by=leader)
    assert changes.record_run(run, by=leader)
    assert changes.record_run(run, by=leader)
    assert Pupil.objects.count() == 12


def test_what_changed_after_the_preview_is_shown_again(school, leader, file):
    everyone = pupils(12)
    report = import_file(file(as_csv(everyone)), kind="pupils", by=leader, preview_only=True)
    import_file(file(as_csv(everyone)), kind="pupils", by=leader)
    run = run_of(report)
    changes.confirm(run, by=leader)
    changes.record_run(run, by=leader)
    run.refresh_from_db()
    assert run.state == "preview"
    assert run.counts == {"unchanged": 12}
    assert "made again" in run.notes[-1]


@pytest.mark.parametrize("name", ["O'Brien", "🦊 Fox", "محمد", "נועה", "D’Souza", "=SUM", "Nguyễn", "𠮷野"])
def test_every_name_is_kept_as_it_is(school, leader, file, name):
    row = {**pupils(1)[0], "Legal Surname": name}
    assert import_file(file(as_csv([row])), kind="pupils", by=leader).counts == {"joins": 1}
    assert Pupil.objects.get().surname == name


def test_a_pupil_needs_no_upn(school, leader, file):
    rows = [{**row, "UPN": "", "Adno": ""} for row in pupils(5)]
    assert import_file(file(as_csv(rows)), kind="pupils", by=leader).counts == {"joins": 5}


def test_one_schools_import_is_nothing_to_another(school, leader, file):
    from dekaan.schools.models import School

    import_file(file(as_csv(pupils(5))), kind="pupils", by=leader)
    other = School.objects.create(name="Vale School", slug="vale")
    with working_in(other):
        assert import_file(file(as_csv(pupils(5))), kind="pupils", by=leader).counts == {"joins": 5}
        assert ImportRun.objects.count() == 1


def test_headings_are_all_known_to_the_doctor(school, leader, file):
    report = import_file(file(as_csv(pupils(3))), kind="pupils", by=leader, preview_only=True)
    assert all(run_of(report).meanings.values()), dict(zip(HEADINGS, run_of(report).meanings.values(), strict=True))


def test_a_list_of_which_everybody_is_built_on_keeps_its_undo_for_later(school, leader, file):
    one = pupils(1)
    first = import_file(file(as_csv(one), "first.csv"), kind="pupils", by=leader)
    before = canonical()
    second = import_file(file(as_csv([{**one[0], "Reg Group": "8Z"}]), "second.csv"), kind="pupils", by=leader)
    with pytest.raises(changes.EverythingBuiltUpon) as refusal:
        changes.undo(run_of(first), by=leader)
    assert len(refusal.value.words) == 1
    assert run_of(first).state == "done"
    changes.undo(run_of(second), by=leader)
    assert canonical() == before
    changes.undo(run_of(first), by=leader)
    assert Pupil.objects.count() == 0

"""Files of where leavers went come in from councils and colleges, and can be taken back."""

import io
from datetime import date

import openpyxl
import pytest

from dekaan.core.academic_year import year_start
from dekaan.destinations.changes import correct_statement, leave_open, record_statement, say_which_holds
from dekaan.destinations.models import Kind, OfferState, Source, Statement
from dekaan.destinations.queries import in_force, moments_of
from dekaan.exchange import changes
from dekaan.exchange.changes import import_file
from dekaan.exchange.changes.staging import read_table
from dekaan.exchange.models import ImportRun, Mapping
from dekaan.exchange.queries import tables
from dekaan.people.changes import leave_school
from tests.destinations.conftest import left  # noqa: F401 Ada and Ben, who left two summers ago
from tests.destinations.given import LEFT_IN, day, leaver
from tests.stock import THIS_YEAR, pupil

ADA_BORN = date(LEFT_IN - 15, 3, 14)


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture
def priya(left):  # noqa: F811
    left.ben.birth_date = date(LEFT_IN - 15, 6, 2)
    left.ben.save()
    return left.priya


def bring(text, by, *, name="college.csv", choose=None, record=True, **asked):
    """The file as somebody brings it in: columns as guessed, with what is asked of the whole file."""
    run = changes.start_import(
        changes.Upload(name, 0, [text if isinstance(text, bytes) else text.encode()]), kind="destinations", by=by
    )
    sheet, table = read_table(run)
    changes.prepare(run, sheet, table)
    about = {"moment": "position", "source": "provider", "sender": "", "day": ""}
    changes.choose_columns(
        run,
        meanings={int(place): key for place, key in run.meanings.items()} | (choose or {}),
        switched_on=[],
        day_first=True,
        occasions=run.occasions | about | asked,
        by=by,
    )
    changes.stage(run, sheet, table)
    if record:
        confirmed(run, by)
    return ImportRun.objects.get(pk=run.pk)


def confirmed(run, by):
    changes.confirm(run, by=by)
    while not changes.record_run(ImportRun.objects.get(pk=run.pk), by=by):
        pass
    return ImportRun.objects.get(pk=run.pk)


def reasons(run):
    return [line.reason for line in run.lines.all()]


def decisions(run):
    return [line.decision for line in run.lines.all()]


def standing(pupil_):
    return [
        (each.kind, each.source, each.code, each.route, each.provider_name, each.as_of)
        for each in in_force(Statement.objects.filter(pupil=pupil_))
    ]


COUNCIL = "Surname,Forename,DOB,Activity Code,Establishment\n"


def test_a_councils_file_is_recorded_by_its_codes_of_the_moment_that_was_asked(left, priya):  # noqa: F811
    run = bring(f"{COUNCIL}Lovell,Ada,{ADA_BORN:%d/%m/%Y},230.0,Millbrook College\n", priya, source="council")
    assert (run.state, run.counts) == ("done", {"changes": 1})
    assert standing(left.ada) == [("position", "council", "230", "", "Millbrook College", day(11, 1))]
    assert run.occasions["strangers"] == [["Millbrook College", 1]]
    assert [line.warnings for line in run.lines.all()] == [[]]


def test_a_colleges_file_says_routes_in_its_own_words_which_are_asked_once_and_kept_for_it(left, priya):  # noqa: F811
    text = (
        "Last name,First name,Date of birth,Programme type,Course title,Level\n"
        f"LOVELL,Ada,14 March {LEFT_IN - 15},Wibble Pathway,Animal care,L2\n"
    )
    run = bring(text, priya, sender="Millbrook College", record=False)
    assert run.occasions["unknown"] == ["Wibble Pathway"]
    (said,) = reasons(run)
    assert said.startswith("“Wibble Pathway” is no route that we know. Say in the preview what it means")
    run = bring(text, priya, sender="Millbrook College", words={"wibblepathway": "college-technical"})
    (said,) = Statement.objects.all()
    assert (said.route, said.course, said.level) == ("college-technical", "Animal care", 2)
    assert said.provider_name == "Millbrook College"  # a college's own list need not name the college in every row
    again = changes.start_import(changes.Upload("n.csv", 0, [text.encode()]), kind="destinations", by=priya)
    changes.prepare(again, *read_table(again))
    kept = {name: again.occasions[name] for name in ("sender", "source", "words", "unknown")}
    assert kept == {
        "sender": "Millbrook College",
        "source": "provider",
        "words": {"wibblepathway": "college-technical"},
        "unknown": [],
    }
    assert Mapping.objects.filter(kind="destinations").values_list("sender", flat=True).get() == "Millbrook College"


@pytest.mark.parametrize(
    ("text", "course", "level", "route"),
    [
        ("Further education", "Animal care", "", "college"),
        ("FE", "", "", "college"),
        ("College", "Art A-Level", "3", "college-academic"),
        ("College", "BTEC National in Sport", "3", "college-technical"),
        ("FE college", "T Level Digital", "3", "t-level"),
        ("FE college", "Cookery", "1", "college-level-2"),
        ("BTEC", "Sport", "2", "college-technical"),
        ("Did not enrol", "", "", "did-not-start"),
        ("College, course not said", "Cookery", "1", "college"),  # our own word, so it is as it was said
    ],
)
def test_a_college_whose_course_nobody_says_is_not_guessed_to_be_technical(left, priya, text, course, level, route):  # noqa: F811
    row = f'Lovell,Ada,{ADA_BORN},"{text}",{course},{level}'
    bring(f"Surname,Forename,DOB,Destination,Course,Level\n{row}\n", priya)
    assert [each[3] for each in standing(left.ada)] == [route]


def test_the_level_that_a_destination_ends_with_is_kept_and_a_column_of_levels_says_it_first(left, priya):  # noqa: F811
    rows = f"Lovell,Ada,{ADA_BORN},Apprenticeship Level 3,\nOkoro,Ben,{left.ben.birth_date},Apprenticeship Level 3,2\n"
    text = f"Surname,Forename,DOB,Destination,Level\n{rows}"
    bring(text, priya)
    assert [*Statement.objects.order_by("level").values_list("route", "level")] == [
        ("apprenticeship", 2),
        ("apprenticeship", 3),
    ]
    assert bring(text, priya).counts == {"unchanged": 2}


def test_another_senders_columns_are_kept_beside_those_of_the_first(left, priya):  # noqa: F811
    bring(f"{COUNCIL}Lovell,Ada,{ADA_BORN},230,X\n", priya, sender="Shropshire", source="council")
    bring("Learner,College,Start\nAda Lovell,Millbrook,1/9/2025\n", priya, sender="Millbrook")
    assert [*Mapping.objects.values_list("sender", flat=True)] == ["Millbrook", "Shropshire"]


def test_the_preview_says_since_when_and_until_when(left, priya):  # noqa: F811
    heads = "Surname,Forename,DOB,Activity Code,Establishment,Start date,End date\n"
    text = f"{heads}Lovell,Ada,{ADA_BORN},230,Millbrook,{day(9, 2)},{day(11, 20)}\n"
    run = bring(text, priya, source="council", moment="position", record=False)
    (line,) = run.lines.all()
    assert line.changes[0][2] == (
        f"On 1 November: 230 Further education, full time, Millbrook, since 2 September {LEFT_IN + 1}, "
        f"last day 20 November {LEFT_IN + 1}"
    )


def test_the_same_file_twice_changes_nothing(left, priya):  # noqa: F811
    text = f"{COUNCIL}Lovell,Ada,{ADA_BORN},230,Millbrook\nOkoro,Ben,{left.ben.birth_date},310,Wright Ltd\n"
    assert bring(text, priya, source="council").counts == {"changes": 2}
    assert bring(text, priya, source="council").counts == {"unchanged": 2}
    assert Statement.objects.count() == 2


def test_undone_in_one_step_every_statement_is_taken_back_and_kept_and_undone_twice_is_refused(left, priya):  # noqa: F811
    text = f"{COUNCIL}Lovell,Ada,{ADA_BORN},230,Millbrook\n"
    run = bring(text, priya, source="council")
    changes.undo(run, by=priya)
    assert standing(left.ada) == []
    assert [*Statement.objects.values_list("code", "is_withdrawal")] == [("230", False), ("230", True)]
    with pytest.raises(changes.NothingToUndo):
        changes.undo(run, by=priya)
    assert bring(text, priya, source="council").counts == {"changes": 1}  # and may come in again


def test_what_was_corrected_since_stays_when_its_file_is_undone_and_is_named(left, priya):  # noqa: F811
    text = f"{COUNCIL}Lovell,Ada,{ADA_BORN},230,Millbrook\nOkoro,Benjamin,{left.ben.birth_date:%d.%m.%Y},310,Wright\n"
    run = bring(text, priya, source="council")
    assert run.counts == {"changes": 2}
    correct_statement(Statement.objects.get(pupil=left.ada), by=priya, code="220")
    undone = changes.undo(run, by=priya)
    assert undone.kept_in_undo == [
        "Lovell, Ada: was corrected, checked, said to hold or taken back since, and that stays"
    ]
    assert ([each[2] for each in standing(left.ada)], standing(left.ben)) == (["220"], [])


def test_what_a_person_said_holds_stays_when_its_file_is_undone_until_it_is_left_open_again(left, priya):  # noqa: F811
    record_statement(left.ada, by=priya, kind="position", source="pupil", route="looking")
    rows = f"Lovell,Ada,{ADA_BORN},230,Millbrook\nOkoro,Ben,{left.ben.birth_date},310,Wright\n"
    run = bring(f"{COUNCIL}{rows}", priya, source="council")
    held = Statement.objects.get(pupil=left.ada, code="230")
    say_which_holds(held, because="The college rang", by=priya)
    undone = changes.undo(run, by=priya)
    assert undone.kept_in_undo == [
        "Lovell, Ada: was corrected, checked, said to hold or taken back since, and that stays"
    ]
    assert ("230" in [each[2] for each in standing(left.ada)], standing(left.ben)) == (True, [])

    leave_open(held, by=priya)
    ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.State.DONE)
    assert changes.undo(run, by=priya).kept_in_undo == [
        "Okoro, Ben: was corrected, checked, said to hold or taken back since, and that stays"
    ]
    assert "230" not in [each[2] for each in standing(left.ada)]


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("420", "“420” is no activity code of the lists that are known here (210 to 830)."),
        ("510", "“510” is no activity code"),
        ("520", "“520” is no activity code"),
        ("551", "“551” is no activity code"),
        ("450", "Code 450 (Traineeship) was in force until 31 July 2023. Use 430 (Other training)"),
    ],
)
def test_a_code_that_nobody_knows_or_of_years_ago_is_refused_in_words(left, priya, code, says):  # noqa: F811
    run = bring(f"{COUNCIL}Lovell,Ada,{ADA_BORN},{code},X\n", priya, source="council", record=False)
    assert (decisions(run), reasons(run)[0].startswith(says)) == (["refused"], True)


def test_last_years_file_speaks_of_days_before_they_left_and_is_refused_row_by_row(left, priya):  # noqa: F811
    text = f"{COUNCIL}Lovell,Ada,{ADA_BORN},230,X\n"
    run = bring(text, priya, source="council", day=f"{LEFT_IN}-11-01", record=False)
    (said,) = reasons(run)
    assert said.startswith(f"1 November {LEFT_IN} is before they left, on 1 September {LEFT_IN + 1}.")


def test_a_leaver_who_is_back_has_gone_nowhere_yet(left, priya):  # noqa: F811
    cy = pupil("Cy", "Young", year_group=12, birth_date=date(2009, 5, 6))
    run = bring(f"{COUNCIL}Young,Cy,06/05/2009,230,X\n", priya, source="council", record=False)
    (said,) = reasons(run)
    assert said.startswith("They are on the roll of this school, so they have gone nowhere yet.")
    assert cy.pk


def test_two_people_alike_are_put_to_a_person_side_by_side(left, priya):  # noqa: F811
    other = leaver("Ada", "Lovell", birth_date=ADA_BORN)
    run = bring(f"{COUNCIL}Lovell,Ada,{ADA_BORN},230,X\n", priya, source="council", record=False)
    (line,) = run.lines.all()
    assert (line.decision, line.candidates, line.reason) == (
        "doubtful",
        [left.ada.pk, other.pk],
        "fits two pupils alike",
    )
    (table,) = tables(run, may_see_sensitive=False)
    born = f"14 March {LEFT_IN - 15}"
    assert table.lines[0].says == f"The row says: born {born}."
    assert [words for _, words in table.lines[0].beside] == [
        f"Lovell, Ada – born {born}; last in Year 11; left on 1 September {LEFT_IN + 1}; fits: name, date of birth"
    ] * 2
    changes.settle_doubts(run, {line.pk: str(other.pk)}, by=priya)
    confirmed(run, priya)
    assert (standing(left.ada), len(standing(other))) == ([], 1)


@pytest.mark.parametrize(
    ("row", "decision"),
    [
        ("Lovell,Ada,{born:%d/%m/%Y}", "changes"),
        ("LOVELL,ADA,{born:%Y-%m-%d}", "changes"),
        ("Lövell,Áda,{born:%d %b %Y}", "changes"),
        ("Ada,Lovell,{born:%d/%m/%Y}", "changes"),  # surname and forename the other way round
        ("Lovell,Ada May,{born:%d/%m/%Y}", "changes"),
        ("Lovell,Ada,{digit:%d/%m/%Y}", "doubtful"),  # one digit of the birth date wrong
        ("Lovell,Ida,{born:%d/%m/%Y}", "doubtful"),
        ("Nowak,Ada,{born:%d/%m/%Y}", "doubtful"),
        ("Lovell,Ada,", "doubtful"),
        ("Lovell,Ada,{other:%d/%m/%Y}", "doubtful"),  # may be another Ada Lovell
        ("Nobody,Atall,{born:%d/%m/%Y}", "refused"),
        ("Okoro,Benny,{ben:%d/%m/%Y}", "changes"),  # a short form of Benjamin and of Ben
    ],
)
def test_who_it_is_is_weighed(left, priya, row, decision):  # noqa: F811
    days = {"born": ADA_BORN, "digit": ADA_BORN.replace(day=15), "other": date(LEFT_IN - 16, 12, 1)}
    said = row.format(**days, ben=left.ben.birth_date)
    run = bring(f"{COUNCIL}{said},230,X\n", priya, source="council", record=False)
    assert decisions(run) == [decision]


def test_a_number_of_one_and_the_name_of_another_is_put_to_a_person(left, priya):  # noqa: F811
    left.ada.upn = "A823432112345"
    left.ada.save()
    sure = bring("UPN,Activity code\nA823432112345,230\n", priya, source="council", record=False)
    assert decisions(sure) == ["changes"]
    run = bring("UPN,Surname,Forename,Activity code\nA823432112345,Okoro,Ben,230\n", priya, record=False)
    assert decisions(run) == ["doubtful"]
    assert {*run.lines.get().candidates} == {left.ada.pk, left.ben.pk}


def test_a_disagreement_with_another_source_is_told_and_both_are_kept(left, priya):  # noqa: F811
    record_statement(left.ada, by=priya, kind=Kind.POSITION, source=Source.PUPIL, route="job-without-training")
    run = bring(f"{COUNCIL}Lovell,Ada,{ADA_BORN},230,\n", priya, source="council")
    (line,) = run.lines.all()
    assert line.warnings == [
        "The pupil said “Job without training” of the same moment; both are kept, and a person says which holds"
    ]
    (moment,) = moments_of(Statement.objects.filter(pupil=left.ada), [])
    assert (moment.disagrees, len(moment.groups)) == (True, 2)


def test_blank_lines_three_ways_of_dates_numbers_as_text_hidden_columns_and_a_total_in_one_workbook(left, priya):  # noqa: F811
    cy, di = (leaver(name, "Young", birth_date=date(LEFT_IN - 15, 5, n)) for n, name in ((6, "Cy"), (7, "Di")))
    book = openpyxl.Workbook()
    sheet = book.active
    born = left.ben.birth_date
    for row in (
        ["Destinations of Year 11 leavers"],
        [],
        ["Surname", "Forename", "DOB", "Internal ref", "Activity Code", "Establishment", "Status date"],
        ["Lovell", "Ada", f"{ADA_BORN:%d/%m/%Y}", "x1", "230", "Millbrook", day(11, 1)],
        [],
        ["Okoro", "Ben", born, "x2", 310.0, "Wright", f"{day(11, 1):%-d %B %Y}"],
        ["Young", "Cy", f"{cy.birth_date:%Y-%m-%d}", "x3", "'619", "", f"{day(11, 1):%d.%m.%y}"],
        ["Young", "Di", f"{di.birth_date:%d %b %Y}", "x4", "810 - Not known", "", ""],
        ["Total: 4"],
    ):
        sheet.append(row)
    sheet.column_dimensions["D"].hidden = True
    sheet.column_dimensions["E"].hidden = True
    out = io.BytesIO()
    book.save(out)
    run = bring(out.getvalue(), priya, name="year 11.xlsx", source="council", day=day(11, 1).isoformat())
    assert run.counts == {"changes": 4, "set-aside": 2}
    codes = [(each.pupil.forename, each.code, each.as_of) for each in Statement.objects.order_by("pk")]
    on = day(11, 1)
    assert codes == [("Ada", "230", on), ("Ben", "310", on), ("Cy", "619", on), ("Di", "810", on)]


def test_a_row_repeated_is_recorded_once_and_two_that_differ_are_both_kept_and_told(left, priya):  # noqa: F811
    row = f"Lovell,Ada,{ADA_BORN}"
    run = bring(f"{COUNCIL}{row},230,X\n{row},230,X\n{row},330,\n", priya, source="council")
    assert run.counts == {"changes": 2, "refused": 1}
    assert reasons(run)[1] == "repeats row 2"
    assert "row 2 says otherwise of the same person; both are kept" in run.lines.all()[2].warnings


def test_offers_of_somebody_still_here_come_in_from_a_list_of_applications(left, priya):  # noqa: F811
    fi = pupil("Fi", "Quill", year_group=13, birth_date=date(THIS_YEAR - 17, 2, 1))
    text = f"Surname,Forename,DOB,Choice,Course title,Decision\nQuill,Fi,{fi.birth_date},Leeds,Physics,CF\nQuill,Fi,{fi.birth_date},York,Physics,Purple\n"
    run = bring(text, priya, moment="offer", name="ucas.csv")
    assert reasons(run)[1] == "“Purple” is no stage of an application that we know, such as offered or declined"
    (said,) = Statement.objects.filter(pupil=fi)
    assert (said.kind, said.offer_state, said.provider_name) == (Kind.OFFER, OfferState.ACCEPTED, "Leeds")


def test_nothing_is_written_until_it_is_pressed_and_what_has_changed_meanwhile_is_looked_at_again(left, priya):  # noqa: F811
    run = bring(f"{COUNCIL}Lovell,Ada,{ADA_BORN},230,X\n", priya, source="council", record=False)
    assert not Statement.objects.exists()
    record_statement(left.ada, by=priya, kind=Kind.POSITION, source=Source.COUNCIL, code="230", provider_name="X")
    run = confirmed(run, priya)
    assert (run.state, run.counts, Statement.objects.count()) == ("preview", {"unchanged": 1}, 1)


def test_somebody_who_left_below_year_11_or_was_never_here_is_told_as_nobody_whom_we_know(left, priya):  # noqa: F811
    young = pupil("Gil", "Moss", year_group=8, birth_date=date(2014, 1, 2))
    leave_school(young, on=year_start(THIS_YEAR), by=None)
    run = bring(f"{COUNCIL}Moss,Gil,02/01/2014,230,X\n", priya, source="council", record=False)
    assert reasons(run) == [
        "is nobody whom we know: neither a leaver nor in these years now. Somebody of another school, perhaps"
    ]


def test_the_command_line_takes_such_a_file_as_it_is_guessed(left, file, priya):  # noqa: F811
    path = file(f"{COUNCIL}Lovell,Ada,{ADA_BORN},230,X\n", "council november.csv")
    report = import_file(path, kind="destinations", by=priya)
    assert (report.state, report.counts) == ("done", {"changes": 1})
    assert Statement.objects.get().source == Source.COUNCIL

"""Lists in and out from the command line: previewed, recorded, undone exactly; raw facts out, one school's only."""

import csv
import re

import pytest

from dekaan.access.changes import give_role
from dekaan.audit.models import Event
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.exchange.models import ImportRun
from dekaan.exchange.raw_export import FILES, files_with
from dekaan.people.changes import change_pupil
from dekaan.people.models import Pupil
from dekaan.programme.changes import Invited, it_happened, plan_activity, plan_session
from tests.exchange.lists import as_csv
from tests.kept import once_made
from tests.stock import make_stock, pupil

pytestmark = pytest.mark.once

HEAD = ["Adno", "Legal Surname", "Legal Forename", "DOB", "Year", "Reg Group"]
KINDS = ("pupils", "staff", "groups", "attendance", "absences", "participation")


def line(number: int, forename: str, surname: str = "Lovell", form: str = "10A") -> dict:
    return dict(zip(HEAD, [f"{number:06d}", surname, forename, f"{number:02d}/03/2012", "10", form], strict=True))


def make_ashdown():
    """Eleven pupils of 10A, and a recorded talk for one of them."""
    stock = make_stock()
    names = ["Ada", "Ben", "Cy", "Di", "Eve", "Fin", "Gus", "Hal", "Ivy", "Jo", "Kit"]
    with working_in(stock.ashdown):
        made = [
            pupil(name, birth_date=f"2012-03-{number:02d}", admission_number=f"{number:06d}")
            for number, name in enumerate(names, 1)
        ]
        talk = plan_activity(title="Talk", activity_type="TALK", by=stock.priya, partner_kind="employer")
        session = plan_session(talk, held_on=today(), invited=Invited(pupils=(made[0],)), by=stock.priya)
        it_happened(session, by=stock.priya)
    stock.made = made
    return stock


@pytest.fixture
def ashdown(db):
    stock = once_made(make_ashdown)
    with working_in(stock.ashdown):
        yield stock


@pytest.fixture
def new_list(ashdown, tmp_path):
    """The next list: Ben is now Benny, Kit is not on it, Lou joins."""
    names = ["Ada", "Benny", "Cy", "Di", "Eve", "Fin", "Gus", "Hal", "Ivy", "Jo"]
    rows = [line(number, name) for number, name in enumerate(names, 1)] + [line(12, "Lou")]
    path = tmp_path / "pupils.csv"
    path.write_text(as_csv(rows, HEAD), encoding="utf-8")
    return path


def meaning(run) -> str:
    return run("dump", "--canonical", "--school", "ashdown").out


COUNTS = {"joins": 1, "changes": 1, "leaves": 1, "unchanged": 9}


def test_a_preview_says_what_every_row_will_become_and_changes_nothing(run, new_list):
    before = meaning(run)
    said = run("import", "pupils", new_list, "--school", "ashdown", "--preview", "--json").json
    assert list(said) == ["run", "state", "file", "problem", "notes", "held", "counts", "lines"]
    assert (said["state"], said["file"], said["problem"], said["held"]) == ("preview", "pupils.csv", "", [])
    assert said["counts"] == COUNTS
    assert {line["who"]: line["decision"] for line in said["lines"] if line["decision"] != "unchanged"} == {
        "Lovell, Ben": "changes",
        "Lovell, Kit": "leaves",
        "Lovell, Lou": "joins",
    }
    (changed,) = [line for line in said["lines"] if line["decision"] == "changes"]
    assert changed["changes"] == [{"field": "forename", "old": "Ben", "new": "Benny"}]
    assert meaning(run) == before


def test_a_preview_for_people_says_that_nothing_was_changed(run, new_list):
    said = run("import", "pupils", new_list, "--school", "ashdown", "--preview")
    assert said.out.splitlines()[-1] == "Preview only: nothing was changed."


def test_an_import_is_recorded_and_undone_to_the_byte(run, new_list):
    before = meaning(run)
    said = run("import", "pupils", new_list, "--school", "ashdown", "--json").json
    assert (said["state"], said["counts"]) == ("done", COUNTS)
    assert ("Benny" in meaning(run), "Lou" in meaning(run)) == (True, True)
    undone = run("import", "undo", "--school", "ashdown")
    assert undone.out == f"Import {said['run']} is undone.\n"
    assert meaning(run) == before
    assert run("measures", "verify").code == 0


def test_an_import_is_undone_by_its_number_once(run, new_list):
    number = run("import", "pupils", new_list, "--school", "ashdown", "--json").json["run"]
    assert run("import", "undo", number, "--school", "ashdown").code == 0
    again = run("import", "undo", number, "--school", "ashdown")
    assert (again.code, again.err) == (1, f"Import {number} is not recorded, so there is nothing to undo.\n")
    assert run("import", "undo", "--school", "ashdown").err == "There is no such import to undo.\n"


def test_undo_names_whoever_has_been_built_on_since(run, new_list):
    run("import", "pupils", new_list, "--school", "ashdown")
    change_pupil(Pupil.objects.get(forename="Lou"), by=None, email="lou@pupils.example")
    said = run("import", "undo", "--school", "ashdown")
    assert (said.code, [line for line in said.out.splitlines() if line.startswith("Kept: Lovell, Lou")]) != (0, [])
    assert Pupil.objects.filter(forename="Lou").exists()


@pytest.mark.parametrize("number", [0, 987654321, 10**30])
def test_an_import_that_is_not_there_is_not_undone(run, new_list, number):
    run("import", "pupils", new_list, "--school", "ashdown")
    said = run("import", "undo", number, "--school", "ashdown")
    assert (said.code, said.err) == (1, "There is no such import to undo.\n")
    assert Pupil.objects.filter(forename="Lou").exists()


def test_another_schools_import_is_not_there(run, new_list):
    number = run("import", "pupils", new_list, "--school", "ashdown", "--json").json["run"]
    said = run("import", "undo", number, "--school", "beckford")
    assert (said.code, said.err) == (1, "There is no such import to undo.\n")
    assert Pupil.objects.filter(forename="Lou").exists()


def test_a_list_of_some_makes_nobody_leave(run, ashdown, tmp_path):
    path = tmp_path / "one.csv"
    path.write_text(as_csv([line(1, "Ada")], HEAD))
    said = run("import", "pupils", path, "--school", "ashdown", "--some", "--json").json
    assert (said["state"], said["counts"]) == ("done", {"unchanged": 1})


def test_a_list_after_which_many_would_leave_waits_for_somebody_to_look(run, ashdown, tmp_path):
    path = tmp_path / "one.csv"
    path.write_text(as_csv([line(number, name) for number, name in enumerate(["Ada", "Ben", "Cy"], 1)], HEAD))
    before = meaning(run)
    said = run("import", "pupils", path, "--school", "ashdown")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("Nothing was recorded.")
    assert meaning(run) == before
    tom = run("import", "pupils", path, "--school", "ashdown", "--as", "tom@ashdown.example", "--leader-has-looked")
    assert (tom.code, "may not do this" in tom.err, meaning(run)) == (1, True, before)
    looked = run(
        "import", "pupils", path, "--school", "ashdown", "--as", "priya@ashdown.example", "--leader-has-looked"
    )
    assert looked.code == 0
    assert meaning(run) != before


@pytest.mark.parametrize(
    ("email", "why"),
    [
        ("moira@governors.example", "may not do this at Ashdown School (import.make)"),
        ("bea@beckford.example", "may not do this at Ashdown School (import.make)"),
        ("nobody@ashdown.example", "There is no account with the address nobody@ashdown.example."),
    ],
)
def test_who_may_not_import_is_refused_and_no_file_is_kept(run, new_list, email, why):
    before = meaning(run)
    said = run("import", "pupils", new_list, "--school", "ashdown", "--as", email)
    assert (said.code, said.out, why in said.err) == (1, "", True)
    assert (meaning(run), ImportRun.objects.count()) == (before, 0)


WRONG_FILES = {
    "empty.csv": b"",
    "header.csv": b"Adno,Legal Surname,Legal Forename,DOB,Year,Reg Group\r\n",
    "picture.csv": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
    "words.csv": b"Dear Priya,\r\nplease find attached nothing at all.\r\n",
    "broken.xlsx": b"PK\x03\x04" + b"\x00" * 400,
    "broken.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "bomb.xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]><CTfile>&d;</CTfile>',
    "paper.pdf": b"%PDF-1.7\n%%EOF\n",
    "zeros.csv": b"\x00" * 3000,
}


@pytest.mark.once
@pytest.mark.parametrize("name", WRONG_FILES)
def test_a_wrong_file_is_a_plain_sentence_and_changes_nothing(run, ashdown, tmp_path, name):
    path, before = tmp_path / name, meaning(run)
    path.write_bytes(WRONG_FILES[name])
    said = run("import", "pupils", path, "--school", "ashdown")
    assert (said.code, said.out, meaning(run)) == (1, "", before)
    assert re.fullmatch(r"[A-Z“].{10,}[.?]\n", said.err)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_list_refuses_a_picture_in_words(run, ashdown, tmp_path, kind):
    path = tmp_path / "picture.csv"
    path.write_bytes(WRONG_FILES["picture.csv"])
    said = run("import", kind, path, "--school", "ashdown", "--json")
    assert (said.code, '"state": "refused"' in said.out) == (1, True)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "pupils"])
def test_a_list_of_another_kind_changes_nothing_in_silence(run, new_list, kind):
    before = meaning(run)
    said = run("import", kind, new_list, "--school", "ashdown", "--preview")
    assert said.code in {0, 1}
    assert meaning(run) == before


def test_a_file_that_is_not_there_and_a_folder_are_refused(run, stock, tmp_path):
    missing = run("import", "pupils", tmp_path / "none.csv", "--school", "ashdown")
    assert (missing.code, missing.err) == (1, f"There is no file {tmp_path / 'none.csv'}.\n")
    assert run("import", "pupils", tmp_path, "--school", "ashdown").code == 2


def test_a_file_for_an_unknown_school_is_refused(run, new_list):
    said = run("import", "pupils", new_list, "--school", "nowhere")
    assert (said.code, "There is no school called “nowhere”" in said.err) == (1, True)


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        if path.name in FILES:
            assert file.readline().strip('"').startswith("Exported from Dekaan by ")
        return list(csv.DictReader(file))


FOR = ("--for", "system")


def test_an_export_holds_the_files_and_columns_that_it_describes_and_no_figure(run, ashdown, tmp_path):
    folder = tmp_path / "out"
    said = run("export", "--school", "ashdown", "--as", "priya@ashdown.example", *FOR, "-o", folder)
    assert said.out.splitlines() == [str(folder / name) for name in (*FILES, "columns.csv", "README.txt")]
    assert {path.name for path in folder.iterdir()} == {*FILES, "columns.csv", "README.txt"}
    without_needs = files_with(closed=False)
    for name, columns in without_needs.items():
        assert (folder / name).read_text(encoding="utf-8-sig").splitlines()[1] == ",".join(columns)
    described = {(row["file"], row["column"]): row["meaning"] for row in rows_of(folder / "columns.csv")}
    assert set(described) == {(name, column) for name, columns in without_needs.items() for column in columns}
    assert {*FILES["year-records.csv"]} - {*without_needs["year-records.csv"]} == {
        "sen", "pupil_premium", "free_school_meals", "ethnicity", "eal", "looked_after", "young_carer", "service_child",
    }  # fmt: skip
    assert all(described.values())
    derived = {"met", "of", "unknown", "band", "coverage", "n", "share", "age", "coh", "far", "unk"}
    assert derived & {column for columns in FILES.values() for column in columns} == set()


def test_an_export_counts_what_is_there(run, ashdown, tmp_path):
    run("export", "--school", "ashdown", "--as", "priya@ashdown.example", *FOR, "-o", tmp_path)
    pupils, marks = rows_of(tmp_path / "pupils.csv"), rows_of(tmp_path / "participation.csv")
    assert [row["forename"] for row in pupils] == [each.forename for each in ashdown.made]
    assert [(row["pupil"], row["state"], row["known_by"]) for row in marks] == [
        (str(ashdown.made[0].pk), "attended", "assumed")
    ]
    assert [row["title"] for row in rows_of(tmp_path / "sessions.csv")] == ["Talk"]


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(run, ashdown, tmp_path):
    for number, lead in enumerate("=+-@"):
        pupil(f"{lead}HYPERLINK({number})", "Risky")
    run("export", "--school", "ashdown", "--as", "priya@ashdown.example", *FOR, "-o", tmp_path)
    risky = [row["forename"] for row in rows_of(tmp_path / "pupils.csv") if row["surname"] == "Risky"]
    assert risky == ["'=HYPERLINK(0)", "'+HYPERLINK(1)", "'-HYPERLINK(2)", "'@HYPERLINK(3)"]
    cells = [cell for name in FILES for row in rows_of(tmp_path / name) for cell in row.values()]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_an_export_holds_nothing_of_another_school(run, ashdown, tmp_path):
    with working_in(ashdown.beckford):
        pupil("Canary", "Beckfordpupil", tutor_group="10CANARY")
        talk = plan_activity(title="Canary talk", activity_type="TALK", by=ashdown.bea, partner_name="Canary Ltd")
        session = plan_session(talk, held_on=today(), invited=Invited(year_groups=(10,)), by=ashdown.bea)
        it_happened(session, by=ashdown.bea)
    give_role(user=ashdown.femi, role="headteacher", school=ashdown.beckford, by=None, starts_on=today())
    run("export", "--school", "ashdown", "--as", "priya@ashdown.example", *FOR, "-o", tmp_path / "ours")
    run("export", "--school", "beckford", "--as", "bea@beckford.example", *FOR, "-o", tmp_path / "theirs")
    holding = {
        folder: {path.name for path in (tmp_path / folder).iterdir() if "canary" in path.read_text().lower()}
        for folder in ("ours", "theirs")
    }
    assert holding == {
        "ours": set(),
        "theirs": {"pupils.csv", "year-records.csv", "groups.csv", "sessions.csv", "participation.csv"},
    }


@pytest.mark.parametrize(
    "email", ["tom@ashdown.example", "moira@governors.example", "bea@beckford.example", "nobody@x.example", ""]
)
def test_who_may_not_export_gets_no_file(run, ashdown, tmp_path, email):
    said = run("export", "--school", "ashdown", "--as", email, *FOR, "-o", tmp_path / "out")
    assert (said.code, said.out, (tmp_path / "out").exists()) == (1, "", False)
    assert not Event.objects.filter(action="school exported").exists()


def test_an_export_is_recorded(run, ashdown, tmp_path):
    run("export", "--school", "ashdown", "--as", "priya@ashdown.example", *FOR, "-o", tmp_path)
    said = Event.objects.filter(action="school exported").get()
    assert (said.actor_id, said.school_id) == (ashdown.priya.pk, ashdown.ashdown.pk)
    assert said.detail == {
        "purpose": "system", "names": len(ashdown.made), "with_needs": False,
        "told": [ashdown.david.pk, ashdown.olive.pk],
    }  # fmt: skip


NEEDS = ("export", "--school", "ashdown", "--as", "priya@ashdown.example", *FOR, "--with-needs", "-o")


def test_needs_and_flags_leave_only_when_a_second_person_agrees(run, ashdown, tmp_path):
    pupil("Needy", "Person", sen="K", looked_after=True)
    alone = run(*NEEDS, tmp_path / "alone")
    assert (alone.code, "say --agreed-by" in alone.err, (tmp_path / "alone").exists()) == (1, True, False)
    assert run(*NEEDS, tmp_path, "--agreed-by", "priya@ashdown.example").err == (
        "The second person is somebody else than the one who exports.\n"
    )
    assert "may not do this" in run(*NEEDS, tmp_path, "--agreed-by", "tom@ashdown.example").err
    assert run(*NEEDS, tmp_path, "--agreed-by", "olive@weirbrook.example").code == 0
    needy = [row for row in rows_of(tmp_path / "year-records.csv") if row["sen"] == "K"]
    assert {row["looked_after"] for row in needy} == {"yes"}
    assert Event.objects.get(action="school exported").detail["agreed_by"] == ashdown.olive.pk


def test_more_pupils_than_leave_at_once_ask_for_a_second_person(run, ashdown, tmp_path):
    ashdown.ashdown.export_limit = len(ashdown.made) - 1
    ashdown.ashdown.save()
    asked = ("export", "--school", "ashdown", "--as", "priya@ashdown.example", *FOR, "-o", tmp_path / "out")
    said = run(*asked)
    assert (said.code, "agrees to more" in said.err, (tmp_path / "out").exists()) == (1, True, False)
    assert not Event.objects.filter(action="school exported").exists()
    assert run(*asked, "--agreed-by", "david@ashdown.example").code == 0


def test_an_export_says_what_for(run, ashdown, tmp_path):
    said = run("export", "--school", "ashdown", "--as", "priya@ashdown.example", "-o", tmp_path / "out")
    assert (said.code, "--for" in said.err, (tmp_path / "out").exists()) == (2, True, False)


def test_a_school_with_nobody_to_tell_exports_nothing(run, ashdown, tmp_path):
    said = run("export", "--school", "beckford", "--as", "bea@beckford.example", *FOR, "-o", tmp_path / "out")
    assert (said.code, "has no account of a headteacher" in said.err, (tmp_path / "out").exists()) == (1, True, False)


def test_an_export_that_cannot_be_written_is_refused_in_words(run, ashdown, tmp_path):
    (tmp_path / "file").write_text("in the way")
    under = run("export", "--school", "ashdown", "--as", "priya@ashdown.example", *FOR, "-o", tmp_path / "file" / "out")
    assert (under.code, under.out, "could not be written" in under.err) == (1, "", True)
    assert (
        run("export", "--school", "ashdown", "--as", "priya@ashdown.example", *FOR, "-o", tmp_path / "file").code == 2
    )

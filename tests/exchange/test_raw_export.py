"""Raw facts go out as CSV, and come in again the same."""

import csv

from dekaan.core.cells import safe_cell
from dekaan.exchange.changes import import_file
from dekaan.exchange.queries import export_school
from dekaan.exchange.raw_export import FILES
from dekaan.people.models import Pupil
from tests.exchange.lists import as_csv, pupils


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_file_has_its_columns_and_every_column_its_meaning(school, leader, file, tmp_path):
    import_file(file(as_csv(pupils(5))), kind="pupils", by=leader)
    folder = tmp_path / "out"
    export_school(school.pk, folder, with_closed=True)
    for name, columns in FILES.items():
        head = (folder / name).read_text(encoding="utf-8-sig").splitlines()[0]
        assert head == ",".join(columns)
    described = {(row["file"], row["column"]) for row in rows_of(folder / "columns.csv")}
    assert described == {(name, column) for name, columns in FILES.items() for column in columns}
    assert len(rows_of(folder / "pupils.csv")) == 5
    assert {row["year_group"] for row in rows_of(folder / "year-records.csv")} <= {
        "7",
        "8",
        "9",
        "10",
        "11",
        "12",
        "13",
    }


def test_a_name_that_a_spreadsheet_would_run_goes_out_guarded_and_comes_in_the_same(school, leader, file, tmp_path):
    row = {**pupils(1)[0], "Legal Surname": "=HYPERLINK(1)", "Legal Forename": "@Ann"}
    import_file(file(as_csv([row])), kind="pupils", by=leader)
    export_school(school.pk, tmp_path / "plain")
    said = rows_of(tmp_path / "plain" / "pupils.csv")[0]
    assert (said["surname"], said["forename"]) == ("'=HYPERLINK(1)", "'@Ann")
    export_school(school.pk, tmp_path / "out", mark="Exported from Dekaan by Una Marsh, 1 name")
    assert (tmp_path / "out" / "pupils.csv").read_text(encoding="utf-8-sig").startswith('"Exported from Dekaan by Una')
    report = import_file(tmp_path / "out" / "pupils.csv", kind="pupils", by=leader, whole_roll=False)
    assert report.counts == {"unchanged": 1, "set-aside": 1}  # the mark stands above the headings
    assert Pupil.objects.get().surname == "=HYPERLINK(1)"


def test_plain_cells_stay_plain():
    assert [safe_cell(value) for value in ("O'Neill", "", None, True, 3, "-5")] == [
        "O'Neill",
        "",
        "",
        "yes",
        "3",
        "'-5",
    ]

"""Files of what others publish, loaded by a technician."""

from dekaan.library.models import DestinationRow, Loaded, OccupationGroup
from tests.library.test_published import FILE, ROWS
from tests.stock import stock

__all__ = ["stock"]


def written(path, rows) -> None:
    path.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in rows), encoding="utf-8")


def test_occupations_are_loaded_with_their_source(run, db, tmp_path):
    written(tmp_path / "soc.csv", ROWS)
    said = run("library", "load", "soc", tmp_path / "soc.csv", "--dated", "2020-02-01")
    assert said.out == "Loaded 4 groups of occupations.\n"
    assert OccupationGroup.objects.get(code="5241").tasks == ["reads plans", "lays cables"]
    assert (Loaded.objects.get().source, f"{Loaded.objects.get().published_on}") == ("soc.csv", "2020-02-01")


def test_measures_are_loaded_and_say_which_school_is_not_in_them(run, stock, tmp_path):
    (tmp_path / "ks4.csv").write_text(FILE, encoding="utf-8")
    said = run("library", "load", "destinations", tmp_path / "ks4.csv", "--stage", "ks4", "--source", "EES")
    assert "Loaded 4 rows. Schools in it: Ashdown School." in said.out
    assert "Not in it: Beckford Academy" in said.out
    assert DestinationRow.objects.count() == 4


def test_what_is_wrong_is_said_in_words(run, db, tmp_path):
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n")
    assert run("library", "load", "soc", tmp_path / "none.csv").err.startswith("There is no file ")
    assert (
        "None of the first rows has the headings of SOC 2020" in run("library", "load", "soc", tmp_path / "odd.csv").err
    )
    refused = run("library", "load", "destinations", tmp_path / "odd.csv", "--stage", "ks4")
    assert "lacks these headings" in refused.err
    assert "is no day" in run("library", "load", "soc", tmp_path / "odd.csv", "--dated", "soon").err
    assert run("library", "load", "destinations", tmp_path / "odd.csv").code == 2

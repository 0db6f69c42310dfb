"""The command line in processes of its own, in a data folder of its own, on SQLite: what only a real start shows."""

import json
import os
import socket
import subprocess
import sys

import pytest

from tests.exchange.lists import as_csv, pupils
from tests.house.ground import ROOT, settings_of_tools

pytestmark = pytest.mark.once

HEAD = ["Adno", "Legal Surname", "Legal Forename", "DOB", "Year", "Reg Group"]


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def start(data):
    """Type `python -m dekaan` and these words; answers with the exit code and both outputs."""

    def run(*words, how: tuple[str, ...] = ("-m", "dekaan"), **environment) -> tuple[int, str, str]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("DEKAAN_", "DJANGO_"))}
        done = subprocess.run(
            [sys.executable, *how, *words],
            cwd=ROOT,
            env=plain | {"DEKAAN_DATA": str(data)} | environment,
            capture_output=True,
            timeout=120,
            check=False,
        )
        out, err = (each.decode("utf-8", "surrogateescape") for each in (done.stdout, done.stderr))
        assert "Traceback" not in err, err
        return done.returncode, out, err

    return run


def test_python_m_dekaan_and_dekaan_are_the_same(start):
    script = settings_of_tools()["project"]["scripts"]["dekaan"]
    module, function = script.split(":")
    as_script = ("-c", f"from {module} import {function}; {function}()")
    for words in (["--help"], ["school", "--help"], ["nonsense"], ["school", "list"]):
        assert start(*words) == start(*words, how=as_script)
    assert start("--help")[1].startswith("Usage: dekaan [OPTIONS] COMMAND [ARGS]...")


def test_without_a_database_every_command_says_how_to_make_one(start, tmp_path):
    file = tmp_path / "pupils.csv"
    file.write_text("a,b\n1,2\n")
    for words in (
        ["school", "list"],
        ["school", "add", "--name", "Hill Top"],
        ["user", "add", "--email", "a@b.example", "--name", "A", "--school", "hill-top"],
        ["import", "pupils", str(file), "--school", "hill-top"],
        ["import", "undo", "--school", "hill-top"],
        ["coverage", "--school", "hill-top", "--json"],
        ["report", "governors", "--school", "hill-top", "-o", str(tmp_path / "paper.pdf")],
        ["export", "--school", "hill-top", "--as", "a@b.example", "--for", "law", "-o", str(tmp_path / "out")],
        ["dump", "--canonical", "--school", "hill-top"],
        ["measures", "verify"],
        ["measures", "rebuild"],
        ["morning"],
    ):
        code, out, err = start(*words)
        assert (code, out, err.strip().endswith("Run: dekaan migrate")) == (1, "", True), (words, err)


def test_from_nothing_to_figures_and_back(start, data, tmp_path):
    """A technician's first hour."""
    file = tmp_path / "pupils.csv"
    file.write_text(as_csv(pupils(12), HEAD), encoding="utf-8")
    assert start("migrate") == (0, "The database is up to date.\n", "")
    assert start("school", "add", "--name", "Hill Top", "--high-age", "18", "--sixth-form")[0] == 0
    code, out, _ = start("user", "add", "--email", "pia@x.example", "--name", "Pia", "--school", "hill-top")
    assert (code, out.startswith("pia@x.example is Careers Leader at Hill Top.")) == (0, True)
    empty = start("dump", "--canonical", "--school", "hill-top")
    assert start("import", "pupils", str(file), "--school", "hill-top", "--preview")[0] == 0
    assert start("dump", "--canonical", "--school", "hill-top") == empty
    code, out, err = start("import", "pupils", str(file), "--school", "hill-top", "--as", "pia@x.example", "--json")
    assert (code, json.loads(out)["counts"], err) == (0, {"joins": 12}, "")
    code, out, _ = start("coverage", "--school", "hill-top", "--criterion", "GB24.5.1", "--json")
    assert [(each["met"], each["of"]) for each in json.loads(out)] == [(0, 12)]
    assert start("measures", "verify") == (0, "What is kept is true.\n", "")
    assert start("import", "undo", "--school", "hill-top")[0] == 0
    assert start("dump", "--canonical", "--school", "hill-top") == empty
    assert {path.name for path in data.iterdir()} >= {"dekaan.sqlite3", "secret-key"}
    assert (data / "secret-key").stat().st_mode & 0o077 == 0


def test_the_demonstration_is_built_once_and_prints_a_login_for_every_role(start, data):
    words = ("demo", "--no-serve", "--pupils", "20", "--schools", "1", "--years", "1")
    code, out, err = start(*words, "--today=2026-11-24")
    assert (code, err) == (0, "")
    assert "the password of all is: three words at weirbrook" in out
    assert "  priya@ashdown.example        Careers Leader at ashdown\n" in out
    files = [line.removeprefix("To try: ") for line in out.splitlines() if line.startswith("To try: ")]
    assert files == [str(data / "demonstration" / name) for name in ("attendance-2026-11-24.csv", "pupils.csv")]
    code, out, err = start(*words, "--today", "2026-11-24")
    assert (code, "stay as they are" in out, err) == (0, True, "")
    assert json.loads(start("school", "list", "--json")[1]) == [
        {"slug": "ashdown", "name": "Ashdown School", "urn": "999001"}
    ]


def test_a_day_that_is_none_is_wrong_usage_on_the_command_line(start):
    for day in ("garbage", "2026-02-30", ""):
        code, out, err = start("demo", "--no-serve", "--today", day)
        assert (code, out, "Invalid value for '--today'" in err) == (2, "", True)


@pytest.mark.parametrize(
    "environment",
    [
        {"DEKAAN_TODAY": "garbage"},
        {"DEKAAN_DATABASE_URL": "nonsense"},
        {"DEKAAN_DATABASE_URL": "oracle-of-delphi://somewhere/else"},
    ],
    ids=str,
)
def test_a_setting_that_cannot_be_is_a_sentence(start, environment):
    code, out, err = start("school", "list", **environment)
    assert (code, out, err.startswith("Dekaan cannot start: ")) == (1, "", True)


def test_a_data_folder_that_cannot_be_is_a_sentence(start, tmp_path):
    (tmp_path / "file").write_text("in the way")
    for place in ("file", "file/under"):
        code, out, err = start("school", "list", DEKAAN_DATA=str(tmp_path / place))
        assert (code, out, err.startswith("Dekaan cannot start: ")) == (1, "", True)


def test_a_database_that_is_something_else_is_a_sentence(start, data):
    data.mkdir()
    (data / "dekaan.sqlite3").write_text("This is a letter to Priya, kept under an unlucky name. " * 40)
    code, out, err = start("school", "list")
    assert (code, out, "The database is not ready" in err) == (1, "", True)


def test_words_and_names_in_no_encoding_are_taken_as_they_are(start, tmp_path):
    """Linux keeps any bytes as a file's name."""
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.csv")
    start("migrate")
    start("school", "add", "--name", "Hill Top")
    code, out, err = start("import", "pupils", odd, "--school", "hill-top")
    assert (code, out, err.startswith("There is no file")) == (1, "", True)
    with open(odd, "w", encoding="utf-8") as file:  # noqa: PTH123 it is the odd name that is tried
        file.write(as_csv(pupils(3), HEAD))
    code, out, err = start("import", "pupils", odd, "--school", "hill-top", "--json")
    assert (code, json.loads(out)["file"], json.loads(out)["counts"]) == (0, "caf\ufffd.csv", {"joins": 3})
    paper = os.fsdecode(os.fsencode(tmp_path) + b"/papi\xe8r.pdf")
    code, out, err = start("report", "governors", "--school", "hill-top", "-o", paper)
    assert (code, out, err, os.path.exists(paper)) == (0, f"{paper}\n", "", True)  # noqa: PTH110 the same
    for words in (["coverage", "--school", "caf\udce9"], ["school", "add", "--name", "caf\udce9"]):
        code, out, err = start(*words)
        assert (code, out, bool(err)) == (1, "", True)


def test_a_port_that_is_taken_is_refused_in_words(start):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, _, err = start("serve", "--port", str(taken.getsockname()[1]))
    assert (code, "cannot be served on" in err) == (1, True)


def test_a_reader_who_has_read_enough_is_no_fault(start, data):
    start("demo", "--no-serve", "--pupils", "60", "--schools", "1", "--years", "1")
    reading = subprocess.Popen(
        [sys.executable, "-m", "dekaan", "dump", "--canonical", "--school", "ashdown"],
        cwd=ROOT,
        env=os.environ | {"DEKAAN_DATA": str(data), "DEKAAN_DATABASE_URL": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    reading.stdout.readline()
    reading.stdout.close()
    assert (b"Traceback" in reading.stderr.read(), reading.wait(60)) == (False, 1)
    reading.stderr.close()

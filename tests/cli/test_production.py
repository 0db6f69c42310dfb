"""In production mode `dekaan serve` and a web server at the door are refused in words, with exit code 1."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.house.ground import ROOT

pytestmark = pytest.mark.once

GOOD = {"DEKAAN_MODE": "production", "DEKAAN_HOSTS": "careers.ashdown.example"}
SERVE = ("-m", "dekaan", "serve", "--port", "1")
WSGI = ("-c", "import dekaan.wsgi")


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """A data folder as `dekaan migrate` leaves it in production mode."""
    data = tmp_path_factory.mktemp("production") / "data"
    assert started(data, "-m", "dekaan", "migrate") == (0, "The database is up to date.\n", "")
    (data / "static").mkdir(exist_ok=True)
    (data / "static" / "staticfiles.json").write_text("{}")
    return data


@pytest.fixture
def data(migrated, tmp_path):
    """A copy to spoil."""
    shutil.copytree(migrated, tmp_path / "data")
    return tmp_path / "data"


def started(data, *how, **environment) -> tuple[int, str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("DEKAAN_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, *how],
        cwd=ROOT,
        env=plain | GOOD | {"DEKAAN_DATA": str(data)} | environment,
        capture_output=True,
        timeout=120,
        check=False,
        text=True,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout, done.stderr


def test_a_good_installation_is_let_through(data):
    assert started(data, *WSGI) == (0, "", "")
    said = started(data, "-m", "dekaan", "check", DEKAAN_SMTP_HOST="mail.ashdown.example")
    assert said == (0, "Nothing stands against starting in production mode.\n", "")
    code, out, _ = started(data, "-m", "dekaan", "check")
    assert (code, "No mail server is named" in out) == (0, True)
    said = started(data, "manage.py", "check", "--deploy", "--database", "default", "--fail-level", "WARNING")
    assert said == (0, "System check identified no issues (0 silenced).\n", "")
    for path in data.iterdir():
        assert path.name == "static" or path.stat().st_mode & 0o077 == 0, path.name


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"DEKAAN_DEBUG": "1"}, ["Debugging is on"]),
        ({"DEKAAN_SECRET_KEY": "secret"}, ["The secret key is short"]),
        ({"DEKAAN_HOSTS": "*", "DEKAAN_DEBUG": "1"}, ["The hosts are not named", "Debugging is on"]),
        ({"DEKAAN_HOSTS": ""}, ["The hosts are not named"]),
    ],
    ids=str,
)
@pytest.mark.parametrize("how", [SERVE, WSGI], ids=["serve", "wsgi"])
def test_a_setting_that_is_unsafe_stops_the_start(data, how, environment, words):
    code, out, err = started(data, *how, **environment)
    assert (code, out, err.splitlines()[0]) == (1, "", "Dekaan does not start in production mode:")
    assert all(each in err for each in words), err


@pytest.mark.parametrize("how", [SERVE, WSGI], ids=["serve", "wsgi"])
def test_a_database_that_everybody_may_read_stops_the_start(data, how):
    (data / "dekaan.sqlite3").chmod(0o644)
    code, out, err = started(data, *how)
    assert (code, out, "Everybody on this machine may open dekaan.sqlite3." in err) == (1, "", True)


def test_an_unmigrated_database_and_a_missing_look_stop_a_web_server(tmp_path):
    code, out, err = started(tmp_path / "data", *WSGI)
    assert (code, out) == (1, "")
    assert "The database is older than this Dekaan. Run: dekaan migrate" in err
    assert "The look has not been collected." in err


def test_a_database_that_is_away_stops_a_web_server_in_words(data, tmp_path):
    away = "postgres://dekaan_web@localhost:1/dekaan?connect_timeout=1"
    code, out, err = started(data, *WSGI, DEKAAN_DATABASE_URL=away)
    assert (code, out, "The database cannot be asked:" in err) == (1, "", True)


def test_the_demonstration_is_not_built_in_production(data):
    code, out, err = started(data, "-m", "dekaan", "demo", "--no-serve")
    assert (code, out, "production mode has none" in err) == (1, "", True)


def test_an_empty_key_is_a_sentence(data):
    (data / "secret-key").write_text("")
    code, out, err = started(data, "-m", "dekaan", "check")
    assert (code, out, err.startswith("Dekaan cannot start: secret-key in the data folder is empty.")) == (1, "", True)


def test_a_mode_that_is_none_is_refused(data):
    """`prod` is not taken for the demonstration in silence."""
    code, out, err = started(data, "-m", "dekaan", "check", DEKAAN_MODE="prod")
    assert (code, out) == (1, "")
    assert err == "Dekaan cannot start: DEKAAN_MODE is “prod”; it is either production or demonstration.\n"

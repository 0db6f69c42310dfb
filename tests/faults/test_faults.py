"""A few of each fault in every run of the tests; `make faults` is the whole."""

import os
import re
import subprocess
import sys

import pytest

from tests.databases import ON_POSTGRES
from tests.house.ground import ROOT

NOTHING_LOST = "acknowledged writes lost 0, partial states 0, duplicates 0"


def said_of(kind, times):
    """What a run of its own says of so many faults of the kind."""
    passed_on = {name: value for name, value in os.environ.items() if not name.startswith("DEKAAN_")}
    passed_on["DEKAAN_TEST_DATABASE"] = "postgres" if ON_POSTGRES else "sqlite"
    words = [sys.executable, "-m", "tests.faults", kind, str(times)]
    done = subprocess.run(words, cwd=ROOT, env=passed_on, capture_output=True, text=True, timeout=300, check=False)
    said = done.stdout.strip()
    assert done.returncode == 0, said + done.stderr
    return said


def test_an_import_that_is_killed_is_as_before_or_as_after():
    said = said_of("import", 5)
    assert NOTHING_LOST in said
    assert re.search(r"tried 5, at work [3-5];", said), said


@pytest.mark.once
def test_an_import_whose_statements_fail_is_as_before_or_as_after():
    said = said_of("statements", 6)
    assert NOTHING_LOST in said
    assert "tried 6, at work 6;" in said


@pytest.mark.skipif(ON_POSTGRES, reason="PostgreSQL writes its own files")
def test_an_import_on_a_failing_disk_is_as_before_or_as_after():
    said = said_of("disk", 8)
    assert NOTHING_LOST in said
    assert re.search(r"tried 8, at work [4-8];", said), said


@pytest.mark.once
def test_a_register_that_was_saved_is_saved_though_the_web_is_killed():
    said = said_of("web", 2)
    assert NOTHING_LOST in said
    assert re.search(r"tried 2, at work [1-2];", said), said


def test_a_job_is_done_once_though_its_worker_is_killed():
    said = said_of("worker", 4)
    assert NOTHING_LOST in said
    assert re.search(r"tried 4, at work [1-4];", said), said


@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has no server to restart")
def test_a_register_that_was_saved_is_saved_though_postgresql_is_restarted():
    said = said_of("restart", 1)
    assert NOTHING_LOST in said
    assert "tried 1, at work 1;" in said

"""Commands are typed as a technician would; a crash is never an answer."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from click.testing import CliRunner

from dekaan.cli.commands import dekaan


@dataclass(frozen=True)
class Said:
    """What a command answered: its exit code, and what stands on either output."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.code == 0, self
        return json.loads(self.out)


def run(*words: object) -> Said:
    """Type `dekaan` and these words. An exception that is not an exit is the test's failure."""
    result = CliRunner().invoke(dekaan, [str(word) for word in words], prog_name="dekaan")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    said = Said(result.exit_code, result.stdout, result.stderr)
    assert said.code in {0, 1, 2}, said
    assert bool(said.err) == bool(said.code), said
    return said


@pytest.fixture(name="run")
def _run():
    return run


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"

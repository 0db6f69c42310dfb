"""The way in: a file on disk, read by the child process."""

import dataclasses
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import dekaan
from dekaan.exchange.reading.sheet import SIZE_LIMIT, ImportProblem, Row, Sheet, Unreadable

WALL_SECONDS = 30


def read_file(path: Path) -> Sheet:
    """The sheet in the file. Raises Unreadable: too big, not a list, or more than the reader could stand."""
    _check_size(path.stat().st_size)
    return _read_by_child([str(path.resolve())], None)


def read_bytes(content: bytes) -> Sheet:
    """The sheet in a file that lies nowhere: it is handed to the child. Raises Unreadable."""
    _check_size(len(content))
    return _read_by_child([], content)


def _check_size(size: int) -> None:
    if size > SIZE_LIMIT:
        raise Unreadable(f"The file is {size // (1024 * 1024)} MB; 20 MB is the most, and a pupil list is far smaller.")
    if size == 0:
        raise Unreadable("The file is empty.")


def _read_by_child(named: list[str], handed: bytes | None) -> Sheet:
    package = str(Path(dekaan.__file__).resolve().parent.parent)
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-s", "-m", "dekaan.exchange.reading.child", *named],
            env={"PYTHONPATH": package, "PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore", "PATH": ""},
            input=handed or b"",
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("Reading the file took too long, so it was given up. Save it as CSV and try again.") from error
    try:
        answer = json.loads(done.stdout) if done.returncode == 0 else None
    except ValueError:
        answer = None
    if answer is None:
        raise Unreadable("The file is damaged in a way that stopped the reader. Save it as CSV and try again.")
    if "problem" in answer:
        raise Unreadable(**answer["problem"])
    return _sheet(answer["sheet"])


def as_text(sheet: Sheet) -> str:
    """A sheet as it is kept in place of the file that it was read from."""
    return json.dumps(dataclasses.asdict(sheet))


def from_text(kept: str) -> Sheet:
    """The sheet that was kept as that text."""
    return _sheet(json.loads(kept))


def _sheet(found: dict[str, Any]) -> Sheet:
    return Sheet(
        kind=found["kind"],
        rows=tuple(Row(row["number"], tuple(row["cells"])) for row in found["rows"]),
        name=found["name"],
        encoding=found["encoding"],
        counts_from_1904=found["counts_from_1904"],
        problems=tuple(ImportProblem(**problem) for problem in found["problems"]),
        notes=tuple(found["notes"]),
        about=found["about"],
    )

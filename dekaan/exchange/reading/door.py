"""The way in: a file on disk, read by the child process."""

import json
import subprocess
import sys
from pathlib import Path

import dekaan
from dekaan.exchange.reading.sheet import SIZE_LIMIT, ImportProblem, Row, Sheet, Unreadable

WALL_SECONDS = 30


def read_file(path: Path) -> Sheet:
    """The sheet in the file. Raises Unreadable: too big, not a list, or more than the reader could stand."""
    size = path.stat().st_size
    if size > SIZE_LIMIT:
        raise Unreadable(f"The file is {size // (1024 * 1024)} MB; 20 MB is the most, and a pupil list is far smaller.")
    if size == 0:
        raise Unreadable("The file is empty.")
    package = str(Path(dekaan.__file__).resolve().parent.parent)
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-s", "-m", "dekaan.exchange.reading.child", str(path.resolve())],
            env={"PYTHONPATH": package, "PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore", "PATH": ""},
            stdin=subprocess.DEVNULL,
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
    found = answer["sheet"]
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

"""Copies of SQLite's file: only through its own interfaces, never by copying the file while somebody may be writing."""

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from dekaan.backups.refusals import Busy

Broken = sqlite3.DatabaseError  # not a file of SQLite's, or a damaged one
PATIENCE = 30  # seconds that another writer is waited for


def snapshot(live: Path, out: Path) -> None:
    """`out` is the database as it stood at one moment, without the pages of rows that are deleted. Raises Busy."""
    try:
        with closing(sqlite3.connect(f"{live.resolve().as_uri()}?mode=rw", uri=True, timeout=PATIENCE)) as database:
            database.execute("VACUUM INTO ?", [str(out)])
    except sqlite3.OperationalError as problem:
        raise _busy(problem) from problem
    out.chmod(0o600)


def keep(live: Path, aside: Path) -> None:
    """`aside` is the live database as it stands, also where it is damaged. Raises Busy."""
    try:
        snapshot(live, aside)
    except sqlite3.DatabaseError:
        aside.unlink(missing_ok=True)
        for file in live.parent.glob(f"{live.name}*"):  # with its journal
            shutil.copyfile(file, aside.parent / file.name.replace(live.name, aside.name))


def mark(file: Path, number: int) -> None:
    """The file bears a number by which it is known again where it was put over another."""
    with closing(sqlite3.connect(file)) as database:
        database.execute(f"PRAGMA user_version={int(number)}")


def mark_of(file: Path) -> int:
    """The number that the file bears; 0 where it bears none, or is no database."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", uri=True, timeout=PATIENCE)) as database:
            return int(database.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.DatabaseError:
        return 0


def put_over(source: Path, live: Path) -> None:
    """The live file says what `source` says, wholly or not at all; whoever has it open reads on in the new one.

    Raises Busy when somebody writes for longer than half a minute.
    """
    live.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    begun = time.monotonic()

    def waited(_status: int, remaining: int, _total: int) -> None:
        if remaining and time.monotonic() - begun > PATIENCE:
            raise TimeoutError

    def put() -> None:
        live.touch(mode=0o600)
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=rw", uri=True)) as new,
            closing(sqlite3.connect(live, timeout=PATIENCE)) as database,
        ):
            database.execute("PRAGMA synchronous=FULL")
            new.backup(database, pages=-1, progress=waited, sleep=0.25)

    try:
        put()
    except (sqlite3.OperationalError, TimeoutError) as problem:
        raise _busy(problem) from problem
    except sqlite3.DatabaseError:  # what lies there is no database any more, so that nothing can be put over it
        for file in live.parent.glob(f"{live.name}*"):
            file.unlink()
        put()


def is_sound(file: Path) -> bool:
    """SQLite finds no fault in the file, and no row refers to one that is not there."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as database:
            sound = database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            return sound and not database.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError:
        return False


def row_counts(file: Path) -> dict[str, int]:
    """How many rows each table has."""
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as database:
        names = [
            name
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            if not name.startswith("sqlite_")
        ]
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def _busy(problem: Exception) -> Exception:
    """“database is locked”, and a wait that was given up, in words; anything else as it is."""
    if isinstance(problem, TimeoutError) or "locked" in str(problem) or "busy" in str(problem):
        return Busy("Somebody has been writing for half a minute. Try again, or stop the service first.")
    return problem

"""Installations in processes of their own, each with its own data folder and database: what a technician has.

On PostgreSQL the database belongs to a role that is neither superuser nor past the second wall, as the guide asks.
"""

import hashlib
import json
import os
import secrets
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.databases import ON_POSTGRES, WEB_ROLE
from tests.house.ground import ROOT

OWNER = "dekaan_owner"
LEADER = "priya@ashdown.example"


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.code == 0, self
        return json.loads(self.out)


class Installation:
    """One data folder and one database, empty at first."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.address = _new_database() if ON_POSTGRES else ""
        self.writer: subprocess.Popen[str] | None = None

    @property
    def environment(self) -> dict[str, str]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("DEKAAN_", "DJANGO_"))}
        own = {"DEKAAN_DATA": str(self.data), "DEKAAN_DATABASE_WEB_ROLE": WEB_ROLE}
        return plain | own | ({"DEKAAN_DATABASE_URL": self.address} if self.address else {})

    def start(self, *words: object, seconds: int = 300, **more: str) -> Said:
        """Python with these words, to its end, which comes within so many seconds; a traceback is never an answer."""
        done = subprocess.run(
            [sys.executable, *map(str, words)],
            cwd=ROOT,
            env=self.environment | more,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Said(done.returncode, done.stdout, done.stderr)

    def run(self, *words: object, **more: str) -> Said:
        """Type `dekaan` and these words."""
        return self.start("-m", "dekaan", *words, **more)

    def build(self) -> None:
        """A small school with people, and a key of its own for backups, moved off the machine as it should be."""
        assert self.run("demo", "--no-serve", "--schools", "1", "--pupils", "40", "--years", "1").code == 0
        (self.data / "uploads" / "imports").mkdir(parents=True)
        (self.data / "uploads" / "imports" / "list").write_bytes(b"Adno,Surname\n1,Canarybird\n")
        assert self.run("backup", "key").code == 0
        self.key = self.data.parent / f"{self.data.name}-key"
        (self.data / "backup-private-key").rename(self.key)

    def meaning(self) -> str:
        """The checksum of the school, from the command that anybody can type."""
        said = self.run("dump", "--canonical", "--school", "ashdown")
        assert said.code == 0, said
        return hashlib.sha256(said.out.encode()).hexdigest()

    def write_on(self) -> None:
        """Another process adds pupil after pupil, until told to stop."""
        self.writer = subprocess.Popen(
            [sys.executable, "-m", "tests.backups.writer", str(self.data / "written")], cwd=ROOT, env=self.environment
        )

    def written(self) -> int:
        """How many of them the writer has been told are saved."""
        file = self.data / "written"
        return file.stat().st_size if file.exists() else 0

    def wait_for(self, more: int) -> None:
        goal, until = self.written() + more, time.monotonic() + 60
        while self.written() < goal:
            assert self.writer, "nobody writes"
            assert self.writer.poll() is None, "the writer has ended"
            assert time.monotonic() < until, "nothing is written any more"
            time.sleep(0.02)

    def stop_writing(self) -> None:
        if self.writer is not None:
            self.writer.terminate()
            self.writer.wait(30)
            self.writer = None

    def pupils_written(self) -> list[int]:
        said = self.run("dump", "--canonical", "--school", "ashdown").out
        rows = [json.loads(line) for line in said.splitlines()]
        return sorted(int(row["forename"]) for row in rows if row.get("surname") == "Writer")


def _new_database() -> str:
    """A database of its own on the server of this test run."""
    address = os.environ["DEKAAN_DATABASE_URL"]
    name = f"installation_{secrets.token_hex(6)}"
    with psycopg.connect(address, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone():
            with suppress(psycopg.errors.UniqueViolation):  # the other worker of the run was first
                connection.execute(f"CREATE ROLE {OWNER} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS")
        connection.execute(f"CREATE DATABASE {name} OWNER {OWNER}")
        host = connection.info.host
    return f"postgresql://{OWNER}@/{name}?host={host}"

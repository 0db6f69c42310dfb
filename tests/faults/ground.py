"""A school in a database of its own, which processes may be killed over; the canonical dump says what it holds.

Imported first: it says where the database is, and readies Django. Children are forked, so that a kill costs a moment
and not a start of Python.
"""

import hashlib
import os
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests import databases

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dekaan.settings")

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from dekaan.backups.queries import canonical_lines
from dekaan.core.scope import working_in
from dekaan.schools.models import School

FAULTY = "faulty"  # the database that is worked on; PostgreSQL's are copied from it and into it by name


@dataclass
class Fault:
    """What one kind of fault did, and what it broke: printed in a line, and nothing may be broken."""

    kind: str
    tried: int = 0
    true: int = 0  # the process was at work when it was killed
    lost: int = 0  # acknowledged, and not there
    partial: int = 0  # neither as before nor as after
    doubled: int = 0
    broken: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    said: str = ""

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.partial or self.doubled or self.broken) and self.tried > 0

    def __str__(self) -> str:
        line = (
            f"{'postgres' if databases.ON_POSTGRES else 'sqlite':9} {self.kind:38} tried {self.tried}, at work "
            f"{self.true}; acknowledged writes lost {self.lost}, partial states {self.partial}, duplicates {self.doubled}"
        )
        line += f"; {self.said}" if self.said else ""
        line += f" ({time.monotonic() - self.began:.0f} s)"
        return line + "".join(f"\n          ! {each}" for each in self.broken[:10])


def make_ready() -> None:
    """An empty database with every table; from now on spoken to as the web role, which writes before it answers."""
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    connection.settings_dict["OPTIONS"].pop("pool", None)  # a fork would share its connections
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
    if databases.ON_POSTGRES:
        for setting in ("synchronous_commit", "full_page_writes", "fsync"):
            _as_owner(f"ALTER SYSTEM SET {setting} = on")
        _as_owner("SELECT pg_reload_conf()")
        _as_owner(f"CREATE DATABASE {FAULTY}")
        _name(FAULTY)
        databases.connect_as(databases.OWNER)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("grant_web_role")
    if databases.ON_POSTGRES:
        databases.connect_as(databases.WEB_ROLE)
    connection.close()


def _name(database: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = database


def _as_owner(statement: str) -> None:
    import psycopg  # only where there is PostgreSQL

    with psycopg.connect(os.environ["DEKAAN_DATABASE_URL"], autocommit=True) as owner:
        owner.execute(statement)


def keep(name: str) -> None:
    """The database as it is now is kept under a name."""
    connection.close()
    if databases.ON_POSTGRES:
        _as_owner(f"CREATE DATABASE {name} TEMPLATE {FAULTY}")
    else:
        shutil.copyfile(_file(), _file().with_suffix(f".{name}"))


def bring_back(name: str) -> None:
    """The database is as it was kept."""
    connection.close()
    if databases.ON_POSTGRES:
        _as_owner(f"DROP DATABASE {FAULTY} WITH (FORCE)")
        _as_owner(f"CREATE DATABASE {FAULTY} TEMPLATE {name}")
        return
    _file().with_name(_file().name + "-journal").unlink(missing_ok=True)
    shutil.copyfile(_file().with_suffix(f".{name}"), _file())


def _file() -> Path:
    return Path(connection.settings_dict["NAME"])


def address_of_web_role() -> str:
    """What another process is told of the database."""
    if not databases.ON_POSTGRES:
        return ""
    whole = urlsplit(os.environ["DEKAAN_DATABASE_URL"])
    place = whole.netloc.replace(databases.OWNER, databases.WEB_ROLE, 1)
    return urlunsplit(whole._replace(netloc=place, path=f"/{FAULTY}"))


def state_of(school: School) -> str:
    """What the school means, as one sum."""
    with working_in(school):
        return hashlib.sha256("\n".join(canonical_lines(school)).encode()).hexdigest()


def is_sound() -> bool:
    """SQLite's own check of its file; what PostgreSQL's recovery makes of its files it checks itself."""
    if databases.ON_POSTGRES:
        return True
    connection.close()
    with sqlite3.connect(_file()) as file:
        return file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def started(work: Callable[[], None]) -> int:
    """A process of its own does the work; answers with its number."""
    connection.close()
    sys.stdout.flush()
    number = os.fork()
    if number:
        return number
    try:
        os.setpgid(0, 0)  # with what it starts itself
        sys.stderr = Path(settings.DATA, "child.log").open("a")  # noqa: SIM115 until the process ends
        work()
        os._exit(0)
    except BaseException as problem:  # noqa: BLE001 the exit code says it
        print(repr(problem), file=sys.stderr, flush=True)
        os._exit(1)


def killed(number: int, after: float) -> bool:
    """kill -9, that many seconds from now; True where it was still at work."""
    until = time.monotonic() + after
    while time.monotonic() < until:
        if os.waitpid(number, os.WNOHANG)[0]:
            return False
        time.sleep(0.002)
    os.killpg(number, signal.SIGKILL)
    _, status = os.waitpid(number, 0)
    return os.WIFSIGNALED(status)

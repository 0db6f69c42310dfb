"""What production mode refuses to start on: the database, as it answers to the role that serves.

Run where Django is told to check the database (`check --deploy --database default`, and at every start in production
mode). Listed in docs/care.md.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from dekaan.core.scope import ScopedManager
from dekaan.core.second_wall import POLICY

ROLE = """
SELECT rolsuper, rolbypassrls,
       EXISTS (SELECT 1 FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
               WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND pg_has_role(c.relowner, 'USAGE'))
FROM pg_roles WHERE rolname = current_user
"""
WALLS = """
SELECT c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND c.relrowsecurity AND c.relforcerowsecurity
  AND (SELECT array_agg(p.polname::text) FROM pg_policy AS p WHERE p.polrelid = c.oid) = ARRAY[%s]
"""
ENCRYPTED = {"require", "verify-ca", "verify-full"}


def school_owned_tables() -> set[str]:
    """The tables whose rows each belong to one school."""
    return {model._meta.db_table for model in apps.get_models() if isinstance(model._base_manager, ScopedManager)}


@register(Tags.database, deploy=True)
def database_is_safe(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """The schema is this Dekaan's, and what the database promises cannot be passed by the role that serves."""
    if not settings.PRODUCTION or "default" not in (databases or ()):
        return []
    connection = connections["default"]
    found = list(_schema(connection))
    if connection.vendor == "postgresql":
        return [*found, *_connection(connection), *_role(connection), *_walls(connection)]
    return [*found, *_journal(connection)]


def _schema(connection: BaseDatabaseWrapper) -> Iterator[CheckMessage]:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        hint = "Run: dekaan migrate (on PostgreSQL as the owner of the database)"
        yield Error("The database is older than this Dekaan.", hint=hint, id="dekaan.E010")
    ours = {area.rpartition(".")[2] for area in settings.AREAS}
    newer = {key for key in executor.loader.applied_migrations if key[0] in ours} - set(executor.loader.disk_migrations)
    if newer - {key for each in executor.loader.disk_migrations.values() for key in each.replaces}:
        names = ", ".join(sorted(f"{area} {name}" for area, name in newer))
        hint = "Start the newer version that has already been here, or restore the backup from before it."
        yield Error(
            f"The database is newer than this Dekaan, which does not know: {names}.", hint=hint, id="dekaan.E011"
        )


def _journal(connection: BaseDatabaseWrapper) -> Iterator[CheckMessage]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        (mode,) = cursor.fetchone()
        cursor.execute("SELECT sqlite_version()")
        (version,) = cursor.fetchone()
    if mode.lower() == "wal" and not settings.WAL_IS_SAFE:
        words = f"The database uses the write-ahead log, which SQLite {version} may corrupt."
        hint = "Stop every program that has the database open; with the rollback journal it starts again."
        yield Error(words, hint=hint, id="dekaan.E007")


def _connection(connection: BaseDatabaseWrapper) -> Iterator[CheckMessage]:
    given = connection.settings_dict
    host = str(given.get("HOST") or "")
    local = not host or host.startswith("/") or host in {"localhost", "127.0.0.1", "::1"}
    if not local and given.get("OPTIONS", {}).get("sslmode") not in ENCRYPTED:
        hint = "Add ?sslmode=verify-full to DEKAAN_DATABASE_URL (and sslrootcert where the certificate is your own)."
        yield Error(
            "The database is on another machine and is spoken to without encryption.", hint=hint, id="dekaan.E012"
        )


def _role(connection: BaseDatabaseWrapper) -> Iterator[CheckMessage]:
    with connection.cursor() as cursor:
        cursor.execute(ROLE)
        is_superuser, bypasses, owns = cursor.fetchone()
    hint = "Give DEKAAN_DATABASE_URL the web role; the owner's address is for `dekaan migrate` alone."
    for is_so, what in (
        (is_superuser, "is a superuser"),
        (bypasses, "may bypass row security"),
        (owns and not is_superuser, "owns the tables"),
    ):
        if is_so:
            yield Error(f"The database role that serves {what}.", hint=hint, id="dekaan.E008")


def _walls(connection: BaseDatabaseWrapper) -> Iterator[CheckMessage]:
    with connection.cursor() as cursor:
        cursor.execute(WALLS, [POLICY])
        walled = {name for (name,) in cursor.fetchall()}
        there = set(connection.introspection.table_names(cursor))
    if open_tables := sorted((school_owned_tables() & there) - walled):
        words = f"Row security is not enabled and forced, by our one policy, on: {', '.join(open_tables)}."
        hint = "Run `dekaan migrate` as the owner; if it stays so, restore the schema from a backup."
        yield Error(words, hint=hint, id="dekaan.E009")

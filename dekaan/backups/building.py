"""What the process beside does with its copy: build it from the parts, compare, bring it up to date, make it fit for use."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from psycopg import Error as PostgresError

from dekaan.access.queries import user_by_email
from dekaan.audit.changes import accept_heads, record
from dekaan.backups import postgres, sqlite
from dekaan.backups.models import BackupRun
from dekaan.backups.queries import checksums
from dekaan.backups.refusals import Damaged, NotTheSame, TooNew
from dekaan.core.scope import working_in
from dekaan.jobs.changes import give_up_waiting_mail
from dekaan.privacy.changes import reapply_erasures
from dekaan.schools.queries import all_schools

Migrations = list[list[str]]  # area and name


def looked_at() -> dict[str, Any]:
    """What the copy's manifest says of its inside."""
    answer = {"migrations": applied_migrations(), "schools": checksums()}
    connection.close()
    return answer


def applied_migrations() -> Migrations:
    """Every change of the tables that the database has seen."""
    return sorted([app, name] for app, name in MigrationExecutor(connection).loader.applied_migrations)


def unknown_here(migrations: Migrations) -> Migrations:
    """Those that this version of Dekaan does not have."""
    known = MigrationLoader(None).disk_migrations or {}
    return [each for each in migrations if tuple(each) not in known]


def built(manifest: dict[str, Any], files: dict[str, Path], *, for_use: bool) -> dict[str, Any]:
    """The database of this process is the backup's, compared with what the manifest says; raises a Refusal."""
    if unknown := unknown_here(manifest["migrations"]):
        app, name = unknown[0]
        raise TooNew(
            f"The backup was made by Dekaan {manifest['dekaan']}, which knows a change of the tables that this version "
            f"does not ({app} {name}). Update this installation first."
        )
    try:
        if connection.vendor == "postgresql":
            executor = MigrationExecutor(connection)
            executor.migrate(_last_of_each(manifest["migrations"], executor))
            postgres.load(manifest, files)
        else:
            _check_file(manifest)
        compared = _compare(manifest)
    except (DatabaseError, PostgresError) as problem:  # named by its kind: its words may quote a pupil's row
        raise Damaged(
            f"The database does not take what the backup holds ({type(problem).__name__}). Use another backup."
        ) from problem
    if for_use:
        Session.objects.all().delete()  # a password that was changed since is the old one again: nobody stays signed in
        reapply_erasures()
        give_up_waiting_mail()
    connection.close()
    return {"compared": compared, "schools": sorted(manifest["schools"])}


def _last_of_each(migrations: Migrations, executor: MigrationExecutor) -> list[tuple[str, str]]:
    """Those that none of the same area follows: asked for an earlier one as well, Django would take the later back."""
    there = {(app, name) for app, name in migrations}
    nodes = executor.loader.graph.node_map
    return sorted(
        node
        for node in there & nodes.keys()
        if not any(each.key[0] == node[0] and each.key in there for each in nodes[node].children)
    )


def _check_file(manifest: dict[str, Any]) -> None:
    file = Path(settings.DATABASES["default"]["NAME"])
    if not sqlite.is_sound(file):
        raise Damaged("SQLite finds faults in the database of the backup. Use another backup.")
    if sqlite.row_counts(file) != manifest["rows"]:
        raise Damaged("The tables of the backup have not as many rows as its manifest says. Use another backup.")


def _compare(manifest: dict[str, Any]) -> bool:
    """Every school means what it meant at the moment of the backup; an older version's says it in its own words."""
    if applied_migrations() != sorted(manifest["migrations"]):
        raise NotTheSame("The database of the backup is not at the version that its manifest says. Use another backup.")
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
        return False
    now = checksums()
    if now.keys() != manifest["schools"].keys():
        raise NotTheSame("The backup does not hold the schools that its manifest names. Use another backup.")
    for slug, said in manifest["schools"].items():
        if now[slug] != said:
            raise NotTheSame(
                f"What was built of the school “{slug}” is not what it was at the moment of the backup. Use another."
            )
    return True


def settled(plan: dict[str, Any]) -> dict[str, Any]:
    """The database in place says that it was put there, once, and its audit trail goes on from where it stands.

    Nobody is signed in from before, no mail of before goes out, and whoever was erased stays so, also where an older
    state was put back as it was.
    """
    Session.objects.all().delete()
    reapply_erasures()
    give_up_waiting_mail()
    when = datetime.strptime(plan["moment"], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
    agreed = user_by_email(plan["agreed_by"]) if plan["agreed_by"] else None
    if not BackupRun.objects.filter(kind=BackupRun.Kind.RESTORE, ended_at=when).exists():
        with transaction.atomic():
            BackupRun.objects.create(
                kind=BackupRun.Kind.RESTORE,
                ended_at=when,
                is_good=True,
                file_name=plan["file_name"],
                size=plan["size"],
            )
            for school in all_schools():
                with working_in(school):
                    if plan["file_name"]:
                        detail = {"file": plan["file_name"]}
                        record(action="backup restored", by=agreed, subject="backup", detail=detail)
                    else:
                        record(action="state of before a restore put back", by=agreed, subject="backup")
    because = plan["because"]
    if plan["agreed_by"] and agreed is None:  # an older state may not have the account yet
        because += f", as {plan['agreed_by']} agreed, who has no account in it"
    accept_heads(by=agreed, because=because)
    return {}

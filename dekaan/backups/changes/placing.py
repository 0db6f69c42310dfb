"""Putting another state in place by a plan that is written first and taken away last.

A process that is killed before the plan lies there has changed nothing; one that is killed later has left a plan, over
which nothing runs and nobody is served (`dekaan.core.under_way`) until `dekaan restore --finish` has carried it out.
Each step may be done again: what is done already is seen from what lies there.
"""

import json
import os
import secrets
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connection

from dekaan.backups import keys, postgres, sqlite, trial
from dekaan.backups.place import SCRATCH, STAYS, Place
from dekaan.backups.refusals import NothingThere, Refusal
from dekaan.core.under_way import UNDER_WAY, plan_in

ASIDE = "before-restore-"
DATABASE = "dekaan.sqlite3"
MOMENT = "%Y%m%dT%H%M%S%f"


@dataclass(frozen=True)
class Plan:
    """What is to be in place: the folder, below the data folder, in which it lies, and on PostgreSQL its schema."""

    moment: str  # by which what was there before is kept
    new: str
    schema: str
    mark: int  # what SQLite's file of the new bears, so that it is known again in place
    keep: bool  # something was there that one might go back to
    agreed_by: str
    because: str
    file_name: str  # of the backup; empty where the state of before a restore is put back
    size: int
    made_at: str
    schools: list[str]
    compared: bool


def planned(place: Place, *, new: Path, schema: str = "", **more: Any) -> Plan:
    """The plan lies in the data folder, and what it needs is on the disk: from now on it is carried out, or taken back."""
    mark = secrets.randbelow(2**31 - 2) + 1
    if place.engine == "sqlite":
        sqlite.mark(new / DATABASE, mark)
    moment = f"{datetime.now(UTC):{MOMENT}}"
    plan = Plan(moment=moment, new=str(new.relative_to(place.data)), schema=schema, mark=mark, **more)
    under_way = place.data / UNDER_WAY
    under_way.mkdir(mode=0o700, exist_ok=True)
    os.sync()  # the new state is on the disk before the plan that relies on it
    keys.write_private(plan_in(place.data), json.dumps(asdict(plan)).encode())
    return plan


def plan_left(place: Place) -> Plan:
    """The plan of a restore that was cut short; raises NothingThere."""
    try:
        return Plan(**json.loads(plan_in(place.data).read_bytes()))
    except FileNotFoundError:
        raise NothingThere("No restore was cut short here, so there is nothing to finish.") from None


def carry_out(place: Place, plan: Plan) -> str:
    """What the plan says is in place, and what was there is aside: answers where, or with nothing where nothing was.

    Where the database cannot be changed now, the plan is taken back and everything is as before; raises that Refusal.
    """
    old = place.data / UNDER_WAY / "old"
    new = place.data / plan.new
    if not _is_in_place(place, plan):
        try:
            _keep(place, old)
            _change_database(place, plan, new)
        except Refusal:
            _put_away(place, place.data / UNDER_WAY)
            raise
    connection.close()
    _change_uploads(new / "uploads", place.uploads, old / "uploads")
    for key in sorted((new / "keys").glob("*")):
        if not (key.name in STAYS and (place.data / key.name).exists()):
            keys.write_private(place.data / key.name, key.read_bytes())
    trial.settle(place, asdict(plan))
    return _ended(place, plan, old, new)


def _is_in_place(place: Place, plan: Plan) -> bool:
    if place.engine == "sqlite":
        return sqlite.mark_of(place.database_file) == plan.mark
    return _schema_aside(plan) in postgres.schemas(postgres.ASIDE)


def _schema_aside(plan: Plan) -> str:
    return f"{postgres.ASIDE}{plan.moment.lower()}"


def _keep(place: Place, old: Path) -> None:
    """What is live lies aside whole, once: after the first time the database may be half written."""
    kept = place.data / UNDER_WAY / "kept"
    if kept.exists():
        return
    shutil.rmtree(old, ignore_errors=True)
    (old / "keys").mkdir(mode=0o700, parents=True)
    live = place.keys()
    for file in live:
        keys.write_private(old / "keys" / file.name, file.read_bytes())
    if place.engine == "sqlite" and place.database_file.exists() and place.database_file.stat().st_size:
        sqlite.keep(place.database_file, old / DATABASE)
    os.sync()
    kept.touch(mode=0o600)


def _change_database(place: Place, plan: Plan, new: Path) -> None:
    connection.close()
    if place.engine == "sqlite":
        sqlite.put_over(new / DATABASE, place.database_file)
    else:
        postgres.take_place(plan.schema, _schema_aside(plan))


def _change_uploads(new: Path, live: Path, old: Path) -> None:
    if not new.exists():  # they are in place
        return
    if live.exists() and not old.exists():
        live.rename(old)
    old.mkdir(mode=0o700, exist_ok=True)
    new.rename(live)


def _ended(place: Place, plan: Plan, old: Path, new: Path) -> str:
    """Nothing is left of the plan but what was there before, under the name by which one goes back."""
    aside = place.data / f"{ASIDE}{plan.moment}"
    if plan.keep and old.exists():
        old.rename(aside)
    if new.exists() and new.parent == place.data:  # a state that had been aside, and is in place now
        _put_away(place, new)
    os.sync()
    _put_away(place, place.data / UNDER_WAY)
    if plan.keep:
        return str(aside)
    if place.engine != "sqlite":
        postgres.drop_schema(_schema_aside(plan))
    return ""


def _put_away(place: Place, folder: Path) -> None:
    """The folder is gone at once, and what was in it by and by: what is left of it is cleared away with the scratch."""
    away = place.data / f"{SCRATCH}{secrets.token_hex(6)}"
    folder.rename(away)
    shutil.rmtree(away, ignore_errors=True)

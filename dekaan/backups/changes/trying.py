"""Building a backup up in an empty place, where it is looked at before anybody relies on it."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import ProgrammingError

from dekaan.backups import postgres, trial
from dekaan.backups.parcel import Opened
from dekaan.backups.place import STAYS, Place, in_folder, in_schema
from dekaan.backups.refusals import NotTheSame, OtherDatabase
from dekaan.core.under_way import plan_in

KEYS = {"audit-key": "DEKAAN_AUDIT_KEY", "erasure-key": "DEKAAN_ERASURE_KEY"}
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True)
class Built:
    """A whole database made from a backup, beside the live one: a file of SQLite's or a schema of PostgreSQL's."""

    file: Path
    schema: str
    compared: bool  # with the checksums of the moment of the backup; not so where an older version made it
    schools: list[str]


def check_engine(place: Place, manifest: dict[str, Any]) -> None:
    """Raises OtherDatabase where the backup's database is of the other kind."""
    if manifest["engine"] != place.engine:
        theirs, ours = (NAMES.get(each, str(each)) for each in (manifest["engine"], place.engine))
        raise OtherDatabase(
            f"The backup is of {theirs}, and the database here is {ours}. Restore it where DEKAAN_DATABASE_URL names "
            f"{theirs}."
        )


@contextmanager
def built_beside(place: Place, opened: Opened, folder: Path, *, for_use: bool = False) -> Iterator[Built]:
    """Inside there is a database of its own that holds the backup and means what it meant; raises a Refusal.

    `for_use` makes it one to work with: erasures in force, nobody signed in.
    """
    check_engine(place, opened.manifest)
    if place.engine == "sqlite":
        data = folder / "built"
        data.mkdir()
        beside = in_folder(data)
        if "database.sqlite3" not in opened.parts:
            raise NotTheSame("The backup holds no database. Use another backup.")
        opened.parts["database.sqlite3"].rename(beside.database_file)
        # With the live data folder, where the list of erasures is kept.
        said = _built(Place(place.data, beside.address, beside.database_file), opened, for_use=for_use)
        yield Built(beside.database_file, "", said["compared"], said["schools"])
        return
    # Of this data folder, so that what a killed process has left is known, and nothing of another machine's.
    begins = f"{postgres.BESIDE}{hashlib.sha256(str(place.data.resolve()).encode()).hexdigest()[:8]}_"
    schema = f"{begins}{secrets.token_hex(6)}"
    try:
        for left in postgres.schemas(begins):
            postgres.drop_schema(left)
        postgres.make_schema(schema)
    except ProgrammingError as problem:
        raise NotTheSame(
            "This database role may not make a schema to build in. Say DEKAAN_DATABASE_URL of the owner, as for "
            "dekaan migrate."
        ) from problem
    try:
        beside = Place(place.data, in_schema(place.address, schema), place.database_file)
        said = _built(beside, opened, for_use=for_use)
        yield Built(place.database_file, schema, said["compared"], said["schools"])
    finally:
        if not plan_in(place.data).exists():  # else it is to be put in place
            postgres.drop_schema(schema)


def _built(beside: Place, opened: Opened, *, for_use: bool) -> dict[str, Any]:
    keys = {
        name: opened.under("keys")[file].read_text(encoding="utf-8").strip()
        for file, name in KEYS.items()
        # Who was erased here since is known by the key that is here, and by that of the backup on a new machine only.
        if file in opened.under("keys") and not (file in STAYS and (beside.data / file).exists())
    }
    return trial.build(beside, manifest=opened.manifest, files=opened.under("tables"), for_use=for_use, keys=keys)


def try_out(place: Place, opened: Opened, folder: Path) -> bool:
    """The backup has been restored into an empty place and compared, and the place is gone again; raises a Refusal.

    Answers whether the checksums could be compared: of an older version's backup only the rows can.
    """
    with built_beside(place, opened, folder) as built:
        return built.compared

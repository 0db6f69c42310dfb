"""Putting a backup in place, going back, and forgetting what was kept aside."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import DatabaseError, connection

from dekaan.access.models import User
from dekaan.access.queries import assignments_of, user_by_email
from dekaan.backups import keys, postgres, sqlite, trial
from dekaan.backups.changes.making import open_backup
from dekaan.backups.changes.trying import built_beside
from dekaan.backups.place import STAYS, Place, here, in_folder, scratch
from dekaan.backups.refusals import NothingThere, PlaceNotEmpty, Refusal
from dekaan.schools.models import School

ASIDE = "before-restore-"
MAY_AGREE = {"careers-leader", "headteacher"}


class NobodyAgreed(Refusal):
    """Over live data a restore takes a Careers Leader or headteacher beside the technician (security paper, section 3)."""


@dataclass(frozen=True)
class Restored:
    """What is in place now, and where what was there before is kept."""

    made_at: datetime
    schools: list[str]
    compared: bool
    aside: str  # a folder and, on PostgreSQL, a schema of that moment; empty where nothing was there


@dataclass(frozen=True)
class Kept:
    """The state of before a restore."""

    moment: str
    folder: Path
    schema: str


def restore(
    file: Path, *, key_file: Path, into: Path | None = None, over: bool = False, agreed_by: str | None = None
) -> Restored:
    """The installation here (or in the folder `into`) is that of the backup, with erasures made since in force.

    The backup is decrypted, unpacked, built and compared beside what is live first; a Refusal before that has changed
    nothing. Over schools or accounts it goes only when told to, with the e-mail address of a Careers Leader or
    headteacher who agreed, and what was there is kept aside.
    """
    place = in_folder(into) if into else here()
    key = keys.identity_in(key_file)
    if not is_empty(place):
        if not over:
            raise PlaceNotEmpty(
                "There are schools or accounts here. To put the backup in their place say --over; what is here is kept."
            )
        _check_agreed(agreed_by)
    with scratch(place) as folder:
        opened = open_backup(file, key, folder)
        with built_beside(place, opened, folder, for_use=True) as built:
            uploads = _laid_out(opened.under("uploads"), folder / "uploads")
            aside = _put_in_place(place, built.file, built.schema, uploads, opened.under("keys"))
        made_at = datetime.fromisoformat(opened.manifest["made_at"])
        trial.settle(
            place,
            file_name=file.name,
            size=file.stat().st_size,
            agreed_by=agreed_by or "",
            because=f"the backup of {made_at:%Y-%m-%d %H:%M} UTC was restored",
        )
        return Restored(made_at, built.schools, built.compared, aside)


def go_back() -> Restored:
    """The state of before the last restore is in place again, and what was there meanwhile is kept aside in turn.

    Raises NothingThere.
    """
    place = here()
    with scratch(place):
        before = kept_aside(place)
        if not before:
            raise NothingThere("Nothing is kept from before a restore, so there is nothing to go back to.")
        last = before[-1]
        files = {file.name: file for file in sorted((last.folder / "keys").glob("*"))}
        uploads = last.folder / "uploads"
        aside = _put_in_place(
            place, last.folder / "dekaan.sqlite3", last.schema, uploads if uploads.exists() else None, files
        )
        shutil.rmtree(last.folder, ignore_errors=True)
        connection.close()
        back = f"the state of before the restore, kept at {last.moment} UTC, was put back"
        trial.settle(place, file_name="", size=0, agreed_by="", because=back)
        schools = list(School.objects.order_by("slug").values_list("slug", flat=True))
        made_at = datetime.strptime(last.moment, "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
        return Restored(made_at, schools, compared=False, aside=aside)


def forget_kept() -> list[str]:
    """Nothing is kept any longer from before a restore; answers with the moments that went."""
    place = here()
    with scratch(place):
        before = kept_aside(place)
        for each in before:
            if each.schema:
                postgres.drop_schema(each.schema)
            shutil.rmtree(each.folder, ignore_errors=True)
        return [each.moment for each in before]


def kept_aside(place: Place) -> list[Kept]:
    """Every state of before a restore, oldest first."""
    folders = {file.name.removeprefix(ASIDE): file for file in place.data.glob(f"{ASIDE}*") if file.is_dir()}
    if place.engine == "sqlite":
        return [Kept(moment, folders[moment], "") for moment in sorted(folders)]
    return [
        Kept(moment, place.data / f"{ASIDE}{moment}", schema)
        for schema in postgres.schemas(postgres.ASIDE)
        for moment in [schema.removeprefix(postgres.ASIDE).upper()]
    ]


def is_empty(place: Place) -> bool:
    """Neither a school nor an account is there. What cannot be read is not empty."""
    tables = [School._meta.db_table, User._meta.db_table]
    if place.engine == "sqlite":
        if not place.database_file.exists() or not place.database_file.stat().st_size:
            return True
        try:
            rows = sqlite.row_counts(place.database_file)
        except sqlite.Broken:
            return False
        return not any(rows.get(table) for table in tables)
    with connection.cursor() as cursor:
        there = connection.introspection.table_names(cursor)
    if not set(tables) <= set(there):
        return True
    return not School.objects.exists() and not User.objects.exists()


def _check_agreed(email: str | None) -> None:
    try:
        user = user_by_email(email) if email else None
        agreed = user is not None and bool(MAY_AGREE & {each.role for each in assignments_of(user)})
    except DatabaseError:  # it cannot be read, which may be why it is restored
        agreed = bool(email)
    if not agreed:
        raise NobodyAgreed(
            "Live data is replaced only when a Careers Leader or headteacher agrees: say --agreed-by and the e-mail "
            "address of their account."
        )


def _laid_out(parts: dict[str, Path], into: Path) -> Path:
    into.mkdir(mode=0o700)
    for name, file in parts.items():
        there = into / name
        there.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.rename(there)
    return into


def _put_in_place(place: Place, file: Path, schema: str, uploads: Path | None, new_keys: dict[str, Path]) -> str:
    """Everything is the new, everything that was is aside. The database changes at once or not at all.

    First all that is live is kept; then the database, the uploads, the keys. Whoever is interrupted says it again, or
    goes back.
    """
    moment = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    aside = place.data / f"{ASIDE}{moment}"
    aside.mkdir(mode=0o700)
    _keep(place.keys(), aside / "keys")
    if place.engine == "sqlite":
        had = place.database_file.exists() and place.database_file.stat().st_size > 0
        if had:
            sqlite.keep(place.database_file, aside / "dekaan.sqlite3")
        connection.close()
        sqlite.put_over(file, place.database_file)
    else:
        had = not is_empty(place)
        postgres.take_place(schema, f"{postgres.ASIDE}{moment.lower()}")
        connection.close()
    if uploads is not None:
        if place.uploads.exists():
            place.uploads.rename(aside / "uploads")
        else:
            (aside / "uploads").mkdir()
        uploads.rename(place.uploads)
    for name, key in new_keys.items():
        if name in STAYS and (place.data / name).exists():
            continue
        keys.write_private(place.data / name, key.read_bytes())
    if not had:  # an empty place: nothing that anybody would go back to
        if place.engine != "sqlite":
            postgres.drop_schema(f"{postgres.ASIDE}{moment.lower()}")
        shutil.rmtree(aside)
        return ""
    return str(aside)


def _keep(files: Iterable[Path], into: Path) -> None:
    into.mkdir(mode=0o700)
    for file in files:
        keys.write_private(into / file.name, file.read_bytes())

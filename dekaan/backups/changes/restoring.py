"""Putting a backup in place, finishing what was cut short, going back, and forgetting what was kept aside."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import DatabaseError, connection

from dekaan.access.models import User
from dekaan.access.queries import assignments_of, user_by_email
from dekaan.backups import keys, postgres, sqlite
from dekaan.backups.changes.making import open_backup
from dekaan.backups.changes.placing import ASIDE, DATABASE, MOMENT, Plan, carry_out, plan_left, planned
from dekaan.backups.changes.trying import built_beside
from dekaan.backups.place import Place, here, in_folder, scratch
from dekaan.backups.refusals import NothingThere, PlaceNotEmpty, Refusal
from dekaan.core.under_way import UNDER_WAY
from dekaan.schools.models import School

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

    @property
    def is_whole(self) -> bool:
        """Database and files are both there, so that one can go back to it; what is deleted by halves is not."""
        return self.folder.is_dir() and (bool(self.schema) or (self.folder / DATABASE).exists())


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
            new = place.data / UNDER_WAY / "new"
            new.mkdir(mode=0o700, parents=True)
            _laid_out(opened.under("uploads"), new / "uploads")
            _laid_out(opened.under("keys"), new / "keys")
            if place.engine == "sqlite":
                built.file.rename(new / DATABASE)
            made_at = datetime.fromisoformat(opened.manifest["made_at"])
            plan = planned(
                place,
                new=new,
                schema=built.schema,
                keep=not is_empty(place),
                agreed_by=agreed_by or "",
                because=f"the backup of {made_at:%Y-%m-%d %H:%M} UTC was restored",
                file_name=file.name,
                size=file.stat().st_size,
                made_at=made_at.isoformat(),
                schools=built.schools,
                compared=built.compared,
            )
            return _done(plan, carry_out(place, plan))


def go_back(*, agreed_by: str | None = None) -> Restored:
    """The state of before the last restore is in place again, and what was there meanwhile is kept aside in turn.

    It replaces live data as a restore does, so it takes the agreement of the same people. Raises a Refusal.
    """
    place = here()
    with scratch(place):
        before = [each for each in kept_aside(place) if each.is_whole]
        if not before:
            raise NothingThere("Nothing is kept from before a restore, so there is nothing to go back to.")
        last = before[-1]
        if not is_empty(place):
            _check_agreed(agreed_by)
        plan = planned(
            place,
            new=last.folder,
            schema=last.schema,
            keep=not is_empty(place),
            agreed_by=agreed_by or "",
            because=f"the state of before the restore, kept at {last.moment} UTC, was put back",
            file_name="",
            size=0,
            made_at=datetime.strptime(last.moment, MOMENT).replace(tzinfo=UTC).isoformat(),
            schools=[],
            compared=False,
        )
        return _done(plan, carry_out(place, plan))


def finish(*, into: Path | None = None) -> Restored:
    """The restore that was cut short here is carried out to its end, as it was agreed; raises NothingThere."""
    place = in_folder(into) if into else here()
    with scratch(place, finishing=True):
        plan = plan_left(place)
        return _done(plan, carry_out(place, plan))


def _done(plan: Plan, aside: str) -> Restored:
    return Restored(datetime.fromisoformat(plan.made_at), plan.schools, plan.compared, aside)


def forget_kept() -> list[str]:
    """Nothing is kept any longer from before a restore; answers with the moments that went."""
    place = here()
    with scratch(place) as folder:
        before = kept_aside(place)
        for each in before:
            if each.schema:
                postgres.drop_schema(each.schema)
            if each.folder.exists():
                each.folder.rename(folder / each.folder.name)  # at once, and emptied with the scratch
        return [each.moment for each in before]


def kept_aside(place: Place) -> list[Kept]:
    """Every state of before a restore, oldest first."""
    moments = {file.name.removeprefix(ASIDE) for file in place.data.glob(f"{ASIDE}*") if file.is_dir()}
    schemas: dict[str, str] = {}
    if place.engine != "sqlite":
        schemas = {each.removeprefix(postgres.ASIDE).upper(): each for each in postgres.schemas(postgres.ASIDE)}
    return [
        Kept(moment, place.data / f"{ASIDE}{moment}", schemas.get(moment, ""))
        for moment in sorted(moments | schemas.keys())
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


def _laid_out(parts: dict[str, Path], into: Path) -> None:
    into.mkdir(mode=0o700)
    for name, file in parts.items():
        there = into / name
        there.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.rename(there)

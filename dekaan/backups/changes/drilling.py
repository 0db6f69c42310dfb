"""The drill: a backup is restored into an empty place and compared, and a row says that it was."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dekaan.backups import keys
from dekaan.backups.changes.making import backups_in, noted, open_backup
from dekaan.backups.changes.trying import try_out
from dekaan.backups.models import BackupRun
from dekaan.backups.place import here, scratch
from dekaan.backups.refusals import NothingThere


@dataclass(frozen=True)
class Drilled:
    """A backup that was restored beside the live data, found equal, and cleared away again."""

    file: Path
    made_at: datetime
    schools: list[str]
    compared: bool


def drill(file_or_folder: Path | None, *, key_file: Path) -> Drilled:
    """The backup (the newest of a folder; of the data folder's `backups` when left out) has been restored and compared.

    Done in an empty place that is gone afterwards; live data is not touched. Raises a Refusal, and records either way
    how it went.
    """
    place = here()
    with noted(BackupRun.Kind.DRILL) as note, scratch(place) as folder:
        file = _newest(file_or_folder or place.data / "backups")
        note.file_name = file.name
        opened = open_backup(file, keys.identity_in(key_file), folder)
        note.size = file.stat().st_size
        compared = try_out(place, opened, folder)
        made_at = datetime.fromisoformat(opened.manifest["made_at"])
        return Drilled(file, made_at, sorted(opened.manifest["schools"]), compared)


def _newest(where: Path) -> Path:
    if where.is_dir():
        found = backups_in(where)
        if not found:
            raise NothingThere(f"There is no backup in {where}. Make one: dekaan backup")
        return found[0]
    if not where.exists():
        raise NothingThere(f"There is no backup {where}.")
    return where

"""Making a backup, and tidying old ones."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import DatabaseError
from django.utils import timezone

from dekaan import __version__
from dekaan.backups import keys, parcel, postgres, sqlite, trial
from dekaan.backups.building import applied_migrations
from dekaan.backups.changes.trying import try_out
from dekaan.backups.models import BackupRun
from dekaan.backups.parcel import Part
from dekaan.backups.place import Place, here, in_folder, scratch
from dekaan.backups.queries import checksums
from dekaan.backups.refusals import NothingThere, Refusal

ENDING = ".dekaan.age"


@dataclass(frozen=True)
class Made:
    """A backup that was written, read back and compared."""

    file: Path
    size: int
    sha256: str
    made_at: datetime
    schools: dict[str, dict[str, Any]]
    rows: int
    drilled: bool
    tidied: list[Path] = field(default_factory=list)


def back_up(out: Path | None = None, *, keep: int | None = None, drill: bool = False) -> Made:
    """One encrypted file holds the installation as it stood at one moment, while everybody went on working.

    `out` is a file or an existing folder; the data folder's `backups` when left out. The file appears only when it
    has been read back and every part compared; with `drill` it has also been restored into an empty place. `keep`
    leaves that many of the newest in the folder. Raises a Refusal, and records either way how it went.
    """
    place = here()
    with noted(BackupRun.Kind.BACKUP) as note, scratch(place) as folder:
        recipient = keys.recipient(place.data)
        file = _where_to(place, out)
        note.file_name, note.keep = file.name, keep
        manifest, parts = _taken(place, folder)
        parcel.pack(manifest, parts, folder / "parcel")
        # A second key, known to this process alone and for this backup alone: without it nobody could read it back.
        passing = keys.passing_identity()
        partial = file.with_name(f".{file.name}.partial")
        try:
            keys.encrypt(folder / "parcel", partial, [recipient, passing.to_public()])
            _clear(folder)
            opened = open_backup(partial, passing, folder)
            if drill:
                with noted(BackupRun.Kind.DRILL) as tried:
                    tried.file_name, tried.size = file.name, partial.stat().st_size
                    try_out(place, opened, folder)
            partial.replace(file)
        finally:
            partial.unlink(missing_ok=True)
        note.size = file.stat().st_size
        return Made(
            file=file,
            size=note.size,
            sha256=parcel.sha256_of(file),
            made_at=datetime.fromisoformat(manifest["made_at"]),
            schools=manifest["schools"],
            rows=sum(manifest["rows"].values()),
            drilled=drill,
            tidied=tidy(file.parent, keep) if keep else [],
        )


def open_backup(file: Path, key: Any, folder: Path) -> parcel.Opened:
    """The file decrypted, unpacked and each part compared with its hash, in `folder`. Raises a Refusal."""
    plain = folder / "opened"
    keys.decrypt(file, plain, key)
    into = folder / "parts"
    into.mkdir()
    opened = parcel.unpack(plain, into)
    plain.unlink()
    return opened


def tidy(folder: Path, keep: int) -> list[Path]:
    """Of our backups in the folder the newest `keep` stay; answers with those that went."""
    old = backups_in(folder)[keep:]
    for file in old:
        file.unlink()
    return old


def backups_in(folder: Path) -> list[Path]:
    """The backups in the folder that were named by us, newest first."""
    return sorted(folder.glob(f"dekaan-*{ENDING}"), key=lambda file: file.name, reverse=True)


def _where_to(place: Place, out: Path | None) -> Path:
    if out is None:
        out = place.data / "backups"
        out.mkdir(mode=0o700, exist_ok=True)
    if not out.is_dir():
        if not (out.name.endswith(ENDING) and out.parent.is_dir()):  # a share that is not mounted is no folder either
            missing = out.parent if out.name.endswith(ENDING) else out
            raise NothingThere(f"There is no folder {missing}. Make it, or mount what it stands for.")
        if out.exists():
            raise NothingThere(f"There is a file {out} already, and no backup is written over. Name a folder.")
        return out
    # Coordinated universal time, so that names sort by age through a change of the clocks.
    stem = f"dekaan-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    names = [f"{stem}{ENDING}", *(f"{stem}-{number}{ENDING}" for number in range(2, 100))]
    return next(out / name for name in names if not (out / name).exists())


def _taken(place: Place, folder: Path) -> tuple[dict[str, Any], list[Part]]:
    """The database at one moment, then the uploads and keys: a file's row is written after the file."""
    manifest: dict[str, Any] = {"dekaan": __version__, "engine": place.engine, "made_at": timezone.now().isoformat()}
    taken = folder / "taken"
    (taken / "tables").mkdir(parents=True)
    if place.engine == "sqlite":
        copy = taken / "dekaan.sqlite3"
        if not place.database_file.exists():
            raise NothingThere(f"There is no database {place.database_file}. Make one: dekaan migrate")
        sqlite.snapshot(place.database_file, copy)
        manifest |= {"rows": sqlite.row_counts(copy)} | trial.look(in_folder(taken))
        parts = [Part("database.sqlite3", copy)]
    else:
        with postgres.one_moment():
            manifest |= postgres.copy_out(taken / "tables")
            manifest |= {"migrations": applied_migrations(), "schools": checksums()}
        parts = [Part(f"tables/{file.name}", file) for file in (taken / "tables").iterdir()]
    parts += [Part(f"keys/{file.name}", file) for file in _copies(place.keys(), place.data, taken / "keys")]
    return manifest, parts + _uploads(place, taken / "uploads")


def _uploads(place: Place, into: Path) -> list[Part]:
    files = sorted(each for each in place.uploads.rglob("*") if each.is_file() and not each.is_symlink())
    return [Part(f"uploads/{file.relative_to(into).as_posix()}", file) for file in _copies(files, place.uploads, into)]


def _copies(files: list[Path], root: Path, into: Path) -> Iterator[Path]:
    """Copies of the files, which may go on changing; one that is deleted meanwhile is left out."""
    for file in files:
        copy = into / file.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        try:
            copy.write_bytes(file.read_bytes())
        except FileNotFoundError:
            continue
        yield copy


def _clear(folder: Path) -> None:
    """What was copied is in the encrypted file now; it is read back from there and not from here."""
    from shutil import rmtree  # named here, beside the one use of so strong a word

    rmtree(folder / "taken")
    (folder / "parcel").unlink()


@contextmanager
def noted(kind: BackupRun.Kind) -> Iterator[BackupRun]:
    """A row says how it went, also when it was refused."""
    begun = time.monotonic()
    note = BackupRun(kind=kind, is_good=False)
    try:
        yield note
        note.is_good = True
    except (Refusal, OSError) as problem:
        note.problem = str(problem)
        _write(note, begun, save=_quietly)
        raise
    _write(note, begun, save=BackupRun.save)


def _write(note: BackupRun, begun: float, *, save: Callable[[BackupRun], None]) -> None:
    note.ended_at = timezone.now()
    note.seconds = round(time.monotonic() - begun)
    save(note)


def _quietly(note: BackupRun) -> None:
    """What was refused is what the person must hear, also where the database cannot even note it."""
    try:
        note.save()
    except DatabaseError:
        return

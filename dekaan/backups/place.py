"""Where an installation lives: its data folder and its database."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from django.conf import settings

from dekaan.backups.refusals import Busy
from dekaan.core.under_way import UNDER_WAY, WORDS, plan_in

try:
    import fcntl
except ImportError:  # Windows, where nobody serves a school from; the lock is then left out
    fcntl = None  # type: ignore[assignment]

# What signs and proves, and travels with the data; never the key that opens backups. Nothing else is put beside the data.
TRAVELS = ("audit-key", "erasure-key", "secret-key")
STAYS = {"erasure-key"}  # an older one would not know those erased since; taken from a backup only where none is
LOCK = ".backup-lock"
SCRATCH = ".backup-scratch-"


@dataclass(frozen=True)
class Place:
    """A data folder and the address of a database, live or to be."""

    data: Path
    address: str
    database_file: Path  # SQLite's; of no meaning otherwise

    @property
    def engine(self) -> str:
        """“sqlite” or “postgresql”."""
        return "sqlite" if self.address.startswith("sqlite") else "postgresql"

    @property
    def uploads(self) -> Path:
        """Uploaded files."""
        return self.data / "uploads"

    def keys(self) -> list[Path]:
        """Those of the keys that travel which are there."""
        return [file for name in TRAVELS if (file := self.data / name).is_file()]


def here() -> Place:
    """The installation that this process serves."""
    return Place(Path(settings.DATA), settings.DATABASE_URL, Path(settings.DATABASES["default"]["NAME"]))


def in_folder(data: Path) -> Place:
    """An installation on SQLite in that data folder."""
    file = data.resolve() / "dekaan.sqlite3"
    return Place(data.resolve(), sqlite_address(file), file)


def sqlite_address(file: Path) -> str:
    """As DEKAAN_DATABASE_URL names a file of SQLite."""
    return f"sqlite:///{quote(str(file))}"


def in_schema(address: str, schema: str) -> str:
    """The same PostgreSQL database, with every table looked for and made in that schema."""
    parts = urlsplit(address)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name not in {"options", "currentSchema"}]
    return urlunsplit(
        parts._replace(query=urlencode([*query, ("options", f"-c search_path={schema}")], quote_via=quote))
    )


@contextmanager
def scratch(place: Place, *, finishing: bool = False) -> Iterator[Path]:
    """A folder of nobody else's beside the data, gone afterwards; one backup or restore at a time. Raises Busy.

    What a killed process left behind is cleared away first: it holds the data unencrypted. Only a plan stays, and over it
    nothing is begun. The lock is held by the processes beside as well, which outlive a parent that is killed.
    """
    place.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(place.data / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy("Another backup, drill or restore is running here. Try again when it has ended.") from None
        os.set_inheritable(handle, True)
        if not plan_in(place.data).exists():
            shutil.rmtree(place.data / UNDER_WAY, ignore_errors=True)
        elif not finishing:
            raise Busy(WORDS)
        for left in place.data.glob(f"{SCRATCH}*"):
            shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=place.data))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            if not plan_in(place.data).exists():
                shutil.rmtree(place.data / UNDER_WAY, ignore_errors=True)
    finally:
        os.close(handle)

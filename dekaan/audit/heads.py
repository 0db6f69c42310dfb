"""How far each chain has got, kept in the data folder: a chain that was cut short in the database is found by it.

A head may be older than its chain, never newer: it is written after the commit. One that the chain no longer agrees
with is left as it is, so that the loss stays found until somebody accepts it (`changes.accept_heads`).
"""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from dekaan.audit.sealing import head_of, same


class NoHead(Exception):
    """What should be a head cannot be read, or this installation did not write it."""


@dataclass(frozen=True)
class Head:
    """The chain of the school had got to that place, with that link."""

    school: int
    place: int
    link: str
    at: str
    mac: str

    @property
    def is_ours(self) -> bool:
        """Whether this installation's key signed it."""
        return same(self.mac, head_of(self.school, self.place, self.link, self.at))


def signed(school: int, place: int, link: str) -> Head:
    """A head of now, signed."""
    at = timezone.now().isoformat(timespec="seconds")
    return Head(school, place, link, at, head_of(school, place, link, at))


def as_head(said: Any) -> Head:
    """The head that was written down. Raises NoHead."""
    try:
        head = Head(int(said["school"]), int(said["place"]), str(said["link"]), str(said["at"]), str(said["mac"]))
    except (KeyError, TypeError, ValueError) as problem:
        raise NoHead from problem
    if not head.is_ours:
        raise NoHead
    return head


def kept_head(school: int) -> Head | None:
    """The head kept of the chain, or None where there is none. Raises NoHead."""
    try:
        said = json.loads((settings.AUDIT_HEADS / f"{school}.json").read_text())
    except FileNotFoundError:
        return None
    except ValueError as problem:
        raise NoHead from problem
    head = as_head(said)
    if head.school != school:
        raise NoHead
    return head


def schools_with_heads() -> set[int]:
    """The chains of which a head is kept."""
    return {int(file.stem) for file in settings.AUDIT_HEADS.glob("*.json") if file.stem.isdecimal()}


def keep(head: Head) -> None:
    """The head is kept in place of the one before."""
    file = settings.AUDIT_HEADS / f"{head.school}.json"
    new = file.with_suffix(".new")
    new.touch(mode=0o600)
    new.write_text(json.dumps(asdict(head)))
    new.replace(file)


@contextmanager
def alone() -> Iterator[None]:
    """Only one process changes the heads at a time."""
    settings.AUDIT_HEADS.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (settings.AUDIT_HEADS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

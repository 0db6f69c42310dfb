"""The keyed hashes: without the key nobody writes, changes, moves or drops a line unseen.

Listed in docs/care.md. The key is kept outside the database: whoever can write to the one cannot forge the other.
"""

import hmac
import json
import os
import secrets
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings


@cache
def _read(given: str, file: Path) -> bytes:
    if given:
        return given.encode()
    if not file.exists():
        made = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(48))
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(made, file)  # of two processes that begin at once, the second takes the first one's key
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return file.read_text().strip().encode()


def audit_key() -> bytes:
    """The key of the environment, else the one made once in the data folder."""
    return _read(settings.AUDIT_KEY, settings.AUDIT_KEY_FILE)


def _keyed(kind: str, *parts: Any) -> str:
    said = json.dumps([kind, *parts], sort_keys=True, separators=(",", ":"))
    return hmac.digest(audit_key(), said.encode(), "sha256").hex()


NONCE = 16  # hexadecimal digits that a seal begins with, so that no two lines have the same


def seal_of(
    nonce: str,
    school_id: int | None,
    actor_id: int | None,
    at: datetime,
    action: str,
    subject: str,
    subject_id: int | None,
    detail: Any,
) -> str:
    """A number used once, and the keyed hash of it with everything that a line says: a copy of a line is told apart."""
    when = at.astimezone(UTC).isoformat()
    return nonce + _keyed("event", nonce, school_id, actor_id, when, action, subject, subject_id, detail)[NONCE:]


def new_seal(*said: Any) -> str:
    """The seal of a line that is being written."""
    return seal_of(secrets.token_hex(NONCE // 2), *said)


def link_of(chain: int, place: int, event_id: int, seal: str, before: str) -> str:
    """The keyed hash of a line, its place, and everything before it."""
    return _keyed("link", chain, place, event_id, seal, before)


def head_of(chain: int, place: int, link: str, at: str) -> str:
    """The keyed hash of how far a chain had got."""
    return _keyed("head", chain, place, link, at)


def same(one: str, other: str) -> bool:
    """Whether two hashes are the same, told in a time that says nothing about them."""
    return hmac.compare_digest(one.encode(), other.encode())

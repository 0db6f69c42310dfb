"""What is kept of an uploaded file until its time for undo has passed.

A Common Transfer File holds contacts' and medical data, which Dekaan never stores: such a file is read while it is in
memory, and only what careers work needs of it is written to the disk.
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings

from dekaan.exchange.models import ImportRun
from dekaan.exchange.reading.door import as_text, from_text, read_bytes, read_file
from dekaan.exchange.reading.sheet import Sheet
from dekaan.exchange.reading.signature import BLANK, begins_with_a_tag

LOOKED_AT = 4096  # bytes that say what a file is
REDUCED = ".sheet"


def file_of(run: ImportRun) -> Path:
    """Where what is kept of the uploaded file lies."""
    return Path(settings.MEDIA_ROOT) / run.stored_as


def keep_upload(run: ImportRun, school_id: int, pieces: Iterable[bytes]) -> None:
    """The file lies in the uploads folder, a transfer file as what is needed of it. Raises Unreadable for a broken one."""
    digest = hashlib.sha256()
    coming = _hashed(pieces, digest)
    head = b""
    while (len(head) < LOOKED_AT or not head.strip(BLANK)) and (piece := next(coming, b"")):
        head += piece
    stored_as = f"imports/{school_id}/{secrets.token_hex(16)}"
    if begins_with_a_tag(head):
        content = head + b"".join(coming)
        run.sha256 = digest.hexdigest()
        stored_as += REDUCED
        kept: Iterable[bytes] = [as_text(read_bytes(content)).encode()]
    else:
        kept = chain([head], coming)
    run.stored_as = stored_as
    path = file_of(run)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("wb") as out:
        path.chmod(0o600)
        out.writelines(kept)
    run.sha256 = digest.hexdigest()


def _hashed(pieces: Iterable[bytes], digest: Any) -> Iterator[bytes]:
    for piece in pieces:
        digest.update(piece)
        yield piece


def sheet_of(run: ImportRun) -> Sheet:
    """The sheet in what is kept of the file. Raises Unreadable."""
    path = file_of(run)
    return from_text(path.read_text(encoding="utf-8")) if run.stored_as.endswith(REDUCED) else read_file(path)


def delete_file(run: ImportRun) -> None:
    """Nothing of the uploaded file is kept any more; the caller saves the run."""
    if run.stored_as:
        file_of(run).unlink(missing_ok=True)
        run.stored_as = ""

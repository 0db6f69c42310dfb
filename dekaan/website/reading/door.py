"""The way in: a page or a PDF, read by the child process."""

import json
import subprocess
import sys
from pathlib import Path

import dekaan
from dekaan.website.reading.document import Document, document_of

WALL_SECONDS = 30


def read_bytes(content: bytes, *, address: str, charset: str = "") -> Document:
    """What is in it; where it could not be read, `unread` says why."""
    package = str(Path(dekaan.__file__).resolve().parent.parent)
    head = json.dumps({"address": address, "charset": charset}).encode() + b"\n"
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-s", "-m", "dekaan.website.reading.child"],
            env={"PYTHONPATH": package, "PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore", "PATH": ""},
            input=head + content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=WALL_SECONDS,
            check=False,
        )
        answer = json.loads(done.stdout) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, ValueError):
        answer = None
    if answer is None:
        return Document(address, unread="too-much")
    return document_of(answer)

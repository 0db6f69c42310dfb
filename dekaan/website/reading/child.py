"""The child process: reads one page or PDF handed to it, and prints what it found as JSON.

Before a byte is parsed it gives up memory beyond 512 MB, processor time beyond 20 seconds, writing files, and opening
anything at all: with no free descriptor there is no socket, so no network.
"""

import codecs
import dataclasses
import importlib
import json
import logging
import pkgutil
import resource
import sys
from contextlib import suppress

import pypdf

from dekaan.website.reading.document import Document
from dekaan.website.reading.page import read_page
from dekaan.website.reading.pdf import read_pdf

MEMORY_LIMIT = 512 * 1024 * 1024
CPU_SECONDS = 20
ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252", "ascii", "charmap", "mac-roman"),
    *("cp437", "iso8859-15", "unicode_escape", "raw_unicode_escape", "utf-32", "gbk", "shift_jis", "big5"),
)


def give_up() -> None:
    """From here on the process can only compute and answer."""
    for encoding in ENCODINGS:
        codecs.lookup(encoding)
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY_LIMIT),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(what, (limit, limit))


def fetch_all_of(package: str, path: list[str]) -> None:
    """Every module of it is there before nothing can be opened any more: it looks for some only when a file asks."""
    for each in pkgutil.walk_packages(path, f"{package}."):
        with suppress(ImportError):  # one that stands on a library which is not installed
            importlib.import_module(each.name)


def is_pdf(content: bytes) -> bool:
    """Told from its first bytes."""
    return content[:1024].lstrip().startswith(b"%PDF-")


def read_content(content: bytes, *, address: str, charset: str = "") -> Document:
    """The page or PDF, told from its content and never from its name."""
    if is_pdf(content):
        return read_pdf(content, address=address)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x1f\x8b")):  # fmt: skip
        return Document(address, "other", unread="not-a-page")
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Document(address, "other", unread="not-a-page")
    return read_page(content, address=address, charset=charset)


def main() -> None:
    """Print the document, or why there is none. The first line says the address and the character set."""
    head, _, content = sys.stdin.buffer.read().partition(b"\n")
    told = json.loads(head)
    logging.disable(logging.CRITICAL)
    if is_pdf(content):
        fetch_all_of("pypdf", pypdf.__path__)
    give_up()
    try:
        found = read_content(content, **told)
    except (MemoryError, RecursionError):
        found = Document(told["address"], unread="too-much")
    answer = dataclasses.asdict(found)
    answer["anchors"] = sorted(found.anchors)
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()

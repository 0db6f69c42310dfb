"""The child process: reads one file, named on its command line or handed to it, and prints what it found as JSON.

Before a byte is parsed it gives up memory beyond 512 MB, processor time beyond 20 seconds, writing files, and opening
anything at all: with no free descriptor there is no socket, so no network.
"""

import codecs
import dataclasses
import json
import resource
import sys
from pathlib import Path

from dekaan.exchange.reading.cleaning import cleaned_sheet
from dekaan.exchange.reading.sheet import Sheet, Unreadable
from dekaan.exchange.reading.signature import kind_of
from dekaan.exchange.reading.text import read_text
from dekaan.exchange.reading.transfer_file import read_transfer_file
from dekaan.exchange.reading.workbook import read_workbook

MEMORY_LIMIT = 512 * 1024 * 1024
CPU_SECONDS = 20


def give_up() -> None:
    """From here on the process can only compute and answer."""
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "cp1252", "cp437", "unicode_escape", "raw_unicode_escape"):
        codecs.lookup(encoding)
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY_LIMIT),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(what, (limit, limit))


def read_content(content: bytes) -> Sheet:
    """The sheet in the file. Raises Unreadable."""
    kind = kind_of(content)
    if kind == "csv":
        return cleaned_sheet(read_text(content))
    if kind == "xml":
        return cleaned_sheet(read_transfer_file(content))
    return cleaned_sheet(read_workbook(content, kind))


def main() -> None:
    """Print the sheet, or why there is none."""
    content = Path(sys.argv[1]).read_bytes() if len(sys.argv) > 1 else sys.stdin.buffer.read()
    give_up()
    try:
        answer = {"sheet": dataclasses.asdict(read_content(content))}
    except Unreadable as refusal:
        answer = {"problem": dataclasses.asdict(refusal.problem)}
    except MemoryError:
        answer = {"problem": {"row": None, "column": None, "words": "The file needs far more memory than a list does."}}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()

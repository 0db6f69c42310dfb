"""Reads files in a small process of its own, which can say how much memory its readers took.

Linux counts into the most memory of a child what the process that started it had ever taken: started by a process of
1 GB, `true` is told as 1 GB. This one imports nothing large, so what it tells of its children is theirs.
"""

import dataclasses
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from dekaan.exchange.reading.door import read_file
from dekaan.exchange.reading.sheet import Unreadable


@dataclasses.dataclass(frozen=True)
class Read:
    """What became of a file; the memory is the most that a reader took for it or for a file before it."""

    refused: str
    broken: bool  # a control or half a letter came through
    seconds: float
    megabytes: int


def read_apart(paths: list[Path]) -> list[Read]:
    """What becomes of each file, told by a process that is started afresh."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.apart", *map(str, paths)], stdout=subprocess.PIPE, check=True
    )
    return [Read(**json.loads(line)) for line in done.stdout.splitlines()]


def _reads(paths: list[str]) -> Iterator[Read]:
    for path in paths:
        refused, broken, began = "", False, time.monotonic()
        try:
            cells = [cell for row in read_file(Path(path)).rows for cell in row.cells]
            broken = any(ord(letter) < 32 or 0xD800 <= ord(letter) < 0xE000 for cell in cells for letter in cell)
        except Unreadable as refusal:
            refused = str(refusal)
        used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        yield Read(refused, broken, time.monotonic() - began, used)


if __name__ == "__main__":
    for read in _reads(sys.argv[1:]):
        print(json.dumps(dataclasses.asdict(read)))

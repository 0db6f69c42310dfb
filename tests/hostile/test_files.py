"""Any file is safe to try: rows or a sentence, in little time and memory, whatever is in it.

A part of the corpus in `make test`, all of it in `make hostile`.
"""

import os

import pytest

from dekaan.exchange.reading.door import read_file
from tests.hostile.apart import read_apart
from tests.hostile.files import CSV, good, malicious

pytestmark = pytest.mark.once

ALL = int(os.environ.get("DEKAAN_HOSTILE", "0")) > 1000
SECONDS = 10
MEGABYTES = 200


def test_good_files_are_read(tmp_path):
    for kind, content in good().items():
        path = tmp_path / f"list.{kind}"
        path.write_bytes(content)
        assert read_file(path).rows, kind


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_every_malicious_file_is_rows_or_a_sentence(tmp_path, capsys):
    corpus = list(malicious())
    assert (len(corpus) >= 150, len({name for name, _ in corpus})) == (True, len(corpus))
    tried = corpus if ALL else corpus[::9]
    paths = []
    for number, (_, content) in enumerate(tried):
        paths.append(tmp_path / f"{number}.csv")
        paths[-1].write_bytes(content)
    found = read_apart(paths)
    wrong, before = [], 0
    for (name, _), read in zip(tried, found, strict=True):
        if read.broken:
            wrong.append(f"{name}: a control or half a letter came through")
        if read.refused and (len(read.refused) < 12 or not read.refused.rstrip().endswith((".", "?", "”"))):
            wrong.append(f"{name}: {read.refused}")
        if read.seconds > SECONDS:
            wrong.append(f"{name}: {read.seconds:.0f} s")
        if read.megabytes > max(before, MEGABYTES):
            wrong.append(f"{name}: {read.megabytes} MB")
        before = read.megabytes
    refused, slowest = sum(bool(read.refused) for read in found), max(read.seconds for read in found)
    if ALL:
        with capsys.disabled():
            print(
                f"\nmalicious files: {len(tried)}; read {len(tried) - refused}, refused in words {refused}, anything else {len(wrong)};"
                f" slowest {slowest:.1f} s, most memory {before} MB"
            )
    assert (wrong, sorted(path.name for path in tmp_path.parent.glob("x*"))) == ([], [])


def test_the_memory_told_is_the_readers_alone(tmp_path):
    """The test of the test: this process is larger than a reader may be, and a list of 12 MB makes one grow."""
    held = bytearray(b"x") * ((MEGABYTES + 50) * 1024 * 1024)
    for name, lines in (("short", 1), ("long", 250_000)):
        (tmp_path / name).write_bytes(CSV.splitlines(True)[0] + CSV.splitlines(True)[1] * lines)
    short, long = read_apart([tmp_path / "short", tmp_path / "long"])
    assert short.megabytes < MEGABYTES / 2 < long.megabytes, (short, long, len(held))

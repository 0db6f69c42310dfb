"""Any file is safe to try: rows or a sentence, in little time and memory, whatever is in it.

A part of the corpus in `make test`, all of it in `make hostile`.
"""

import os
import resource
import time

import pytest

from dekaan.exchange.reading.door import read_file
from dekaan.exchange.reading.sheet import Unreadable
from tests.hostile.files import good, malicious

pytestmark = pytest.mark.once

ALL = int(os.environ.get("DEKAAN_HOSTILE", "0")) > 1000
SECONDS = 10
MEGABYTES = 200  # looked at in the run of all, in which no other child of this process is larger


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
    read, refused, slowest, wrong = 0, 0, 0.0, []
    for number, (name, content) in enumerate(tried):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(content)
        began = time.monotonic()
        try:
            sheet = read_file(path)
            read += 1
            if any(
                ord(letter) < 32 or 0xD800 <= ord(letter) < 0xE000
                for row in sheet.rows
                for cell in row.cells
                for letter in cell
            ):
                wrong.append(f"{name}: a control or half a letter came through")
        except Unreadable as refusal:
            refused += 1
            if len(str(refusal)) < 12 or not str(refusal).rstrip().endswith((".", "?", "”")):
                wrong.append(f"{name}: {refusal}")
        slowest = max(slowest, time.monotonic() - began)
        if slowest > SECONDS:
            wrong.append(f"{name}: {slowest:.0f} s")
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    if ALL:
        with capsys.disabled():
            print(
                f"\nmalicious files: {len(tried)}; read {read}, refused in words {refused}, anything else {len(wrong)};"
                f" slowest {slowest:.1f} s, most memory {used} MB"
            )
    assert (wrong, used <= MEGABYTES or not ALL, sorted(path.name for path in tmp_path.parent.glob("x*"))) == (
        [],
        True,
        [],
    )

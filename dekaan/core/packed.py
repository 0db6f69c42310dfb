"""Whether a zip (a workbook, a document) is safe to hand on: looked at before anything is unpacked, then counted."""

import zipfile
from enum import StrEnum

_ENCRYPTED = 0x1
_RATIO_LIMIT = 100
_SMALL = 1024 * 1024  # a small part may be packed tighter: styles full of repetition are


class Danger(StrEnum):
    """What is wrong with it; the words are for whoever asks."""

    MANY = "many"  # more parts than there should be
    TWICE = "twice"  # two parts of one name
    NAME = "name"  # a part that would be written outside
    LOCKED = "locked"  # a password
    MACROS = "macros"
    BIG = "big"  # it unpacks to far more than it should


def danger_in(archive: zipfile.ZipFile, *, most_parts: int, most_unpacked: int) -> Danger | None:
    """Few entries, safe names, no encryption, no macros, no bomb. What a part says of its size is not believed."""
    entries = archive.infolist()
    if len(entries) > most_parts:
        return Danger.MANY
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        return Danger.TWICE
    for entry in entries:
        if found := _danger_of(entry):
            return found
    if sum(entry.file_size for entry in entries) > most_unpacked:
        return Danger.BIG
    return None if _unpacked_within(archive, most_unpacked) else Danger.BIG


def _danger_of(entry: zipfile.ZipInfo) -> Danger | None:
    name = entry.filename
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name or "\x00" in name:
        return Danger.NAME
    if entry.flag_bits & _ENCRYPTED:
        return Danger.LOCKED
    if name.lower().endswith(("vbaproject.bin", ".dll", ".exe")) or name.lower().startswith("basic/"):
        return Danger.MACROS
    if entry.file_size > max(entry.compress_size, 1) * _RATIO_LIMIT and entry.file_size > _SMALL:
        return Danger.BIG
    return None


def _unpacked_within(archive: zipfile.ZipFile, most: int) -> bool:
    unpacked = 0
    for entry in archive.infolist():
        with archive.open(entry) as part:
            while piece := part.read(1024 * 1024):
                unpacked += len(piece)
                if unpacked > most:
                    return False
    return True

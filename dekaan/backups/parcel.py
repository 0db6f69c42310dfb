"""The one file inside the encryption: a tar with a manifest first, then each part that it names, and nothing else."""

import gzip
import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from dekaan.backups.place import TRAVELS
from dekaan.backups.refusals import Damaged, TooNew

FORMAT = 1
MANIFEST = "manifest.json"
MANIFEST_LIMIT = 64 * 1024 * 1024
CHUNK = 1024 * 1024
EXPECTED = {"format", "dekaan", "engine", "made_at", "migrations", "schools", "rows", "parts"}


@dataclass(frozen=True)
class Part:
    """One file of the backup, under the name that the manifest gives it."""

    name: str
    file: Path


@dataclass(frozen=True)
class Opened:
    """A backup whose every part is there and is what the manifest says."""

    manifest: dict[str, Any]
    parts: dict[str, Path]

    def under(self, folder: str) -> dict[str, Path]:
        """The parts of one kind: their path below `folder/`, and where they lie unpacked."""
        begins = f"{folder}/"
        return {name.removeprefix(begins): file for name, file in self.parts.items() if name.startswith(begins)}


def pack(manifest: dict[str, Any], parts: Iterable[Part], out: Path) -> None:
    """`out` is the parcel; the manifest gains size and hash of each part."""
    parts = sorted(parts, key=lambda part: part.name)
    manifest = manifest | {
        "format": FORMAT,
        "parts": {part.name: {"size": part.file.stat().st_size, "sha256": sha256_of(part.file)} for part in parts},
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
    with tarfile.open(out, "w:gz", compresslevel=6) as tar:
        tar.addfile(_entry(MANIFEST, len(text)), io.BytesIO(text))
        for part in parts:
            with part.file.open("rb") as source:
                tar.addfile(_entry(part.name, manifest["parts"][part.name]["size"]), source)


def unpack(parcel: Path, into: Path) -> Opened:
    """Every part lies in `into`, under a name of ours, and is what the manifest says; raises Damaged, TooNew."""
    try:
        with tarfile.open(parcel, "r:gz") as tar:
            return _unpacked(tar, into)
    except (tarfile.TarError, zlib.error, EOFError, gzip.BadGzipFile) as problem:
        raise Damaged("The backup is damaged: what it holds cannot be unpacked to the end. Use another.") from problem


def _unpacked(tar: tarfile.TarFile, into: Path) -> Opened:
    first = tar.next()
    if first is None or first.name != MANIFEST or not first.isreg() or first.size > MANIFEST_LIMIT:
        raise Damaged("The backup has no manifest at its beginning, so it is none of ours. Use another.")
    manifest = _manifest(_content(tar, first))
    said: dict[str, Any] = manifest["parts"]
    found: dict[str, Path] = {}
    while (entry := tar.next()) is not None:
        if not entry.isreg() or entry.name not in said or entry.name in found:
            raise Damaged(f"The backup holds “{entry.name}”, which its manifest does not name. Use another.")
        if entry.size != said[entry.name]["size"]:
            raise Damaged(f"The part “{entry.name}” is not as long as the manifest says. Use another backup.")
        file = into / f"part-{len(found)}"
        if _copied(_content(tar, entry), file) != said[entry.name]["sha256"]:
            raise Damaged(
                f"The part “{entry.name}” is not what was backed up: its checksum differs. Use another backup."
            )
        found[entry.name] = file
    if missing := sorted(said.keys() - found.keys()):
        raise Damaged(f"The part “{missing[0]}” is missing. Use another backup.")
    return Opened(manifest, found)


def _content(tar: tarfile.TarFile, entry: tarfile.TarInfo) -> BinaryIO:
    content = tar.extractfile(entry)
    if content is None:
        raise Damaged(f"The part “{entry.name}” cannot be read. Use another backup.")
    return content  # type: ignore[return-value]


def _manifest(content: BinaryIO) -> dict[str, Any]:
    try:
        said = json.loads(content.read())
    except ValueError:
        said = None
    if not isinstance(said, dict) or not isinstance(said.get("format"), int):
        raise Damaged("The manifest of the backup cannot be read. Use another backup.")
    if said["format"] > FORMAT:
        raise TooNew(
            f"The backup was made by Dekaan {said.get('dekaan', 'of a later day')}, which writes another form of backup. "
            "Update this installation first."
        )
    if not _is_whole(said):
        raise Damaged("The manifest of the backup is not complete. Use another backup.")
    return said


def _is_whole(said: dict[str, Any]) -> bool:
    """Everything that is read from it later is there, and of the kind that is read."""
    if EXPECTED - said.keys() or not all(isinstance(said[name], dict) for name in ("parts", "schools", "rows")):
        return False
    return (
        all(map(_is_part, said["parts"].items()))
        and isinstance(said["migrations"], list)
        and all(isinstance(each, list) and list(map(type, each)) == [str, str] for each in said["migrations"])
        and all(isinstance(count, int) for count in said["rows"].values())
        and all(isinstance(said[name], str) for name in ("dekaan", "engine", "made_at"))
        and isinstance(said.get("columns", {}), dict)
        and isinstance(said.get("numbering", []), list)
        and (said["engine"] != "postgresql" or {"columns", "numbering"} <= said.keys())
    )


def _is_part(said: tuple[str, Any]) -> bool:
    """A plain relative path with a size and a hash: nothing that could be written outside its folder.

    Whoever has the public key can write a backup, so no more than the keys that travel is let in beside the data.
    """
    name, facts = said
    steps = name.split("/")
    return (
        bool(name)
        and not {"", ".", ".."} & set(steps)
        and "\\" not in name
        and "\0" not in name
        and (steps[0] != "keys" or name in {f"keys/{each}" for each in TRAVELS})
        and isinstance(facts, dict)
        and isinstance(facts.get("size"), int)
        and isinstance(facts.get("sha256"), str)
    )


def _copied(source: BinaryIO, file: Path) -> str:
    seen = hashlib.sha256()
    file.touch(mode=0o600)
    with file.open("wb") as to:
        while chunk := source.read(CHUNK):
            seen.update(chunk)
            to.write(chunk)
    return seen.hexdigest()


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size = size
    entry.mode = 0o600
    return entry


def sha256_of(file: Path) -> str:
    """The file's SHA-256, as sha256sum prints it."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()

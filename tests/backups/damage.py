"""A hundred ways in which a backup may be broken, each made from a good one."""

import io
import json
import random
import sqlite3
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pyrage import decrypt, encrypt, x25519

Entries = list[tuple[tarfile.TarInfo, bytes]]


def damaged(good: Path, key: x25519.Identity, into: Path, seed: int = 3) -> Iterator[tuple[str, Path]]:
    """What was done, and the file."""
    dice = random.Random(seed)
    whole = good.read_bytes()
    plain = decrypt(whole, [key])
    ways: list[tuple[str, bytes]] = []
    for at in sorted(dice.sample(range(len(whole)), 30)):
        ways.append((f"a bit of byte {at} flipped", _flipped(whole, at, dice)))
    for length in sorted(dice.sample(range(len(whole)), 15)):
        ways.append((f"cut after {length} bytes", whole[:length]))
    ways.append(("the last byte missing", whole[:-1]))
    ways.append(("a byte too many", whole + b"\0"))
    ways.append(("a part of the middle missing", whole[: len(whole) // 3] + whole[len(whole) // 2 :]))
    ways.append(("zeros in the middle", whole[:2000] + bytes(512) + whole[2512:]))
    ways.append(("empty", b""))
    ways.append(("not encrypted", plain))
    ways.append(("another kind of file", _zip()))
    for number in range(3):
        other = x25519.Identity.generate()
        ways.append((f"encrypted to somebody else ({number})", encrypt(plain, [other.to_public()])))

    def sealed(name: str, content: bytes) -> None:
        ways.append((f"inside: {name}", encrypt(content, [key.to_public()])))

    for at in sorted(dice.sample(range(20, len(plain)), 8)):
        sealed(f"a bit of byte {at} flipped", _flipped(plain, at, dice))
    for length in sorted(dice.sample(range(len(plain) - 8), 6)):
        sealed(f"cut after {length} bytes", plain[:length])
    sealed("nothing", b"")
    sealed("an empty archive", _packed([]))
    sealed("no archive", b"Dear Sir or Madam")
    for name, change in _manifests().items():
        entries = _entries(plain)
        said = json.loads(entries[0][1])
        changed = change(said)
        sealed(name, _packed([_entry("manifest.json", _json(said if changed is None else changed)), *entries[1:]]))
    for name, rearranged in _archives(_entries(plain)):
        sealed(name, _packed(rearranged))
    for name, content in _databases(_entries(plain)):
        sealed(name, content)
    for number, (name, content) in enumerate(ways):
        file = into / f"damaged-{number}.dekaan.age"
        file.write_bytes(content)
        yield name, file


def _flipped(content: bytes, at: int, dice: random.Random) -> bytes:
    return content[:at] + bytes([content[at] ^ (1 << dice.randrange(8))]) + content[at + 1 :]


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("manifest.json", "{}")
    return out.getvalue()


def _entries(plain: bytes) -> Entries:
    with tarfile.open(fileobj=io.BytesIO(plain), mode="r:gz") as tar:
        return [(entry, tar.extractfile(entry).read()) for entry in tar.getmembers()]


def _entry(name: str, content: bytes, kind: bytes = tarfile.REGTYPE) -> tuple[tarfile.TarInfo, bytes]:
    entry = tarfile.TarInfo(name)
    entry.size, entry.type = len(content), kind
    return entry, content


def _packed(entries: Entries) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for entry, content in entries:
            tar.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def _json(said: Any) -> bytes:
    return said if isinstance(said, bytes) else json.dumps(said).encode()


def _manifests() -> dict[str, Callable[[dict[str, Any]], Any]]:
    """The manifest says something else than what is there."""

    def a_part(said: dict[str, Any]) -> dict[str, Any]:
        return said["parts"][next(name for name in sorted(said["parts"]) if name.startswith(("database", "tables/")))]

    def gone(name: str) -> Callable[[dict[str, Any]], Any]:
        return lambda said: said.pop(name) and None

    return {
        "a form of backup to come": lambda said: said.update(format=2, dekaan="9.0"),
        "a change of the tables to come": lambda said: said["migrations"].append(["people", "0999_more"]),
        "an area to come": lambda said: said["migrations"].append(["guidance", "0001_initial"]),
        "a change of the tables left out": lambda said: said["migrations"].pop(),
        "another kind of database": lambda said: said.update(
            engine="sqlite" if said["engine"] == "postgresql" else "postgresql"
        ),
        "a database that nobody knows": lambda said: said.update(engine="oracle"),
        "no format": gone("format"),
        "no parts": gone("parts"),
        "no schools": gone("schools"),
        "no migrations": gone("migrations"),
        "no rows": gone("rows"),
        "not JSON": lambda said: b"{",
        "not UTF-8": lambda said: b"\xff\xfe\x00",
        "a list": lambda said: [1],
        "a part of another size": lambda said: a_part(said).update(size=a_part(said)["size"] + 1),
        "a part of another hash": lambda said: a_part(said).update(sha256="0" * 64),
        "a part without a hash": lambda said: a_part(said).pop("sha256") and None,
        "a part that is not there": lambda said: said["parts"].update(
            {"uploads/lost": {"size": 0, "sha256": "0" * 64}}
        ),
        "a path out of the folder": lambda said: said["parts"].update({"../out": {"size": 0, "sha256": "0" * 64}}),
        "a row too many": lambda said: said["rows"].update(people_pupil=said["rows"]["people_pupil"] + 1),
        "another school's checksum": lambda said: said["schools"]["ashdown"].update(sha256="0" * 64),
        "a school that is not there": lambda said: said["schools"].update(nowhere={"lines": 1, "sha256": "0" * 64}),
        "a school that is not named": lambda said: said["schools"].pop("ashdown") and None,
        "words where a number belongs": lambda said: said.update(format="one"),
        "migrations that are no list": lambda said: said.update(migrations="all"),
        "rows that are no table": lambda said: said.update(rows=7),
    }


def _archives(entries: Entries) -> Iterator[tuple[str, Entries]]:
    manifest, parts = entries[0], entries[1:]
    (first, one), (last, two) = parts[0], parts[-1]
    yield "two parts swapped", [manifest, _entry(last.name, one), *parts[1:-1], _entry(first.name, two)]
    yield "the first part missing", [manifest, *parts[1:]]
    yield "the last part missing", entries[:-1]
    yield "every part missing", [manifest]
    yield "no manifest", parts
    yield "the manifest at the end", [*parts, manifest]
    yield "a part twice", [*entries, parts[0]]
    yield "a part too many", [*entries, _entry("uploads/stranger", b"x")]
    yield "a part outside the folder", [*entries, _entry("../../outside", b"x")]
    link, _ = _entry(first.name, b"", tarfile.SYMTYPE)
    link.linkname = "/etc/passwd"
    yield "a part that is a link", [manifest, (link, b""), *parts[1:]]
    yield "a part that is a folder", [manifest, _entry(first.name, b"", tarfile.DIRTYPE), *parts[1:]]
    yield "a part with one letter changed", [manifest, _entry(first.name, b"#" + one[1:]), *parts[1:]]


def _databases(entries: Entries) -> Iterator[tuple[str, bytes]]:
    """The hashes are right and what they are of is not: only building it up shows that."""
    import hashlib

    said = json.loads(entries[0][1])

    def with_part(name: str, content: bytes) -> bytes:
        said["parts"][name] = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        return _packed(
            [_entry("manifest.json", _json(said))]
            + [(each, old) if each.name != name else _entry(name, content) for each, old in entries[1:]]
        )

    # Whoever has the public key can write a whole backup; nothing of theirs is put among the keys and lists of the place.
    for name in ("keys/backup-recipient", "keys/erasures.jsonl", "keys/secret-key/x", "keys"):
        forged = dict(said, parts=said["parts"] | {name: {"size": 1, "sha256": hashlib.sha256(b"x").hexdigest()}})
        yield f"{name} too many", _packed([_entry("manifest.json", _json(forged)), *entries[1:], _entry(name, b"x")])
    held = {entry.name: content for entry, content in entries}
    if "database.sqlite3" in held:
        good = held["database.sqlite3"]
        yield "a database with pages of zeros", with_part("database.sqlite3", good[:8192] + bytes(8192) + good[16384:])
        yield "a database cut in half", with_part("database.sqlite3", good[: len(good) // 2])
        yield "no database at all", with_part("database.sqlite3", b"Dear Sir or Madam" * 100)
        yield "one name changed", with_part("database.sqlite3", _with_another_name(good))
    else:
        pupils = held["tables/people_pupil.copy"]
        lines = pupils.splitlines(keepends=True)
        yield "a row less", with_part("tables/people_pupil.copy", b"".join(lines[1:]))
        yield "a row twice", with_part("tables/people_pupil.copy", b"".join([lines[0], *lines]))
        yield "half a row", with_part("tables/people_pupil.copy", pupils[: len(pupils) // 2])
        yield "one name changed", with_part("tables/people_pupil.copy", pupils.replace(b"Canarybird", b"Canarybirb"))


def _with_another_name(database: bytes) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database)
    connection.execute("UPDATE people_pupil SET surname = surname || 'x' WHERE id = (SELECT min(id) FROM people_pupil)")
    connection.commit()
    return connection.serialize()

"""Files of evidence: what is taken and what is refused in words, what is taken out of pictures, and how one is kept.

What a file is, its content says; its name must say the same. It is kept sealed in the uploads folder, so that a copy of the
folder alone is read by nobody, and comes out as a download only, never as a page.
"""

import hashlib
import io
import lzma
import re
import secrets
import struct
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.utils.http import content_disposition_header

from dekaan.core.packed import Danger, danger_in
from dekaan.core.sealed import box

TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}
TAKEN = "PDF, PNG and JPEG pictures, Word, Excel, PowerPoint and OpenDocument files, plain text and CSV"
_ALSO = {"jpeg": "jpg", "jpe": "jpg"}
_TEXTS = {"txt", "csv"}
NAME_LENGTH = 120
_PARTS, _UNPACKED = 5000, 200 * 1024 * 1024  # of a long presentation
_PACKED_WITH = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_INSIDE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_OPEN_DOCUMENT = {b"text": "odt", b"spreadsheet": "ods", b"presentation": "odp"}
_PASSWORD = (
    "The file is protected by a password, so nobody else could read it. Save it without the password and add that."  # noqa: S105 a sentence about one
)
_DANGERS = {
    Danger.MANY: "The file holds too many parts to be a document. Save it again, as PDF if you can, and add that.",
    Danger.TWICE: "The file holds two parts of the same name, which no document does. Save it again and add that.",
    Danger.NAME: "The file holds a part with an unsafe name. Save it again, as PDF if you can, and add that.",
    Danger.LOCKED: _PASSWORD,
    Danger.MACROS: "The file holds macros. Save it as an ordinary document and add that.",
    Danger.BIG: "The file unpacks to far more than a document needs, so it was not taken. Save it as PDF and add that.",
}
_DAMAGED = "The file is damaged and cannot be opened. Save it again and add that."


class NotTaken(Exception):
    """The file is refused; the words say why and what to do."""


class NotReadable(Exception):
    """What was kept is not there any more, or was sealed by another installation."""


@dataclass(frozen=True)
class Checked:
    """A file that is taken: its name made safe, what it is, and its content without what a camera wrote into it."""

    name: str
    ending: str
    content: bytes


def checked(name: str, content: bytes) -> Checked:
    """The file as it is kept. Raises NotTaken."""
    if len(content) > settings.UPLOAD_LIMIT:
        size = len(content) // (1024 * 1024)
        raise NotTaken(f"The file is {size} MB; 20 MB is the most. Save it smaller, or give its address instead.")
    if not content.strip(b"\x00 \t\r\n"):
        raise NotTaken("The file is empty. Open it, see that something is in it, save it and add it again.")
    said = _ending_of(name)
    if said not in TYPES:
        called = f"A file that ends in .{said}" if said else "A file whose name has no ending"
        raise NotTaken(f"{called} is not taken: {TAKEN} are.")
    found = _told_from(content)
    if found != said and not (found == "txt" and said in _TEXTS):
        raise NotTaken(
            f"The file is called .{said}, but it is not one{f': it is a {found} file' if found else ''}. "
            "Open it, save it as what it is, and add that."
        )
    return Checked(safe_name(name, said), said, _without_traces(said, content))


def safe_name(name: str, ending: str) -> str:
    """The file's own name, without a folder, without signs that no disk takes, and not too long."""
    stem = PureWindowsPath(unicodedata.normalize("NFC", name)).name
    stem = "".join(each for each in stem if unicodedata.category(each)[0] not in {"C", "Z"} or each == " ")
    stem = re.sub(r'[<>:"/\\|?*]', "", stem.rpartition(".")[0]).strip(" .")
    return f"{stem[: NAME_LENGTH - len(ending) - 1].strip(' .') or 'evidence'}.{ending}"


def _ending_of(name: str) -> str:
    said = PureWindowsPath(name).name.rpartition(".")
    ending = said[2].casefold()[:12] if said[1] else ""
    return _ALSO.get(ending, ending)


def _told_from(content: bytes) -> str:
    """The ending that the content asks for; "" where it is nothing that is taken."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"PK"):
        return _told_from_parts(content)
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise NotTaken(_PASSWORD)
        raise NotTaken(
            "The file is of an old kind that may hold macros. Save it as DOCX, XLSX, PPTX or PDF and add that."
        )
    return "txt" if _is_text(content) else ""


def _is_text(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    head = content[:65536]
    return b"\x00" not in head and sum(byte < 9 or 13 < byte < 32 for byte in head) * 50 <= len(head)


def _told_from_parts(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if {each.compress_type for each in archive.infolist()} - _PACKED_WITH:
                raise NotTaken(_DAMAGED)
            if danger := danger_in(archive, most_parts=_PARTS, most_unpacked=_UNPACKED):
                raise NotTaken(_DANGERS[danger])
            names = set(archive.namelist())
            if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise NotTaken(_PASSWORD)
            mimetype = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (
        zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, EOFError, ValueError, RuntimeError, OSError,
    ) as error:  # fmt: skip
        raise NotTaken(_DAMAGED) from error
    for part, ending in _INSIDE.items():
        if part in names:
            return ending
    kind = mimetype.strip().rpartition(b"opendocument.")[2]
    return _OPEN_DOCUMENT.get(kind, "zip")


def _without_traces(ending: str, content: bytes) -> bytes:
    """A picture without what the camera wrote into it: where and when it was taken, by whom."""
    return {"jpg": _jpeg, "png": _png}.get(ending, bytes)(content)


def _jpeg(content: bytes) -> bytes:
    """Without the application's segments but for the two that say how colours are meant, and without comments."""
    kept, at = [content[:2]], 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        if content[at + 1] == 0xFF:  # a filling
            at += 1
            continue
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == 0xDA:  # the picture itself begins
            return b"".join([*kept, content[at:]])
        if marker not in {0xE1, 0xFE, *range(0xE3, 0xEE), 0xEF}:
            kept.append(content[at : at + 2 + length])
        at += 2 + length
    raise NotTaken(_DAMAGED)


def _png(content: bytes) -> bytes:
    """Without the chunks that hold words, times and what a camera wrote."""
    kept, at = [content[:8]], 8
    while at + 12 <= len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        kind, end = content[at + 4 : at + 8], at + 12 + length
        if end > len(content):
            break
        if kind not in {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}:
            kept.append(content[at:end])
        if kind == b"IEND":
            return b"".join(kept)
        at = end
    raise NotTaken(_DAMAGED)


def folder_of(school_id: int) -> Path:
    """Where the files of a school's evidence lie."""
    return Path(settings.MEDIA_ROOT) / "evidence" / str(school_id)


def keep(content: bytes, school_id: int) -> tuple[str, str]:
    """The content lies sealed in the uploads folder; where, from that folder on, and its hash."""
    folder = folder_of(school_id)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{secrets.token_hex(16)}.sealed"
    with path.open("wb") as out:
        path.chmod(0o600)
        out.write(box("evidence").encrypt(content))
    return path.relative_to(settings.MEDIA_ROOT).as_posix(), hashlib.sha256(content).hexdigest()


def read(stored_as: str) -> bytes:
    """What was kept there. Raises NotReadable."""
    try:
        return box("evidence").decrypt((Path(settings.MEDIA_ROOT) / stored_as).read_bytes())
    except (OSError, InvalidToken) as error:
        raise NotReadable from error


def is_there(stored_as: str) -> bool:
    """Whether something lies there."""
    return (Path(settings.MEDIA_ROOT) / stored_as).is_file()


def forget(stored_as: str) -> None:
    """Nothing lies there any more."""
    (Path(settings.MEDIA_ROOT) / stored_as).unlink(missing_ok=True)


def as_download(name: str) -> str:
    """The header by which a browser saves the file under its name and shows nothing of it."""
    return str(content_disposition_header(as_attachment=True, filename=name))

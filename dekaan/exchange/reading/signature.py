"""What a file is, from its first bytes and never from its name; and whether a zip is safe to unpack."""

import io
import re
import zipfile

from dekaan.core.packed import Danger, danger_in
from dekaan.exchange.reading.sheet import Unreadable

ENTRY_LIMIT = 200
UNPACKED_LIMIT = 50 * 1024 * 1024
BLANK = b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"  # what may stand before the first word of a file
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_PICTURE = "This is a picture, not a list. Export the list from your information system as CSV or Excel."
_NOT_A_LIST = {
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"BM": _PICTURE,
    b"II*\x00": _PICTURE,
    b"MM\x00*": _PICTURE,
    b"RIFF": _PICTURE,
    b"%PDF": "This is a PDF. Export the list from your information system as CSV or Excel.",
    b"{\\rtf": "This is a word processor's document. Save the list as CSV or Excel.",
    b"\x1f\x8b": "This file is compressed. Unpack it first.",
    b"7z\xbc\xaf": "This file is compressed. Unpack it first.",
    b"Rar!": "This file is compressed. Unpack it first.",
    b"MZ": "This is a program, not a list.",
    b"\x7fELF": "This is a program, not a list.",
}
_HTML = re.compile(rb"\s*<(!doctype html|html|table|head|body|meta|script|div)", re.IGNORECASE)


def begins_with_a_tag(head: bytes) -> bool:
    """Whether the file is XML or a web page, by its first bytes and in any encoding."""
    return _as_text(head).lstrip().startswith(b"<")


def kind_of(content: bytes) -> str:
    """csv, xlsx, xls, ods or xml. Raises Unreadable with the reason for anything else."""
    if not content.strip(BLANK):
        raise Unreadable("The file is empty.")
    if content.startswith(b"PK"):
        return _kind_of_zip(content)
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unreadable(PASSWORD)
        return "xls"
    for start, words in _NOT_A_LIST.items():
        if content.startswith(start) and not (start in {b"BM", b"MZ", b"RIFF"} and _is_text(content)):
            raise Unreadable(words)
    head = _as_text(content.lstrip(BLANK)[:4096])
    if _HTML.match(head):
        raise Unreadable(
            "This is a web page, perhaps a sign-in page saved by mistake. Export the list as CSV or Excel."
        )
    if begins_with_a_tag(head):
        return "xml"
    if not _is_text(content):
        raise Unreadable("This file is not a list that we can read. Export it as CSV, Excel or ODS.")
    return "csv"


PASSWORD = "The workbook is protected by a password. Open it, save it without the password and upload that."  # noqa: S105 a sentence about one


def _as_text(head: bytes) -> bytes:
    """The head of a file with marks and the zero bytes of UTF-16 taken out, for looking only."""
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"")


def _is_text(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    head = content[:65536]
    return b"\x00" not in head and sum(byte < 9 or 13 < byte < 32 for byte in head) * 50 <= len(head)


def _kind_of_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check(archive)
            names = {entry.filename for entry in archive.infolist()}
            mimetype = archive.read("mimetype")[:100] if "mimetype" in names else b""
            if "META-INF/manifest.xml" in names:
                manifest = archive.read("META-INF/manifest.xml")
                if b"encryption-data" in manifest:
                    raise Unreadable(PASSWORD)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, RuntimeError, OSError) as error:
        raise Unreadable("The workbook is damaged and cannot be opened. Save it again and upload that.") from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    if b"opendocument.spreadsheet" in mimetype:
        return "ods"
    if "word/document.xml" in names or b"opendocument" in mimetype:
        raise Unreadable("This is a word processor's document. Save the list as CSV or Excel.")
    if "xl/workbook.bin" in names:
        raise Unreadable("This is a binary workbook (XLSB). Save it as XLSX and upload that.")
    raise Unreadable("This is a zip file, not a workbook. Unpack it and upload the list inside.")


def _check(archive: zipfile.ZipFile) -> None:
    if danger := danger_in(archive, most_parts=ENTRY_LIMIT, most_unpacked=UNPACKED_LIMIT):
        raise Unreadable(_DANGERS[danger])


TOO_BIG = "The file unpacks to far more than a list of pupils needs, so it was not opened."
_DANGERS = {
    Danger.MANY: "The file holds too many parts to be a workbook.",
    Danger.TWICE: "The file holds two parts of the same name, which no workbook does.",
    Danger.NAME: "The file holds a part with an unsafe name.",
    Danger.LOCKED: PASSWORD,
    Danger.MACROS: "The workbook holds macros. Save it as an ordinary workbook and upload that.",
    Danger.BIG: TOO_BIG,
}

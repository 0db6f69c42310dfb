"""Policies as PDF: set by typst as a word processor would, scanned (pictures of words) or locked with a password."""

import io
import struct
import tempfile
import zlib
from pathlib import Path

import typst
from pypdf import PdfReader, PdfWriter


def pdf_of(source: str, fault: str = "") -> bytes:
    """The PDF of that typst source."""
    with tempfile.TemporaryDirectory() as folder:
        if fault == "scanned-policy":
            (Path(folder) / "scan.png").write_bytes(picture())
            source = '#set document(title: "scan0001", date: none)\n#image("scan.png", width: 100%)\n'
        (Path(folder) / "policy.typ").write_text(source, encoding="utf-8")
        content = bytes(typst.compile(Path(folder) / "policy.typ"))
    return locked(content) if fault == "locked-policy" else content


def locked(content: bytes) -> bytes:
    """The same, not to be opened without a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.encrypt("only for staff", algorithm="AES-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture() -> bytes:
    """A grey picture, as a scanner makes it."""

    def chunk(kind: bytes, said: bytes) -> bytes:
        return struct.pack(">I", len(said)) + kind + said + struct.pack(">I", zlib.crc32(kind + said))

    rows = b"".join(b"\x00" + bytes((x * y) % 251 for x in range(60)) for y in range(80))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 60, 80, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )

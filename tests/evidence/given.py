"""Files as people bring them, and as they should not."""

import io
import struct
import zipfile
import zlib

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
CAMERA = b"GPS 51.5N Ada Lovell"


def packed(parts: dict[str, bytes], **how) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **({"compression": zipfile.ZIP_DEFLATED} | how)) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(words: str = "Minutes", **more: bytes) -> bytes:
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": words.encode(), **more})


def encrypted(content: bytes) -> bytes:
    """The same zip, with every part said to be under a password."""
    found = bytearray(content)
    for sign, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = found.find(sign)
        while at >= 0:
            found[at + flag] |= 1
            at = found.find(sign, at + 4)
    return bytes(found)


def jpeg() -> bytes:
    def segment(marker: int, said: bytes) -> bytes:
        return bytes([0xFF, marker]) + struct.pack(">H", len(said) + 2) + said

    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\x00")
        + segment(0xE1, b"Exif\x00\x00" + CAMERA)
        + segment(0xFE, CAMERA)
        + segment(0xDB, bytes(65))
        + b"\xff\xda\x00\x02picture\xff\xd9"
    )


def png() -> bytes:
    def chunk(kind: bytes, said: bytes) -> bytes:
        return struct.pack(">I", len(said)) + kind + said + struct.pack(">I", zlib.crc32(kind + said))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", bytes(13))
        + chunk(b"tEXt", b"Author\x00" + CAMERA)
        + chunk(b"eXIf", CAMERA)
        + chunk(b"IDAT", zlib.compress(b"\x00"))
        + chunk(b"IEND", b"")
    )

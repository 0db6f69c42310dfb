"""Text files: the encoding by the stated order, never by a statistical guess; then the delimiter; then the rows."""

import csv
import io

from dekaan.exchange.reading.sheet import CELL_LIMIT, Row, Sheet, Unreadable

DELIMITERS = ",;\t|"


def decoded(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: byte order mark, strict UTF-8, UTF-16 by its mark, Windows-1252."""
    if content.startswith(b"\xef\xbb\xbf"):
        try:
            return content.decode("utf-8-sig"), "UTF-8"
        except UnicodeDecodeError as error:
            raise Unreadable("The file says it is UTF-8 but holds bytes that are not.") from error
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16"), "UTF-16"
        except UnicodeDecodeError as error:
            raise Unreadable("The file says it is UTF-16 but breaks off in the middle of a letter.") from error
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        # Five bytes have no letter in Windows-1252; they stay as controls, which cleaning refuses cell by cell.
        return content.decode("cp1252", errors="surrogateescape"), "Windows-1252"


def delimiter_of(text: str) -> str:
    """The character that splits the first lines most evenly."""
    if text.lower().startswith("sep=") and len(text) > 4 and text[4] in DELIMITERS:
        return text[4]
    lines = [line for line in text.splitlines()[:60] if line.strip()]

    def evenness(delimiter: str) -> tuple[int, int]:
        counts = [len(cells) for cells in csv.reader(lines, delimiter=delimiter) if len(cells) > 1]
        if not counts:
            return (0, 0)
        commonest = max(set(counts), key=lambda count: (counts.count(count), count))
        return (counts.count(commonest), commonest)

    try:
        return max(DELIMITERS, key=evenness)
    except csv.Error:
        return ","


def read_text(content: bytes) -> Sheet:
    """The rows of a delimited text file, numbered by the line each begins on."""
    text, encoding = decoded(content)
    delimiter = delimiter_of(text)
    skip = 1 if text.lower().startswith("sep=") else 0
    csv.field_size_limit(CELL_LIMIT * 50)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = []
    try:
        # A spreadsheet shows a row per record, whatever line breaks its cells hold: number records, not lines.
        for number, cells in enumerate(reader, start=1):
            if number > skip:
                rows.append(Row(number, tuple(cells)))
    except csv.Error as error:
        raise Unreadable(
            "A cell is far too long, or a quotation mark is never closed.", row=len(rows) + skip + 1
        ) from error
    if rows and text.count('"') % 2 and any("\n" in cell or "\r" in cell for cell in rows[-1].cells):
        raise Unreadable("A quotation mark is opened here and never closed.", row=rows[-1].number)
    return Sheet(kind="csv", rows=tuple(rows), encoding=encoding)

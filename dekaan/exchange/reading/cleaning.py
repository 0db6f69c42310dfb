"""Every cell in one form: composed letters, no stray spaces, and nothing that is not text."""

import re
import unicodedata

from dekaan.exchange.reading.sheet import CELL_LIMIT, COLUMN_LIMIT, ROW_LIMIT, ImportProblem, Row, Sheet, Unreadable

_LINE_BREAKS = re.compile(r"[\t\r\n\v\f\x85\u2028\u2029]+")
_SPACES = re.compile(r"[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
# Joiners belong inside words of several scripts and inside emoji; at the ends they are dirt.
_DIRT_AT_THE_ENDS = " \u200b\u200c\u200d\u2060\ufeff"
_DIRT_ANYWHERE = re.compile("[\u200b\u2060\ufeff\u00ad]")
# Invisible direction overrides make one name look like another; plain right-to-left letters need none.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_APOSTROPHE_BEFORE = re.compile(r"' ?(?=[\d=+\-@'＝＋－＠])")
_PLAIN = re.compile(r"[!-&(-~][ -~]*[!-~]|[!-&(-~]|")


def cleaned(text: str) -> str:
    """The cell as it will be kept. Raises ValueError with the reason where it cannot be."""
    if _PLAIN.fullmatch(text) and "  " not in text and len(text) <= CELL_LIMIT:
        return text
    if len(text) > CELL_LIMIT:
        raise ValueError(f"the cell holds more than {CELL_LIMIT:,} characters")
    text = unicodedata.normalize("NFC", text)
    text = _LINE_BREAKS.sub(" ", text)
    text = _DIRECTION.sub("", _DIRT_ANYWHERE.sub("", text))
    text = _SPACES.sub(" ", text).strip(_DIRT_AT_THE_ENDS)
    if _APOSTROPHE_BEFORE.match(text):  # Excel's mark for "this is text"
        text = text[1:].lstrip(_DIRT_AT_THE_ENDS)
    for character in text:
        category = unicodedata.category(character)
        if category == "Cc":
            raise ValueError("the cell holds a control character, which is not text")
        if category == "Cs":
            raise ValueError("the cell holds a damaged letter: the file was saved in a mixture of encodings")
        if (category == "Cn" and (ord(character) & 0xFFFE) == 0xFFFE) or 0xFDD0 <= ord(character) <= 0xFDEF:
            raise ValueError("the cell holds a code that stands for no letter")
    return text


def cleaned_sheet(sheet: Sheet) -> Sheet:
    """The sheet with every cell clean, blank rows left out, and a problem for each cell that could not be kept."""
    rows, problems = [], list(sheet.problems)
    for row in sheet.rows:
        cells = []
        for place, cell in enumerate(row.cells):
            try:
                cells.append(cleaned(cell) if cell else "")
            except ValueError as error:
                problems.append(ImportProblem(row.number, column_letters(place), str(error)))
                cells.append("")
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > COLUMN_LIMIT:
            raise Unreadable(f"The file has more than {COLUMN_LIMIT} columns.", row=row.number)
        if cells or any(problem.row == row.number for problem in problems[-1:]):
            rows.append(Row(row.number, tuple(cells)))
        if len(rows) > ROW_LIMIT:
            raise Unreadable(f"The file has more than {ROW_LIMIT:,} rows, the most in one file.")
    if not rows:
        raise Unreadable("The file is empty.")
    return Sheet(
        kind=sheet.kind,
        rows=tuple(rows),
        name=sheet.name,
        encoding=sheet.encoding,
        counts_from_1904=sheet.counts_from_1904,
        problems=tuple(problems),
        notes=sheet.notes,
        about=sheet.about,
    )


def column_letters(place: int) -> str:
    """0 → A, 26 → AA: the column as a spreadsheet names it."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters

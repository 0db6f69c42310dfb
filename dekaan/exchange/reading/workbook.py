"""Workbooks (XLSX, XLS, ODS) by calamine. It runs in the child process only: a crash there is a refusal here."""

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta

import python_calamine

from dekaan.exchange.columns import SEARCHED_ROWS, known_headings
from dekaan.exchange.reading.sheet import COLUMN_LIMIT, ROW_LIMIT, Row, Sheet, Unreadable
from dekaan.exchange.reading.signature import PASSWORD

_DAMAGED = "The workbook is damaged and cannot be opened. Save it again and upload that."


def read_workbook(content: bytes, kind: str) -> Sheet:
    """The rows of the first visible sheet that holds anything, numbered as the spreadsheet numbers them."""
    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
            and sheet.visible == python_calamine.SheetVisibleEnum.Visible
        ]
        filled = [(name, sheet) for name in names if (sheet := book.get_sheet_by_name(name)).height and sheet.start]
        if not filled:
            raise Unreadable("The workbook is empty.")
        # A cover sheet of notes may stand before the list: the first sheet with headings that we know, else the first.
        name, sheet = next((each for each in filled if _looks_like_a_list(each[1])), filled[0])
        if sheet.height > ROW_LIMIT + 100:
            raise Unreadable(f"The sheet has {sheet.height:,} rows; {ROW_LIMIT:,} is the most in one file.")
        if sheet.width > COLUMN_LIMIT:
            raise Unreadable(f"The sheet has {sheet.width} columns; {COLUMN_LIMIT} is the most in one file.")
        first_row, first_column = sheet.start
        cells = sheet.to_python()
    except python_calamine.PasswordError as error:
        raise Unreadable(PASSWORD) from error
    except python_calamine.CalamineError as error:
        raise Unreadable(PASSWORD if "password" in str(error).lower() else _DAMAGED) from error
    before = ("",) * first_column
    rows = tuple(
        Row(number, before + tuple(as_text(cell) for cell in row))
        for number, row in enumerate(cells, start=first_row + 1)
    )
    notes = (
        (f"Only the sheet “{name}” was read; the workbook has {len(filled)} sheets with something in them.",)
        if len(filled) > 1
        else ()
    )
    return Sheet(kind=kind, rows=rows, name=name, counts_from_1904=_counts_from_1904(content, kind), notes=notes)


def _looks_like_a_list(sheet: python_calamine.CalamineSheet) -> bool:
    if sheet.height > ROW_LIMIT + 100 or sheet.width > COLUMN_LIMIT:
        return False
    rows = sheet.to_python(nrows=SEARCHED_ROWS)
    return any(known_headings([as_text(cell) for cell in row]) > 1 for row in rows)


def as_text(cell: object) -> str:
    """A cell's value as a person would type it; dates in ISO form, which no one can misread."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat(timespec="minutes")
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)


def _counts_from_1904(content: bytes, kind: str) -> bool:
    """Whether the workbook's own setting says that bare day numbers count from 1904."""
    if kind != "xlsx":
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        book = archive.read("xl/workbook.xml")[:20000]
    return bool(re.search(rb'date1904="(1|true)"', book))

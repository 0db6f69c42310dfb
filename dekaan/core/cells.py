"""Cells of the tables that leave as files."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from html import escape
from typing import Any

from django.http import HttpResponse

# Also behind blanks, which some programs drop, and as the wide signs that some take for the plain ones.
_WOULD_RUN = re.compile("['\\s\u200b\ufeff]*[=+\\-@＝＋－＠]|'*[\\t\\r\\n]")


def safe_cell(value: Any) -> str:
    """A value as text that no spreadsheet will run."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return f"'{value}" if _WOULD_RUN.match(value) else value
    return str(value)


_XLSX = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="xl/workbook.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="worksheets/sheet1.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>',
}
# Letters that no XML may hold.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def workbook(rows: Iterable[Iterable[Any]]) -> bytes:
    """A table as a workbook of one sheet: every cell is text, so that numbers keep their zeros and nothing is run."""
    lines = "".join(
        "<row>"
        + "".join(
            f'<c t="inlineStr"><is><t xml:space="preserve">{escape(_NO_XML.sub("", safe_cell(cell)))}</t></is></c>'
            for cell in row
        )
        + "</row>"
        for row in rows
    )
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{lines}</sheetData></worksheet>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in {**_XLSX, "xl/worksheets/sheet1.xml": sheet}.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{part}')
    return out.getvalue()


def workbook_file(name: str, rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """A table as a workbook that leaves."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = HttpResponse(workbook(rows), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def table_file(name: str, rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """A table as a file that leaves: CSV with a byte-order mark, so that spreadsheets read names rightly; cells safe."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer.write("\ufeff")
    csv.writer(answer).writerows([safe_cell(cell) for cell in row] for row in rows)
    return answer

"""Cells of the tables that leave as files."""

import csv
import re
from collections.abc import Iterable
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


def table_file(name: str, rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """A table as a file that leaves: CSV with a byte-order mark, so that spreadsheets read names rightly; cells safe."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer.write("\ufeff")
    csv.writer(answer).writerows([safe_cell(cell) for cell in row] for row in rows)
    return answer

"""Cells of the tables that leave as files."""

import re
from typing import Any

_WOULD_RUN = re.compile(r"'*[=+\-@\t\r]")


def safe_cell(value: Any) -> str:
    """A value as text that no spreadsheet will run."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return f"'{value}" if _WOULD_RUN.match(value) else value
    return str(value)

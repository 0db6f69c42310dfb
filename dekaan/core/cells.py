"""Cells of the tables that leave as files."""

import re
from typing import Any

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

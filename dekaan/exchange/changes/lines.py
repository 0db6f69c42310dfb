"""The lines of an import are written down, many a statement."""

from typing import Any

from dekaan.core.many import as_json, insert_rows
from dekaan.exchange.changes.taking_up import still_in_hand
from dekaan.exchange.models import ImportLine, ImportRun
from dekaan.exchange.staging import Line

PIECE = 20_000


def keep_lines(run: ImportRun, lines: list[Line]) -> None:
    """The run has exactly these lines."""
    ImportLine.objects.filter(run=run).delete()
    json = SharedJson()
    for start in range(0, len(lines), PIECE):
        insert_rows(ImportLine, KEPT, (_kept(run.pk, line, json) for line in lines[start : start + PIECE]))
        if start:
            still_in_hand(run)


KEPT = ("run", "sheet_row", "decision", "reason", "column", "who", "values", "changes", "warnings", "pupil", "target_id",
        "candidates", "choice", "recorded")  # fmt: skip


class SharedJson:
    """JSON for a column; of what many lines share it is written once."""

    def __init__(self) -> None:
        self.written: dict[int, tuple[Any, str]] = {}  # the object is kept, so that its id stays its own

    def of(self, value: Any) -> str:
        """The value as JSON."""
        if not value:
            return "{}" if isinstance(value, dict) else "[]"
        known = self.written.get(id(value))
        if known is None:
            known = self.written[id(value)] = (value, as_json(value))
        return known[1]

    def joined(self, one: dict[str, Any], other: dict[str, Any]) -> str:
        """Two dictionaries without a key in common, as the JSON of one."""
        return f"{self.of(one)[:-1]}, {self.of(other)[1:]}" if one and other else self.of(one or other)


def _kept(run_id: int, line: Line, json: SharedJson) -> tuple[Any, ...]:
    """The line as a row, in the order of KEPT."""
    return (
        run_id,
        line.row,
        str(line.decision),
        line.reason[:500],
        line.column[:120],
        line.who[:220],
        json.joined(line.shared, line.values),
        json.of(line.changes),
        json.of(list(dict.fromkeys(line.warnings))) if line.warnings else "[]",
        line.pupil_id,
        line.target_id,
        json.of(line.candidates) if line.candidates else "[]",
        line.choice,
        False,
    )

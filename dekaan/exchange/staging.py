"""From a sheet to typed lines: every row with its values, what was wrong with it, and what is odd about it."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from dekaan.exchange import values as cells
from dekaan.exchange.columns import NAME_ORDERS, Column, Table, plain
from dekaan.exchange.fields import fields_of
from dekaan.exchange.reading.cleaning import column_letters
from dekaan.exchange.reading.dates import day_comes_first, in_words, is_ambiguous
from dekaan.exchange.reading.sheet import Row, Sheet

# Without these a row is about nobody, or about somebody else: what is wrong with one refuses the row.
DECISIVE = {"surname", "forename", "full_name", "birth_date", "year_group", "day", "ends_on", "as_of", "said_on"}
UNKNOWN = "it is none of the values that we know; look at that row of the file"
DATE_KEYS = {"birth_date", "starts_on", "ends_on", "day", "as_of", "said_on"}


@dataclass(slots=True)
class Line:
    """One row on its way in: what it says, and what becomes of it."""

    row: int | None
    values: dict[str, Any]
    decision: str = ""
    reason: str = ""
    column: str = ""
    who: str = ""
    changes: list[tuple[str, Any, Any]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    pupil_id: int | None = None
    target_id: int | None = None
    candidates: list[int] = field(default_factory=list)
    choice: str = ""
    # What the line says besides, where many lines share it: of the pupil in a table of pupils and activities.
    shared: dict[str, Any] = field(default_factory=dict)

    @property
    def everything(self) -> dict[str, Any]:
        """All that the line says."""
        return {**self.shared, **self.values} if self.shared else self.values

    def note(self, words: str) -> None:
        """Whoever looks at the line is told of it, once."""
        if words not in self.warnings:
            self.warnings.append(words)

    def refuse(self, reason: str, column: str = "") -> None:
        """The line changes nothing, for this reason."""
        self.decision, self.reason, self.column = "refused", reason, column


@dataclass(frozen=True)
class DayOrder:
    """Which way round the file's dates are, and the example to ask about where it does not say."""

    day_first: bool | None
    example: str = ""


def day_order(table: Table, meanings: dict[int, str]) -> DayOrder:
    """What the file itself says about day and month."""
    places = [place for place, key in meanings.items() if key in DATE_KEYS]
    texts = [row.cells[place] for row in table.rows for place in places if place < len(row.cells) and row.cells[place]]
    ambiguous = next((text for text in texts if is_ambiguous(text)), "")
    return DayOrder(day_comes_first(texts), ambiguous)


def typed_lines(
    sheet: Sheet,
    table: Table,
    kind: str,
    meanings: dict[int, str],
    switched_on: set[str],
    *,
    day_first: bool,
    today: date,
) -> list[Line]:
    """Every row of the table as a line. Sensitive columns that nobody switched on are not even looked at."""
    fields = fields_of(kind)
    used = {
        column.place: (column, meanings[column.place])
        for column in table.columns
        if meanings.get(column.place) in fields
        and (not fields[meanings[column.place]].sensitive or meanings[column.place] in switched_on)
    }
    broken = {(problem.row, problem.column): problem.words for problem in sheet.problems}
    share = {place for place, (_, key) in used.items() if key == "attendance_percent" and _is_share(table, place)}
    lines = []
    for row in table.rows:
        line = Line(row.number, {})
        for place, (column, key) in used.items():
            _read_cell(
                line,
                row,
                place,
                column,
                key,
                sheet,
                broken,
                day_first=day_first,
                today=today,
                is_share=place in share,
                is_sensitive=bool(fields[key].sensitive),
            )
        _finish(line)
        lines.append(line)
    return lines


def _read_cell(
    line: Line,
    row: Row,
    place: int,
    column: Column,
    key: str,
    sheet: Sheet,
    broken: dict[tuple[int | None, str | None], str],
    *,
    day_first: bool,
    today: date,
    is_share: bool,
    is_sensitive: bool,
) -> None:
    text = row.cells[place] if place < len(row.cells) else ""
    label = column.heading or f"column {column.letters}"
    if words := broken.get((row.number, column_letters(place))):
        line.refuse(words, label)
        return
    if not text:
        return
    try:
        value = cells.read(key, text, day_first=day_first, from_1904=sheet.counts_from_1904)
    except ValueError as error:
        if key in DECISIVE:
            if not line.decision:
                line.refuse(str(error), label)
        else:
            # Whoever brings lists in reads these notes; needs and flags are not theirs to read.
            line.warnings.append(f"{label} left out: {UNKNOWN if is_sensitive else error}")
        return
    if value is None:
        return
    if key == "full_name":
        try:
            surname, forename = cells.split_name(value, surname_first=NAME_ORDERS.get(plain(column.heading), True))
        except ValueError as error:
            line.refuse(str(error), label)
            return
        line.values.setdefault("surname", surname)
        line.values.setdefault("forename", forename)
        return
    line.values[key] = value * 100 if is_share else value
    if not is_sensitive and (warning := cells.warning_of(key, value, today)):
        line.warnings.append(f"{label}: {warning}")


def _is_share(table: Table, place: int) -> bool:
    """Whether a column of percentages was written as shares of one, as spreadsheets keep them."""
    texts = [row.cells[place].rstrip("%") for row in table.rows if place < len(row.cells) and row.cells[place]]
    try:
        numbers = [float(text) for text in texts]
    except ValueError:
        return False
    return bool(numbers) and max(numbers) <= 1 and any(0 < number < 1 for number in numbers)


def _finish(line: Line) -> None:
    said = line.values
    for name in ("surname", "forename"):
        if said.get(f"preferred_{name}") == said.get(name):
            said.pop(f"preferred_{name}", None)
    if said.get("former_upn") == said.get("upn"):
        said.pop("former_upn", None)
    line.who = ", ".join(part for part in (said.get("surname", ""), said.get("forename", "")) if part)
    if not line.who:
        numbers = ("upn", "admission_number", "mis_id", "uln", "email")
        line.who = next((str(said[key]) for key in numbers if said.get(key)), "")


def revived(kept: dict[str, Any]) -> dict[str, Any]:
    """Values as they were before they went through JSON."""
    found = dict(kept)
    for key in DATE_KEYS & found.keys():
        found[key] = date.fromisoformat(found[key]) if isinstance(found[key], str) else found[key]
    if found.get("attendance_percent") is not None:
        found["attendance_percent"] = Decimal(str(found["attendance_percent"]))
    return found


def shown(value: Any) -> str:
    """A value as the preview shows it."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return in_words(value)
    return str(value)

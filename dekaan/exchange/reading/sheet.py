"""What reading gives: a sheet of rows numbered as the person sees them, or a problem in words."""

from dataclasses import dataclass, field

SIZE_LIMIT = 20 * 1024 * 1024
ROW_LIMIT = 20_000
COLUMN_LIMIT = 200
CELL_LIMIT = 4_000


@dataclass(frozen=True)
class ImportProblem:
    """Where it is and what is wrong. Row and column are as a person sees them; None where it is the whole file."""

    row: int | None
    column: str | None
    words: str

    def __str__(self) -> str:
        if self.row is None:
            return self.words
        where = f"Row {self.row}" + (f", {self.column}" if self.column else "")
        return f"{where}: {self.words}"


class Unreadable(Exception):
    """The file cannot be read; the problem says why in a plain sentence."""

    def __init__(self, words: str, row: int | None = None, column: str | None = None) -> None:
        super().__init__(words)
        self.problem = ImportProblem(row, column, words)


@dataclass(frozen=True)
class Row:
    """One line of the sheet: its number as the person sees it, and its cells as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """The lines of one sheet, blank ones left out."""

    kind: str  # csv, xlsx, xls, ods or ctf
    rows: tuple[Row, ...]
    name: str = ""
    encoding: str = ""
    counts_from_1904: bool = False
    problems: tuple[ImportProblem, ...] = ()
    notes: tuple[str, ...] = ()
    about: dict[str, str] = field(default_factory=dict)

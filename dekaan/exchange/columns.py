"""Finding the headings wherever they stand, and guessing what each column means."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from dekaan.exchange.fields import KINDS, fields_of
from dekaan.exchange.reading.cleaning import column_letters
from dekaan.exchange.reading.sheet import Row, Sheet, Unreadable
from dekaan.frameworks.queries import activity_codes

SEARCHED_ROWS = 40
EXAMPLES = 3
_INSTRUCTION = re.compile(
    r"\b(required|optional|mandatory|e\.?g\.?|format|dd/?mm|yyyy|enter|example|numeric|must|leave blank|characters?|"
    r"text|please|as recorded|as shown|unique|letter and)\b",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"(grand )?totals?\b|sub-?total|count\b|printed\b|report\b|page \d|generated\b|end of\b|number of\b|exported\b|"
    r"produced\b|run (on|by)\b|\d+ (pupils|students|records|rows)\b|average\b|confidential|© ",
    re.IGNORECASE,
)

_CODE = re.compile(r"'?([2-8]\d\d)(\.0+)?\b")  # how a value that may be a council's activity code begins


@dataclass(frozen=True)
class Column:
    """One column of the file: its place, its heading, and a few of its values."""

    place: int
    letters: str
    heading: str
    examples: tuple[str, ...]
    filled: int


@dataclass(frozen=True)
class SetAside:
    """A row that is no data, with the reason it was set aside."""

    number: int
    cells: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Table:
    """A sheet understood: columns, the rows of data, and the rows set aside."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    set_aside: tuple[SetAside, ...]
    heading_row: int


def plain(heading: str) -> str:
    """A heading without case, accents, spaces or points, for comparing."""
    decomposed = unicodedata.normalize("NFKD", heading.casefold())
    return "".join(character for character in decomposed if character.isalnum() or character == "%")


def _vocabulary(kind: str) -> dict[str, str]:
    return {plain(text): field.key for field in reversed(KINDS[kind][1]) for text in field.headings}


# Headings of a name in one column that say whether the surname comes first.
NAME_ORDERS = {"surnameforename": True, "surnameandforename": True, "forenamesurname": False}
VOCABULARIES = {kind: _vocabulary(kind) for kind in KINDS}


def known_headings(cells: list[str]) -> int:
    """How many of the cells are a heading that some kind of list has."""
    return sum(any(plain(cell) in vocabulary for vocabulary in VOCABULARIES.values()) for cell in cells if cell)


def understood(sheet: Sheet, kind: str) -> Table:
    """The sheet as a table. Raises Unreadable where no headings are found or nothing stands under them."""
    place = _heading_place(sheet, kind)
    heading_row = sheet.rows[place]
    above = sheet.rows[place - 1] if place else None
    rows, aside = [], [SetAside(row.number, row.cells, "stands above the headings") for row in sheet.rows[:place]]
    width = max(len(heading_row.cells), *(len(row.cells) for row in sheet.rows[place:]), 1)
    for position, row in enumerate(sheet.rows[place + 1 :]):
        why = _why_no_data(row, heading_row, width, first=position == 0)
        if why:
            aside.append(SetAside(row.number, row.cells, why))
        else:
            rows.append(row)
    if not rows:
        raise Unreadable("The file has headings but no rows under them.", row=heading_row.number)
    headings = _headings(heading_row, above, width)
    columns = []
    for index, heading in enumerate(headings):
        values = [row.cells[index] for row in rows if index < len(row.cells) and row.cells[index]]
        if heading or values:
            examples = tuple(value[:40] for value, _ in Counter(values[:200]).most_common(EXAMPLES))
            columns.append(Column(index, column_letters(index), heading, examples, len(values)))
    return Table(tuple(columns), tuple(rows), tuple(aside), heading_row.number)


def _heading_place(sheet: Sheet, kind: str) -> int:
    vocabulary = VOCABULARIES[kind]
    known = [
        len({vocabulary[plain(cell)] for cell in row.cells if plain(cell) in vocabulary})
        for row in sheet.rows[:SEARCHED_ROWS]
    ]
    best = max(known)
    # Of rows that tie, the fullest: a merged heading above the headings has gaps.
    place = max(range(len(known)), key=lambda index: (known[index], sum(map(bool, sheet.rows[index].cells)), -index))
    if best == 0:
        raise Unreadable(
            "We could not find a row of headings such as Surname, Forename or UPN. "
            "The first row of the list should say what each column holds."
        )
    if best == 1 and len(sheet.rows[place].cells) > 1 and not _names_somebody(sheet, kind, place):
        raise Unreadable("Only one heading was one that we know, and it does not say who each row is about.")
    return place


def _names_somebody(sheet: Sheet, kind: str, place: int) -> bool:
    vocabulary = VOCABULARIES[kind]
    who = {"full_name", "upn", "uln", "admission_number", "mis_id", "email"}
    return any(vocabulary.get(plain(cell)) in who for cell in sheet.rows[place].cells)


def _why_no_data(row: Row, heading_row: Row, width: int, *, first: bool) -> str:
    filled = [cell for cell in row.cells if cell]
    if row.cells == heading_row.cells:
        return "repeats the headings"
    if filled and _FOOTER.match(filled[0]) and len(filled) <= max(2, width // 3):
        return "is a total or a footer"
    if len(filled) == 1 and width > 3 and len(filled[0]) > 30 and " " in filled[0]:
        return "is a line of text, not a row of the list"
    if first and len(filled) > 1 and sum(bool(_INSTRUCTION.search(cell)) for cell in filled) * 2 >= len(filled):
        return "explains the headings"
    return ""


def _headings(row: Row, above: Row | None, width: int) -> list[str]:
    """The headings, each different: repeated ones take the merged heading above them, then a number."""
    found = [row.cells[index] if index < len(row.cells) else "" for index in range(width)]
    repeated = {heading for heading, times in Counter(plain(text) for text in found if text).items() if times > 1}
    group, named = "", []
    for index, heading in enumerate(found):
        if above and index < len(above.cells) and above.cells[index]:
            group = above.cells[index]
        named.append(f"{group}: {heading}" if heading and plain(heading) in repeated and group else heading)
    seen: Counter[str] = Counter()
    different = []
    for heading in named:
        seen[heading] += 1
        different.append(f"{heading} ({seen[heading]})" if heading and seen[heading] > 1 else heading)
    return different


def guessed(columns: tuple[Column, ...], kind: str, remembered: dict[str, str] | None = None) -> dict[int, str]:
    """What each column means, by its place: as remembered, else by its heading; "" where it is left out.

    One meaning is given to one column: the first whose heading is nearest the front of the field's list.
    """
    vocabulary, fields = VOCABULARIES[kind], fields_of(kind)
    meant: dict[int, str] = {}
    for column in columns:
        key = (remembered or {}).get(plain(column.heading), vocabulary.get(plain(column.heading), ""))
        meant[column.place] = key if key in fields or key.startswith("activity:") else ""
    if kind == "destinations":
        _by_examples(columns, meant, remembered or {})
    by_key: dict[str, list[Column]] = {}
    for column in columns:
        if meant[column.place]:
            by_key.setdefault(meant[column.place], []).append(column)
    for key, rivals in by_key.items():
        if len(rivals) > 1 and key in fields:
            order = [plain(text) for text in fields[key].headings]

            def rank(column: Column, order: list[str] = order) -> tuple[bool, int, int]:
                name = plain(column.heading)
                return (column.filled == 0, order.index(name) if name in order else len(order), column.place)

            for column in sorted(rivals, key=rank)[1:]:
                meant[column.place] = ""
    if "full_name" in by_key and {"surname", "forename"} <= {*meant.values()}:
        meant = {place: "" if key == "full_name" else key for place, key in meant.items()}
    return meant


def _by_examples(columns: tuple[Column, ...], meant: dict[int, str], remembered: dict[str, str]) -> None:
    """What a column of codes or of words for where somebody is means by what stands in it, unless a person said it."""
    for column in columns:
        key, examples = meant[column.place], [each for each in column.examples if each]
        if plain(column.heading) in remembered or not examples:
            continue
        codes = [match.group(1) for each in examples if (match := _CODE.match(each))]
        if key == "code" and not codes:
            meant[column.place] = "route"
        elif (
            key in ("", "route")
            and len(codes) == len(examples)
            and {*codes} <= {*activity_codes()}
            and "code" not in meant.values()
        ):
            meant[column.place] = "code"


def name_run_together(table: Table, meanings: dict[int, str]) -> str:
    """An example of a name in one column that does not say which part is the surname; empty where there is none."""
    for column in table.columns:
        if meanings.get(column.place) == "full_name" and plain(column.heading) not in NAME_ORDERS:
            texts = (row.cells[column.place] for row in table.rows if column.place < len(row.cells))
            return next((text for text in texts if " " in text and "," not in text), "")
    return ""


def is_unmistakable(table: Table, meanings: dict[int, str]) -> bool:
    """Whether a pupil list's headings leave nothing to ask: who each pupil is and in which year, said once each.

    Columns that mean nothing to us are left out, and the preview says so.
    """
    if name_run_together(table, meanings):
        return False
    columns, found = table.columns, {*meanings.values()}
    has_name = {"surname", "forename"} <= found or "full_name" in found
    tells_apart = found & {"mis_id", "admission_number", "upn", "uln", "birth_date"}
    vocabulary = VOCABULARIES["pupils"]
    vying = [
        column
        for column in columns
        if column.filled and not meanings[column.place] and vocabulary.get(plain(column.heading), "") in found - {""}
    ]
    return has_name and "year_group" in found and bool(tells_apart) and not vying


def fingerprint(columns: tuple[Column, ...]) -> str:
    """The same for files with the same headings in any order."""
    return "|".join(sorted(plain(column.heading) for column in columns))

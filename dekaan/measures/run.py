"""Running compiled SQL on Django's own connection, in the caller's transaction. The one place for raw SQL."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection

from dekaan.measures.cells import BREAKDOWNS, COLUMNS, counted_bits
from dekaan.measures.definitions.columns import PUPIL_YEAR_COLUMNS
from dekaan.measures.tables import COUNTERS

FOLDER = Path(__file__).resolve().parent / "sql"
DIALECT = {"sqlite": "sqlite", "postgresql": "postgres"}
MASKS = ("coh", "far", "met", "unk", "asm")
LISTS = {
    "sqlite": "IN (SELECT value FROM json_each(%s))",
    "postgresql": "= ANY(%s::bigint[])",
}
PARAMETER = re.compile(r"IN :(pupils|schools)\b|(?<!:):(from_year|since|today|counting|year|other_year|breakdown)\b")


@cache
def compiled(name: str, vendor: str) -> str:
    """The compiled text of an expression for that database."""
    return (FOLDER / DIALECT[vendor] / f"{name}.sql").read_text(encoding="utf-8").strip()


@cache
def _prepared(text: str, vendor: str) -> tuple[str, tuple[str, ...]]:
    names: list[str] = []

    def place(match: re.Match[str]) -> str:
        names.append(match.group(1) or match.group(2))
        return LISTS[vendor] if match.group(1) else "%s"

    return PARAMETER.sub(place, text.replace("%", "%%")), tuple(names)


def _value(name: str, parameters: dict[str, Any], vendor: str) -> Any:
    value = parameters[name]
    if name in {"pupils", "schools"}:
        return list(value) if vendor == "postgresql" else json.dumps(list(value))
    return value.isoformat() if isinstance(value, date) and vendor == "sqlite" else value


def _execute(text: str, parameters: dict[str, Any]) -> Any:
    vendor = connection.vendor
    sql, names = _prepared(text, vendor)
    cursor = connection.cursor()
    cursor.execute(sql, [_value(name, parameters, vendor) for name in names])
    return cursor


def write(text: str, **parameters: Any) -> int:
    """Run a statement that writes; returns how many rows it touched."""
    with _execute(text, parameters) as cursor:
        return cursor.rowcount


def read(text: str, **parameters: Any) -> list[Sequence[Any]]:
    """Run a statement that reads; returns its rows."""
    with _execute(text, parameters) as cursor:
        return cursor.fetchall()


PIECE = 500  # rows a statement; SQLite takes 32,766 values


def write_many(text: str, rows: Iterable[Sequence[Any]]) -> None:
    """Run a statement that writes, its VALUES being these rows: many a statement, in their order."""
    waiting = list(rows)
    with connection.cursor() as cursor:
        for start in range(0, len(waiting), PIECE):
            piece = waiting[start : start + PIECE]
            row = "(" + ", ".join(["%s"] * len(piece[0])) + ")"
            cursor.execute(
                text.replace(":rows", ", ".join([row] * len(piece))), [value for each in piece for value in each]
            )


# --- the statements around the compiled text ---------------------------------------------------


def insert_missing() -> str:
    """Rows for these pupils' years from :from_year on exist, so that there is something to lock."""
    return (
        "INSERT INTO measures_pupil_year (" + ", ".join(_blank_columns()) + ") "
        "SELECT p.school_id, p.id, y.start_year, " + ", ".join(_blank_values()) + " "
        "FROM people_pupil AS p JOIN schools_academicyear AS y ON y.school_id = p.school_id "
        "WHERE p.id IN :pupils AND y.start_year >= :from_year ORDER BY p.id, y.start_year "
        "ON CONFLICT (pupil_id, academic_year) DO NOTHING"
    )


def lock() -> str:
    """In key order, in a statement of its own, so that the next one sees what the others committed."""
    return (
        "SELECT id FROM measures_pupil_year WHERE pupil_id IN :pupils AND academic_year >= :from_year "
        "ORDER BY pupil_id, academic_year FOR UPDATE"
    )


@cache
def upsert_pupil_years(vendor: str) -> str:
    """Each of these pupils' years is as the ledger and the roll say; the rows bear the number of this count."""
    names = ", ".join(PUPIL_YEAR_COLUMNS)
    extra = [*MASKS, *_spare_counters()]
    updates = ", ".join(f"{column} = excluded.{column}" for column in [*PUPIL_YEAR_COLUMNS, "counting"])
    return (
        f"INSERT INTO measures_pupil_year ({names}, {', '.join(extra)}, counting) "
        f"SELECT {names}, {', '.join('0' for _ in extra)}, :counting "
        f"FROM ({compiled('pupil_years_pupils', vendor)}) AS computed WHERE academic_year >= :from_year "
        f"ON CONFLICT (pupil_id, academic_year) DO UPDATE SET {updates}"
    )


@cache
def update_status(vendor: str) -> str:
    """The masks of these pupils' years from :from_year on are as the definitions say."""
    return (
        f"UPDATE measures_pupil_year SET {', '.join(f'{mask} = s.{mask}' for mask in MASKS)} "
        f"FROM ({compiled('status_pupils', vendor)}) AS s "
        "WHERE measures_pupil_year.pupil_id = s.pupil_id AND measures_pupil_year.academic_year = s.academic_year"
    )


DELETE_UNCOUNTED = "DELETE FROM measures_pupil_year WHERE pupil_id IN :pupils AND academic_year >= :from_year AND counting <> :counting"

UPSERT_COVERAGE = (
    "INSERT INTO measures_coverage "
    "(school_id, academic_year, bit, breakdown, value, n, met, unknown, assumed) "
    "VALUES :rows "
    "ON CONFLICT (school_id, academic_year, bit, breakdown, value) DO UPDATE SET "
    "n = measures_coverage.n + excluded.n, met = measures_coverage.met + excluded.met, "
    "unknown = measures_coverage.unknown + excluded.unknown, assumed = measures_coverage.assumed + excluded.assumed"
)


# --- a rebuild: counted beside what is kept, then what differs is written ------------------------

# On PostgreSQL, whoever counts at the same time waits: what was counted is written only if it is still so.
HOLD_YEARS = "LOCK TABLE measures_pupil_year IN SHARE ROW EXCLUSIVE MODE"
HOLD_CELLS = "LOCK TABLE measures_coverage IN SHARE ROW EXCLUSIVE MODE"
COUNTED_YEARS, COUNTED_CELLS = "measures_counted_years", "measures_counted_cells"
CELL_KEY = ("school_id", "academic_year", "bit", "breakdown", "value")
CELL_NUMBERS = ("n", "met", "unknown", "assumed")


@cache
def count_anew(vendor: str) -> str:
    """A temporary table of every pupil's years, judged. While they are judged they stand in the kept table's place."""
    counted = ", ".join(f"y.{column}" for column in PUPIL_YEAR_COLUMNS)
    masks = ", ".join(f"s.{mask}" for mask in MASKS)
    spare = ", ".join(f"0 AS {column}" for column in _spare_counters())
    return (
        f"CREATE TEMPORARY TABLE {COUNTED_YEARS} AS "
        f"WITH measures_pupil_year AS MATERIALIZED ({compiled('pupil_years_schools', vendor)}) "
        f"SELECT {counted}, {masks}, {spare}, CAST(:counting AS BIGINT) AS counting FROM measures_pupil_year AS y "
        f"JOIN ({compiled('status_schools', vendor)}) AS s "
        "ON s.pupil_id = y.pupil_id AND s.academic_year = y.academic_year"
    )


@cache
def add_up(table: str) -> str:
    """A temporary table of cells: rows alike are counted once a breakdown, then spread over the criteria's bits."""
    alike = "school_id, academic_year, coh, met, unk, asm"
    groups = " UNION ALL ".join(
        f"SELECT {alike}, '{breakdown}' AS breakdown, {value} AS value, COUNT(*) AS pupils FROM {table} "
        f"WHERE school_id IN :schools AND academic_year >= :from_year AND coh <> 0 GROUP BY {alike}, 8"
        for breakdown, value in zip(
            BREAKDOWNS, ("''", *(f"COALESCE(CAST({each} AS TEXT), '')" for each in COLUMNS)), strict=True
        )
    )
    bits = " UNION ALL ".join(f"SELECT {bit} AS bit, {1 << bit} AS mask" for bit in counted_bits())
    sums = ", ".join(
        f"SUM(CASE WHEN (g.{mask} & b.mask) <> 0 THEN g.pupils ELSE 0 END) AS {number}"
        for mask, number in zip(("coh", "met", "unk", "asm"), CELL_NUMBERS, strict=True)
    )
    return (
        f"CREATE TEMPORARY TABLE {COUNTED_CELLS} AS "
        f"SELECT g.school_id, g.academic_year, b.bit, g.breakdown, g.value, {sums} "
        f"FROM ({groups}) AS g CROSS JOIN ({bits}) AS b WHERE (g.coh & b.mask) <> 0 "
        "GROUP BY g.school_id, g.academic_year, b.bit, g.breakdown, g.value"
    )


@cache
def settle_years() -> tuple[str, ...]:
    """The kept years are the counted ones."""
    key = ("school_id", "pupil_id", "academic_year")
    others = [column for column in (*PUPIL_YEAR_COLUMNS, *MASKS, *_spare_counters()) if column not in key]
    return _settle("measures_pupil_year", COUNTED_YEARS, key, others, ["counting"])


@cache
def settle_cells() -> tuple[str, ...]:
    """The kept cells are the counted ones; a cell without pupils is as good as none."""
    return _settle("measures_coverage", COUNTED_CELLS, CELL_KEY, CELL_NUMBERS)


def drop(table: str) -> str:
    """The temporary table is gone."""
    return f"DROP TABLE {table}"


def _settle(
    kept: str, counted: str, key: Sequence[str], others: Sequence[str], unequal: Sequence[str] = ()
) -> tuple[str, str]:
    """What is kept and not counted so goes; what is counted and not kept comes. `unequal` may differ."""
    compared, columns = ", ".join([*key, *others]), [*key, *others, *unequal]
    same = " AND ".join(f"c.{column} = k.{column}" for column in key)
    delete = (
        f"DELETE FROM {kept} WHERE ({', '.join(key)}) IN (SELECT {', '.join(key)} FROM ("
        f"SELECT {compared} FROM {kept} WHERE school_id IN :schools AND academic_year >= :from_year "
        f"EXCEPT SELECT {compared} FROM {counted}) AS otherwise)"
    )
    insert = (
        f"INSERT INTO {kept} ({', '.join(columns)}) SELECT {', '.join(f'c.{each}' for each in columns)} "
        f"FROM {counted} AS c LEFT JOIN {kept} AS k ON {same} WHERE k.id IS NULL"
    )
    return delete, insert


TURNING = (
    "SELECT DISTINCT pupil_id FROM people_enrolment WHERE school_id IN :schools "
    "AND ((starts_on > :since AND starts_on <= :today) OR (ends_on > :since AND ends_on <= :today))"
)


# The two reads of the benchmarks page; asked through the ORM, building the question costs more than the answer.
ALIKE = (
    "SELECT school_id, year_group, coh, far, met, unk, COUNT(*) FROM measures_pupil_year "
    "WHERE school_id IN :schools AND academic_year = :year AND in_cohort = 1 "
    "GROUP BY school_id, year_group, coh, far, met, unk"
)


YEAR_COLUMNS = (
    "academic_year",
    "year_group",
    "coh",
    "far",
    "met",
    "unk",
    "considers",
    *(f"n{number}" for number in range(COUNTERS)),
)
# One pupil's years, newest first: fifty columns through the mapper would cost more than the rest of the record.
YEARS_OF_PUPIL = (
    f"SELECT {', '.join(YEAR_COLUMNS)} FROM measures_pupil_year "
    "WHERE school_id IN :schools AND pupil_id IN :pupils ORDER BY academic_year DESC"
)


@cache
def cells(bits: tuple[int, ...]) -> str:
    """Cells of a breakdown in one or two years, of the criteria with these bits."""
    return (
        "SELECT academic_year, bit, value, met, n, unknown, assumed FROM measures_coverage WHERE school_id IN :schools "
        f"AND academic_year IN (:year, :other_year) AND bit IN ({', '.join(map(str, bits))}) "
        "AND breakdown = :breakdown AND n > 0 ORDER BY academic_year, bit, value"
    )


@cache
def cells_of_schools(bits: tuple[int, ...], by_year_group: tuple[int, ...]) -> str:
    """Cells of many schools in one year: of a breakdown, and of some criteria those of year groups besides."""
    # Of which breakdowns is said first, by itself: with OR alone the index would give every cell of these criteria.
    of, also = ":breakdown", ""
    if by_year_group:
        of = ":breakdown, 'year-group'"
        also = f" AND (breakdown <> 'year-group' OR bit IN ({', '.join(map(str, by_year_group))}))"
    return (
        "SELECT school_id, bit, breakdown, value, met, n, unknown, assumed FROM measures_coverage "
        f"WHERE school_id IN :schools AND academic_year = :year AND bit IN ({', '.join(map(str, bits))}) "
        f"AND breakdown IN ({of}){also} AND n > 0 ORDER BY school_id, bit, breakdown, value"
    )


def _counter_columns() -> list[str]:
    return [f"n{number}" for number in range(COUNTERS)]


def _spare_counters() -> list[str]:
    """The counters that no rule needs today."""
    return [column for column in _counter_columns() if column not in PUPIL_YEAR_COLUMNS]


_TEXTS = ("sex", "sen", "pupil_premium", "ethnicity", "eal", "looked_after")
_NUMBERS = (
    "year_group",
    "in_cohort",
    "known",
    "unrecorded",
    "assumed",
    "considers",
    "coh",
    "far",
    "met",
    "unk",
    "asm",
    "counting",
)


def _blank_columns() -> list[str]:
    return ["school_id", "pupil_id", "academic_year", *_TEXTS, *_NUMBERS, *_counter_columns()]


def _blank_values() -> list[str]:
    return [*("''" for _ in _TEXTS), *("0" for _ in [*_NUMBERS, *_counter_columns()])]

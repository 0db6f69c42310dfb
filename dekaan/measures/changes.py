"""Keeping the kept tables true: recount some pupils, rebuild a school, check that nothing has drifted.

What the counting room cannot read by itself it is told from above (`tell_considering`).
"""

import secrets
from collections.abc import Collection, Iterable
from datetime import date
from functools import cache

from django.db import connection, transaction

from dekaan.core.academic_year import today
from dekaan.core.scope import schools_in_scope
from dekaan.measures import run
from dekaan.measures.cells import ROW, difference
from dekaan.measures.definitions.columns import PUPIL_YEAR_COLUMNS
from dekaan.measures.models import Considering, Coverage, PupilYear

MANY = 4000  # rows of pupils' years; above it whole years are added up again instead


@transaction.atomic
def recount(pupil_ids: Iterable[int], years: Iterable[int]) -> None:
    """The kept tables say what the ledger and the roll say about these pupils, from the first of `years` on.

    Later years too, since a window may reach back. One code path for insert, correction, move and undo; a fixed
    number of statements. To be called in the transaction that changed the ledger.
    """
    pupils, wanted = sorted(set(pupil_ids)), sorted(set(years))
    schools_in_scope()
    if not pupils or not wanted:
        return
    first = wanted[0]
    vendor = connection.vendor
    counting = _number_of_this_count()
    if vendor == "postgresql":
        run.write(run.insert_missing(), pupils=pupils, from_year=first)
        run.read(run.lock(), pupils=pupils, from_year=first)
    before = _rows(pupils, first)
    run.write(
        run.upsert_pupil_years(vendor),
        pupils=pupils,
        from_year=first,
        today=today(),
        counting=counting,
    )
    run.write(run.DELETE_UNCOUNTED, pupils=pupils, from_year=first, counting=counting)
    run.write(run.update_status(vendor), pupils=pupils, from_year=first)
    after = _rows(pupils, first)
    if len(after) > MANY:
        _add_up(PupilYear._meta.db_table, first)
    else:
        run.write_many(run.UPSERT_COVERAGE, difference(before, after))


@transaction.atomic
def tell_considering(said: Collection[Considering], *, of: Collection[int]) -> None:
    """Of the pupils `of` exactly `said` is known of who considers higher education, and their figures follow.

    Rows that say what is known already are left alone, and so is everybody whose rows all do.
    """
    before = {(each.pupil_id, each.academic_year): each for each in Considering.objects.filter(pupil_id__in=list(of))}
    after = {(each.pupil_id, each.academic_year): each for each in said}
    changed = {key for key in before.keys() | after.keys() if not _say_the_same(before.get(key), after.get(key))}
    if not changed:
        return
    gone = [before[key].pk for key in changed if key in before]
    Considering.objects.filter(pk__in=gone).delete()
    Considering.objects.bulk_create([after[key] for key in sorted(changed) if key in after])
    recount({pupil for pupil, _ in changed}, {year for _, year in changed})


def _say_the_same(one: Considering | None, other: Considering | None) -> bool:
    return bool(one and other) and (one.says, one.names_it) == (other.says, other.names_it)  # type: ignore[union-attr]


def _number_of_this_count() -> int:
    return secrets.randbits(62) | 1


def _rows(pupils: list[int], first: int) -> list[tuple]:
    """The pupils' kept rows, id first, then as `cells.ROW`."""
    return run.read(_select_rows(), pupils=pupils, from_year=first)  # type: ignore[return-value]


@cache
def _select_rows() -> str:
    columns = ", ".join(["pupil_id", *ROW])
    return f"SELECT {columns} FROM measures_pupil_year WHERE pupil_id IN :pupils AND academic_year >= :from_year"  # noqa: S608 our own column names


@transaction.atomic
def rebuild() -> None:
    """The kept tables of the schools in scope are as the ledger and the roll say.

    Everything is counted beside what is kept; only what differs is written, so nothing is where nothing has drifted.
    """
    _hold_still(run.HOLD_YEARS)
    schools, counting = sorted(schools_in_scope()), _number_of_this_count()
    run.write(run.count_anew(connection.vendor), schools=schools, from_year=0, today=today(), counting=counting)
    for text in run.settle_years():
        run.write(text, schools=schools, from_year=0)
    _add_up(run.COUNTED_YEARS, 0)
    run.write(run.drop(run.COUNTED_YEARS))


def _hold_still(text: str) -> None:
    """Nobody else writes there until the transaction ends; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        run.write(text)


def _add_up(table: str, first: int) -> None:
    """Coverage of the schools in scope, from the year `first` on, is as the pupils' rows in `table` add up to."""
    _hold_still(run.HOLD_CELLS)
    schools = sorted(schools_in_scope())
    run.write(run.add_up(table), schools=schools, from_year=first)
    for text in run.settle_cells():
        run.write(text, schools=schools, from_year=first)
    run.write(run.drop(run.COUNTED_CELLS))


def turn_to(on: date, *, since: date) -> int:
    """Pupils who joined or left after `since` and by that day are counted again; returns how many they were."""
    pupils = [row[0] for row in run.read(run.TURNING, schools=sorted(schools_in_scope()), since=since, today=on)]
    recount(pupils, [since.year - 1])
    return len(pupils)


class _PutBack(Exception):
    """Raised to undo the rebuild that a check made."""


def verify() -> list[str]:
    """Differences between what is kept and what a rebuild would keep, a sentence each; nothing is changed."""
    found: list[str] = []
    try:
        with transaction.atomic():
            _hold_still(run.HOLD_YEARS)
            kept_rows, kept_cells = _everything()
            rebuild()
            true_rows, true_cells = _everything()
            for key in sorted(kept_rows.keys() | true_rows.keys()):
                if kept_rows.get(key) != true_rows.get(key):
                    found.append(f"pupil {key[0]} in {key[1]}: kept {kept_rows.get(key)}, is {true_rows.get(key)}")
            for cell in sorted(kept_cells.keys() | true_cells.keys()):
                if kept_cells.get(cell) != true_cells.get(cell):
                    found.append(f"cell {cell}: kept {kept_cells.get(cell)}, is {true_cells.get(cell)}")
            raise _PutBack
    except _PutBack:
        return found


def _everything() -> tuple[dict[tuple, tuple], dict[tuple, tuple]]:
    """All kept rows and cells of the schools in scope, by key; cells without pupils are as good as none."""
    columns = [column for column in PUPIL_YEAR_COLUMNS if column not in {"pupil_id", "academic_year"}]
    rows = {
        (row[0], row[1]): row[2:]
        for row in PupilYear.objects.values_list("pupil_id", "academic_year", *columns, *run.MASKS)
    }
    cells = {
        row[:5]: row[5:]
        for row in Coverage.objects.exclude(n=0).values_list(
            "school_id", "academic_year", "bit", "breakdown", "value", "n", "met", "unknown", "assumed"
        )
    }
    return rows, cells

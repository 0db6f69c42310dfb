"""Very many rows into one table at the price of a copy: what bulk_create would take several times as long for.

PostgreSQL does not copy into a table that has row-level security, so the rows are copied into a temporary one and
inserted from there, behind the second wall like any other. Listed in docs/care.md.
"""

import gc
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from dekaan.core.scope import NoSchoolInScope, schools_in_scope


def as_json(value: Any) -> str:
    """A value as a JSON column keeps it."""
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)


@contextmanager
def not_collecting() -> Iterator[None]:
    """Very many objects that all stay are made meanwhile: looking among them for rubbish again and again would be idle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@transaction.atomic
def insert_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """The rows, values in the order of `names`, are in the school-owned model's table, in the one school in scope.

    Every column without a null must be named. JSON is given as text (`as_json`). Raises NoSchoolInScope.
    """
    schools = schools_in_scope()
    if len(schools) != 1:
        raise NoSchoolInScope
    (school,) = schools
    fields = [model._meta.get_field(name) for name in names]
    columns = ", ".join(f'"{field.column}"' for field in fields)  # type: ignore[union-attr]
    put = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    dates = [field if isinstance(field, models.DateField) else None for field in fields]
    put(model._meta.db_table, columns, dates, school, rows)


Dates = list[models.DateField[Any, Any] | None]  # for each column its field, where it holds days or times


def _on_sqlite(table: str, columns: str, dates: Dates, school: int, rows: Iterable[Sequence[Any]]) -> None:
    marks = ", ".join(["%s"] * (len(dates) + 1))
    said: Iterable[Sequence[Any]] = ((school, *row) for row in rows)
    if any(dates):
        dated = [None, *dates]
        said = (
            [
                field.get_db_prep_save(each, connection) if field else each
                for field, each in zip(dated, row, strict=True)
            ]
            for row in said
        )
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{table}" ("school_id", {columns}) VALUES ({marks})', said)  # type: ignore[arg-type]


def _on_postgresql(table: str, columns: str, _dates: Dates, school: int, rows: Iterable[Sequence[Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE TEMPORARY TABLE many_rows ON COMMIT DROP AS SELECT {columns} FROM "{table}" LIMIT 0')
        with cursor.copy(f"COPY many_rows ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f'INSERT INTO "{table}" ("school_id", {columns}) SELECT %s, {columns} FROM many_rows', [school])
        cursor.execute("DROP TABLE many_rows")

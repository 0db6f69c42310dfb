"""What many tests begin with is made once by the real changes, and then put back as the rows they wrote.

Making the cast takes some three hundred statements; more than a thousand tests begin with it.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.apps import apps
from django.db import connection

from dekaan.core.scope import working_in
from dekaan.schools.models import School

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass
class Kept:
    """The rows by table, and what the maker returned: as bytes, so that each test has objects of its own."""

    made: bytes
    rows: Rows
    schools: list[int]


_kept: dict[Callable[[], Any], Kept] = {}


def once_made(make: Callable[[], Any]) -> Any:
    """What `make` returns, its rows in the database: made, or put back when this process has made it before.

    Only in a test's own transaction, on a database without schools. A test that commits has everything made in
    earnest, for there the audit's chain is tied as well.
    """
    if not connection.in_atomic_block or School.objects.exists():
        return make()
    if make in _kept:
        return _put_back(_kept[make])
    before = every_row()
    made = make()
    schools = list(School.objects.values_list("pk", flat=True))
    with working_in(*schools):
        after = every_row()
    if all(after[table] == rows for table, rows in before.items()):
        _kept[make] = Kept(pickle.dumps(made), {t: rows for t, rows in after.items() if t not in before}, schools)
    return made


def every_row() -> Rows:
    """The rows of every table that has any, as far as the schools in scope go."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for table in sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)}):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")
            if rows := cursor.fetchall():
                found[table] = rows
    return found


def _put_back(kept: Kept) -> Any:
    made = pickle.loads(kept.made)
    with working_in(*kept.schools), connection.cursor() as cursor:
        for table, rows in kept.rows.items():
            marks = ", ".join(["%s"] * len(rows[0]))
            as_typed = [[str(each) if isinstance(each, time) else each for each in row] for row in rows]  # for SQLite
            cursor.executemany(f"INSERT INTO {connection.ops.quote_name(table)} VALUES ({marks})", as_typed)
    return made

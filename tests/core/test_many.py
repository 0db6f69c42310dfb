"""Very many rows at once go into the school in scope and no other."""

import pytest
from django.db import DatabaseError

from dekaan.core.many import as_json, insert_rows
from dekaan.core.scope import NoSchoolInScope, working_in
from dekaan.exchange.models import ImportLine, ImportRun

NAMES = (
    "run_id",
    "sheet_row",
    "decision",
    "reason",
    "column",
    "who",
    "values",
    "changes",
    "warnings",
    "candidates",
    "choice",
    "recorded",
)


def rows(run, number):
    empty = as_json([])
    return [
        (
            run.pk,
            each,
            "joins",
            "",
            "",
            f"O'Neill\t{each} “Zoë”\\",
            as_json({"surname": "Ł"}),
            empty,
            empty,
            empty,
            "",
            False,
        )
        for each in range(number)
    ]


def test_rows_are_as_bulk_create_would_have_made_them(in_ashdown):
    run = ImportRun.objects.create(kind="pupils", file_name="one.csv")
    insert_rows(ImportLine, NAMES, rows(run, 1200))
    assert ImportLine.objects.count() == 1200
    last = ImportLine.objects.get(sheet_row=1199)
    assert (last.who, last.values, last.warnings, last.pupil_id) == (
        "O'Neill\t1199 “Zoë”\\",
        {"surname": "Ł"},
        [],
        None,
    )
    assert last.school_id == in_ashdown.ashdown.pk
    insert_rows(ImportLine, NAMES, [])
    with working_in(in_ashdown.beckford):
        assert ImportLine.objects.count() == 0


def test_without_one_school_in_scope_nothing_is_written(stock):
    with working_in(stock.ashdown):
        run = ImportRun.objects.create(kind="pupils", file_name="one.csv")
    with pytest.raises(NoSchoolInScope):
        insert_rows(ImportLine, NAMES, rows(run, 1))
    with working_in(stock.ashdown, stock.beckford), pytest.raises(NoSchoolInScope):
        insert_rows(ImportLine, NAMES, rows(run, 1))


def test_a_row_that_the_database_refuses_takes_the_others_with_it(in_ashdown):
    run = ImportRun.objects.create(kind="pupils", file_name="one.csv")
    broken = [list(row) for row in rows(run, 3)]
    broken[2][2] = None
    with pytest.raises(DatabaseError):
        insert_rows(ImportLine, NAMES, broken)
    assert ImportLine.objects.count() == 0

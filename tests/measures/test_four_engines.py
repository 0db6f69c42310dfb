"""The demonstration's own history, counted from the same text by SQLite, PostgreSQL, DuckDB and Spark's dialect."""

from datetime import datetime

import pytest
from django.apps import apps

from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.demo.build import build
from dekaan.measures.models import PupilYear
from dekaan.measures.tables import TABLES
from tests.measures.engines import ENGINES, KEPT, MASKS, engine, masks

MODELS = {model._meta.db_table: model for model in apps.get_models()}


def flat(table: str) -> list[dict]:
    """The rows of a table as every engine is given them."""
    model, wanted = MODELS[table], [*TABLES[table]]
    columns = {field.column: field.attname for field in model._meta.concrete_fields}
    rows = model._base_manager.order_by("pk").values_list(*(columns[name] for name in wanted))
    return [dict(zip(wanted, (_bare(value) for value in row), strict=True)) for row in rows]


def _bare(value: object) -> object:
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


@pytest.fixture
def demonstration(db):
    (school,) = build(schools=1, pupils=60).schools
    with working_in(school):
        tables = {name: flat(name) for name in TABLES if name not in {"measures_pupil_year", "schools_school"}}
        tables["schools_school"] = [{"id": school.pk, "records_begin": school.records_begin}]
        columns = [*KEPT, *MASKS]
        kept = {
            (row[KEPT.index("pupil_id")], row[KEPT.index("academic_year")]): dict(zip(columns, row, strict=True))
            for row in PupilYear.objects.values_list(*columns)
        }
    return tables, kept


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_keeps_what_the_school_keeps(demonstration, name):
    tables, kept = demonstration
    assert len(kept) > 100
    assert sum(row["met"] != 0 for row in kept.values()) > 50
    with engine(name) as asked:
        found = masks(asked, tables, today())
    assert {key: {column: row[column] for column in (*KEPT, *MASKS)} for key, row in found.items()} == kept

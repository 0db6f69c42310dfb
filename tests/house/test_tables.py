"""The counting room knows the ledger and the roll only by name; the models must have those names and types."""

import pytest
from django.apps import apps
from django.db import models

from dekaan.measures.tables import TABLES

pytestmark = pytest.mark.once

TYPES = {
    "int64": (models.IntegerField, models.ForeignKey, models.AutoField, models.BooleanField),
    "string": (models.CharField, models.TextField),
    "boolean": (models.BooleanField,),
    "date": (models.DateField,),
    "timestamp": (models.DateTimeField,),
}


def test_the_flat_tables_are_as_the_models_say():
    models_by_table = {model._meta.db_table: model for model in apps.get_models()}
    differences = []
    for table, columns in TABLES.items():
        fields = {field.column: field for field in models_by_table[table]._meta.fields}
        for column, kind in columns.items():
            if column not in fields:
                differences.append(f"{table}.{column} is missing")
            elif not isinstance(fields[column], TYPES[kind]):
                differences.append(f"{table}.{column} is {type(fields[column]).__name__}, not {kind}")
    assert differences == []

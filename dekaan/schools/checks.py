"""What production mode refuses to start on: more than one school in one SQLite file."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from dekaan.core.checks import on_sqlite
from dekaan.schools.models import School


@register(Tags.database, deploy=True)
def sqlite_holds_one_school(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """SQLite has no second wall, so it never holds two schools (the demonstration may)."""
    if not settings.PRODUCTION or not on_sqlite() or "default" not in (databases or ()):
        return []
    try:
        schools = School.objects.count()
    except DatabaseError:  # no table yet: said by the check of the schema
        return []
    if schools <= 1:
        return []
    words = f"SQLite holds one school, and here are {schools}: it has no second wall between them."
    return [Error(words, hint="Move to PostgreSQL (DEKAAN_DATABASE_URL).", id="dekaan.E013")]

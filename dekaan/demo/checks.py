"""What production mode refuses to start on: the invented people, whose password is printed."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from dekaan.access.models import User
from dekaan.demo.people import CAST


@register(Tags.database, deploy=True)
def no_default_accounts(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """There are no default accounts outside the demonstration."""
    if not settings.PRODUCTION or "default" not in (databases or ()):
        return []
    try:
        known = User.objects.filter(email__in=[person.email for person in CAST]).exists()
    except DatabaseError:  # no table yet: said by the check of the schema
        return []
    if not known:
        return []
    words = "The accounts of the demonstration are in this database, and their password is printed in public."
    return [Error(words, hint="Begin in an empty data folder, or an empty database.", id="dekaan.E014")]

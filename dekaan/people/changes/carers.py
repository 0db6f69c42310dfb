"""What happens to parents and carers, as contacts."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.people.models import Carer, CarerOf, Pupil


@transaction.atomic
def add_carer(
    *, surname: str, forename: str, pupils: Iterable[Pupil], by: User | None, relationship: str = "", **details: Any
) -> Carer:
    """The parent or carer is a contact of these pupils."""
    carer = Carer.objects.create(surname=surname, forename=forename, **details)
    for pupil in pupils:
        CarerOf.objects.create(carer=carer, pupil=pupil, relationship=relationship)
    record(action="parent or carer added", by=by, subject="carer", subject_id=carer.pk)
    return carer

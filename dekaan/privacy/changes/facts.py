"""Who answers for the data is said."""

from typing import Any

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.privacy.models import DataProtection
from dekaan.privacy.queries.holdings import data_protection
from dekaan.schools.models import School


@transaction.atomic
def say_data_protection(school: School, *, by: User | None, **facts: Any) -> DataProtection:
    """The school's controller, officer, hosting, processors and years kept are as given; what is not given stays."""
    said = data_protection(school)
    changed = sorted(name for name, value in facts.items() if getattr(said, name) != value)
    for name in changed:
        setattr(said, name, facts[name])
    if changed or said.pk is None:
        said.save()
        record(action="data protection said", by=by, subject="school", subject_id=school.pk, detail={"fields": changed})
    return said

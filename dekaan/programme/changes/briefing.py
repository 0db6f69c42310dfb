"""What those who deliver an activity are told."""

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.programme.models import Activity, Briefing


@transaction.atomic
def write_briefing(activity: Activity, *, by: User | None, **said: str) -> None:
    """The activity's briefing sheet says this in the school's own words: purpose, before, during, after, to_return."""
    Briefing.objects.update_or_create(activity=activity, defaults=said)
    record(action="briefing written", by=by, subject="activity", subject_id=activity.pk)

"""The school's timetable, as far as careers needs it: which lesson a session takes pupils out of."""

from collections.abc import Iterable

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.programme.models import Lesson


@transaction.atomic
def load_timetable(lessons: Iterable[Lesson], *, academic_year: int, by: User | None) -> int:
    """The year's timetable is these lessons instead of those before; none for an empty one. Answers with how many."""
    Lesson.objects.filter(academic_year=academic_year).delete()
    made = Lesson.objects.bulk_create(lessons, batch_size=500)
    record(action="timetable loaded", by=by, subject="timetable", detail={"lessons": len(made)})
    return len(made)

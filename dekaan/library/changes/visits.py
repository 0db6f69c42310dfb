"""A press on a public link is counted: who pressed is not known, and nothing of them is kept."""

from datetime import date

from django.db import transaction
from django.db.models import F

from dekaan.core.academic_year import academic_year_of, months_after, today, year_start
from dekaan.library.models import Resource, Visits

KEPT_YEARS = 3
MOST_A_MONTH = 20_000  # of one link and audience; beyond that a program presses


@transaction.atomic
def count_press(resource: Resource, *, audience: str, key_stage: int) -> None:
    """There is one press more of that audience this month."""
    month = today().replace(day=1)
    row, _ = Visits.objects.get_or_create(resource=resource, audience=audience, key_stage=key_stage, month=month)
    Visits.objects.filter(pk=row.pk, presses__lt=MOST_A_MONTH).update(presses=F("presses") + 1)


@transaction.atomic
def forget_old_presses(on: date) -> None:
    """Presses of more than three years before this one are gone."""
    Visits.objects.filter(month__lt=months_after(year_start(academic_year_of(on)), -12 * KEPT_YEARS)).delete()

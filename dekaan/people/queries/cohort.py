"""Reading which pupils the benchmarks do not fit."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from dekaan.core.academic_year import academic_year_of
from dekaan.people.models import Pupil
from dekaan.people.queries.pupils import ORDERS, ROW_FIELDS, PupilRow, listed, on_roll, row_of


@dataclass(frozen=True)
class CohortRow:
    """A pupil whom the benchmarks do not fit, why, and when the school looks again."""

    pupil: PupilRow
    reason: str
    review_on: date | None
    is_due: bool


def outside_cohort(pupils: QuerySet[Pupil], on: date) -> list[CohortRow]:
    """Those of the pupils on the roll whom the benchmarks do not fit, whose review is due first."""
    found = listed(pupils.filter(on_roll(on), benchmark_cohort=False), academic_year_of(on))
    names = ("benchmark_cohort_reason", "benchmark_cohort_review_on")
    rows = [
        CohortRow(row_of(row), row[names[0]], row[names[1]], row[names[1]] is not None and row[names[1]] <= on)
        for row in found.order_by(F(names[1]).asc(nulls_last=True), *ORDERS["name"]).values(*ROW_FIELDS, *names)
    ]
    return sorted(rows, key=lambda row: not row.is_due)


def cohort_reviews_due(pupils: QuerySet[Pupil], on: date) -> list[CohortRow]:
    """Those of the pupils of whom the school meant to ask again by that day whether the benchmarks fit."""
    return outside_cohort(pupils.filter(benchmark_cohort_review_on__lte=on), on)


def outside_agreed_cohort(on: date) -> int:
    """How many pupils on the roll the benchmarks do not fit."""
    return Pupil.objects.filter(on_roll(on), benchmark_cohort=False).count()

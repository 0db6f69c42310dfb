"""Setting up trusts and schools."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from dekaan.audit.changes import record
from dekaan.core.academic_year import academic_year_of, today, year_end, year_start
from dekaan.core.scope import working_in
from dekaan.schools.models import AcademicYear, School, Trust


class SlugTaken(Exception):
    """Another school has that address."""


@transaction.atomic
def add_trust(*, name: str, slug: str, by: Any = None, **details: Any) -> Trust:
    """The trust exists."""
    trust = Trust.objects.create(name=name, slug=slug, **details)
    record(action="trust added", by=by, subject="trust", subject_id=trust.pk, school_id=0)
    return trust


@transaction.atomic
def add_school(
    *,
    name: str,
    slug: str,
    records_begin: date | None = None,
    by: Any = None,
    **details: Any,
) -> School:
    """The school exists with its current academic year; records begin on 1 September of it unless told otherwise.

    Raises SlugTaken.
    """
    if School.objects.filter(slug=slug).exists():
        raise SlugTaken
    begin = records_begin or year_start(academic_year_of(today()))
    school = School.objects.create(name=name, slug=slug, records_begin=begin, turned_on=today(), **details)
    with working_in(school):
        for year in range(academic_year_of(begin), academic_year_of(today()) + 1):
            begin_year(year)
        record(action="school added", by=by, subject="school", subject_id=school.pk)
    return school


def begin_year(academic_year: int) -> bool:
    """The school in scope has that academic year, with the usual dates until someone enters its own.

    True where it had not begun before.
    """
    _, is_new = AcademicYear.objects.get_or_create(
        start_year=academic_year,
        defaults={
            "starts_on": year_start(academic_year),
            "ends_on": year_end(academic_year),
            "joined_by": date(academic_year, 9, 30),
            "roll_on": date(academic_year + 1, 7, 31),
        },
    )
    return is_new


def note_round(school: School, *, failed_on: date | None) -> None:
    """The school knows on which day its morning's round could not be finished, or that the last one was."""
    if school.round_failed_on != failed_on:
        School.objects.filter(pk=school.pk).update(round_failed_on=failed_on)


def take_back_year(academic_year: int) -> None:
    """A year that was begun ahead of its time has not begun."""
    AcademicYear.objects.filter(start_year=academic_year, starts_on__gt=today()).delete()


@transaction.atomic
def close_year(academic_year: int, *, by: Any) -> None:
    """The year was rolled over: what it says of its pupils stands as it was."""
    AcademicYear.objects.filter(start_year=academic_year, frozen_at__isnull=True).update(frozen_at=timezone.now())
    record(action="academic year closed", by=by, subject="academic year", subject_id=academic_year)


@transaction.atomic
def reopen_year(academic_year: int, *, by: Any) -> None:
    """A late correction reopens a closed year, and the audit says so; an open one stays as it is."""
    if AcademicYear.objects.filter(start_year=academic_year, frozen_at__isnull=False).update(frozen_at=None):
        record(action="academic year reopened", by=by, subject="academic year", subject_id=academic_year)


@transaction.atomic
def change_school(school: School, *, by: Any, **facts: Any) -> None:
    """The school's facts are as given."""
    for name, value in facts.items():
        setattr(school, name, value)
    school.save(update_fields=[*facts])
    record(action="school changed", by=by, subject="school", subject_id=school.pk, detail={"fields": sorted(facts)})

"""Setting up trusts and schools."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from dekaan.audit.changes import record
from dekaan.core.academic_year import academic_year_of, today, year_end, year_start
from dekaan.core.scope import schools_in_scope, working_in
from dekaan.schools.models import AcademicYear, CalendarEntry, School, Trust
from dekaan.schools.queries import BREAKS, Days

A_HALF_TERM = 10  # days; whatever is longer is a holiday


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


def hold_school() -> School:
    """The school in scope, held until the transaction ends: two presses about all of it follow one another."""
    (school_id,) = schools_in_scope()
    # Not of the key: whatever belongs to the school can be written meanwhile.
    return School.objects.select_for_update(of=("self",), no_key=True).get(pk=school_id)


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


@transaction.atomic
def add_calendar_entry(*, kind: str, starts_on: date, by: Any, **details: Any) -> CalendarEntry:
    """The calendar says so of those days: `details` are ends_on, title and year_groups."""
    entry = CalendarEntry.objects.create(kind=kind, starts_on=starts_on, **{"ends_on": starts_on, **details})
    record(action="calendar entry added", by=by, subject="calendar entry", subject_id=entry.pk)
    return entry


@transaction.atomic
def change_calendar_entry(entry: CalendarEntry, *, by: Any, **facts: Any) -> None:
    """The entry is as given; sessions stay on the days that they have."""
    changed = sorted(name for name, value in facts.items() if getattr(entry, name) != value)
    for name in changed:
        setattr(entry, name, facts[name])
    entry.save()
    record(
        action="calendar entry changed",
        by=by,
        subject="calendar entry",
        subject_id=entry.pk,
        detail={"fields": changed},
    )


@transaction.atomic
def remove_calendar_entry(entry: CalendarEntry, *, by: Any) -> None:
    """The calendar says nothing of it any more."""
    record(action="calendar entry removed", by=by, subject="calendar entry", subject_id=entry.pk)
    CalendarEntry.objects.filter(pk=entry.pk).delete()


@transaction.atomic
def set_term_dates(academic_year: int, *, breaks: Sequence[Days], by: Any) -> None:
    """These are the year's breaks, and no others; what lies between them are its half-terms."""
    within = CalendarEntry.objects.filter(
        kind__in=BREAKS, starts_on__gte=year_start(academic_year), starts_on__lte=year_end(academic_year)
    )
    within.delete()
    CalendarEntry.objects.bulk_create(
        [
            CalendarEntry(
                starts_on=first,
                ends_on=last,
                kind=CalendarEntry.Kind.HALF_TERM if (last - first).days < A_HALF_TERM else CalendarEntry.Kind.HOLIDAY,
            )
            for first, last in breaks
        ]
    )
    record(action="term dates set", by=by, subject="term dates", subject_id=academic_year)

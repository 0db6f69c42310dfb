"""Reading schools and their years."""

from dataclasses import dataclass
from datetime import date, timedelta

from dekaan.core.academic_year import academic_year_of, today, year_start
from dekaan.schools.models import AcademicYear, ClosedDay, School


@dataclass(frozen=True)
class HalfTerm:
    """One of the six stretches of teaching between holidays."""

    number: int
    starts_on: date
    ends_on: date


def school_by_slug(slug: str) -> School | None:
    """The school of that address, or None."""
    return next(iter(School.objects.filter(slug=slug).order_by()), None)  # `first` would order and limit what is unique


def all_schools() -> list[School]:
    """Every school of the installation, by name."""
    return list(School.objects.select_related("trust"))


def years_on_record(school: School) -> list[int]:
    """Start years from the one in which records begin to the current one, oldest first."""
    now = academic_year_of(today())
    if school.records_begin:
        return list(range(academic_year_of(school.records_begin), now + 1))
    first = AcademicYear.objects.order_by("start_year").values_list("start_year", flat=True).first()
    return list(range(min(first or now, now), now + 1))


def academic_years() -> list[AcademicYear]:
    """The school's academic years, newest first."""
    return list(AcademicYear.objects.order_by("-start_year"))


def half_terms(academic_year: int) -> list[HalfTerm]:
    """The year's half-terms, worked out from its holidays; the usual six where none are entered."""
    starts = year_start(academic_year)
    breaks = [
        (day.starts_on, day.ends_on)
        for day in ClosedDay.objects.filter(kind__in=[ClosedDay.Kind.HOLIDAY, ClosedDay.Kind.HALF_TERM])
        if academic_year_of(day.starts_on) == academic_year
    ] or [
        (date(academic_year, 10, 26), date(academic_year, 10, 30)),
        (date(academic_year, 12, 21), date(academic_year + 1, 1, 3)),
        (date(academic_year + 1, 2, 15), date(academic_year + 1, 2, 19)),
        (date(academic_year + 1, 3, 29), date(academic_year + 1, 4, 11)),
        (date(academic_year + 1, 5, 31), date(academic_year + 1, 6, 4)),
        (date(academic_year + 1, 7, 22), date(academic_year + 1, 8, 31)),
    ]
    found = []
    for number, (break_starts, break_ends) in enumerate(sorted(breaks), start=1):
        if starts < break_starts:
            found.append(HalfTerm(number, starts, break_starts))
        starts = break_ends + timedelta(days=1)
    return found


def next_school_day(day: date) -> date:
    """That day, or the next on which pupils are in: no weekend, holiday or INSET day."""
    closed = [(each.starts_on, each.ends_on) for each in ClosedDay.objects.filter(ends_on__gte=day)]
    while day.isoweekday() in {6, 7} or any(first <= day <= last for first, last in closed):
        day += timedelta(days=1)
    return day

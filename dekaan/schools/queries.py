"""Reading schools and their years."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from dekaan.core.academic_year import academic_year_of, today, year_end, year_start
from dekaan.schools.models import AcademicYear, CalendarEntry, School


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


BREAKS = (CalendarEntry.Kind.HOLIDAY, CalendarEntry.Kind.HALF_TERM)
# Days that nothing is planned on by itself, for those whom they concern.
KEPT_FREE = (*BREAKS, CalendarEntry.Kind.INSET, CalendarEntry.Kind.EXAMS)

Days = tuple[date, date]  # the first and the last


@dataclass(frozen=True)
class Calendar:
    """A year's dates: its breaks (the usual ones where the school has entered none), and what else is entered."""

    breaks: tuple[Days, ...]
    are_entered: bool
    entries: tuple[CalendarEntry, ...]

    def on(self, day: date, year_groups: Collection[int]) -> list[CalendarEntry]:
        """What is entered for that day that concerns any of these year groups; a break too."""
        return [each for each in self.entries if each.starts_on <= day <= each.ends_on and each.concerns(year_groups)]

    def between(self, first: date, last: date) -> list[CalendarEntry]:
        """What is entered for any of those days, but for the breaks."""
        return [
            each
            for each in self.entries
            if each.kind not in BREAKS and each.starts_on <= last and first <= each.ends_on
        ]

    def in_break(self, day: date) -> bool:
        """Whether it lies in a holiday or half-term."""
        return any(first <= day <= last for first, last in self.breaks)

    def keeps_free(self, day: date, year_groups: Collection[int]) -> str:
        """What keeps the day free of sessions for these year groups, in words; nothing where nothing does."""
        found = next((each for each in self.on(day, year_groups) if each.kind in KEPT_FREE), None)
        if found is not None:
            return found.words
        return "Holiday" if self.in_break(day) else ""

    def half_terms(self, academic_year: int) -> list[HalfTerm]:
        """The stretches between the breaks."""
        starts, found = year_start(academic_year), []
        for number, (break_starts, break_ends) in enumerate(self.breaks, start=1):
            if starts < break_starts:
                found.append(HalfTerm(number, starts, break_starts))
            starts = break_ends + timedelta(days=1)
        return found


def usual_breaks(academic_year: int) -> tuple[Days, ...]:
    """The breaks of a year whose own nobody has entered: whole weeks at the usual times."""
    after = academic_year + 1
    weeks = ((date(academic_year, 10, 26), 5), (date(academic_year, 12, 21), 14), (date(after, 2, 15), 5),
             (date(after, 3, 29), 14), (date(after, 5, 31), 5))  # fmt: skip
    breaks = []
    for each, days in weeks:
        around = each - timedelta(days=4)
        monday = around + timedelta(days=-around.weekday() % 7)  # the nearest one
        breaks.append((monday, monday + timedelta(days=days - 1)))
    return (*breaks, (date(after, 7, 22), date(after, 8, 31)))


def calendar(academic_year: int) -> Calendar:
    """The year's calendar, in one statement."""
    within = CalendarEntry.objects.filter(
        starts_on__lte=year_end(academic_year), ends_on__gte=year_start(academic_year)
    )
    entries = tuple(within)
    breaks = sorted(
        (each.starts_on, each.ends_on)
        for each in entries
        if each.kind in BREAKS and academic_year_of(each.starts_on) == academic_year
    )
    return Calendar(tuple(breaks) or usual_breaks(academic_year), bool(breaks), entries)


def half_terms(academic_year: int) -> list[HalfTerm]:
    """The year's half-terms, worked out from its holidays; the usual six where none are entered."""
    return calendar(academic_year).half_terms(academic_year)


def next_school_day(day: date) -> date:
    """That day, or the next on which pupils are in: no weekend, holiday or INSET day."""
    closed = [
        (each.starts_on, each.ends_on)
        for each in CalendarEntry.objects.filter(ends_on__gte=day, kind__in=(*BREAKS, CalendarEntry.Kind.INSET))
        if not each.year_groups
    ]
    while day.isoweekday() in {6, 7} or any(first <= day <= last for first, last in closed):
        day += timedelta(days=1)
    return day

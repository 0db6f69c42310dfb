"""Reading schools and their years."""

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

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
    # With its trust, which pages of a trust would ask for; and `first` would order and limit what is unique.
    return next(iter(School.objects.select_related("trust").filter(slug=slug).order_by()), None)


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
# Days on which those whom they concern are not in.
CLOSED = (*BREAKS, CalendarEntry.Kind.INSET)
# Days that nothing is planned on by itself, for those whom they concern.
KEPT_FREE = (*CLOSED, CalendarEntry.Kind.EXAMS)
SATURDAY = 6

Days = tuple[date, date]  # the first and the last


@cache
def bank_holidays() -> dict[date, str]:
    """Bank holidays in England by their days."""
    text = files("dekaan.schools").joinpath("data", "bank-holidays.toml").read_text(encoding="utf-8")
    return {day: name for name, days in tomllib.loads(text)["days"].items() for day in days}


@dataclass(frozen=True)
class SchoolDay:
    """Whether pupils are in on a day, and why not; None where the year's term dates are not entered.

    `why` then says what the day usually is, where it is usually none.
    """

    is_one: bool | None
    why: str = ""

    @property
    def is_usual(self) -> bool:
        """Whether it is one, or would be by the usual dates."""
        return self.is_one is not False and not self.why


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

    def shut(self, day: date) -> str:
        """The bank holiday or break that the day lies in, in words; nothing where it lies in none."""
        return bank_holidays().get(day, "") or ("Holiday" if self.in_break(day) else "")

    def is_worked(self, day: date) -> bool:
        """Whether anybody is at work in the school that day, also where pupils are not in."""
        return day.isoweekday() < SATURDAY and not self.shut(day)

    def school_day(self, day: date, year_groups: Collection[int] = ()) -> SchoolDay:
        """Whether pupils of these year groups, or of any, are in; an INSET day of some year groups is none of theirs."""
        if day.isoweekday() >= SATURDAY:
            return SchoolDay(False, f"{day:%A}")
        concerned = (
            each
            for each in self.entries
            if each.kind in CLOSED and each.starts_on <= day <= each.ends_on and each.concerns_all(year_groups)
        )
        entered = next((each.words for each in concerned), "")
        if said := bank_holidays().get(day, "") or entered:
            return SchoolDay(False, said)
        return SchoolDay(True) if self.are_entered else SchoolDay(None, self.shut(day))

    def keeps_free(self, day: date, year_groups: Collection[int]) -> str:
        """What keeps the day free of sessions for these year groups, in words; nothing where nothing does."""
        found = next((each for each in self.on(day, year_groups) if each.kind in KEPT_FREE), None)
        return found.words if found is not None else self.shut(day)

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
    return _calendar(academic_year, within)


def calendars(school_ids: Collection[int], academic_years: Collection[int]) -> dict[tuple[int, int], Calendar]:
    """School and academic year → its calendar, of schools in scope; in one statement, or none where nothing is asked."""
    if not school_ids or not academic_years:
        return {}
    entries = defaultdict[int, list[CalendarEntry]](list)
    for each in CalendarEntry.objects.filter(
        school__in=school_ids,
        starts_on__lte=year_end(max(academic_years)),
        ends_on__gte=year_start(min(academic_years)),
    ):
        entries[each.school_id].append(each)
    return {
        (school_id, year): _calendar(
            year,
            [
                each
                for each in entries[school_id]
                if each.starts_on <= year_end(year) and each.ends_on >= year_start(year)
            ],
        )
        for school_id in school_ids
        for year in academic_years
    }


def _calendar(academic_year: int, within: Iterable[CalendarEntry]) -> Calendar:
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
    """That day, or the next on which pupils are in by the school's dates, or the usual ones."""
    found = calendar(year := academic_year_of(day))
    while not found.school_day(day).is_usual:
        day += timedelta(days=1)
        if academic_year_of(day) != year:
            found = calendar(year := academic_year_of(day))
    return day

"""The academic year: 1 September to 31 August, known by the calendar year it starts in (2026 is 2026/27)."""

from calendar import monthrange
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

LONDON = ZoneInfo("Europe/London")
FIRST_MONTH = 9
FIRST, LAST = 2000, 2100  # nothing that Dekaan keeps is as old or as far ahead


def today() -> date:
    """Today in London, or the fixed day on which the demonstration lives."""
    return date.fromisoformat(settings.TODAY) if settings.TODAY else datetime.now(LONDON).date()


def academic_year_of(day: date) -> int:
    """The start year of the academic year that `day` falls in."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def year_asked(asked: str) -> int:
    """The academic year that an address asks for; this one where none, or nonsense, is."""
    is_year = len(asked) == len("2026") and asked.isascii() and asked.isdigit() and FIRST < int(asked) < LAST
    return int(asked) if is_year else academic_year_of(today())


def day_asked(asked: str) -> date | None:
    """The day that an address asks for, as 2026-11-24; None where it is no day of our years."""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return None
    return day if FIRST < day.year < LAST else None


def year_start(academic_year: int) -> date:
    """1 September of the year."""
    return date(academic_year, FIRST_MONTH, 1)


def year_end(academic_year: int) -> date:
    """31 August, the year's last day."""
    return date(academic_year + 1, FIRST_MONTH - 1, 31)


def roll_date(academic_year: int, on: date | None = None) -> date:
    """The day on which a year's cohort is read: today or 31 July, whichever is earlier."""
    return min(on or today(), date(academic_year + 1, 7, 31))


def academic_day(day: date) -> int:
    """Days since 1 September; 28 February is always 180."""
    return (day - year_start(academic_year_of(day))).days


def year_label(academic_year: int) -> str:
    """2026 → 2026/27."""
    return f"{academic_year}/{(academic_year + 1) % 100:02d}"


def months_after(day: date, months: int) -> date:
    """The same date so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

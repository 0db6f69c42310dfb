"""The academic year: 1 September to 31 August, known by the calendar year it starts in (2026 is 2026/27)."""

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

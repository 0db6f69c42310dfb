"""Working days: by when a request is to be answered, and how many were taken."""

from datetime import date, timedelta

from dekaan.core.academic_year import academic_year_of
from dekaan.schools.queries import Calendar, calendar

WEEK = 7


class WorkingDays:
    """Mondays to Fridays outside the school's holidays and bank holidays; each year's calendar is read once."""

    def __init__(self) -> None:
        self._calendars: dict[int, Calendar] = {}

    def calendar(self, academic_year: int) -> Calendar:
        """The school's calendar of that year."""
        if academic_year not in self._calendars:
            self._calendars[academic_year] = calendar(academic_year)
        return self._calendars[academic_year]

    def is_one(self, day: date) -> bool:
        """Whether anybody is at work in the school that day, also where pupils are not in."""
        return self.calendar(academic_year_of(day)).is_worked(day)

    def after(self, day: date, number: int) -> date:
        """The last of so many working days that follow the day."""
        while number:
            day += timedelta(days=1)
            number -= self.is_one(day)
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days follow the first day, until and with the last."""
        days = (last - first).days
        return sum(self.is_one(first + timedelta(days=each)) for each in range(1, days + 1))


def due_in_words(due_on: date, now: date, working: WorkingDays | None = None) -> str:
    """ "due today", "due Tuesday", "due 14 May", "overdue by 3 working days"; without a calendar, "overdue since 11 May"."""
    if due_on < now and working is None:
        return f"overdue since {due_on:%-d %B}"
    if due_on < now and working is not None:
        late = max(1, working.between(due_on, now))
        return f"overdue by {late} working day{'' if late == 1 else 's'}"
    away = (due_on - now).days
    if away <= 1:
        return "due tomorrow" if away else "due today"
    return f"due {due_on:%A}" if away < WEEK else f"due {due_on:%-d %B}"

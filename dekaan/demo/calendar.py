"""Term dates of the invented schools, around whatever day today is."""

from datetime import date, timedelta

from dekaan.schools.models import CalendarEntry


def closed_days(academic_year: int) -> list[tuple[date, date, str]]:
    """First day, last day and kind of every closure of the year."""
    after = academic_year + 1
    october = _monday(date(academic_year, 10, 25))
    february = _monday(date(after, 2, 15))
    may = _monday(date(after, 5, 28))
    easter = _monday(date(after, 4, 4))
    return [
        (date(academic_year, 9, 1), date(academic_year, 9, 1), CalendarEntry.Kind.INSET),
        (october, october + timedelta(days=4), CalendarEntry.Kind.HALF_TERM),
        (date(academic_year, 12, 20), date(after, 1, 3), CalendarEntry.Kind.HOLIDAY),
        (february, february + timedelta(days=4), CalendarEntry.Kind.HALF_TERM),
        (easter, easter + timedelta(days=11), CalendarEntry.Kind.HOLIDAY),
        (may, may + timedelta(days=4), CalendarEntry.Kind.HALF_TERM),
        (date(after, 7, 22), date(after, 8, 31), CalendarEntry.Kind.HOLIDAY),
    ]


def taken_up(academic_year: int) -> list[tuple[date, date, str, str, list[int]]]:
    """First day, last day, kind, title and year groups of what else is on the calendar, where pupils are in."""
    after = academic_year + 1
    mocks, papers = _monday(date(after, 1, 12)), _monday(date(after, 5, 14))
    walk, rounders = school_day(academic_year, 10, 1), school_day(academic_year, 7, 8)
    training = school_day(academic_year, 12, 9)
    return [
        (walk, walk, CalendarEntry.Kind.TRIP, "Sponsored walk", [7, 8]),
        (training, training, CalendarEntry.Kind.INSET, "Sixth form staff training", [12, 13]),
        (mocks, mocks + timedelta(days=11), CalendarEntry.Kind.EXAMS, "Mock exams", [11, 13]),
        (papers, papers + timedelta(days=39), CalendarEntry.Kind.EXAMS, "GCSE and A level exams", [11, 13]),
        (rounders, rounders, CalendarEntry.Kind.OTHER, "Sports day", []),
    ]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def school_day(academic_year: int, month: int, day: int) -> date:
    """That day of the academic year, or the next on which pupils are in."""
    wanted = date(academic_year if month >= 9 else academic_year + 1, month, 1) + timedelta(days=day - 1)
    while wanted.weekday() > 4 or any(first <= wanted <= last for first, last, _ in closed_days(academic_year)):
        wanted += timedelta(days=1)
    return wanted

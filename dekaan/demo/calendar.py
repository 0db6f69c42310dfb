"""Term dates of the invented schools, around whatever day today is."""

from datetime import date, timedelta

from dekaan.schools.models import ClosedDay


def closed_days(academic_year: int) -> list[tuple[date, date, str]]:
    """First day, last day and kind of every closure of the year."""
    after = academic_year + 1
    october = _monday(date(academic_year, 10, 25))
    february = _monday(date(after, 2, 15))
    may = _monday(date(after, 5, 28))
    easter = _monday(date(after, 4, 4))
    return [
        (date(academic_year, 9, 1), date(academic_year, 9, 1), ClosedDay.Kind.INSET),
        (october, october + timedelta(days=4), ClosedDay.Kind.HALF_TERM),
        (date(academic_year, 12, 20), date(after, 1, 3), ClosedDay.Kind.HOLIDAY),
        (february, february + timedelta(days=4), ClosedDay.Kind.HALF_TERM),
        (easter, easter + timedelta(days=11), ClosedDay.Kind.HOLIDAY),
        (may, may + timedelta(days=4), ClosedDay.Kind.HALF_TERM),
        (date(after, 7, 22), date(after, 8, 31), ClosedDay.Kind.HOLIDAY),
    ]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def school_day(academic_year: int, month: int, day: int) -> date:
    """That day of the academic year, or the next on which pupils are in."""
    wanted = date(academic_year if month >= 9 else academic_year + 1, month, 1) + timedelta(days=day - 1)
    while wanted.weekday() > 4 or any(first <= wanted <= last for first, last, _ in closed_days(academic_year)):
        wanted += timedelta(days=1)
    return wanted

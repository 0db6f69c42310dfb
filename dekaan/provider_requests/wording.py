"""Year groups and times as a person says them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta


def listed(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def years_in_words(year_groups: Collection[int]) -> str:
    """ "Year 9", "Years 9 and 10", "Years 8, 9 and 10"."""
    named = [str(each) for each in sorted(year_groups)]
    return f"Year{'s' if len(named) > 1 else ''} {listed(named)}" if named else ""


def times_in_words(starts_at: time, minutes: int) -> str:
    """ "09:00 to 09:40"."""
    ends = datetime.combine(date.min, starts_at) + timedelta(minutes=minutes)
    return f"{starts_at:%H:%M} to {ends:%H:%M}"


def day_in_words(day: date) -> str:
    """ "Tuesday 20 April 2027"."""
    return f"{day:%A %-d %B %Y}"

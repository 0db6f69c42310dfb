"""Days, months, terms and years as people in Britain write them: each is a span, and it has passed when its last day has."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep"
        "|october oct|november nov|december dec".split("|"),
        start=1,
    )
    for name in names.split()
}
_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SHORT_YEAR = r"(?P<year>(?:19|20)\d\d|['’]\d\d)"
_ACADEMIC = r"(?P<first>20\d\d)\s?[/–—-]\s?(?P<second>20\d\d|\d\d)\b(?![/.–-]\d)"
TERMS = {"autumn": (9, 12), "michaelmas": (9, 12), "spring": (1, 4), "lent": (1, 4), "summer": (4, 8), "trinity": (4, 8)}  # fmt: skip
_TERM = r"(?P<term>autumn|spring|summer|michaelmas|lent|trinity)(?: half)?(?: term)?(?: [12])?(?: term)?,?\s+(?:of\s+)?"


@dataclass(frozen=True)
class When:
    """What was written, and the days that it means."""

    starts_on: date
    ends_on: date
    words: str
    at: int  # where in the text it begins

    def has_passed(self, on: date) -> bool:
        """Whether even its last day lies before that day."""
        return self.ends_on < on

    def holds(self, day: date) -> bool:
        """Whether the day is one that is meant."""
        return self.starts_on <= day <= self.ends_on


def _full_year(words: str) -> int:
    words = words.strip("'’")
    return int(words) if len(words) == 4 else 2000 + int(words)


def _day(found: re.Match[str]) -> tuple[date, date] | None:
    month = found["month"].casefold()
    day = date(_full_year(found["year"]), MONTHS.get(month) or int(month), int(found["day"]))
    return day, day


def _month(found: re.Match[str]) -> tuple[date, date]:
    year, month = _full_year(found["year"]), found["month"].casefold()
    number = MONTHS.get(month) or int(month)
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def _academic(found: re.Match[str]) -> tuple[date, date] | None:
    first, second = int(found["first"]), int(found["second"]) % 100
    return (date(first, 9, 1), date(first + 1, 8, 31)) if (first + 1) % 100 == second else None


def _term_of_year(found: re.Match[str]) -> tuple[date, date] | None:
    span = _academic(found)
    first, last = TERMS[found["term"].casefold()]
    if span is None:
        return None
    year = span[0].year if first == 9 else span[1].year
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _term(found: re.Match[str]) -> tuple[date, date]:
    (first, last), year = TERMS[found["term"].casefold()], int(found["year"])
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _whole_year(found: re.Match[str]) -> tuple[date, date]:
    return date(int(found["year"]), 1, 1), date(int(found["year"]), 12, 31)


_Reads = Callable[[re.Match[str]], tuple[date, date] | None]
# In this order: what a longer way of writing has taken, a shorter one leaves alone.
_WAYS: tuple[tuple[re.Pattern[str], _Reads], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reads)
    for pattern, reads in (
        (r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b", _day),
        (rf"\b{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_SHORT_YEAR}", _day),
        (rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}", _day),
        (r"\b(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>20\d\d|\d\d)\b", _day),
        (rf"\b{_TERM}(?:\(?){_ACADEMIC}", _term_of_year),
        (rf"\b{_TERM}{_YEAR}", _term),
        (rf"\b{_MONTH}[\s,-]+(?:of\s+)?{_SHORT_YEAR}", _month),
        (r"(?<![\d/])(?P<month>0?[1-9]|1[0-2])/(?P<year>20\d\d)\b", _month),
        (rf"\b{_ACADEMIC}", _academic),
        (rf"(?<![\d/.-]){_YEAR}(?![\d/.-]?\d)", _whole_year),
    )
)


def dates_in(text: str) -> list[When]:
    """Every date in the text, in order. What is no date (31/02/2026) is none."""
    return sorted(_found(text), key=lambda each: each.at)


def _found(text: str) -> Iterator[When]:
    left = text
    for pattern, reads in _WAYS:
        for match in list(pattern.finditer(left)):
            try:
                span = reads(match)
            except ValueError:
                span = None
            if span:
                yield When(*span, match.group().strip(), match.start())
            if span or reads is _day:
                left = left[: match.start()] + "\x00" * len(match.group()) + left[match.end() :]


def academic_years_in(text: str) -> list[int]:
    """The first calendar years of the academic years that the text names."""
    pattern = re.compile(rf"(?<!\d){_ACADEMIC}", re.IGNORECASE)
    return [int(each["first"]) for each in pattern.finditer(text) if _academic(each)]

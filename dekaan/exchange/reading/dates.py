"""Dates in every form that information systems and people write."""

import re
from datetime import date, timedelta

MONTHS = {
    name: number
    for number, names in enumerate(
        ["jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"], start=1
    )
    for name in names.split()
}  # fmt: skip
MONTH_NAMES = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
               "November", "December"]  # fmt: skip

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})")
_WORDED = re.compile(
    r"(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]+(?:of\s+)?([a-z]+)\.?,?[\s\-/.]+(\d{4}|\d{2})", re.IGNORECASE
)
_WORDED_US = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)
_COMPACT = re.compile(r"(19|20)(\d{2})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{4,5}(?:\.\d+)?")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[ap]m)?(?:Z|[+-]\d{2}:?\d{2})?$", re.IGNORECASE)
# How systems write "none": the first day that they can count.
_NONE = {date(1900, 1, 1), date(1899, 12, 30), date(1899, 12, 31), date(1904, 1, 1), date(1753, 1, 1), date(1, 1, 1)}
_BLANK = {"", "-", "--", "n/a", "none", "null", "nil", "unknown", "not known", "0", "1"}


def read_date(text: str, *, day_first: bool = True, from_1904: bool = False) -> date | None:
    """The date, or None where the cell says there is none. Raises ValueError with the reason in words."""
    said = text.strip()
    if said.lower() in _BLANK:
        return None
    bare = _TIME.sub("", said).strip()
    if match := _ISO.fullmatch(bare):
        year, month, day = (int(part) for part in match.groups())
    elif match := _SLASHED.fullmatch(bare):
        first, second, year = (int(part) for part in match.groups())
        year = _century(year, len(match.group(3)))
        day, month = (first, second) if day_first else (second, first)
        if month > 12 >= day:
            # 25/12 cannot be the 12th of the 25th month, whichever way round the rest of the file is.
            day, month = month, day
    elif match := _WORDED.fullmatch(bare):
        day, month, year = int(match.group(1)), _month(match.group(2), said), int(match.group(3))
        year = _century(year, len(match.group(3)))
    elif match := _WORDED_US.fullmatch(bare):
        day, month, year = int(match.group(2)), _month(match.group(1), said), int(match.group(3))
    elif match := _COMPACT.fullmatch(bare):
        year, month, day = int(match.group(1) + match.group(2)), int(match.group(3)), int(match.group(4))
    elif _SERIAL.fullmatch(bare):
        return _none_or(_from_serial(int(float(bare)), from_1904=from_1904))
    else:
        raise ValueError(f"“{said[:40]}” is not a date that we can read")
    return _none_or(_real(day, month, year, said))


_INSIDE = re.compile(
    r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9} \d{2,4}"
)


def date_inside(text: str, *, day_first: bool = True) -> tuple[date | None, str]:
    """The first date inside a heading or a title, and what is left of the words without it."""
    match = _INSIDE.search(text)
    if not match:
        return None, text
    try:
        day = read_date(match.group(), day_first=day_first)
    except ValueError:
        day = None
    return day, (text[: match.start()] + text[match.end() :]).strip(" -–:()")


def is_ambiguous(text: str) -> bool:
    """Whether day and month could be read either way round, to different dates."""
    match = _SLASHED.fullmatch(_TIME.sub("", text.strip()).strip())
    if not match:
        return False
    first, second = int(match.group(1)), int(match.group(2))
    return 1 <= first <= 12 and 1 <= second <= 12 and first != second


def day_comes_first(texts: list[str]) -> bool | None:
    """What the unmistakable dates of a file say about its ambiguous ones; None where they do not say or disagree."""
    votes = set()
    for text in texts:
        if match := _SLASHED.fullmatch(_TIME.sub("", text.strip()).strip()):
            first, second = int(match.group(1)), int(match.group(2))
            if 12 < first <= 31 and second <= 12:
                votes.add(True)
            elif 12 < second <= 31 and first <= 12:
                votes.add(False)
    return votes.pop() if len(votes) == 1 else None


def in_words(day: date) -> str:
    """3 September 2010."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def _none_or(day: date) -> date | None:
    return None if day in _NONE else day


def _month(word: str, said: str) -> int:
    try:
        return MONTHS[word.lower()]
    except KeyError:
        raise ValueError(f"“{said[:40]}” names no month that we know") from None


def _century(year: int, digits: int) -> int:
    if digits == 4:
        return year
    return 2000 + year if year <= 68 else 1900 + year


def _real(day: int, month: int, year: int, said: str) -> date:
    if not 1 <= month <= 12:
        raise ValueError(f"“{said[:40]}” has a month {month}, and there are twelve")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"there is no {day} {MONTH_NAMES[month - 1]} {year} (“{said[:40]}”)") from None


def _from_serial(days: int, *, from_1904: bool) -> date:
    """A spreadsheet's bare day number. The 1900 count has a 29 February 1900 that never was."""
    if from_1904:
        return date(1904, 1, 1) + timedelta(days=days)
    return date(1899, 12, 30) + timedelta(days=days)

"""Reading a pasted timetable: a lesson a line, by weekday and the clock or by weekday and the number of the lesson."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time

from dekaan.people.models import Group
from dekaan.programme.models import WEEKDAYS, Lesson

BY_CLOCK, BY_NUMBER = 5, 4  # cells of a line: day, start, end, subject, group; or day, lesson, subject, group
MOST = 10_000  # lessons of a week
_YEAR = re.compile(r"(?:year|yr|y)?\s*(\d{1,2})", re.IGNORECASE)


@dataclass
class Pasted:
    """What a pasted timetable says: lessons that are understood, and each line that is not, with what to do."""

    lessons: list[Lesson] = field(default_factory=list)
    refused: list[tuple[int, str, str]] = field(default_factory=list)  # line, what stands there, why


class NotRead(Exception):
    """A line says something that cannot be understood; its words say what to do."""


def read_timetable(
    text: str, times: str, *, academic_year: int, groups: Mapping[str, Group], years: set[int]
) -> tuple[Pasted, list[str]]:
    """The lessons of a pasted timetable, and what is wrong with the times of the numbered lessons.

    `groups` are the school's groups by name in small letters, `years` its year groups.
    """
    numbered, wrong = read_times(times)
    found = Pasted()
    for number, line in enumerate(text.splitlines(), start=1):
        cells = _cells(line)
        if not any(cells) or _is_heading(cells):
            continue
        try:
            if len(found.lessons) >= MOST:
                raise NotRead(f"A week has no more than {MOST} lessons here.")
            found.lessons.append(_lesson(cells, numbered, academic_year, groups, years))
        except NotRead as problem:
            found.refused.append((number, line.strip()[:80], str(problem)))
    return found, wrong


def read_times(text: str) -> tuple[dict[str, tuple[time, time]], list[str]]:
    """When each numbered lesson is ("1 08:50-09:50", a line each), and the lines that say no such thing."""
    found, wrong = {}, []
    for line in text.splitlines():
        if not line.strip():
            continue
        said = re.fullmatch(r"\s*([^\s,;]+)[\s,;]+(\d{1,2}[:.]\d\d)\s*(?:-|–|to|,|;|\s)\s*(\d{1,2}[:.]\d\d)\s*", line)
        begins, ends = (_time(said[2]), _time(said[3])) if said else (None, None)
        if said and begins and ends and begins < ends:
            found[said[1].casefold()] = (begins, ends)
        else:
            wrong.append(line.strip()[:80])
    return found, wrong


def _cells(line: str) -> list[str]:
    separator = max("\t;,", key=line.count)
    row = next(csv.reader([line.replace("\x00", "")], delimiter=separator), [])
    while row and not row[-1].strip():
        row.pop()
    return [" ".join(cell.split()) for cell in row]


def _is_heading(cells: list[str]) -> bool:
    return cells[0].casefold() in {"day", "weekday", "day of week"}


def _lesson(
    cells: list[str],
    numbered: Mapping[str, tuple[time, time]],
    academic_year: int,
    groups: Mapping[str, Group],
    years: set[int],
) -> Lesson:
    if len(cells) not in {BY_CLOCK, BY_NUMBER}:
        raise NotRead("Give day, start, end, subject and group; or day, lesson, subject and group.")
    *when, subject, who = cells
    period = "" if len(cells) == BY_CLOCK else when[1][:20]
    begins, ends = (_time(when[1]), _time(when[2])) if len(cells) == BY_CLOCK else _numbered(period, numbered)
    if begins is None or ends is None:
        raise NotRead("Give start and end as hours and minutes, such as 09:05.")
    if begins >= ends:
        raise NotRead("It ends before it begins.")
    if not subject or len(subject) > 60:
        raise NotRead("Give the subject in 60 letters or fewer.")
    year_group, group = _who(who, groups, years)
    return Lesson(
        academic_year=academic_year,
        weekday=_weekday(when[0]),
        period=period,
        starts_at=begins,
        ends_at=ends,
        subject=subject,
        year_group=year_group,
        group=group,
    )


def _weekday(said: str) -> int:
    for number, name in enumerate(WEEKDAYS, start=1):
        if len(said) >= 2 and name.casefold().startswith(said.casefold().rstrip(".")[:9]):
            return number
    raise NotRead(f"“{said[:20]}” is no weekday: write Monday or Mon.")


def _time(said: str) -> time | None:
    for form in ("%H:%M", "%H.%M", "%H:%M:%S"):
        try:
            return datetime.strptime(said, form).time()  # noqa: DTZ007 a time of day, of no day
        except ValueError:
            continue
    return None


def _numbered(period: str, numbered: Mapping[str, tuple[time, time]]) -> tuple[time, time]:
    if period.casefold() not in numbered:
        raise NotRead(f"Say in the times of lessons when lesson {period} is.")
    return numbered[period.casefold()]


def _who(said: str, groups: Mapping[str, Group], years: set[int]) -> tuple[int | None, Group | None]:
    if group := groups.get(said.casefold()):
        return None, group
    year = _YEAR.fullmatch(said)
    if year and int(year[1]) in years:
        return int(year[1]), None
    raise NotRead(
        f"“{said[:40]}” is no year group, tutor group or teaching group here: import the group, or write the year."
    )

"""The new academic year: everyone one year group up, tutor groups with them, the oldest leave. New pupils come with a list."""

import re
from collections import Counter
from datetime import date

from dekaan.core.academic_year import academic_year_of, year_start
from dekaan.exchange.matching import Known, Register
from dekaan.exchange.models import Decision
from dekaan.exchange.register import register_of_pupils
from dekaan.exchange.staging import Line, shown
from dekaan.frameworks.queries import year_groups_of
from dekaan.schools.models import School

_STARTS_WITH_YEAR = re.compile(r"(\d{1,2})(?=\D|$)")


def oldest_year_group(school: School) -> int:
    """The year group after which a pupil leaves: the last of those that a school of its type and ages has."""
    return max(year_groups_of(school), default=school.high_age - 5)  # a pupil of Year 11 turns 16


def rollover_lines(school: School, today: date) -> tuple[int, list[Line]]:
    """The academic year to come and a line for each pupil on the roll.

    Where this year's records are there already, the year to come is the next one.
    """
    this_year = academic_year_of(today)
    now = register_of_pupils(today)
    before = register_of_pupils(date(today.year - 1, today.month, 28))
    on_roll = [pupil for pupil in now.known if pupil.is_on_roll]
    rolled = Counter("year_group" in pupil.year for pupil in on_roll)
    if rolled[True] >= rolled[False]:
        return this_year + 1, _lines(school, now, this_year + 1)
    lines = _lines(school, before, this_year)
    there = {pupil.pk for pupil in on_roll if "year_group" in pupil.year}
    for line in lines:
        if line.pupil_id in there:
            line.decision, line.reason, line.changes = Decision.UNCHANGED, "is in the new year already", []
    return this_year, lines


def _lines(school: School, register: Register, to_come: int) -> list[Line]:
    oldest, first_day = oldest_year_group(school), year_start(to_come)
    return [_line(pupil, oldest, first_day) for pupil in register.known if pupil.is_on_roll]


def _line(pupil: Known, oldest: int, first_day: date) -> Line:
    line = Line(None, {}, who=f"{pupil.values['surname']}, {pupil.values['forename']}", pupil_id=pupil.pk)
    year = pupil.year.get("year_group")
    if pupil.starts_on and pupil.starts_on >= first_day:
        line.decision, line.reason = Decision.UNCHANGED, f"is to join on {shown(pupil.starts_on)}"
    elif year is None:
        line.refuse("has no year group, so cannot go up; the next pupil list will say")
    elif year >= oldest:
        line.decision, line.reason = Decision.LEAVES, f"finishes Year {year}"
        line.values = {"ends_on": first_day}
    else:
        line.decision = Decision.CHANGES
        line.values = {**{name: value for name, value in pupil.year.items() if value not in (None, "")}}
        line.values.pop("attendance_percent", None)  # of the year that ends
        line.values["year_group"] = year + 1
        line.changes = [("year_group", year, year + 1)]
        if pupil.tutor_group:
            line.values["tutor_group"] = next_tutor_group(pupil.tutor_group, year)
            line.changes.append(("tutor_group", pupil.tutor_group, line.values["tutor_group"]))
    return line


def next_tutor_group(name: str, year: int) -> str:
    """9A → 10A where the name begins with the year; a name without it goes on."""
    match = _STARTS_WITH_YEAR.match(name)
    if match and int(match.group(1)) == year:
        return f"{year + 1}{name[match.end() :]}"
    return name

"""What a judge says of a check, and where judges are found: by the key that the area's file names."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dekaan.principles.checks import Check
from dekaan.principles.queries.records import Records

# `NONE`: there is none, and none is asked for, as of an award.
MET, NOT_MET, UNKNOWN, NONE = "met", "not-met", "unknown", "none"


@dataclass(frozen=True)
class Found:
    """How a school stands to one check on a day, and why in a sentence; `next_on` is the day on which it would run out."""

    state: str
    sentence: str
    next_on: date | None = None


Judge = Callable[[Check, Records], Found]
JUDGES: dict[str, Judge] = {}


def judges(key: str) -> Callable[[Judge], Judge]:
    """The function judges the checks of that key."""

    def keep(judge: Judge) -> Judge:
        JUDGES[key] = judge
        return judge

    return keep


def in_words(day: date) -> str:
    """1 September 2026."""
    return f"{day:%-d %B %Y}"


def within(last: date | None, check: Check, records: Records, *, nothing: str, done: str) -> Found:
    """Met where the last time lies within the check's days; `nothing` and `done` are how a sentence begins."""
    if last is None:
        return Found(NOT_MET, nothing)
    runs_out = date.fromordinal(last.toordinal() + check.days)
    if runs_out < records.on:
        return Found(NOT_MET, f"{done} {in_words(last)}, more than {check.days} days ago.")
    return Found(MET, f"{done} {in_words(last)}.", runs_out)

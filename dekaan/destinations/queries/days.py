"""Of which moment a day is: what is said of another day than the moment's own is not said of the moment."""

from datetime import date
from typing import Any

from dekaan.core.academic_year import months_after
from dekaan.destinations.models import Kind
from dekaan.destinations.queries.ledger import leaving_year
from dekaan.frameworks.queries import moments

# Months after its own in which a list still is of a moment: of 1 November until January (10.9), the others by it.
TOLD_FOR = 2


def moment_on(day: date, left_in: int) -> str:
    """The moment of those who left in that year whose own day it is; of none it is a change on another day."""
    days = {key: each.days_after_leaving(left_in) for key, each in moments().items()}
    return next((key for key, (first, last) in days.items() if first <= day <= last), Kind.CHANGE)


def held_to_its_day(kind: str, day: date, left_in: int) -> str:
    """What a statement of that kind is of, if it is said of that day; only what is of a moment is held to it."""
    return moment_on(day, left_in) if kind in moments() else kind


def of_list(says: dict[str, Any], listed_on: date | None, left_on: date | None) -> dict[str, Any]:
    """What a row says, of its moment and its day, where the list is of those who left then and stood so on that day.

    The day of the list is the one on which it was told, where it tells of the moment: a survey of 1 November that is drawn
    up on 5 December. Of any other day, and where the row has a day of its own, it is said of that day.
    """
    kind, found = says["kind"], dict(says)
    left_in = leaving_year(left_on) if left_on else None
    if listed_on and not says.get("as_of"):
        is_of_moment = left_in is not None and _is_told_for(kind, listed_on, left_in)
        found = {"said_on": listed_on} | says if is_of_moment else says | {"as_of": listed_on}
    if left_in is not None and found.get("as_of"):
        found["kind"] = held_to_its_day(kind, found["as_of"], left_in)
    return found


def _is_told_for(kind: str, day: date, left_in: int) -> bool:
    if kind not in moments():
        return False
    its_day = moments()[kind].day_after_leaving(left_in)
    return its_day <= day < months_after(its_day.replace(day=1), TOLD_FOR + 1)

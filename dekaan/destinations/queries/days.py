"""Of which moment a day is: what is said of another day than the moment's own is not said of the moment."""

from datetime import date

from dekaan.core.academic_year import months_after
from dekaan.destinations.models import Kind
from dekaan.destinations.queries.ledger import ONE_DAY
from dekaan.frameworks.queries import Moment, moments

# The council's survey asks for the situation that covers 1 November and says nothing of how many days about it (domain
# paper, 4.7 and 10.9): that two weeks before and the rest of the month are as good is our own.
ABOUT_NOVEMBER = ((10, 15), (11, 30))


def moment_on(day: date, left_in: int) -> str:
    """The moment of those who left in that year whose own day it is; of none it is a change on another day."""
    its_own = (key for key, each in moments().items() if _begins(each, left_in) <= day <= _ends(each, left_in))
    return next(its_own, Kind.CHANGE)


def held_to_its_day(kind: str, day: date, left_in: int) -> str:
    """What a statement of that kind is of, if it is said of that day; only what is of a moment is held to it."""
    return moment_on(day, left_in) if kind in moments() else kind


def _begins(moment: Moment, left_in: int) -> date:
    day = moment.day_after_leaving(left_in)
    return date(day.year, *ABOUT_NOVEMBER[0]) if moment.key == Kind.POSITION else day.replace(day=1)


def _ends(moment: Moment, left_in: int) -> date:
    day = moment.day_after_leaving(left_in)
    if moment.key == Kind.POSITION:
        return date(day.year, *ABOUT_NOVEMBER[1])
    return months_after(day.replace(day=1), 1) - ONE_DAY

"""Leavers of last year, as tests speak of them."""

from dataclasses import dataclass
from datetime import date

from dekaan.access.models import User
from dekaan.core.academic_year import year_start
from dekaan.core.scope import working_in
from dekaan.people.changes import leave_school
from dekaan.people.models import Pupil
from tests.stock import THIS_YEAR, Stock, make_stock, pupil

LEFT_IN = THIS_YEAR - 2  # so that their whole first year, and the September after it, have been
LEFT_ON = year_start(LEFT_IN + 1)


def day(month: int, of_month: int, *, years_on: int = 0) -> date:
    """A day of the first academic year after leaving, or of a later one."""
    year = LEFT_IN + 1 + years_on
    return date(year if month >= 9 else year + 1, month, of_month)


def leaver(forename: str = "Ada", surname: str = "Lovell", *, year_group: int = 11, **details) -> Pupil:
    """Somebody who left at the end of that year group, two summers ago."""
    made = pupil(
        forename,
        surname,
        year_group=year_group + THIS_YEAR - LEFT_IN,
        joined=year_start(LEFT_IN),
        tutor_group="",
        **details,
    )
    leave_school(made, on=LEFT_ON, by=None)
    return made


@dataclass
class Left:
    """Ada and Ben, who left Ashdown from Year 11, and the cast."""

    stock: Stock
    ada: Pupil
    ben: Pupil

    @property
    def priya(self) -> User:
        return self.stock.priya


def make_left() -> Left:
    stock = make_stock()
    with working_in(stock.ashdown):
        return Left(stock, leaver("Ada", "Lovell", birth_date=date(LEFT_IN - 15, 3, 14)), leaver("Ben", "Okoro"))

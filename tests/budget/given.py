"""Money and agreements to begin with, made by the changes that people make them with."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from dekaan.budget import changes
from dekaan.budget.models import Agreement, Budget, BudgetLine, Spend
from dekaan.core.academic_year import today, year_end, year_start
from dekaan.people.models import StaffMember
from tests.stock import THIS_YEAR

FIRST, LAST = year_start(THIS_YEAR), year_end(THIS_YEAR)


def budget(pence: int = 500_000, *, academic_year: int = THIS_YEAR) -> Budget:
    """An academic year's, with £5,000 that the governors agreed."""
    made = changes.open_budget(
        kind="academic", starts_on=year_start(academic_year), ends_on=year_end(academic_year), by=None
    )
    if pence:
        changes.allocate(
            made, pence=pence, source="school", agreed_by="M. Lunt, governors", agreed_on=made.starts_on, by=None
        )
    return made


def line(of: Budget, title: str = "Coaches", *, planned: int = 100_000, what_for: str = "transport") -> BudgetLine:
    return changes.add_line(of, what_for=what_for, title=title, planned=planned, by=None)


def spend(to: BudgetLine, pence: int = 10_000, *, by: Any = None, **said: Any) -> Spend:
    """Paid on the year's first day, unless told otherwise."""
    usual = {"kind": "spend", "state": "paid", "on": to.budget.starts_on, "what": "A coach"}
    return changes.enter_spend(to, pence=pence, by=by, **usual | said)


def agreement(title: str = "Careers advice", *, by: Any = None, **said: Any) -> Agreement:
    """Twelve days with Ridge Guidance for this academic year, checks seen."""
    usual = {"with_whom": "Ridge Guidance", "starts_on": FIRST, "renewal_on": LAST, "days_bought": Decimal(12)}
    return changes.add_agreement(title=title, by=by, **usual | said)


def colleague(forename: str = "Idris", surname: str = "Vaughan", **said: Any) -> StaffMember:
    return StaffMember.objects.create(forename=forename, surname=surname, starts_on=FIRST, **said)


def in_days(number: int) -> date:
    return today() + timedelta(days=number)

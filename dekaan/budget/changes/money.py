"""What happens to money: a budget is opened, money allocated, planned, spent, given back; days of an agreement come and go."""

from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.budget.models import (
    STANDING,
    AdviserDay,
    Agreement,
    Allocation,
    Budget,
    BudgetLine,
    Spend,
    UsualCost,
    Written,
)
from dekaan.core.academic_year import today
from dekaan.core.undo import UNDO_FOR
from dekaan.frameworks.queries import activity_types, criteria
from dekaan.schools.changes import hold_school

W = TypeVar("W", bound=Written)
# What the audit trail calls each kind of row.
SUBJECTS: dict[type[Written], str] = {Allocation: "allocation", Spend: "spend", AdviserDay: "adviser day"}


class OverlapsAnother(Exception):
    """Two budgets of one school would have a day in common; `args[0]` is the other."""


class NothingGiven(Exception):
    """An amount that is nothing or below; a refund is a kind of its own."""


class OutsideTheYear(Exception):
    """A day that is not of the budget's year, or of the agreement's time."""


class NotPaidYet(Exception):
    """Money cannot have been paid on a day to come."""


class RefundTooLarge(Exception):
    """More would have come back than was paid on the line."""


class NotStanding(Exception):
    """Another row took its place, or somebody took it back."""


class NotCommitted(Exception):
    """What was paid is not cancelled, and what was cancelled is not paid: a refund, or a new row, says what happened."""


class TooLate(Exception):
    """What is older than 30 days is not undone; it is corrected."""


class WithoutReason(Exception):
    """A day that was lost has a reason, and one that was used has none."""


# --- budgets -----------------------------------------------------------------------------------


@transaction.atomic
def open_budget(*, kind: str, starts_on: date, ends_on: date, by: User | None) -> Budget:
    """The school has a budget of that year, with nothing in it. Raises OverlapsAnother."""
    hold_school()
    budget = Budget(kind=kind, starts_on=starts_on, ends_on=ends_on)
    _must_stand_alone(budget)
    budget.save()
    record(action="budget opened", by=by, subject="budget", subject_id=budget.pk)
    return budget


@transaction.atomic
def change_budget(budget: Budget, *, kind: str, starts_on: date, ends_on: date, by: User | None) -> None:
    """The budget is of that year. Raises OverlapsAnother, and OutsideTheYear where money is entered on a day outside it."""
    hold_school()
    budget.kind, budget.starts_on, budget.ends_on = kind, starts_on, ends_on
    _must_stand_alone(budget)
    outside = Q(on__lt=starts_on) | Q(on__gt=ends_on)
    if Spend.objects.filter(STANDING, outside, line__budget=budget).exists():
        raise OutsideTheYear
    budget.save()
    record(action="budget changed", by=by, subject="budget", subject_id=budget.pk)


def _must_stand_alone(budget: Budget) -> None:
    others = Budget.objects.filter(starts_on__lte=budget.ends_on, ends_on__gte=budget.starts_on).exclude(pk=budget.pk)
    if other := others.first():
        raise OverlapsAnother(other)


@transaction.atomic
def allocate(budget: Budget, *, by: User | None, **said: Any) -> Allocation:
    """The sum is given to the budget: `said` are the fields of Allocation. Raises NothingGiven."""
    _must_be_something(said["pence"])
    return _write(Allocation(budget=budget, **said), by)


@transaction.atomic
def add_line(budget: Budget, *, what_for: str, title: str, planned: int, by: User | None) -> BudgetLine:
    """The budget has a line for that. Raises NothingGiven where less than nothing is planned."""
    line = BudgetLine(budget=budget)
    _fill_line(line, what_for=what_for, title=title, planned=planned)
    record(action="budget line added", by=by, subject="budget line", subject_id=line.pk)
    return line


@transaction.atomic
def change_line(line: BudgetLine, *, what_for: str, title: str, planned: int, by: User | None) -> None:
    """The line is for that, and so much is planned. Raises NothingGiven where that is less than nothing."""
    _fill_line(line, what_for=what_for, title=title, planned=planned)
    record(action="budget line changed", by=by, subject="budget line", subject_id=line.pk)


def _fill_line(line: BudgetLine, *, what_for: str, title: str, planned: int) -> None:
    if planned < 0:
        raise NothingGiven
    line.what_for, line.title, line.planned = what_for, title, planned
    line.save()


# --- rows that are written once ------------------------------------------------------------------


@transaction.atomic
def enter_spend(line: BudgetLine, *, by: User | None, **said: Any) -> Spend:
    """The money is on the line: `said` are the fields of Spend. It may be more than there is.

    Raises NothingGiven, OutsideTheYear, NotPaidYet and RefundTooLarge.
    """
    hold_school()
    spend = Spend(line=line, **said)
    _must_be_right(spend)
    return _write(spend, by)


@transaction.atomic
def enter_day(agreement: Agreement, *, by: User | None, **said: Any) -> AdviserDay:
    """A day of the agreement was used or lost: `said` are the fields of AdviserDay. It may be more than were bought.

    Raises NothingGiven, OutsideTheYear and WithoutReason.
    """
    hold_school()
    day = AdviserDay(agreement=agreement, **said)
    _must_be_right(day)
    return _write(day, by)


@transaction.atomic
def correct(row: W, *, by: User | None, **fields: Any) -> W:
    """Another row, otherwise in these fields, stands in its place; the one before is kept.

    Raises NotStanding, and what entering it so would raise.
    """
    hold_school()
    row = _held(row)
    kept = ("id", "recorded_at", "recorded_by", "superseded_by", "undone_at", "undone_by")
    said = {each.name: getattr(row, each.name) for each in row._meta.concrete_fields if each.name not in kept}
    fresh: W = _kind_of(row)(**said | fields)
    _must_be_right(fresh)
    paid_before = _paid_on(*_lines(row, fresh))
    fresh.recorded_by = by
    fresh.save()
    row.superseded_by = fresh
    row.save(update_fields=["superseded_by"])
    _must_be_paid_first(paid_before)
    record(action="entry corrected", by=by, subject=SUBJECTS[type(row)], subject_id=fresh.pk, detail={"was": row.pk})
    return fresh


def pay(spend: Spend, *, on: date, by: User | None) -> Spend:
    """What was committed is paid, on that day. Raises NotStanding, NotCommitted, OutsideTheYear and NotPaidYet."""
    return _settle(spend, state=Spend.State.PAID, on=on, by=by)


def cancel(spend: Spend, *, by: User | None) -> Spend:
    """What was committed is not paid after all. Raises NotStanding and NotCommitted."""
    return _settle(spend, state=Spend.State.CANCELLED, on=spend.on, by=by)


@transaction.atomic
def _settle(spend: Spend, *, state: str, on: date, by: User | None) -> Spend:
    hold_school()
    spend = _held(spend)
    if spend.state != Spend.State.COMMITTED:
        raise NotCommitted
    return correct(spend, state=state, on=on, by=by)


@transaction.atomic
def undo(row: Written, *, by: User | None) -> None:
    """The row is taken back, and what it had taken the place of stands again.

    Raises NotStanding, TooLate, OutsideTheYear where what would stand again is on a day that is not of the year by now,
    and RefundTooLarge where less would have been paid on the line than came back.
    """
    hold_school()
    row = _held(row)
    if row.recorded_at < timezone.now() - UNDO_FOR:
        raise TooLate
    again = list(_kind_of(row).objects.filter(superseded_by=row.pk))
    for each in again:
        _must_be_of_its_time(each)
    paid_before = _paid_on(*_lines(row, *again))
    row.undone_at, row.undone_by = timezone.now(), by
    row.save(update_fields=["undone_at", "undone_by"])
    _kind_of(row).objects.filter(superseded_by=row.pk).update(superseded_by=None)
    _must_be_paid_first(paid_before)
    record(action="entry taken back", by=by, subject=SUBJECTS[type(row)], subject_id=row.pk)


def _held(row: W) -> W:
    """The row as it is now, held until the transaction ends. Raises NotStanding."""
    found: W = _kind_of(row).objects.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
    if not found.stands:
        raise NotStanding
    return found


def _kind_of(row: Written) -> Any:
    return type(row)


def _write(row: W, by: User | None) -> W:
    row.recorded_by = by
    paid_before = _paid_on(*_lines(row))
    row.save()
    _must_be_paid_first(paid_before)
    record(action="entry made", by=by, subject=SUBJECTS[type(row)], subject_id=row.pk)
    return row


def _must_be_something(amount: int | Decimal) -> None:
    if amount <= 0:
        raise NothingGiven


def _must_be_right(row: Written) -> None:
    if isinstance(row, Allocation):
        _must_be_something(row.pence)
    elif isinstance(row, AdviserDay):
        _must_be_something(row.days)
        _must_be_of_its_time(row)
        if bool(row.reason) != (row.kind == AdviserDay.Kind.LOST):
            raise WithoutReason
    elif isinstance(row, Spend):
        _must_be_something(row.pence)
        _must_be_of_its_time(row)
        if row.state == Spend.State.PAID and row.on > today():
            raise NotPaidYet
        has_its_own = row.session_id or row.activity_id
        row.criteria = [] if has_its_own else [each for each in criteria() if each in row.criteria]


def _must_be_of_its_time(row: Written) -> None:
    """The budget's year, and the agreement's time, as they are now that nobody else changes them."""
    if isinstance(row, AdviserDay):
        agreement = Agreement.objects.get(pk=row.agreement_id)
        if not agreement.starts_on <= row.on <= agreement.until:
            raise OutsideTheYear
    elif isinstance(row, Spend) and not Budget.objects.get(lines=row.line_id).holds(row.on):
        raise OutsideTheYear


def _lines(*rows: Written) -> list[int]:
    return [each.line_id for each in rows if isinstance(each, Spend)]


def _paid_on(*lines: int) -> dict[int, int]:
    """What was paid on each of the lines, less what came back."""
    standing = Spend.objects.filter(STANDING, line__in=lines, state=Spend.State.PAID)
    paid = dict.fromkeys(lines, 0)
    for each in standing:
        paid[each.line_id] += each.signed
    return paid


def _must_be_paid_first(before: dict[int, int]) -> None:
    """No more came back on a line than was paid there; where it was so `before`, it may not become more."""
    if any(paid < min(before[line], 0) for line, paid in _paid_on(*before).items()):
        raise RefundTooLarge


# --- usual costs ---------------------------------------------------------------------------------


@transaction.atomic
def say_usual_costs(said: dict[str, dict[str, int | None]], *, by: User | None) -> None:
    """What a session of each kind costs and takes here is as given; a kind of which nothing is said has none."""
    hold_school()
    UsualCost.objects.all().delete()
    for key in activity_types():
        figures = said.get(key, {})
        if any(value is not None for value in figures.values()):
            UsualCost.objects.create(activity_type=key, **figures)
    record(action="usual costs changed", by=by, subject="school")

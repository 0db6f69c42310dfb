"""What happens to money and agreements: a budget is opened, money allocated, planned, spent, given back; days come and go."""

from datetime import date, timedelta
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
from dekaan.budget.queries import kinds_held, renewal_of
from dekaan.core.academic_year import today
from dekaan.core.undo import UNDO_FOR
from dekaan.frameworks.queries import activity_types, criteria
from dekaan.people.changes import pass_on
from dekaan.people.models import StaffMember
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
    """More would come back than was paid on the line."""


class NotStanding(Exception):
    """Another row took its place, or somebody took it back."""


class NotCommitted(Exception):
    """What was paid is not cancelled, and what was cancelled is not paid: a refund, or a new row, says what happened."""


class TooLate(Exception):
    """What is older than 30 days is not undone; it is corrected."""


class WithoutReason(Exception):
    """A day that was lost has a reason, and one that was used has none."""


class RenewedAlready(Exception):
    """An agreement is renewed once."""


class BuiltUpon(Exception):
    """Something was entered since that rests on it."""


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
    spend = Spend(line=line, **said)
    _must_be_right(spend)
    return _write(spend, by)


@transaction.atomic
def enter_day(agreement: Agreement, *, by: User | None, **said: Any) -> AdviserDay:
    """A day of the agreement was used or lost: `said` are the fields of AdviserDay. It may be more than were bought.

    Raises NothingGiven, OutsideTheYear and WithoutReason.
    """
    day = AdviserDay(agreement=agreement, **said)
    _must_be_right(day)
    return _write(day, by)


@transaction.atomic
def correct(row: W, *, by: User | None, **fields: Any) -> W:
    """Another row, otherwise in these fields, stands in its place; the one before is kept.

    Raises NotStanding, and what entering it so would raise.
    """
    row = _held(row)
    kept = ("id", "recorded_at", "recorded_by", "superseded_by", "undone_at", "undone_by")
    said = {each.name: getattr(row, each.name) for each in row._meta.concrete_fields if each.name not in kept}
    fresh: W = _kind_of(row)(**said | fields)
    _must_be_right(fresh, instead_of=row)
    fresh.recorded_by = by
    fresh.save()
    row.superseded_by = fresh
    row.save(update_fields=["superseded_by"])
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
    spend = _held(spend)
    if spend.state != Spend.State.COMMITTED:
        raise NotCommitted
    return correct(spend, state=state, on=on, by=by)


@transaction.atomic
def undo(row: Written, *, by: User | None) -> None:
    """The row is taken back, and what it had taken the place of stands again. Raises NotStanding and TooLate."""
    row = _held(row)
    if row.recorded_at < timezone.now() - UNDO_FOR:
        raise TooLate
    row.undone_at, row.undone_by = timezone.now(), by
    row.save(update_fields=["undone_at", "undone_by"])
    _kind_of(row).objects.filter(superseded_by=row.pk).update(superseded_by=None)
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
    row.save()
    record(action="entry made", by=by, subject=SUBJECTS[type(row)], subject_id=row.pk)
    return row


def _must_be_something(amount: int | Decimal) -> None:
    if amount <= 0:
        raise NothingGiven


def _must_be_right(row: Written, instead_of: Written | None = None) -> None:
    if isinstance(row, Allocation):
        _must_be_something(row.pence)
    elif isinstance(row, AdviserDay):
        _must_be_something(row.days)
        if not row.agreement.starts_on <= row.on <= row.agreement.until:
            raise OutsideTheYear
        if bool(row.reason) != (row.kind == AdviserDay.Kind.LOST):
            raise WithoutReason
    elif isinstance(row, Spend):
        _spend_must_be_right(row, instead_of)


def _spend_must_be_right(spend: Spend, instead_of: Written | None) -> None:
    _must_be_something(spend.pence)
    if not spend.line.budget.holds(spend.on):
        raise OutsideTheYear
    if spend.state == Spend.State.PAID and spend.on > today():
        raise NotPaidYet
    spend.criteria = (
        [] if spend.session_id or spend.activity_id else [each for each in criteria() if each in spend.criteria]
    )
    others = Spend.objects.filter(STANDING, line=spend.line, state=Spend.State.PAID)
    if instead_of:
        others = others.exclude(pk=instead_of.pk)
    if spend.kind == Spend.Kind.REFUND and spend.pence > sum(each.signed for each in others):
        raise RefundTooLarge


# --- agreements ----------------------------------------------------------------------------------


@transaction.atomic
def add_agreement(*, by: User | None, **said: Any) -> Agreement:
    """The school has the agreement: `said` are the fields of Agreement."""
    agreement = Agreement.objects.create(added_on=today(), added_by=by, **said)
    record(action="agreement added", by=by, subject="agreement", subject_id=agreement.pk)
    return agreement


@transaction.atomic
def change_agreement(agreement: Agreement, *, by: User | None, **fields: Any) -> None:
    """The agreement is as given. Raises OutsideTheYear where a day was entered that would be outside its time."""
    changed = [name for name, value in fields.items() if getattr(agreement, name) != value]
    for name, value in fields.items():
        setattr(agreement, name, value)
    outside = Q(on__lt=agreement.starts_on) | Q(on__gt=agreement.until)
    if agreement.days.filter(STANDING).filter(outside).exists():
        raise OutsideTheYear
    agreement.save()
    if changed:
        detail = {"fields": changed}
        record(action="agreement changed", by=by, subject="agreement", subject_id=agreement.pk, detail=detail)


# What is not taken over by a renewal: it is said anew of the new time.
ANEW = (
    "starts_on",
    "renewal_on",
    "notice_on",
    "ended_on",
    "checks_seen_by",
    "checks_seen_on",
    "review_on",
    "review_outcome",
)


@transaction.atomic
def renew(agreement: Agreement, *, by: User | None, **said: Any) -> Agreement:
    """A new agreement with the same partner follows this one: `said` are its dates, days, cost and what else is new.

    Its safeguarding checks are to be seen again and its review is to come. Raises RenewedAlready, and OutsideTheYear
    where it would not begin after the one before.
    """
    agreement = Agreement.objects.select_for_update(of=("self",), no_key=True).get(pk=agreement.pk)
    if Agreement.objects.filter(renews=agreement).exists():
        raise RenewedAlready
    if said["starts_on"] <= agreement.starts_on:
        raise OutsideTheYear
    left_out = {"id", "school", "renews", "added_on", "added_by", *ANEW}
    same = {
        each.name: getattr(agreement, each.name)
        for each in Agreement._meta.concrete_fields
        if each.name not in left_out
    }
    renewed = Agreement.objects.create(renews=agreement, added_on=today(), added_by=by, **same | said)
    record(action="agreement renewed", by=by, subject="agreement", subject_id=renewed.pk, detail={"was": agreement.pk})
    return renewed


@transaction.atomic
def undo_renewal(agreement: Agreement, *, by: User | None) -> Agreement:
    """The renewal is gone, and the agreement that it renewed waits to be renewed again; answers with that one.

    Raises NotStanding where it renews none, TooLate after 30 days, and BuiltUpon where days or money were entered on it.
    """
    agreement = Agreement.objects.select_for_update(of=("self",), no_key=True).get(pk=agreement.pk)
    before = agreement.renews
    if before is None:
        raise NotStanding
    if agreement.added_on < today() - timedelta(days=UNDO_FOR.days):
        raise TooLate
    rests = agreement.days.exists() or Spend.objects.filter(agreement=agreement).exists()
    if rests or renewal_of(agreement) is not None:
        raise BuiltUpon
    record(action="agreement's renewal taken back", by=by, subject="agreement", subject_id=before.pk)
    agreement.delete()
    return before


@transaction.atomic
def hand_over(from_: StaffMember, to: StaffMember, *, by: User | None, on: date) -> list[str]:
    """Agreements that the one looked after are the other's from that day; answers with what moved, in words."""
    if moved := pass_on(kinds_held(from_, on), to):
        detail = {"to": to.pk, "on": f"{on}"}
        record(action="agreements handed over", by=by, subject="staff", subject_id=from_.pk, detail=detail)
    return moved


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

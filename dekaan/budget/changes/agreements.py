"""What happens to agreements: they are made, changed, renewed, and handed over."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.budget.changes.money import NotStanding, OutsideTheYear, TooLate
from dekaan.budget.models import STANDING, Agreement, Spend
from dekaan.budget.queries import kinds_held, renewal_of
from dekaan.core.academic_year import today
from dekaan.core.undo import UNDO_FOR
from dekaan.people.changes import pass_on
from dekaan.people.models import StaffMember
from dekaan.schools.changes import hold_school


class RenewedAlready(Exception):
    """An agreement is renewed once."""


class BuiltUpon(Exception):
    """Something was entered since that rests on it."""


@transaction.atomic
def add_agreement(*, by: User | None, **said: Any) -> Agreement:
    """The school has the agreement: `said` are the fields of Agreement."""
    agreement = Agreement.objects.create(added_on=today(), added_by=by, **said)
    record(action="agreement added", by=by, subject="agreement", subject_id=agreement.pk)
    return agreement


@transaction.atomic
def change_agreement(agreement: Agreement, *, by: User | None, **fields: Any) -> None:
    """The agreement is as given. Raises OutsideTheYear where a day was entered that would be outside its time."""
    hold_school()
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
def hand_over(
    from_: StaffMember, to: StaffMember, *, by: User | None, on: date, but: Collection[str] = ()
) -> list[str]:
    """Agreements that the one looked after, but for these rows, are the other's from that day; answers with what moved, in words."""
    if moved := pass_on(kinds_held(from_, on), to, but):
        detail = {"to": to.pk, "on": f"{on}"}
        record(action="agreements handed over", by=by, subject="staff", subject_id=from_.pk, detail=detail)
    return moved

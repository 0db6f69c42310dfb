"""What happens to those who work at the school, and to the accounts with which they sign in."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Lower

from dekaan.access.changes import end_role
from dekaan.access.models import User
from dekaan.access.queries import accounts_at, roles_not_over
from dekaan.access.roles import ROLES
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.core.scope import schools_in_scope
from dekaan.people.models import StaffMember
from dekaan.people.queries import Kind, staff, without
from dekaan.people.roll import RollWriting, Trace


@transaction.atomic
def add_staff_member(*, surname: str, forename: str, by: User | None, **details: Any) -> StaffMember:
    """The person works at the school; an account with their e-mail address is theirs."""
    member = StaffMember.objects.create(surname=surname, forename=forename, **details)
    record(action="staff member added", by=by, subject="staff", subject_id=member.pk)
    if link_accounts([member.email], by=by):
        member.refresh_from_db(fields=["user"])
    return member


@transaction.atomic
def colleague_of(user: User, *, by: User | None) -> StaffMember:
    """Whoever signs in with the account stands on the staff list, under the account's name and address."""
    if known := StaffMember.objects.filter(user=user).first():
        return known
    *forenames, surname = user.name.split() or [user.email]
    member = add_staff_member(surname=surname, forename=" ".join(forenames), email=user.email, by=by)
    if member.user_id is None:  # the address stands beside two colleagues: it is this one's account all the same
        member.user = user
        member.save(update_fields=["user"])
        record(action="account linked", by=by, subject="staff", subject_id=member.pk, detail={"user": user.pk})
    return member


@transaction.atomic
def change_staff_member(member: StaffMember, *, by: User | None, **fields: Any) -> None:
    """The member of staff is as given; an account with a new e-mail address of theirs is theirs.

    Whether guidance meetings count rests on the qualification: `programme.changes.requalify_adviser` changes that.
    """
    changed = [name for name, value in fields.items() if getattr(member, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(member, name, fields[name])
    member.save(update_fields=changed)
    record(action="staff member changed", by=by, subject="staff", subject_id=member.pk, detail={"fields": changed})
    if "ends_on" in changed:
        end_roles_of_leavers()
    if "email" in changed and link_accounts([member.email], by=by):
        member.refresh_from_db(fields=["user"])


@transaction.atomic
def update_staff(said: list[tuple[int | None, dict[str, Any]]], *, by: User | None) -> list[Trace]:
    """The staff list says so: each member of staff (None: somebody new) with the fields to write.

    An account with a new e-mail address of theirs is theirs, and no longer is when the list is undone.
    """
    linked = set(StaffMember.objects.filter(user__isnull=False).values_list("pk", flat=True))
    new = {
        number: fields["email"]
        for number, (pk, fields) in enumerate(said)
        if fields.get("email") and pk not in linked and not _has_left(fields)
    }
    accounts = _accounts_of(new, besides={pk for pk, fields in said if pk and "email" in fields})
    writing = RollWriting(0, date.min)
    writing.staff(
        [
            (pk, fields | {"user_id": accounts[number]} if number in accounts else fields)
            for number, (pk, fields) in enumerate(said)
        ]
    )
    detail = {"staff": len(said), "accounts linked": sorted(accounts.values())}
    record(action="staff list updated", by=by, subject="staff", detail=detail)
    return writing.traces


@transaction.atomic
def end_roles_of_leavers() -> None:
    """Whoever has left the staff of the school in scope holds none of the roles here that a Careers Leader gives.

    A role that was given after they had left stays: a former teacher may be a governor. Those that only the command line
    gives are ended by whoever gave them, so that no school is left without a key by a date typed wrongly.
    """
    (school_id,) = schools_in_scope()
    left = {
        member.user_id: member.ends_on
        for member in StaffMember.objects.filter(user__isnull=False, ends_on__lte=today())
    }
    held = roles_not_over(school_id).filter(user_id__in=left, starts_on__isnull=False).select_related("user", "school")
    for each in held:
        if ROLES[each.role].given_by and each.starts_on < left[each.user_id]:
            end_role(each, on=today() - timedelta(days=1), by=None)


def _has_left(fields: Mapping[str, Any]) -> bool:
    return bool(fields.get("ends_on") and fields["ends_on"] <= today())


@transaction.atomic
def link_accounts(emails: Iterable[str], *, by: User | None) -> list[StaffMember]:
    """Whoever works here under one of these addresses signs in with its account; returns whom that is new for.

    Only an account with a role here, only where the address is one colleague's, and never one account for two: a
    colleague with an account keeps it.
    """
    members = (
        staff()
        .annotate(address=Lower("email"))
        .filter(user=None, address__in={email.lower() for email in emails if email})
    )
    waiting = {member.pk: member for member in members}
    accounts = _accounts_of({pk: member.email for pk, member in waiting.items()}, besides=waiting)
    for pk, user_id in accounts.items():
        waiting[pk].user_id = user_id
        waiting[pk].save(update_fields=["user"])
        record(action="account linked", by=by, subject="staff", subject_id=pk, detail={"user": user_id})
    return [waiting[pk] for pk in accounts]


def _accounts_of(addresses: Mapping[int, str], *, besides: Collection[int]) -> dict[int, int]:
    """For each (by any key) the account of the address that is nobody's yet; `besides` are the colleagues asked for."""
    asked = {key: address.lower() for key, address in addresses.items()}
    found = accounts_at(schools_in_scope(), asked.values())
    free = {
        user.email.lower(): user.pk
        for user in found.exclude(pk__in=StaffMember.objects.filter(user__isnull=False).values("user_id"))
    }
    others = staff().exclude(pk__in=list(besides)).annotate(address=Lower("email")).filter(address__in=list(free))
    bearers = Counter(asked.values()) + Counter(others.values_list("address", flat=True))
    return {key: free[address] for key, address in asked.items() if address in free and bearers[address] == 1}


@transaction.atomic
def unlink_account(member: StaffMember, *, by: User | None) -> None:
    """The account is not the colleague's: with it they no longer see the sessions that the colleague leads."""
    if member.user_id is None:
        return
    record(action="account unlinked", by=by, subject="staff", subject_id=member.pk, detail={"user": member.user_id})
    member.user = None
    member.save(update_fields=["user"])


@transaction.atomic
def pass_on(kinds: Iterable[Kind], to: StaffMember, but: Collection[str] = ()) -> list[str]:
    """Every row of those kinds is `to`'s, but for the rows of these keys. Answers what went over, in words: "3 tasks". Whoever asked records it."""
    said = []
    for kind in kinds:
        if number := without(kind.rows, but).order_by().update(**{kind.field: to}):
            said.append(kind.counted(number))
    return said

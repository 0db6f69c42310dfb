"""Opening accounts and giving roles."""

from datetime import date
from typing import Any

from django.db import transaction

from dekaan.access.models import RoleAssignment, User
from dekaan.access.roles import ROLES
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.schools.models import School, Trust


class NoSuchRole(Exception):
    """The role is not in the list of roles."""


@transaction.atomic
def open_account(*, email: str, name: str, password: str | None, by: Any = None) -> User:
    """The person has an account that grants nothing yet; an existing account is returned as it is."""
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email=email, name=name, password=password)
        record(
            action="account opened",
            by=by,
            subject="user",
            subject_id=user.pk,
            school_id=0,
        )
    return user


@transaction.atomic
def give_role(
    *,
    user: User,
    role: str,
    by: Any,
    school: School | None = None,
    trust: Trust | None = None,
    scope: dict[str, Any] | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> RoleAssignment:
    """The person holds the role from `starts_on` (today unless told otherwise). Raises NoSuchRole."""
    if role not in ROLES:
        raise NoSuchRole(role)
    assignment = RoleAssignment.objects.create(
        user=user,
        role=role,
        school=school,
        trust=trust,
        scope=scope or {},
        starts_on=starts_on or today(),
        ends_on=ends_on,
    )
    record(
        action="role given",
        by=by,
        subject="user",
        subject_id=user.pk,
        detail={"role": role},
        school_id=school.pk if school else 0,
    )
    return assignment


@transaction.atomic
def end_role(assignment: RoleAssignment, *, on: date, by: Any) -> None:
    """The role is not held after `on`."""
    assignment.ends_on = on
    assignment.save(update_fields=["ends_on"])
    record(
        action="role ended",
        by=by,
        subject="user",
        subject_id=assignment.user_id,
        detail={"role": assignment.role},
        school_id=assignment.school_id or 0,
    )

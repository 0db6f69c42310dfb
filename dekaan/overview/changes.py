"""Changing what the school says about itself, with what that means for every figure."""

from datetime import date
from typing import Any

from django.db import transaction

from dekaan.access.changes import give_role, open_account
from dekaan.access.models import RoleAssignment, User
from dekaan.measures.changes import rebuild
from dekaan.participation.changes import settle_part_attendance
from dekaan.schools.changes import change_school, set_year_dates
from dekaan.schools.models import School

COUNTED = {"records_begin", "part_counts"}  # facts on which figures rest


@transaction.atomic
def change_school_facts(school: School, *, by: User, **facts: Any) -> None:
    """The school's facts are as given; where figures rest on them, every figure follows."""
    changed = change_school(school, by=by, **facts)
    if "part_counts" in changed:
        settle_part_attendance(counts=school.part_counts, by=by)
    if COUNTED & changed:
        rebuild()


@transaction.atomic
def change_year_dates(academic_year: int, *, starts_on: date, ends_on: date, by: User) -> None:
    """The academic year begins and ends on these days, and every figure follows."""
    set_year_dates(academic_year, starts_on=starts_on, ends_on=ends_on, by=by)
    rebuild()


@transaction.atomic
def welcome(
    school: School, *, name: str, email: str, role: str, scope: dict[str, Any], by: User
) -> RoleAssignment:
    """The person has an account (they choose the password themselves) and holds the role from today."""
    user = open_account(email=email, name=name, password=None, by=by)
    return give_role(user=user, role=role, school=school, scope=scope, by=by)

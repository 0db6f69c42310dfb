"""Changing what the school says about itself, with what that means for every figure."""

from typing import Any

from django.db import transaction

from dekaan.access.changes import give_role, open_account
from dekaan.access.models import RoleAssignment, User
from dekaan.core.academic_year import academic_year_of, today
from dekaan.measures.changes import rebuild
from dekaan.participation.changes import settle_part_attendance
from dekaan.schools.changes import begin_year, change_school
from dekaan.schools.models import School

COUNTED = {"records_begin", "part_counts"}  # facts on which figures rest


@transaction.atomic
def change_school_facts(school: School, *, by: User, **facts: Any) -> None:
    """The school's facts are as given; where figures rest on them, every figure follows."""
    change_school(school, by=by, **facts)
    if "records_begin" in facts and school.records_begin:
        for year in range(academic_year_of(school.records_begin), academic_year_of(today()) + 1):
            begin_year(year)
    if "part_counts" in facts:
        settle_part_attendance(counts=school.part_counts)
    if COUNTED & facts.keys():
        rebuild()


@transaction.atomic
def welcome(school: School, *, name: str, email: str, role: str, scope: dict[str, Any], by: User) -> RoleAssignment:
    """The person has an account (they choose the password themselves) and holds the role from today.

    Raises what `access.changes.give_role` raises.
    """
    user = open_account(email=email, name=name, password=None, by=by)
    return give_role(user=user, role=role, school=school, scope=scope, by=by)

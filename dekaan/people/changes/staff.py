"""What happens to those who work at the school."""

from datetime import date
from typing import Any

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.people.models import StaffMember
from dekaan.people.roll import RollWriting, Trace


@transaction.atomic
def add_staff_member(*, surname: str, forename: str, by: User | None, **details: Any) -> StaffMember:
    """The person works at the school."""
    member = StaffMember.objects.create(surname=surname, forename=forename, **details)
    record(action="staff member added", by=by, subject="staff", subject_id=member.pk)
    return member


@transaction.atomic
def update_staff(said: list[tuple[int | None, dict[str, Any]]], *, by: User | None) -> list[Trace]:
    """The staff list says so: each member of staff (None: somebody new) with the fields to write."""
    writing = RollWriting(0, date.min)
    writing.staff(said)
    record(action="staff list updated", by=by, subject="staff", detail={"staff": len(said)})
    return writing.traces

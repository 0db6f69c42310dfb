"""What one person holds in plans, meetings, tasks and policies goes to another."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.people.changes import pass_on
from dekaan.people.models import StaffMember
from dekaan.people.queries import without
from dekaan.plan.models import MeetingMember
from dekaan.plan.queries.holding import kinds_held, meetings_to_attend


@transaction.atomic
def hand_over(
    from_: StaffMember, to: StaffMember, *, by: User | None, on: date, but: Collection[str] = ()
) -> list[str]:
    """All that is open and `from_` holds, but for these rows, is `to`'s; what is over stays as it was. Answers what went over, in words."""
    said = pass_on(kinds_held(from_, on), to, but)
    there = MeetingMember.objects.filter(staff=to).values("meeting_id")
    to_attend = without(meetings_to_attend(from_, on), but).exclude(meeting_id__in=there)
    if number := to_attend.update(staff=to):
        said.append(f"{number} meeting{'' if number == 1 else 's'} to attend")
    if said:
        record(action="plan handed over", by=by, subject="staff", subject_id=from_.pk, detail={"to": to.pk})
    return said

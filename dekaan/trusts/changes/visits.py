"""A visit of the trust is logged at the school, and the next steps that were agreed are done."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.people.models import StaffMember
from dekaan.trusts.models import SupportVisit, VisitStep

Step = tuple[str, StaffMember | None, date]  # what, who at the school sees to it, until when


@transaction.atomic
def log_visit(
    *, visited_on: date, looked_at: str, went_well: str, steps: Iterable[Step], by: User | None
) -> SupportVisit:
    """The visit stands at the school in scope with its next steps, for both sides to read."""
    visit = SupportVisit.objects.create(visited_on=visited_on, looked_at=looked_at, went_well=went_well, by=by)
    _agree(visit, steps)
    record(action="support visit logged", by=by, subject="support visit", subject_id=visit.pk)
    return visit


@transaction.atomic
def change_visit(visit: SupportVisit, *, steps: Iterable[Step], by: User | None, **fields: Any) -> None:
    """What was logged is as given, and these next steps were agreed besides those before."""
    changed = sorted(name for name, value in fields.items() if getattr(visit, name) != value)
    for name in changed:
        setattr(visit, name, fields[name])
    visit.save()
    _agree(visit, steps)
    detail = {"fields": changed}
    record(action="support visit changed", by=by, subject="support visit", subject_id=visit.pk, detail=detail)


def _agree(visit: SupportVisit, steps: Iterable[Step]) -> None:
    for what, owner, due_on in steps:
        VisitStep.objects.create(visit=visit, what=what, owner=owner, due_on=due_on)


@transaction.atomic
def finish_step(step: VisitStep, *, by: User | None) -> None:
    """The next step is done, today."""
    step.done_on = today()
    step.save(update_fields=["done_on"])
    record(action="step after a visit done", by=by, subject="support visit", subject_id=step.visit_id)


@transaction.atomic
def reopen_step(step: VisitStep, *, by: User | None) -> None:
    """The next step is to be done after all."""
    step.done_on = None
    step.save(update_fields=["done_on"])
    record(action="step after a visit opened again", by=by, subject="support visit", subject_id=step.visit_id)

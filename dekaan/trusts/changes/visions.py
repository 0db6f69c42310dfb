"""The trust says what it wants; a school takes an objective into its plan, in its own words."""

from datetime import date
from typing import Any

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.schools.models import Trust
from dekaan.trusts.changes.clusters import OF_NO_SCHOOL
from dekaan.trusts.models import TakenObjective, TrustObjective, TrustVision


@transaction.atomic
def say_vision(
    trust: Trust, *, words: str, strategy: str, starts_on: date, ends_on: date, by: User | None
) -> TrustVision:
    """The trust's vision and strategy are as given, for every school of it to read."""
    said = {"words": words, "strategy": strategy, "starts_on": starts_on, "ends_on": ends_on}
    vision, _ = TrustVision.objects.update_or_create(trust=trust, defaults=said)
    record(action="trust's vision said", by=by, subject="trust's vision", subject_id=vision.pk, school_id=OF_NO_SCHOOL)
    return vision


@transaction.atomic
def add_objective(trust: Trust, *, by: User | None, **fields: Any) -> TrustObjective:
    """The trust has one objective more."""
    made = TrustObjective.objects.create(trust=trust, **fields)
    record(
        action="trust's objective added", by=by, subject="trust's objective", subject_id=made.pk, school_id=OF_NO_SCHOOL
    )
    return made


@transaction.atomic
def change_objective(objective: TrustObjective, *, by: User | None, **fields: Any) -> None:
    """The objective is as given; what schools made of it stays theirs."""
    for name, value in fields.items():
        setattr(objective, name, value)
    objective.save()
    record(
        action="trust's objective changed",
        by=by,
        subject="trust's objective",
        subject_id=objective.pk,
        detail={"fields": sorted(fields)},
        school_id=OF_NO_SCHOOL,
    )


@transaction.atomic
def take_objective(objective: TrustObjective, *, how: str, by: User | None) -> TakenObjective:
    """The school in scope has taken it into its plan, and says how."""
    taken = TakenObjective.objects.filter(objective=objective).first()
    taken = taken or TakenObjective(objective=objective, taken_on=today(), taken_by=by)
    taken.how = how
    taken.save()
    record(action="trust's objective taken", by=by, subject="trust's objective", subject_id=objective.pk)
    return taken


@transaction.atomic
def leave_objective(objective: TrustObjective, *, by: User | None) -> None:
    """The objective is not in the plan of the school in scope."""
    TakenObjective.objects.filter(objective=objective).delete()
    record(action="trust's objective left", by=by, subject="trust's objective", subject_id=objective.pk)

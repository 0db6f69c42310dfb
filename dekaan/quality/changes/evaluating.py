"""Evaluating: what was learnt, what is changed because of it, and that it is done."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.people.models import StaffMember
from dekaan.quality.models import Collection, Evaluation, Improvement, LookedAt


@transaction.atomic
def write_evaluation(
    *,
    academic_year: int,
    span: str,
    learnt: str,
    also_looked_at: str = "",
    collections: Iterable[Collection] = (),
    by: User | None,
    on: date | None = None,
) -> Evaluation:
    """The term or year has an evaluation: what was looked at, and what was learnt."""
    evaluation = Evaluation.objects.create(
        academic_year=academic_year, span=span, learnt=learnt, also_looked_at=also_looked_at, written_on=on or today()
    )
    LookedAt.objects.bulk_create(LookedAt(evaluation=evaluation, collection=each) for each in collections)
    record(action="evaluation written", by=by, subject="evaluation", subject_id=evaluation.pk)
    return evaluation


@transaction.atomic
def change_evaluation(
    evaluation: Evaluation,
    *,
    learnt: str,
    also_looked_at: str,
    collections: Iterable[Collection],
    by: User | None,
    **period: object,
) -> None:
    """The evaluation says this now. `period`: academic_year, span."""
    evaluation.learnt, evaluation.also_looked_at = learnt, also_looked_at
    for name, value in period.items():
        setattr(evaluation, name, value)
    evaluation.save()
    wanted = {each.pk for each in collections}
    evaluation.looked_at.exclude(collection__in=wanted).delete()
    there = set(evaluation.looked_at.values_list("collection_id", flat=True))
    LookedAt.objects.bulk_create(LookedAt(evaluation=evaluation, collection_id=pk) for pk in sorted(wanted - there))
    record(action="evaluation changed", by=by, subject="evaluation", subject_id=evaluation.pk)


@transaction.atomic
def plan_improvement(
    evaluation: Evaluation, *, what: str, due_on: date, who: StaffMember | None = None, by: User | None
) -> Improvement:
    """Because of the evaluation this is done differently, by that colleague and until that day."""
    row = Improvement.objects.create(evaluation=evaluation, what=what, who=who, due_on=due_on)
    record(action="change planned after an evaluation", by=by, subject="improvement", subject_id=row.pk)
    return row


@transaction.atomic
def change_improvement(
    improvement: Improvement, *, what: str, due_on: date, who: StaffMember | None, done_on: date | None, by: User | None
) -> None:
    """What, by whom, until when, and since when it is done."""
    improvement.what, improvement.due_on, improvement.who = what, due_on, who
    improvement.done_on = done_on
    improvement.save()
    record(action="change after an evaluation changed", by=by, subject="improvement", subject_id=improvement.pk)


@transaction.atomic
def finish_improvement(improvement: Improvement, *, by: User | None) -> None:
    """It is done, today."""
    improvement.done_on = today()
    improvement.save(update_fields=["done_on"])
    record(action="change after an evaluation done", by=by, subject="improvement", subject_id=improvement.pk)

"""What activities are meant to teach, and the school's own list of outcomes."""

from collections.abc import Collection

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.frameworks.queries import learning_area
from dekaan.programme.models import Activity, Learning, LearningOutcome
from dekaan.programme.queries import pointed_at


class NoSuchArea(Exception):
    """No framework, present or repealed, has a learning area of that key."""


@transaction.atomic
def tag_learning(
    activity: Activity, *, by: User | None, areas: Collection[str] = (), outcomes: Collection[LearningOutcome] = ()
) -> None:
    """The activity is meant to teach exactly these areas and outcomes. Raises NoSuchArea.

    An area of a repealed framework can be told of what was planned under it.
    """
    if any(learning_area(area) is None for area in areas):
        raise NoSuchArea
    wanted = {(area, None) for area in areas} | {("", outcome.pk) for outcome in outcomes}
    held = {(each.area, each.outcome_id): each.pk for each in activity.learning.all()}
    activity.learning.filter(pk__in=[pk for key, pk in held.items() if key not in wanted]).delete()
    Learning.objects.bulk_create(
        Learning(activity=activity, area=area, outcome_id=outcome_id)
        for area, outcome_id in sorted(wanted - set(held), key=str)
    )
    record(action="learning tagged", by=by, subject="activity", subject_id=activity.pk)


@transaction.atomic
def add_outcome(*, words: str, first_year: int, last_year: int, by: User | None) -> LearningOutcome:
    """The school's list has the outcome, and it can be chosen for any activity."""
    outcome = LearningOutcome.objects.create(words=words, first_year=first_year, last_year=last_year)
    record(action="learning outcome added", by=by, subject="learning_outcome", subject_id=outcome.pk)
    return outcome


@transaction.atomic
def change_outcome(outcome: LearningOutcome, *, by: User | None, words: str, first_year: int, last_year: int) -> None:
    """The outcome reads so from now on, wherever it is tagged."""
    outcome.words, outcome.first_year, outcome.last_year = words, first_year, last_year
    outcome.save(update_fields=["words", "first_year", "last_year"])
    record(action="learning outcome changed", by=by, subject="learning_outcome", subject_id=outcome.pk)


@transaction.atomic
def retire_outcome(outcome: LearningOutcome, *, by: User | None) -> bool:
    """It is offered for no activity any more; one that was never used is gone. Answers whether it is kept."""
    pk, is_kept = outcome.pk, bool(pointed_at(LearningOutcome, [outcome.pk]))
    if is_kept:
        outcome.retired_on = outcome.retired_on or today()
        outcome.save(update_fields=["retired_on"])
    else:
        outcome.delete()
    record(action="learning outcome retired", by=by, subject="learning_outcome", subject_id=pk)
    return is_kept


@transaction.atomic
def bring_back_outcome(outcome: LearningOutcome, *, by: User | None) -> None:
    """A retired outcome can be chosen again."""
    outcome.retired_on = None
    outcome.save(update_fields=["retired_on"])
    record(action="learning outcome brought back", by=by, subject="learning_outcome", subject_id=outcome.pk)

"""A press is taken back in one step: what it said is taken back and kept as that, what it took back is said again."""

from collections.abc import Collection

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.destinations.changes.recording import SAYS, withdrawal_of
from dekaan.destinations.changes.telling import tell
from dekaan.destinations.models import PLANS, Statement
from dekaan.destinations.queries.pressing import is_built_upon
from dekaan.people.models import Pupil


@transaction.atomic
def take_back(said: Collection[Statement], *, by: User | None) -> list[Statement]:
    """None of it is said any more, and what it took back is said again.

    What somebody has corrected, checked, said to hold or taken back since stays, and is answered.
    """
    ids = sorted({each.pupil_id for each in said})
    list(Pupil.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    since = Statement.objects.filter(is_built_upon(), pk__in=[each.pk for each in said])
    touched = set(since.order_by().values_list("pk", flat=True))
    untouched = [each for each in said if each.pk not in touched]
    written = {"recorded_by": by}
    rows = [_said_again(each, by) if each.is_withdrawal else withdrawal_of(each, written) for each in untouched]
    Statement.objects.bulk_create(rows)
    for each in untouched:
        if each.is_withdrawal:
            record(action="destination recorded", by=by, subject="pupil", subject_id=each.pupil_id)
        else:
            record(action="destination taken back", by=by, subject="pupil", subject_id=each.pupil_id)
    if any(each.kind in PLANS for each in untouched):
        tell({each.pupil_id for each in untouched})
    return [each for each in said if each.pk in touched]


def _said_again(withdrawal: Statement, by: User | None) -> Statement:
    """What was taken back, as it was said."""
    before = Statement.objects.get(pk=withdrawal.corrects_id)
    return Statement(
        pupil_id=before.pupil_id, recorded_by=by, **{name: getattr(before, name) for name in SAYS} | {"batch": ""}
    )

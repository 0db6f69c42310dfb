"""What happens in the register of policies."""

from typing import Any

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.plan.changes.plans import set_fields
from dekaan.plan.models import Policy


@transaction.atomic
def add_policy(*, title: str, by: User | None, **details: Any) -> Policy:
    """The policy stands in the register; `details` are further fields of Policy."""
    policy = Policy.objects.create(title=title, **details)
    record(action="policy added", by=by, subject="policy", subject_id=policy.pk)
    return policy


@transaction.atomic
def change_policy(policy: Policy, *, by: User | None, **fields: Any) -> None:
    """What the register says of it is as given."""
    if changed := set_fields(policy, fields):
        record(action="policy changed", by=by, subject="policy", subject_id=policy.pk, detail={"fields": changed})


@transaction.atomic
def withdraw_policy(policy: Policy, *, by: User | None) -> None:
    """The policy is no longer in use; that it was stays on record."""
    set_fields(policy, {"withdrawn_on": today()})
    record(action="policy withdrawn", by=by, subject="policy", subject_id=policy.pk)


@transaction.atomic
def bring_policy_back(policy: Policy, *, by: User | None) -> None:
    """The policy is in use after all."""
    set_fields(policy, {"withdrawn_on": None})
    record(action="policy brought back", by=by, subject="policy", subject_id=policy.pk)

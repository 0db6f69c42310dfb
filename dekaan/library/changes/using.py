"""A resource is used in an activity: chosen once, and counted through the ledger like anything else."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.frameworks.queries import ids_of
from dekaan.library.models import Resource, ResourceUse
from dekaan.library.published import counts_towards, kinds
from dekaan.programme.changes import Invited, Receipt, change_activity, record_unplanned
from dekaan.programme.models import Activity, Session


@transaction.atomic
def choose_resources(activity: Activity, resources: Collection[Resource], *, by: User | None) -> None:
    """The activity uses exactly these, in every session of it, those that are recorded too.

    Where one of them is information, it counts towards what information counts towards; what that added goes again with
    the last of them. What a person has since taken off the activity by hand is not put back.
    """
    activity = Activity.objects.select_for_update(of=("self",), no_key=True).get(pk=activity.pk)
    held = {each.resource_id: each for each in ResourceUse.objects.filter(activity=activity)}
    wanted = {each.pk: each for each in resources}
    added_before = 0
    for each in held.values():
        added_before |= each.added
    declined = added_before & ~activity.criteria
    own = activity.criteria & ~added_before
    is_informed = any(kinds()[each.kind].is_information for each in wanted.values() if each.kind in kinds())
    adds = counts_towards(activity.audience) & ~own if is_informed else 0
    criteria = own | (adds & ~declined)
    ResourceUse.objects.filter(pk__in=[each.pk for pk, each in held.items() if pk not in wanted]).delete()
    for pk, resource in wanted.items():
        if pk not in held:
            ResourceUse.objects.create(resource=resource, activity=activity)
    ResourceUse.objects.filter(activity=activity).update(added=adds)
    if criteria != activity.criteria:
        change_activity(activity, by=by, criteria=ids_of(criteria))
    if set(wanted) != set(held):
        detail = {"resources": len(wanted)}
        record(action="resources chosen", by=by, subject="activity", subject_id=activity.pk, detail=detail)


@transaction.atomic
def record_use(
    resources: Collection[Resource],
    *,
    title: str,
    activity_type: str,
    held_on: date,
    invited: Invited,
    by: User,
) -> tuple[Session, Receipt]:
    """A lesson or task that nobody had planned, in which these were used, is recorded as having happened.

    Raises NobodyInvited and NotHeldYet.
    """
    session, receipt = record_unplanned(
        title=title, activity_type=activity_type, held_on=held_on, invited=invited, by=by
    )
    choose_resources(session.activity, resources, by=by)
    return session, receipt

"""Resources are added, changed and reviewed."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import months_after, today
from dekaan.core.fetching.addresses import NotAnAddress, address_of
from dekaan.core.scope import schools_in_scope
from dekaan.library.models import Resource
from dekaan.library.published import Starter
from dekaan.people.models import StaffMember
from dekaan.schools.models import School

REVIEWED_WITHIN = 12  # months, where nobody says otherwise

__all__ = ["NotAnAddress", "add_resource", "add_starters", "change_resource", "review_resource"]


@transaction.atomic
def add_resource(*, by: User | None, **fields: Any) -> Resource:
    """The library has the resource, under the next number. Raises NotAnAddress."""
    # One at a time: the number of each is its own.
    School.objects.select_for_update(of=("self",), no_key=True).get(pk__in=schools_in_scope())
    last = Resource.objects.aggregate(last=Max("number"))["last"] or 0
    resource = Resource(number=last + 1, added_on=today())
    _fill(resource, fields)
    record(action="resource added", by=by, subject="resource", subject_id=resource.pk)
    return resource


@transaction.atomic
def change_resource(resource: Resource, *, by: User | None, **fields: Any) -> None:
    """The resource is as given; of another address nothing is known until it is looked at. Raises NotAnAddress."""
    changed = [name for name, value in fields.items() if getattr(resource, name) != value]
    _fill(resource, fields)
    record(action="resource changed", by=by, subject="resource", subject_id=resource.pk, detail={"fields": changed})


def _fill(resource: Resource, fields: dict[str, Any]) -> None:
    before = resource.address
    for name, value in fields.items():
        setattr(resource, name, value)
    if resource.address:
        resource.address = address_of(resource.address).whole
    if resource.address != before:
        resource.link_state, resource.link_reason, resource.link_checked_at = Resource.LinkState.NOT_YET, "", None
    resource.save()


@transaction.atomic
def review_resource(resource: Resource, *, by: User | None, next_on: date | None = None) -> None:
    """Somebody has looked that it is still good; it is looked at again in a year, or on that day."""
    resource.review_on = next_on or months_after(today(), REVIEWED_WITHIN)
    resource.save(update_fields=["review_on"])
    record(action="resource reviewed", by=by, subject="resource", subject_id=resource.pk)


@transaction.atomic
def add_starters(chosen: Iterable[Starter], *, owner: StaffMember | None, by: User | None) -> list[Resource]:
    """The library has these of the starter list, each to be reviewed within a year."""
    return [
        add_resource(
            by=by,
            title=each.title,
            says=each.says,
            address=each.address,
            kind=each.kind,
            audiences=list(each.audiences),
            key_stages=list(each.key_stages),
            owner=owner,
            review_on=months_after(today(), REVIEWED_WITHIN),
        )
        for each in chosen
    ]

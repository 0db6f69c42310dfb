"""What happens to parents and carers, as contacts of pupils."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.people.changes.restricting import restrict_who_is_back
from dekaan.people.models import Carer, CarerOf, Pupil, RestrictedContact
from dekaan.people.queries.restricted import marks_of


@transaction.atomic
def add_carer(
    *, surname: str, forename: str, pupils: Iterable[Pupil], by: User | None, relationship: str = "", **details: Any
) -> Carer:
    """The parent or carer is a contact of these pupils."""
    carer = Carer.objects.create(surname=surname, forename=forename, **details)
    record(action="parent or carer added", by=by, subject="carer", subject_id=carer.pk)
    for pupil in pupils:
        add_carer_of(carer, pupil, relationship=relationship, by=by)
    return carer


@transaction.atomic
def add_carer_of(carer: Carer, pupil: Pupil, *, relationship: str, by: User | None) -> CarerOf:
    """A parent or carer whom the school knows is a contact of this pupil too."""
    link, _ = CarerOf.objects.update_or_create(carer=carer, pupil=pupil, defaults={"relationship": relationship})
    detail = {"carer": carer.pk}
    record(action="pupil's carer added", by=by, subject="pupil", subject_id=pupil.pk, detail=detail)
    restrict_who_is_back(carer, set(), by=by)
    return link


@transaction.atomic
def change_carer(link: CarerOf, *, by: User | None, relationship: str, **fields: Any) -> None:
    """The parent or carer, of whichever pupils, and who they are to this one, are as given."""
    known_before = marks_of(link.carer)
    changed = [name for name, value in fields.items() if getattr(link.carer, name) != value]
    for name in changed:
        setattr(link.carer, name, fields[name])
    if changed:
        link.carer.save(update_fields=changed)
        restrict_who_is_back(link.carer, known_before, by=by)
    if link.relationship != relationship:
        link.relationship = relationship
        link.save(update_fields=["relationship"])
        changed.append("relationship")
    if changed:
        detail = {"fields": changed, "pupil": link.pupil_id}
        record(action="parent or carer changed", by=by, subject="carer", subject_id=link.carer_id, detail=detail)


@transaction.atomic
def remove_carer(link: CarerOf, *, by: User | None) -> None:
    """The parent or carer is no longer a contact of the pupil.

    With the last pupil the person is gone too, unless they were invited to something or took part in it.
    """
    carer = link.carer
    detail = {"carer": carer.pk}
    record(action="pupil's carer removed", by=by, subject="pupil", subject_id=link.pupil_id, detail=detail)
    link.delete()
    if not _is_spoken_of(carer):
        record(action="parent or carer removed", by=by, subject="carer", subject_id=carer.pk)
        carer.delete()


def _is_spoken_of(carer: Carer) -> bool:
    """Whether anything points at the person: another pupil, or what the floors above hold, which are not named here.

    A restriction does not: it keeps by what it knows them again, and a contact who stays would show that there is one.
    """
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: carer}).exists()  # type: ignore[union-attr]
        for relation in Carer._meta.get_fields(include_hidden=True)
        if relation.one_to_many and relation.auto_created and relation.related_model is not RestrictedContact
    )

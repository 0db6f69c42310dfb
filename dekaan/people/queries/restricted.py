"""Restricted contacts: whom the safeguarding lead has restricted, to whom a contact is shown, what a parent is shown."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from dekaan.access.data_classes import DataClass
from dekaan.access.matrix import opened_to
from dekaan.access.models import RoleAssignment
from dekaan.core.folding import folded
from dekaan.people.models import Carer, CarerOf, Pupil, RestrictedContact
from dekaan.people.queries.pupils import opened_of_all, pupils_opened

_OWN_CHILD = "m"


def marks_of(carer: Carer) -> set[str]:
    """By what the person is known again: name, e-mail address and telephone number, as people type them."""
    by = RestrictedContact.By
    telephone = re.sub(r"^(00)?44(?=[1-9])", "0", re.sub(r"\D", "", carer.telephone.replace("(0)", "")))
    said = {by.NAME: folded(str(carer)), by.EMAIL: carer.email.strip().casefold(), by.TELEPHONE: telephone}
    return {f"{kind.value}:{value}" for kind, value in said.items() if value}


def is_restricted(carer: Carer, pupil: Pupil) -> bool:
    """Whether the person is a restricted contact of the pupil."""
    return RestrictedContact.objects.filter(carer=carer, pupil=pupil).exists()


@dataclass(frozen=True)
class ShownToCarer:
    """What a parent or carer is shown of a pupil: classes of data, and whether with dates and places."""

    classes: frozenset[DataClass]
    when_and_where: bool


def shown_to_carer(carer: Carer, pupil: Pupil) -> ShownToCarer:
    """What every page, file and message for a parent or carer asks first.

    To a restricted contact the account looks as usual, but shows no whereabouts, no dates and no place.
    """
    if not CarerOf.objects.filter(carer=carer, pupil=pupil).exists():
        return ShownToCarer(frozenset(), when_and_where=False)
    opened = frozenset(each for each in DataClass if _OWN_CHILD in opened_to("carer", each))
    if is_restricted(carer, pupil):
        return ShownToCarer(opened - {DataClass.W}, when_and_where=False)
    return ShownToCarer(opened, when_and_where=True)


def links_shown(assignments: Iterable[RoleAssignment]) -> QuerySet[CarerOf]:
    """Who cares for whom, without the restricted contacts of pupils whose marker is closed to the roles."""
    held = list(assignments)
    if opened_of_all(DataClass.G, held):
        return CarerOf.objects.all()
    closed = RestrictedContact.objects.filter(carer__isnull=False)
    closed = closed.exclude(pupil__in=pupils_opened(DataClass.G, held).order_by().values("pk"))
    return CarerOf.objects.exclude(_pairs(closed))


def links_not_restricted() -> QuerySet[CarerOf]:
    """Who cares for whom, without every restricted contact: whom a school invites and writes to."""
    return CarerOf.objects.exclude(_pairs(RestrictedContact.objects.filter(carer__isnull=False)))


def carers_hidden(assignments: Iterable[RoleAssignment]) -> set[int]:
    """Parents and carers (ids) of whom the roles see nothing: restricted, and shown as a contact of nobody else."""
    held = list(assignments)
    if opened_of_all(DataClass.G, held):
        return set()
    restricted = set(RestrictedContact.objects.filter(carer__isnull=False).values_list("carer_id", flat=True))
    return restricted - set(links_shown(held).filter(carer_id__in=restricted).values_list("carer_id", flat=True))


def restricted_contacts(pupils: QuerySet[Pupil]) -> list[RestrictedContact]:
    """Every restricted contact of these pupils, by the pupil's name."""
    found = RestrictedContact.objects.filter(pupil__in=pupils).select_related("pupil", "carer", "set_by")
    return sorted(found, key=lambda each: (str(each.pupil).casefold(), each.pk))


def _pairs(restricted: QuerySet[RestrictedContact]) -> Q:
    """There are few of them in a school, so they are named one by one."""
    found = Q(pk__in=[])
    for pupil_id, carer_id in restricted.order_by().values_list("pupil_id", "carer_id"):
        found |= Q(pupil_id=pupil_id, carer_id=carer_id)
    return found

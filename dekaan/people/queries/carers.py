"""Reading parents and carers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from dekaan.access.data_classes import DataClass
from dekaan.access.models import RoleAssignment
from dekaan.people.models import Carer, CarerOf, Pupil, RestrictedContact
from dekaan.people.queries.pupils import is_opened
from dekaan.people.queries.restricted import carers_hidden, links_shown


@dataclass(frozen=True)
class Contact:
    """One of a pupil's parents and carers, and who they are to the pupil; `pk` is the link's."""

    pk: int
    relationship: str
    forename: str
    surname: str
    email: str
    telephone: str
    restriction: int | None  # the row that restricts them, where there is one and the reader may know

    @property
    def name(self) -> str:
        """As the person is called."""
        return f"{self.forename} {self.surname}".strip()


def carers_of(pupil: Pupil, assignments: Sequence[RoleAssignment]) -> list[Contact]:
    """The pupil's parents and carers, with who they are to the pupil; restricted ones for who may know of it."""
    found = [Contact(*row) for row in _carers_of_anybody().filter(pupil=pupil)]
    if not any(each.restriction for each in found) or is_opened(DataClass.G, pupil, assignments):
        return found
    return [each for each in found if each.restriction is None]


@cache
def _carers_of_anybody() -> QuerySet[CarerOf, tuple[Any, ...]]:
    """The question without the pupil, put together once; it is compiled for the schools in scope when it is asked."""
    about = ("carer__forename", "carer__surname", "carer__email", "carer__telephone", "restriction")
    restricted = RestrictedContact.objects.filter(pupil=OuterRef("pupil"), carer=OuterRef("carer"))
    found = CarerOf.objects.annotate(restriction=Subquery(restricted.values("pk")[:1]))
    found = found.order_by("carer__surname", "carer__forename", "pk")
    return found.values_list("pk", "relationship", *about)


def carers_like(
    assignments: Sequence[RoleAssignment], *, besides: Pupil, forename: str, surname: str, email: str, telephone: str
) -> list[tuple[Carer, str]]:
    """Those who may be the same person, by e-mail address or by name, each with whose contact they are; not the pupil's own."""
    alike = Q(surname__iexact=surname, forename__iexact=forename) if surname else Q(pk__in=[])
    for name, value in (("email", email), ("telephone", telephone)):
        if value:
            alike |= Q(**{f"{name}__iexact": value})
    shown = Prefetch("children", queryset=links_shown(assignments).select_related("pupil"))
    found = Carer.objects.filter(alike).exclude(children__pupil=besides).prefetch_related(shown)
    found = found.exclude(pk__in=carers_hidden(assignments))
    return [
        (carer, " and ".join(link.pupil.name for link in carer.children.all()) or "no pupil now")
        for carer in found.order_by("pk")[:6]
    ]

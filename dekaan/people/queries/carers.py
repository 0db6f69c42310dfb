"""Reading parents and carers."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet

from dekaan.people.models import Carer, CarerOf, Pupil


@dataclass(frozen=True)
class Contact:
    """One of a pupil's parents and carers, and who they are to the pupil; `pk` is the link's."""

    pk: int
    relationship: str
    forename: str
    surname: str
    email: str
    telephone: str

    @property
    def name(self) -> str:
        """As the person is called."""
        return f"{self.forename} {self.surname}".strip()


def carers_of(pupil: Pupil) -> list[Contact]:
    """The pupil's parents and carers, with who they are to the pupil."""
    return [Contact(*row) for row in _carers_of_anybody().filter(pupil=pupil)]


@cache
def _carers_of_anybody() -> QuerySet[CarerOf, tuple[Any, ...]]:
    """The question without the pupil, put together once; it is compiled for the schools in scope when it is asked."""
    about = ("carer__forename", "carer__surname", "carer__email", "carer__telephone")
    found = CarerOf.objects.order_by("carer__surname", "carer__forename", "pk")
    return found.values_list("pk", "relationship", *about)


def carers_like(*, besides: Pupil, forename: str, surname: str, email: str, telephone: str) -> list[tuple[Carer, str]]:
    """Those who may be the same person, by e-mail address or by name, each with whose contact they are; not the pupil's own."""
    alike = Q(surname__iexact=surname, forename__iexact=forename) if surname else Q(pk__in=[])
    for name, value in (("email", email), ("telephone", telephone)):
        if value:
            alike |= Q(**{f"{name}__iexact": value})
    found = Carer.objects.filter(alike).exclude(children__pupil=besides).prefetch_related("children__pupil")
    return [
        (carer, " and ".join(link.pupil.name for link in carer.children.all()) or "no pupil now")
        for carer in found.order_by("pk")[:6]
    ]

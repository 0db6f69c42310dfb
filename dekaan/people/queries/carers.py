"""Reading parents and carers."""

from django.db.models import Q

from dekaan.people.models import Carer, CarerOf, Pupil


def carers_of(pupil: Pupil) -> list[CarerOf]:
    """The pupil's parents and carers, with who they are to the pupil."""
    found = CarerOf.objects.filter(pupil=pupil).select_related("carer")
    return list(found.order_by("carer__surname", "carer__forename", "pk"))


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

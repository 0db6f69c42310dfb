"""What a trust offers to its schools, and what a school has taken up."""

from dataclasses import dataclass

from django.db.models import QuerySet

from dekaan.partners.models import Organisation, TrustOrganisation
from dekaan.schools.models import School


@dataclass(frozen=True)
class Offered:
    """An organisation of the trust, and the school's own row of it where there is one."""

    of_trust: TrustOrganisation
    own: Organisation | None


def trust_organisations(school: School) -> QuerySet[TrustOrganisation]:
    """Those that the school's trust holds; of a school in no trust, none."""
    return TrustOrganisation.objects.filter(trust_id=school.trust_id, trust__isnull=False)


def offered_to(school: School) -> list[Offered]:
    """Each that is offered, or that the school has taken up, by name."""
    own = {each.taken_up_from_id: each for each in Organisation.objects.exclude(taken_up_from=None)}
    return [
        Offered(each, own.get(each.pk))
        for each in trust_organisations(school)
        if each.no_longer_offered_on is None or each.pk in own
    ]

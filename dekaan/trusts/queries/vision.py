"""A trust's vision and objectives, and which of its schools have taken each into their plan."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from dekaan.core.scope import working_in
from dekaan.schools.models import School, Trust
from dekaan.trusts.models import TakenObjective, TrustObjective, TrustVision


def vision_of(trust: Trust) -> TrustVision | None:
    """What the trust wants, or None where it has not said so."""
    return TrustVision.objects.filter(trust=trust).first()


def objectives_of(trust: Trust | None) -> QuerySet[TrustObjective]:
    """The trust's objectives, in the order in which they were written; of no trust, none."""
    return TrustObjective.objects.filter(trust=trust) if trust else TrustObjective.objects.none()


@dataclass(frozen=True)
class ObjectiveAt:
    """An objective: the words of the school that is looked at, and those of every school that took it."""

    objective: TrustObjective
    own: TakenObjective | None
    by_school: tuple[tuple[School, TakenObjective | None], ...]

    @property
    def taken(self) -> int:
        """How many of the schools took it."""
        return sum(own is not None for _, own in self.by_school)


def objectives_at(trust: Trust, school: School, schools: Collection[School]) -> list[ObjectiveAt]:
    """Every objective that stands, or that the school took. Two statements, however many schools."""
    taken: dict[int, dict[int, TakenObjective]] = defaultdict(dict)
    with working_in(school, *schools):
        for each in TakenObjective.objects.all():
            taken[each.objective_id][each.school_id] = each
    return [
        ObjectiveAt(each, taken[each.pk].get(school.pk), tuple((one, taken[each.pk].get(one.pk)) for one in schools))
        for each in objectives_of(trust)
        if each.dropped_on is None or school.pk in taken[each.pk]
    ]

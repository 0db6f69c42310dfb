"""Finding pupils, activities and partners by any part of a word."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, Q

from dekaan.access.models import RoleAssignment
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today
from dekaan.people.queries import PupilRow, found_by_name, listed, pupils_visible_to, rows_of
from dekaan.programme.models import Activity, Session

MOST = 20  # of each kind


@dataclass(frozen=True)
class PartnerRow:
    """An employer or provider by name, and when it last came."""

    name: str
    activity_id: int


@dataclass(frozen=True)
class Found:
    """What a search found, at most twenty of each kind."""

    pupils: list[PupilRow]
    activities: list[Activity]
    partners: list[PartnerRow]

    @property
    def nothing(self) -> bool:
        """Whether nothing was found."""
        return not (self.pupils or self.activities or self.partners)


def found(words: str, assignments: Iterable[RoleAssignment], permissions: frozenset[Permission]) -> Found:
    """Everything with every word somewhere in its name that the person asking may see."""
    pupils: list[PupilRow] = []
    activities: list[Activity] = []
    partners: list[PartnerRow] = []
    if not words.split():
        return Found(pupils, activities, partners)
    if Permission.PUPILS_SEE in permissions:
        visible = found_by_name(pupils_visible_to(assignments), words)
        chosen = visible.order_by("surname", "forename", "pk").values_list("pk", flat=True)[:MOST]
        pupils = rows_of(listed(visible.filter(pk__in=list(chosen)), academic_year_of(today())))
    if Permission.PROGRAMME_SEE in permissions:
        activities = list(Activity.objects.filter(_every("title", words)).order_by("title", "pk")[:MOST])
        partners = _partners(words)
    return Found(pupils, activities, partners)


def _every(field: str, words: str) -> Q:
    condition = Q()
    for word in words.split():
        condition &= Q(**{f"{field}__icontains": word})
    return condition


def _partners(words: str) -> list[PartnerRow]:
    """Activities name a partner, and so may their sessions; each name once, with its latest activity."""
    latest: dict[str, int] = {}
    for rows in (
        Activity.objects.filter(_every("partner_name", words)).values_list("partner_name").annotate(Max("pk")),
        Session.objects.filter(_every("partner_name", words)).values_list("partner_name").annotate(Max("activity_id")),
    ):
        for name, activity_id in rows.order_by("partner_name")[:MOST]:
            latest[name] = max(activity_id, latest.get(name, 0))
    return [PartnerRow(name, activity_id) for name, activity_id in sorted(latest.items())[:MOST]]

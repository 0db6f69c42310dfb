"""Finding pupils, activities and partners by any part of a word."""

from dataclasses import dataclass

from django.db.models import Max, QuerySet

from dekaan.access.models import RoleAssignment, User
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today
from dekaan.core.folding import folded_words, holds
from dekaan.partners.queries import Asked, organisations
from dekaan.people.queries import PupilRow, found_rows, pupils_visible_to
from dekaan.programme.models import Activity, Session
from dekaan.programme.queries import activities_visible_to, sessions_visible_to

MOST = 20  # of each kind


@dataclass(frozen=True)
class PartnerRow:
    """An employer or provider: one of the directory, or a name that an activity has and nobody has matched yet."""

    name: str
    activity_id: int | None = None
    organisation_id: int | None = None


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


def found(words: str, user: User, assignments: list[RoleAssignment], permissions: frozenset[Permission]) -> Found:
    """Everything with every word somewhere in its name that the person asking may see."""
    pupils: list[PupilRow] = []
    activities: list[Activity] = []
    partners: list[PartnerRow] = []
    wanted = folded_words(words)
    if not wanted:
        return Found(pupils, activities, partners)
    if Permission.PUPILS_SEE in permissions:
        pupils = found_rows(pupils_visible_to(assignments), words, on=today(), most=MOST)
    if Permission.PROGRAMME_SEE in permissions:
        visible = activities_visible_to(user, assignments)
        every = list(visible.only("title", "partner_name", "organisation").order_by("title", "pk"))
        activities = [each for each in every if holds(wanted, each.title)][:MOST]
        known = [PartnerRow(each.name, organisation_id=each.pk) for each in organisations(Asked(words))]
        unmatched = [each for each in every if each.organisation_id is None]
        partners = [*known, *_partners(unmatched, sessions_visible_to(user, assignments), wanted)][:MOST]
    return Found(pupils, activities, partners)


def _partners(activities: list[Activity], sessions: QuerySet[Session], wanted: list[str]) -> list[PartnerRow]:
    """Activities name a partner, and so may their sessions; each name once, with its latest activity."""
    latest: dict[str, int] = {}
    named = sessions.select_related(None).prefetch_related(None).filter(organisation=None).exclude(partner_name="")
    of_sessions = named.order_by().values_list("partner_name")
    for name, activity_id in [
        *((each.partner_name, each.pk) for each in activities),
        *of_sessions.annotate(Max("activity_id")),
    ]:
        if name and holds(wanted, name):
            latest[name] = max(activity_id, latest.get(name, 0))
    return [PartnerRow(name, activity_id) for name, activity_id in sorted(latest.items())[:MOST]]

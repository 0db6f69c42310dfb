"""What lists before this one have said already: past participation in the ledger, and who is in which teaching group."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dekaan.core.academic_year import academic_year_of
from dekaan.participation.models import Participation
from dekaan.people.models import Group, Membership

SOURCE = "history"
Key = tuple[int, str, date]  # a pupil, a title as it is compared, a day


@dataclass(frozen=True)
class Said:
    """What the ledger says of a pupil and an occasion of a list."""

    occasion_id: int
    title: str
    state: str
    activity_type: str
    partner_name: str
    partner_kind: str


def members_of_teaching_groups(today: date) -> dict[str, set[int]]:
    """Who is in the teaching groups of the year, by the group's name."""
    rows = Membership.objects.filter(
        ends_on__isnull=True, group__kind=Group.Kind.TEACHING, group__academic_year=academic_year_of(today)
    ).order_by()
    found: dict[str, set[int]] = defaultdict(set)
    for name, pupil_id in rows.values_list("group__name", "pupil_id"):
        found[name].add(pupil_id)
    return found


def plain_title(title: str) -> str:
    """A title for comparing: without case and stray spaces."""
    return " ".join(title.split()).casefold()


def said_on(days: Iterable[date]) -> dict[Key, Said]:
    """What lists have said of those days, by pupil, title and day, in one statement.

    A pupil has one part in something of that title on that day, whichever list says so: so a list that is brought in
    again counts nothing twice.
    """
    rows = Participation.objects.filter(
        source_kind=SOURCE, superseded_at__isnull=True, pupil__isnull=False, happened_on__in=set(days)
    ).order_by("pk")
    found: dict[Key, Said] = {}
    plain: dict[str, str] = {}
    names = ("source_id", "title", "state", "activity_type", "partner_name", "partner_kind")
    for pupil_id, day, *said in rows.values_list("pupil_id", "happened_on", *names):
        title = said[1]
        if title not in plain:
            plain[title] = plain_title(title)
        found[pupil_id, plain[title], day] = Said(*said)
    return found

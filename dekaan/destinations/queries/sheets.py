"""The sheet on which a tutor group says what it means to do: which number stands for whom and which for what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256

from dekaan.core.academic_year import today, year_start
from dekaan.destinations.queries.typed import plan_routes
from dekaan.frameworks.queries import Route
from dekaan.people.models import Enrolment, Group, Membership, Pupil
from dekaan.people.queries import in_groups

SAME = 0  # the number that says: as last time
# Of these nobody says in a tutor group that they mean to; a person's own page has them.
NOT_ON_PAPER = {"custody", "not-available", "re-engagement", "start-agreed"}
AFTER_11, AFTER_13 = 11, 13
LISTS = 12  # of the group's lists of this year, so many are looked through for the one that was printed


@dataclass(frozen=True)
class Sheet:
    """A group's list as it was on a day, and the routes on offer then, each with its number.

    `number` stands on the paper and is typed back. Other pupils or other routes are another number, so that a list that has
    changed since is never taken for the one that was printed.
    """

    group: Group
    pupils: tuple[Pupil, ...]
    routes: tuple[Route, ...]

    @cached_property
    def number(self) -> int:
        """Four figures."""
        told = f"{self.group.pk}|{[each.pk for each in self.pupils]}|{[each.key for each in self.routes]}"
        return 1000 + int(sha256(told.encode()).hexdigest(), 16) % 9000

    @property
    def lines(self) -> list[tuple[int, Pupil]]:
        """Everybody with the number of their line."""
        return list(enumerate(self.pupils, start=1))

    @property
    def numbered_routes(self) -> list[tuple[int, Route]]:
        """The routes with their numbers."""
        return list(enumerate(self.routes, start=1))


def sheet_of(group: Group, on: date | None = None) -> Sheet:
    """The group's sheet of that day. One question."""
    pupils = Pupil.objects.filter(in_groups([group.pk], on or today())).order_by("surname", "forename", "pk")
    return Sheet(group, tuple(pupils), routes_on_paper(group.year_group))


def sheet_numbered(group: Group, number: int) -> Sheet | None:
    """The sheet of that number among those of this group's lists, today's and of before; nothing where none has it."""
    now = today()
    members = Membership.objects.filter(group=group)
    stays = Enrolment.objects.filter(pupil_id__in=members.values("pupil_id"))
    since = year_start(group.academic_year)
    days = {day for rows in (members, stays) for pair in rows.values_list("starts_on", "ends_on") for day in pair}
    changed = sorted({each for each in days if each and since <= each < now} | {now, since}, reverse=True)
    return next((found for day in changed[:LISTS] if (found := sheet_of(group, day)).number == number), None)


def routes_on_paper(year_group: int | None, on: date | None = None) -> tuple[Route, ...]:
    """What can be meant after Year 11 or after Year 13, in the order of the dated table; undecided last."""
    day, stage = on or today(), AFTER_13 if (year_group or 0) > AFTER_11 else AFTER_11
    return tuple(each for each in _meant(plan_routes(), stage) if each.is_in_force(day))


def _meant(routes: Iterable[Route], stage: int) -> list[Route]:
    return [each for each in routes if stage in each.stages and each.key not in NOT_ON_PAPER]

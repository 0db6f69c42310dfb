"""A person's own hours by kind of work: theirs alone, and their totals where they share them."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dekaan.access.models import User
from dekaan.access.queries import not_here_yet
from dekaan.core.academic_year import year_end, year_start
from dekaan.plan.models import TimeShared, TimeSpent


@dataclass(frozen=True)
class WorkKind:
    """A kind of work for careers, as the data file has it."""

    key: str
    name: str
    says: str


@cache
def work_kinds() -> dict[str, WorkKind]:
    """The kinds by key, in the file's order."""
    said = tomllib.loads(files("dekaan.plan").joinpath("data", "time.toml").read_text(encoding="utf-8"))
    return {each["key"]: WorkKind(**each) for each in said["kind"]}


def hours(minutes: int) -> str:
    """ "2 h 15 min", "45 min", "3 h"."""
    whole, rest = divmod(minutes, 60)
    return " ".join([f"{whole} h"] * bool(whole) + [f"{rest} min"] * bool(rest or not whole))


@dataclass(frozen=True)
class Totals:
    """Minutes of one person in one year by kind of work, and in how many weeks anything was noted."""

    minutes: dict[str, int]
    weeks: int

    @property
    def all(self) -> int:
        """All minutes."""
        return sum(self.minutes.values())

    @property
    def lines(self) -> list[tuple[str, str, int]]:
        """Each kind with its hours and its share in whole per cent."""
        return [
            (kind.name, hours(self.minutes[key]), self.minutes[key] * 100 // self.all)
            for key, kind in work_kinds().items()
            if self.minutes.get(key)
        ]

    @property
    def in_all(self) -> str:
        """All hours, in words."""
        return hours(self.all)

    @property
    def a_week(self) -> str:
        """Hours a week, of the weeks in which anything was noted."""
        return hours(round(self.all / self.weeks)) if self.weeks else ""


def _totals(rows: Iterable[TimeSpent]) -> Totals:
    minutes: dict[str, int] = defaultdict(int)
    weeks = set()
    for each in rows:
        minutes[each.kind] += each.minutes
        weeks.add(each.spent_on.isocalendar()[:2])
    return Totals(dict(minutes), len(weeks))


def own_time(user: User, academic_year: int) -> list[TimeSpent]:
    """What the person noted in that year at the school, the latest first."""
    of_year = (year_start(academic_year), year_end(academic_year))
    return list(TimeSpent.objects.filter(user=user, spent_on__range=of_year))


def own_totals(user: User, academic_year: int) -> Totals:
    """Their totals."""
    return _totals(own_time(user, academic_year))


def shared_since(user: User) -> TimeShared | None:
    """Since when the person shares their totals; None where they do not."""
    return TimeShared.objects.filter(user=user).first()


def shared_totals(school_id: int, academic_year: int) -> list[tuple[str, Totals]]:
    """The totals of those who share them, by name; whoever does not is not there."""
    sharing = TimeShared.objects.select_related("user").order_by("user__name", "pk")
    people = {each.user_id: each.user for each in sharing}
    of_year = (year_start(academic_year), year_end(academic_year))
    rows: dict[int, list[TimeSpent]] = defaultdict(list)
    for each in TimeSpent.objects.filter(user_id__in=people, spent_on__range=of_year):
        rows[each.user_id].append(each)
    called = not_here_yet(school_id)
    return [(called.get(pk, user.name), _totals(rows[pk])) for pk, user in people.items()]

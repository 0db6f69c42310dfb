"""What closing a gap would cost: money, lesson time and cover, each with where the figure comes from.

There is no official cost of anything (the domain paper says: ask the school). A figure is what the school said of the
kind of activity, else what it came to here last year; else it is not said, and the sum says how many are not in it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Avg

from dekaan.benchmarks.queries.closing import Closing
from dekaan.budget.models import STANDING, Spend, UsualCost
from dekaan.budget.money import Money
from dekaan.core.academic_year import academic_year_of, today, year_end, year_start
from dekaan.frameworks.queries import activity_types
from dekaan.programme.models import Session

OWN, LAST_YEAR = "as the school says", "as it came to last year"


@dataclass(frozen=True)
class Known:
    """A figure for one session, and where it comes from; None where nobody knows."""

    number: int | None
    source: str = ""


@dataclass(frozen=True)
class Costs:
    """What a session of a kind of activity costs and takes."""

    money: Known
    minutes: Known
    cover: Known


@dataclass(frozen=True)
class CostLine:
    """Sessions of a kind that would close part of a gap, and what they would cost."""

    kind: str
    whom: str
    times: int
    pupils: int
    costs: Costs

    @property
    def money(self) -> Money | None:
        """For all the sessions."""
        return None if self.costs.money.number is None else Money(self.costs.money.number * self.times)

    @property
    def lesson_minutes(self) -> int | None:
        """Minutes that pupils are out of lessons, all pupils together; at most, where a session is put on several times."""
        return None if self.costs.minutes.number is None else self.costs.minutes.number * self.pupils * self.repeats

    @property
    def repeats(self) -> int:
        """How often each pupil goes: a meeting of one's own once, another session each time that it is put on."""
        return 1 if self.whom == ONE_EACH else self.times

    @property
    def lesson_time(self) -> str:
        """In hours and minutes."""
        return "" if self.lesson_minutes is None else in_hours(self.lesson_minutes)

    @property
    def cover(self) -> int | None:
        """Lessons of colleagues to be covered."""
        return None if self.costs.cover.number is None else self.costs.cover.number * self.times


ONE_EACH = "one each"


@dataclass(frozen=True)
class CostOfGap:
    """What closing the rest of a gap would cost."""

    lines: list[CostLine]

    @property
    def money(self) -> Money:
        """As far as it is known."""
        return Money(sum(each.money.pence for each in self.lines if each.money))

    @property
    def lesson_time(self) -> str:
        """As far as it is known."""
        return in_hours(sum(each.lesson_minutes or 0 for each in self.lines))

    @property
    def cover(self) -> int:
        """As far as it is known."""
        return sum(each.cover or 0 for each in self.lines)

    @property
    def not_said(self) -> list[str]:
        """What is not in the sums: kinds without a figure, by what is missing."""
        found = []
        for name, missing in (
            ("money", [each.kind for each in self.lines if each.money is None]),
            ("lesson time", [each.kind for each in self.lines if each.lesson_minutes is None]),
            ("cover", [each.kind for each in self.lines if each.cover is None]),
        ):
            if missing:
                found.append(f"{name} of {', '.join(dict.fromkeys(missing))}")
        return found


def in_hours(minutes: int) -> str:
    """ "41 hours 40 minutes"."""
    hours, rest = divmod(minutes, 60)
    said = [f"{hours:,} hour{'' if hours == 1 else 's'}"] if hours else []
    return " ".join([*said, f"{rest} minutes"] if rest or not hours else said)


def usual_costs() -> dict[str, UsualCost]:
    """What the school said, by kind of activity."""
    return {each.activity_type: each for each in UsualCost.objects.all()}


def costs_by_kind() -> dict[str, Costs]:
    """What a session of each kind costs and takes here, in three statements."""
    own, spent, minutes = usual_costs(), _spent_last_year(), _minutes_last_year()
    found = {}
    for key in activity_types():
        said = own.get(key)
        figures = said.figures if said else {"pence": None, "minutes": None, "cover": None}
        found[key] = Costs(
            _known(figures["pence"], spent.get(key)),
            _known(figures["minutes"], minutes.get(key)),
            _known(figures["cover"], None),
        )
    return found


def _known(own: int | None, last_year: int | None) -> Known:
    if own is not None:
        return Known(own, OWN)
    return Known(None) if last_year is None else Known(last_year, LAST_YEAR)


def _last_year() -> dict[str, object]:
    year = academic_year_of(today()) - 1
    return {"held_on__gte": year_start(year), "held_on__lte": year_end(year)}


def _spent_last_year() -> dict[str, int]:
    """Kind of activity → what a session of it cost last year on average: of those on which a spend was entered."""
    rows = Spend.objects.filter(STANDING, state=Spend.State.PAID, session__isnull=False).select_related(
        "session__activity"
    )
    of_year = {f"session__{name}": day for name, day in _last_year().items()}
    cost: dict[str, int] = defaultdict(int)
    held: dict[str, set[int]] = defaultdict(set)
    for each in rows.filter(**of_year):
        assert each.session is not None
        kind = each.session.activity.activity_type
        cost[kind] += each.signed
        held[kind].add(each.session.pk)
    return {kind: max(0, round(pence / len(held[kind]))) for kind, pence in cost.items()}


def _minutes_last_year() -> dict[str, int]:
    rows = Session.objects.filter(recorded_at__isnull=False, minutes__isnull=False, **_last_year()).order_by()
    found = rows.values_list("activity__activity_type").annotate(long=Avg("minutes"))
    return {kind: round(long) for kind, long in found}


def cost_of(page: Closing) -> CostOfGap:
    """What the sessions that a gap's page suggests would cost, and the guidance meetings that nobody has in a group."""
    known = costs_by_kind()
    lines = [
        CostLine(each.kinds[0].name, f"Year {each.year_group}", each.times, len(each.pupils), known[each.kinds[0].key])
        for each in page.suggested
    ]
    return CostOfGap([*lines, *_meetings(page, known)])


def _meetings(page: Closing, known: dict[str, Costs]) -> Iterable[CostLine]:
    kind = next((each for each in activity_types().values() if each.needs_qualified_adviser), None)
    if kind and page.meetings:
        yield CostLine(kind.name, ONE_EACH, len(page.meetings), len(page.meetings), known[kind.key])

"""When a provider could come: the times that are usually free, less what is on the calendar or planned already."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, time, timedelta
from typing import Any

from dekaan.core.academic_year import academic_year_of
from dekaan.programme.models import Session
from dekaan.programme.queries import in_the_way, sessions, year_groups_called
from dekaan.provider_requests.models import FreeTime
from dekaan.provider_requests.queries.clock import WorkingDays
from dekaan.provider_requests.wording import day_in_words, times_in_words, years_in_words

WEEKS_LOOKED_AT = 8
MOST = 8
MOST_TAKEN = 6


@dataclass(frozen=True)
class Slot:
    """A time on a day, for those of the asked year groups whom the school can receive a provider with."""

    day: date
    starts_at: time
    minutes: int
    name: str
    place: str
    year_groups: tuple[int, ...]

    @property
    def key(self) -> str:
        """What tells it from the others on the list."""
        return f"{self.day:%Y-%m-%d}T{self.starts_at:%H:%M}-{'-'.join(map(str, self.year_groups))}"

    @property
    def words(self) -> str:
        """ "Tuesday 20 April 2027, 09:00 to 09:40: assembly, Year 9, Main hall"."""
        said = [self.name, years_in_words(self.year_groups), self.place]
        when = f"{day_in_words(self.day)}, {times_in_words(self.starts_at, self.minutes)}"
        return f"{when}: {', '.join(each for each in said if each)}"

    def as_kept(self) -> dict[str, Any]:
        """As a reply keeps it."""
        return asdict(self) | {"day": f"{self.day}", "starts_at": f"{self.starts_at:%H:%M}"}

    @classmethod
    def from_kept(cls, said: dict[str, Any]) -> "Slot":
        """The slot that a reply kept."""
        times = {"day": date.fromisoformat(said["day"]), "starts_at": time.fromisoformat(said["starts_at"])}
        return cls(**{**said, **times, "year_groups": tuple(said["year_groups"])})


@dataclass(frozen=True)
class Taken:
    """A usual time that is not free on a day, and what it is taken by."""

    day: date
    name: str
    by: str


@dataclass(frozen=True)
class Free:
    """The slots that may be offered, soonest first; and the usual times that are taken before the last of them."""

    slots: tuple[Slot, ...]
    taken: tuple[Taken, ...]
    since: date
    until: date
    by_usual_dates: tuple[int, ...] = ()  # the academic years whose term dates nobody has entered


def free_slots(year_groups: Collection[int], times: Iterable[FreeTime], *, since: date, working: WorkingDays) -> Free:
    """In the eight weeks that begin on a day, for those year groups: what is free, as the programme and calendar stand."""
    until, times = since + timedelta(weeks=WEEKS_LOOKED_AT) - timedelta(days=1), list(times)
    planned = list(sessions().filter(held_on__gte=since, held_on__lte=until, cancelled_at=None)) if times else []
    called: dict[int, Collection[int]] = {}
    for year in {academic_year_of(each.held_on) for each in planned}:
        called |= year_groups_called([each for each in planned if academic_year_of(each.held_on) == year], year)
    slots, taken = list[Slot](), list[Taken]()
    for number in range((until - since).days + 1):
        day = since + timedelta(days=number)
        on_the_day = [each for each in planned if each.held_on == day]
        for each in times:
            wanted = tuple(sorted(set(each.year_groups) & set(year_groups)))
            if each.weekday != day.isoweekday() or not wanted or len(slots) >= MOST:
                continue
            slot = Slot(day, each.starts_at, each.minutes, each.name, each.place, wanted)
            by = _taken_by(slot, on_the_day, called, working)
            if by:
                taken.append(Taken(day, each.name, by))
            else:
                slots.append(slot)
    years = sorted({academic_year_of(each.day) for each in slots})
    usual = tuple(each for each in years if not working.calendar(each).are_entered)
    return Free(tuple(slots), tuple(taken[:MOST_TAKEN]), since, until, usual)


def in_the_way_of(slot: Slot, working: WorkingDays) -> str:
    """What the time is taken by as the programme and calendar stand now; empty where it is free."""
    on_the_day = list(sessions().filter(held_on=slot.day, cancelled_at=None))
    called = year_groups_called(on_the_day, academic_year_of(slot.day)) if on_the_day else {}
    return _taken_by(slot, on_the_day, called, working)


def _taken_by(
    slot: Slot, on_the_day: list[Session], called: Mapping[int, Collection[int]], working: WorkingDays
) -> str:
    kept_free = working.calendar(academic_year_of(slot.day)).keeps_free(slot.day, slot.year_groups)
    if kept_free:
        return kept_free
    for session in in_the_way(on_the_day, starts_at=slot.starts_at, minutes=slot.minutes):
        if not set(called.get(session.pk, ())).isdisjoint(slot.year_groups):
            return session.title
        if slot.place and session.place.strip().casefold() == slot.place.strip().casefold():
            return f"{session.title}, in {session.place.strip()}"
    return ""

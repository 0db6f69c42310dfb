"""How groups go round, and the grid of a day."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from dekaan.programme.models import Activity, Audience, Carousel, Session, Visit


def rotation(groups: int, stations: int, slots: int) -> list[tuple[int, int, int]]:
    """(slot, group, station) of every visit: nobody is in two places at once, no station has two groups, none comes twice.

    With as many slots as `slots_needed`, every group is everywhere.
    """
    around = slots_needed(groups, stations)
    return [
        (slot, group, station)
        for slot in range(min(slots, around))
        for group in range(groups)
        if (station := (group + slot) % around) < stations
    ]


def slots_needed(groups: int, stations: int) -> int:
    """How many slots it takes until every group has been everywhere."""
    return max(groups, stations)


def rotation_in_words(groups: int, stations: int, slots: int) -> str:
    """What comes of those numbers, where it is not simply that every group is everywhere once."""
    needed = slots_needed(groups, stations)
    if slots < needed:
        if groups <= stations:
            return (
                f"There are fewer slots ({slots}) than stations ({stations}), so each group is at {slots} of the "
                f"{stations}. {needed} slots would take every group everywhere."
            )
        return (
            f"With {slots} slots not every group is everywhere: {groups} groups at {stations} stations take {needed}. "
            "Groups wait in turn."
        )
    said = "Every group is everywhere once."
    if groups > stations:
        said += f" There are more groups than stations, so {groups - stations} wait in each slot."
    if slots > needed:
        said += f" The last {slots - needed} of the slots {'is' if slots - needed == 1 else 'are'} not needed."
    return said


@dataclass(frozen=True)
class GridRow:
    """A group (or a station), and in each slot its visit, or none."""

    name: str
    place: str
    visits: tuple[Visit | None, ...]


@dataclass(frozen=True)
class Grid:
    """A carousel's day by group and by station."""

    carousel: Carousel
    visits: tuple[Visit, ...]

    @property
    def slots(self) -> list[tuple[str, str]]:
        """From and to of each slot."""
        return [(first, last) for first, last in self.carousel.slots]

    @property
    def by_group(self) -> list[GridRow]:
        """Where each group is, slot by slot."""
        return [self._row(name, "", "group", number) for number, name in enumerate(self.carousel.groups)]

    @property
    def by_station(self) -> list[GridRow]:
        """Who is at each station, slot by slot."""
        return [self._row(what, place, "station", each) for each, (what, place) in enumerate(self.carousel.stations)]

    def _row(self, name: str, place: str, side: str, number: int) -> GridRow:
        at = {each.slot: each for each in self.visits if getattr(each, side) == number}
        return GridRow(name, place, tuple(at.get(slot) for slot in range(len(self.carousel.slots))))

    @property
    def is_recorded(self) -> bool:
        """Whether every visit that is on is recorded."""
        on = [each.session for each in self.visits if each.session.cancelled_at is None]
        return bool(on) and all(each.has_happened for each in on)


def grid(carousel: Carousel, visible: QuerySet[Session]) -> Grid:
    """The day as far as the sessions may be seen: two statements."""
    visits = list(
        carousel.visits.filter(session__in=visible.order_by().values("pk")).select_related("session__activity")
    )
    for each in visits:
        each.words = _words(carousel, each)  # type: ignore[attr-defined]
    return Grid(carousel, tuple(visits))


def _words(carousel: Carousel, visit: Visit) -> dict[str, Any]:
    what, place = carousel.stations[visit.station]
    return {"group": carousel.groups[visit.group], "what": what, "place": place}


def carousels() -> list[Carousel]:
    """Every carousel, the latest day first."""
    return list(Carousel.objects.all())


def activity_called(title: str) -> Activity | None:
    """The activity for pupils of that title, the latest; None where the programme has none."""
    return Activity.objects.filter(title__iexact=title, audience=Audience.PUPILS).order_by("-pk").first()


def stations_of(carousel: Carousel) -> list[tuple[str, str, Activity | None]]:
    """What and where each station was, and its activity; None where no visit of it is left."""
    visits = carousel.visits.select_related("session__activity")
    activities = {each.station: each.session.activity for each in visits}
    return [(what, place, activities.get(each)) for each, (what, place) in enumerate(carousel.stations)]

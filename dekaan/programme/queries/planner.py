"""The planner: how many sessions each year group has in each half-term towards each benchmark, and where none are."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from dekaan.core.academic_year import academic_year_of, today, year_end, year_start
from dekaan.frameworks.queries import Benchmark, Framework, benchmarks_in_force, criterion, ids_of
from dekaan.people.queries import year_groups
from dekaan.programme.models import Audience, Session, Visit
from dekaan.programme.queries.calling import year_groups_called
from dekaan.programme.queries.occasions import benchmarks_mask
from dekaan.schools.models import CalendarEntry
from dekaan.schools.queries import Calendar, HalfTerm, calendar

SATURDAY = 5

# (year group, benchmark, half-term or the year) → what is counted once → whether any of it was held
Counted = dict[tuple[int, str, int | None], dict[tuple[int, ...], bool]]


@dataclass(frozen=True)
class Cell:
    """The sessions of a year group in a half-term (or the whole year) towards a benchmark."""

    half_term: HalfTerm | None
    held: int
    to_come: int
    is_asked: bool  # whether the benchmark asks anything of that year group

    @property
    def count(self) -> int:
        """Held and to come."""
        return self.held + self.to_come

    @property
    def words(self) -> str:
        """ "2 held, 1 to come", "none", or that the benchmark asks nothing here."""
        said = [f"{self.held} held"] if self.held else []
        said += [f"{self.to_come} to come"] if self.to_come else []
        return ", ".join(said) or ("none" if self.is_asked else "none, and nothing is asked of this year group")

    @property
    def tone(self) -> int:
        """How deep its colour is."""
        return min(2 * self.count, 7)


@dataclass(frozen=True)
class PlannerRow:
    """A benchmark of a year group: a cell for each half-term, and the year."""

    benchmark: Benchmark
    cells: tuple[Cell, ...]
    year: Cell


@dataclass(frozen=True)
class PlannerGroup:
    """A year group's rows."""

    year_group: int
    rows: tuple[PlannerRow, ...]


@dataclass(frozen=True)
class Gap:
    """A benchmark that asks something of year groups that have nothing towards it all year."""

    benchmark: Benchmark
    year_groups: tuple[int, ...]

    @property
    def words(self) -> str:
        """ "Year 7, Year 8"."""
        return ", ".join(f"Year {each}" for each in self.year_groups)


@dataclass(frozen=True)
class Planner:
    """A year's programme against the benchmarks in force in it."""

    academic_year: int
    framework: Framework
    half_terms: tuple[HalfTerm, ...]
    groups: tuple[PlannerGroup, ...]
    calendar: Calendar
    elsewhere: tuple[Benchmark, ...]  # what does not rest on sessions

    @property
    def gaps(self) -> list[Gap]:
        """What has nothing all year, benchmark by benchmark."""
        bare: dict[Benchmark, list[int]] = {}
        for group in self.groups:
            for row in group.rows:
                if row.year.is_asked and not row.year.count:
                    bare.setdefault(row.benchmark, []).append(group.year_group)
        return [Gap(each, tuple(found)) for each, found in sorted(bare.items(), key=lambda pair: pair[0].number)]

    def entries(self) -> list[tuple[HalfTerm, list[CalendarEntry]]]:
        """What is on the school's calendar in each half-term that has anything, but for the breaks."""
        found = [(each, self.calendar.between(each.starts_on, last_day(each))) for each in self.half_terms]
        return [(each, entries) for each, entries in found if entries]


def first_day(half_term: HalfTerm) -> date:
    """Its first school day: a half-term begins on the weekend after a holiday."""
    day = half_term.starts_on
    return day if day.weekday() < SATURDAY else day + timedelta(days=7 - day.weekday())


def last_day(half_term: HalfTerm) -> date:
    """Its last school day: it ends where the next holiday begins."""
    day = half_term.ends_on - timedelta(days=1)
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def half_term_of(day: date, among: Iterable[HalfTerm]) -> HalfTerm | None:
    """The half-term that the day lies in; of a day in a holiday the one before it."""
    begun = [each for each in among if each.starts_on <= day]
    return begun[-1] if begun else None


def benchmarks_of(session: Session, framework: Framework) -> set[str]:
    """The numbers of the framework's benchmarks that the session counts towards, the adviser's qualification apart."""
    found = (criterion(each) for each in ids_of(benchmarks_mask(session)))
    return {each.benchmark for each in found if each and each.framework == framework.key}


def is_asked_of(benchmark: Benchmark, year_group: int) -> bool:
    """Whether one of its counted criteria is judged, or begins to count, in that year group."""
    return any(
        each.from_year <= year_group <= each.to_year for counted in benchmark.counted for each in counted.expectations
    )


def rows_of_school(academic_year: int) -> list[int]:
    """The year groups that the school has that year; those of now where the year's pupils are not known yet."""
    return year_groups(academic_year) or year_groups(academic_year_of(today()))


def in_programme(visible: QuerySet[Session], academic_year: int) -> list[Session]:
    """The year's sessions for pupils that are on or were held; catch-ups make up for others and are not counted."""
    within = visible.filter(
        held_on__gte=year_start(academic_year),
        held_on__lte=year_end(academic_year),
        cancelled_at__isnull=True,
        catches_up__isnull=True,
        activity__audience=Audience.PUPILS,
    )
    return list(within)


def planner(visible: QuerySet[Session], academic_year: int) -> Planner:
    """Those of the sessions that are of the year, counted: a fixed number of statements, however many they are.

    A station of a carousel is one session of each year group that goes round, whichever group is at it when.
    """
    dates, framework = calendar(academic_year), benchmarks_in_force(year_start(academic_year))
    half_terms = dates.half_terms(academic_year)
    listed = in_programme(visible, academic_year)
    called = year_groups_called(listed, academic_year)
    stations = _stations(listed)
    counted: Counted = defaultdict(dict)
    for session in listed:
        half_term = half_term_of(session.held_on, half_terms)
        numbers, one = benchmarks_of(session, framework), stations.get(session.pk, (session.pk,))
        for year_group in called[session.pk]:
            for number in numbers:
                for where in {half_term.number if half_term else None, None}:
                    found = counted[year_group, number, where]
                    found[one] = found.get(one, False) or session.has_begun
    shown = [each for each in framework.benchmarks if each.counted]
    rows = sorted(set(rows_of_school(academic_year)).union(*called.values()))
    return Planner(
        academic_year,
        framework,
        tuple(half_terms),
        tuple(PlannerGroup(each, _rows(each, shown, half_terms, counted)) for each in rows),
        dates,
        tuple(each for each in framework.benchmarks if not each.counted),
    )


def _stations(listed: list[Session]) -> dict[int, tuple[int, int]]:
    """Session → (carousel, station), for those that are a group's turn at one."""
    visits = Visit.objects.filter(session__in=[each.pk for each in listed]).order_by()
    return {pk: (carousel, station) for pk, carousel, station in visits.values_list("session", "carousel", "station")}


def _rows(
    year_group: int, shown: Collection[Benchmark], half_terms: Collection[HalfTerm], counted: Counted
) -> tuple[PlannerRow, ...]:
    def cell(benchmark: Benchmark, half_term: HalfTerm | None) -> Cell:
        begun = counted[year_group, benchmark.number, half_term.number if half_term else None].values()
        held = sum(begun)
        return Cell(half_term, held, len(begun) - held, is_asked_of(benchmark, year_group))

    return tuple(
        PlannerRow(benchmark, tuple(cell(benchmark, each) for each in half_terms), cell(benchmark, None))
        for benchmark in shown
    )


def sessions_of_cell(
    visible: QuerySet[Session], academic_year: int, year_group: int, half_term: HalfTerm | None, benchmark: str
) -> list[Session]:
    """The sessions that a cell counts; of every benchmark where none is given, of the year where no half-term is."""
    dates, framework = calendar(academic_year), benchmarks_in_force(year_start(academic_year))
    half_terms = dates.half_terms(academic_year)
    listed = in_programme(visible, academic_year)
    called = year_groups_called(listed, academic_year)
    return [
        each
        for each in listed
        if year_group in called[each.pk]
        and (half_term is None or half_term_of(each.held_on, half_terms) == half_term)
        and (not benchmark or benchmark in benchmarks_of(each, framework))
    ]


def counted_once(listed: list[Session]) -> list[list[Session]]:
    """The sessions as the planner counts them: a station of a carousel is one, with the turn of each group at it."""
    stations, found = _stations(listed), dict[tuple[int, ...], list[Session]]()
    for each in listed:
        found.setdefault(stations.get(each.pk, (each.pk,)), []).append(each)
    return list(found.values())


def taken_up_by(session: Session) -> list[str]:
    """What the school's calendar says of the session's day for those whom it invites, in words; a sentence, no refusal."""
    year = academic_year_of(session.held_on)
    dates = calendar(year)
    called = year_groups_called([session], year)[session.pk]
    found = [each.words for each in dates.on(session.held_on, called)]
    found = found or [each for each in [dates.shut(session.held_on)] if each]
    return [*found, f"{session.held_on:%A}, no school day"] if session.held_on.weekday() >= SATURDAY else found

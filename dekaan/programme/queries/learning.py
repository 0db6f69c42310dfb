"""What activities teach, and which year groups are taught what: the learning areas and the school's own outcomes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from dekaan.core.academic_year import today, year_end, year_start
from dekaan.frameworks.queries import LearningArea, learning_area, present_learning_areas
from dekaan.people.models import YearRecord
from dekaan.people.queries import year_groups
from dekaan.programme.models import Activity, Invitation, Learning, LearningOutcome, Session


@dataclass(frozen=True)
class Taught:
    """What an activity is meant to teach: areas in force, outcomes, and areas of a framework that was repealed."""

    areas: tuple[LearningArea, ...]
    outcomes: tuple[LearningOutcome, ...]
    repealed: tuple[LearningArea, ...]

    def __bool__(self) -> bool:
        return bool(self.areas or self.outcomes or self.repealed)


def taught_by(activity: Activity) -> Taught:
    """What the activity is meant to teach."""
    rows = list(activity.learning.select_related("outcome"))
    known = [area for row in rows if row.area and (area := learning_area(row.area))]
    areas = sorted(known, key=lambda area: area.place)
    return Taught(
        areas=tuple(area for area in areas if area.is_in_force(today())),
        outcomes=tuple(
            sorted((row.outcome for row in rows if row.outcome), key=lambda each: (each.first_year, each.words))
        ),
        repealed=tuple(area for area in areas if not area.is_in_force(today())),
    )


def outcomes_on_offer() -> QuerySet[LearningOutcome]:
    """The outcomes that can be chosen for an activity."""
    return LearningOutcome.objects.filter(retired_on__isnull=True)


def tagged_to_repealed(among: QuerySet[Activity]) -> list[Activity]:
    """Those of the activities that are tagged to an area of a repealed framework, by title."""
    present = [area.key for area in present_learning_areas(today())]
    rows = Learning.objects.filter(~Q(area=""), ~Q(area__in=present))
    return list(among.filter(pk__in=rows.values("activity_id")))


@dataclass(frozen=True)
class Cell:
    """How many activities of the year teach it to a year group; `is_asked` where it is meant for that year group."""

    year_group: int
    activities: int
    is_asked: bool

    @property
    def is_gap(self) -> bool:
        """Whether it is meant for the year group and nothing teaches it."""
        return self.is_asked and not self.activities


@dataclass(frozen=True)
class CoverageRow:
    """An area or an outcome, and a cell for each year group."""

    key: str
    title: str
    says: str
    cells: tuple[Cell, ...]

    @property
    def gaps(self) -> tuple[int, ...]:
        """The year groups that it is meant for and that nothing teaches it."""
        return tuple(cell.year_group for cell in self.cells if cell.is_gap)


@dataclass(frozen=True)
class Coverage:
    """What is taught to whom in a year: areas and outcomes by year group, and the activities behind each cell."""

    year_groups: tuple[int, ...]
    areas: tuple[CoverageRow, ...]
    outcomes: tuple[CoverageRow, ...]
    behind: dict[tuple[str, int], frozenset[int]]


def coverage_of_learning(academic_year: int, visible: QuerySet[Session]) -> Coverage:
    """Which of these sessions' activities, planned or held in the year, teach each area and outcome to whom.

    An activity reaches a year group when a session that is not off invites the year group, a group of it, or pupils of
    it by name.
    """
    of_year = visible.filter(
        held_on__gte=year_start(academic_year), held_on__lte=year_end(academic_year), cancelled_at__isnull=True
    )
    reached = _reached(academic_year, of_year)
    behind: dict[tuple[str, int], set[int]] = defaultdict(set)
    rows = Learning.objects.filter(activity__in=list(reached)).order_by()
    for activity, area, outcome in rows.values_list("activity_id", "area", "outcome_id"):
        for year_group in reached[activity]:
            behind[area or str(outcome), year_group].add(activity)
    groups = tuple(year_groups(academic_year))
    outcomes = [
        each for each in LearningOutcome.objects.all() if not each.retired_on or _is_behind(behind, each, groups)
    ]
    return Coverage(
        year_groups=groups,
        areas=tuple(
            CoverageRow(area.key, area.title, area.says, _cells(behind, area.key, groups, groups))
            for area in present_learning_areas(today())
        ),
        outcomes=tuple(
            CoverageRow(
                str(each.pk),
                each.words,
                each.years + (", retired" if each.retired_on else ""),
                _cells(
                    behind, str(each.pk), groups, () if each.retired_on else range(each.first_year, each.last_year + 1)
                ),
            )
            for each in outcomes
        ),
        behind={key: frozenset(found) for key, found in behind.items()},
    )


def _is_behind(behind: dict[tuple[str, int], set[int]], outcome: LearningOutcome, groups: Sequence[int]) -> bool:
    return any((str(outcome.pk), year_group) in behind for year_group in groups)


def _cells(
    behind: dict[tuple[str, int], set[int]], key: str, groups: Sequence[int], asked: Iterable[int]
) -> tuple[Cell, ...]:
    wanted = set(asked)
    return tuple(Cell(each, len(behind.get((key, each), ())), each in wanted) for each in groups)


def _reached(academic_year: int, of_year: QuerySet[Session]) -> dict[int, set[int]]:
    """Activities (ids) and the year groups that they reach."""
    record = YearRecord.objects.filter(academic_year=academic_year, pupil=OuterRef("pupil_id"))
    rows = (
        Invitation.objects.filter(session__in=of_year.order_by().values("pk"))
        .order_by()
        .annotate(of_pupil=Subquery(record.values("year_group")[:1]))
        .values_list("session__activity_id", "year_group", "group__year_group", "of_pupil")
        .distinct()
    )
    found: dict[int, set[int]] = defaultdict(set)
    for activity, *years in rows:
        found[activity] |= {year for year in years if year is not None}
    return found


@dataclass(frozen=True)
class OutcomeRow:
    """An outcome of the school's list, and how many activities are tagged to it."""

    outcome: LearningOutcome
    activities: int


def outcome_rows() -> list[OutcomeRow]:
    """The school's whole list, those in use first."""
    found = LearningOutcome.objects.annotate(used=Count("learning"))
    rows = [OutcomeRow(each, each.used) for each in found]
    return sorted(rows, key=lambda row: row.outcome.retired_on is not None)

"""Reach: who has had what by year group, and hours in workplaces."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from dekaan.frameworks.queries import Framework, bit_of, criterion
from dekaan.measures.queries import Figure, coverage, places_to_hide, released
from dekaan.participation.queries import live
from dekaan.people.models import YearRecord
from dekaan.reports.queries.picture import in_words
from dekaan.reports.queries.sections import Section, Table, counted
from dekaan.schools.models import School

HOURS = "hours"  # what the frozen figures call them
HIDDEN = "hidden"
NOBODY = "No pupil is counted yet, so there is nothing to show."
WHAT_IT_IS = (
    "What is judged in several year groups. Below each share stands how many pupils of how many; after a plus, of how many "
    "it is unknown. What is judged by the end of one year group alone stands in the table before."
)


@dataclass(frozen=True)
class Hours:
    """Of one year group: hours in workplaces this year, how many pupils had any, of how many; None where hidden."""

    year_group: int
    hours: int | None
    pupils: int | None
    of: int | None
    is_at_least: bool = False

    @property
    def words(self) -> str:
        """As a cell of the table says it."""
        if self.hours is None:
            return HIDDEN
        if not self.pupils:
            return "none"
        return f"{'at least ' if self.is_at_least else ''}{self.hours} h\n{self.pupils}/{self.of}"


def reach(school: School, year: int, on: date, of: Framework) -> Section:
    """By year group, everything that is judged in several of them, and hours in workplaces."""
    exact = coverage(school.pk, year, of, breakdown="year-group")
    figures = released(exact)
    sizes = sizes_of(exact)
    groups = sorted(sizes)
    hours = hours_in_workplaces(year, on, of, sizes)
    rows = _rows(figures, groups)
    if groups:
        by_group = {each.year_group: each for each in hours}
        rows.append(("Hours in workplaces this year", *(by_group[each].words for each in groups)))
    head = ("What must be true", *(f"Year {each}" for each in groups))
    return Section(
        key="reach",
        title="Who was reached, year group by year group",
        says=[WHAT_IT_IS if groups else NOBODY],
        tables=[Table("By year group", head, (3, *(2 for _ in groups)), rows)] if groups else [],
        note="Pupils on roll, from the ledger of who took part (Benchmarks, then the criterion and its year groups). Hours: "
        "recorded lengths of what counts as an experience of a workplace.",
        figures=[*figures, *_frozen(school, year, hours)],
    )


def sizes_of(exact: Iterable[Figure]) -> dict[int, int]:
    """Pupils of each year group that has any, by the exact figures of its criteria."""
    sizes: dict[int, int] = defaultdict(int)
    for figure in exact:
        sizes[int(figure.value)] = max(sizes[int(figure.value)], figure.of or 0)
    return {each: size for each, size in sizes.items() if size}


def _rows(figures: Sequence[Figure], groups: Sequence[int]) -> list[tuple[str, ...]]:
    by_criterion: dict[str, dict[int, Figure]] = defaultdict(dict)
    for figure in figures:
        if figure.of != 0:
            by_criterion[figure.criterion][int(figure.value)] = figure
    return [
        (about.title, *(_cell(found.get(each)) for each in groups))
        for key, found in by_criterion.items()
        if len(found) > 1 and (about := criterion(key))
    ]


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return "–"
    if figure.hidden:
        return HIDDEN
    unknown = f" + {figure.unknown}" if figure.unknown else ""
    return f"{in_words(figure)['share']}\n{figure.met}/{figure.of}{unknown}"


def hours_in_workplaces(year: int, on: date, of: Framework, sizes: dict[int, int]) -> list[Hours]:
    """Of each year group; hidden where a number of pupils from 1 to 5 would be told or follow."""
    mask = sum(bit_of(each.id) for each in of.counted if each.is_of_workplaces)
    rows = live().filter(counts=1, academic_year=year, happened_on__lte=on, pupil__isnull=False).order_by()
    found = list(
        rows.annotate(asked=F("criteria").bitand(mask)).exclude(asked=0).values_list("pupil_id", "minutes")
        if mask
        else ()
    )
    group_of = _year_groups(year, {pupil for pupil, _ in found})
    minutes: dict[int, list[int | None]] = defaultdict(list)
    pupils: dict[int, set[int]] = defaultdict(set)
    for pupil, length in found:
        if pupil in group_of:
            minutes[group_of[pupil]].append(length)
            pupils[group_of[pupil]].add(pupil)
    groups = sorted(sizes)
    numbers = [
        (max(sizes[each], len(pupils[each])), len(pupils[each]), max(0, sizes[each] - len(pupils[each])))
        for each in groups
    ]
    hidden = places_to_hide([str(each) for each in groups], numbers)
    return [
        Hours(each, None, None, None)
        if place in hidden
        else Hours(
            each,
            sum(length or 0 for length in minutes[each]) // 60,
            len(pupils[each]),
            numbers[place][0],
            None in minutes[each],
        )
        for place, each in enumerate(groups)
    ]


def _year_groups(year: int, pupils: Iterable[int]) -> dict[int, int]:
    if not pupils:
        return {}
    records = YearRecord.objects.filter(academic_year=year, pupil_id__in=pupils).order_by()
    return dict(records.values_list("pupil_id", "year_group"))


def _frozen(school: School, year: int, hours: Iterable[Hours]) -> list[Figure]:
    return [
        counted(
            HOURS,
            what,
            year,
            school_id=school.pk,
            breakdown="year-group",
            value=str(each.year_group),
            met=met,
            of=each.of,
            unknown=None if each.of is None else 0,
        )
        for each in hours
        for what, met in (("pupils-in-workplaces", each.pupils), ("hours-in-workplaces", each.hours))
    ]

"""Leavers of a year: who they are, what is said of them, and what it comes to."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from dekaan.core.academic_year import months_after, year_end, year_start
from dekaan.core.folding import folded
from dekaan.destinations.models import Ruling, Statement
from dekaan.destinations.queries.judging import Judgement, judged
from dekaan.destinations.queries.ledger import ONE_DAY, Moment, leaving_days, leaving_year, moments_of, with_places
from dekaan.frameworks.queries import moments
from dekaan.people.models import Pupil, YearRecord

MONTHS_TO_ANSWER = 2  # in which whoever is asked where they are is reminded, called and written down
YEAR_11 = 11  # who left below it changed schools: the next school follows them


@dataclass(frozen=True)
class Leaver:
    """One leaver with what is known of them."""

    pupil: Pupil
    left_on: date
    year_group: int
    moments: tuple[Moment, ...]
    judgement: Judgement
    tutor_group: str = ""  # their last
    told_apart: str = ""  # by what, where another of that year has the same name


def leavers(academic_year: int, of: QuerySet[Pupil], on: date | None = None) -> list[Leaver]:
    """Those of them who left from Year 11 or above in that academic year and are not back, by name. Five questions."""
    first, last = year_start(academic_year) + ONE_DAY, year_end(academic_year) + ONE_DAY
    days = {pk: day for pk, day in leaving_days(on=on).items() if first <= day <= last}
    in_year = YearRecord.objects.filter(academic_year=academic_year, pupil_id__in=list(days), year_group__gte=YEAR_11)
    groups = {
        pk: (year, tutor or "")
        for pk, year, tutor in in_year.values_list("pupil_id", "year_group", "tutor_group__name")
    }
    said: dict[int, list[Statement]] = defaultdict(list)
    for statement in with_places(Statement.objects.filter(pupil_id__in=list(groups))):
        said[statement.pupil_id].append(statement)
    ruled: dict[int, list[Ruling]] = defaultdict(list)
    for ruling in Ruling.objects.filter(pupil_id__in=list(groups)):
        ruled[ruling.pupil_id].append(ruling)
    people = list(of.filter(pk__in=list(groups)).order_by("surname", "forename", "pk"))
    apart = told_apart(people)
    return [
        Leaver(
            pupil=each,
            left_on=days[each.pk],
            year_group=groups[each.pk][0],
            moments=tuple(moments_of(said[each.pk], ruled[each.pk], since=days[each.pk])),
            judgement=judged(said[each.pk], ruled[each.pk], academic_year),
            tutor_group=groups[each.pk][1],
            told_apart=apart.get(each.pk, ""),
        )
        for each in people
    ]


def followed_until(left_in: int, years: int | None = None) -> date:
    """Until when those who left in that year are followed: after the last moment, or the last within so many years.

    Permission to keep in touch and keeping their records rest on it, so that neither ends before the last question.
    """
    asked = [each for each in moments().values() if years is None or each.year <= years]
    return months_after(max(each.day_after_leaving(left_in) for each in asked), MONTHS_TO_ANSWER)


def followed_after(left: Mapping[int, date], years: int) -> dict[int, date]:
    """Pupil → until when they are followed within so many years; of those given by leaving day.

    Who left below Year 11 is not among them, since nobody asks.
    """
    followed = _old_enough(list(left))
    years_left = {pk: leaving_year(day) for pk, day in left.items()}
    return {pk: followed_until(year, years) for pk, year in years_left.items() if (pk, year) in followed}


def told_apart(people: Iterable[Pupil]) -> dict[int, str]:
    """By what somebody is told from another among them of the same name: the day of birth, else the admission number."""
    by_name: dict[str, list[Pupil]] = defaultdict(list)
    for each in people:
        by_name[folded(each.name)].append(each)
    return {
        each.pk: f"born {each.birth_date:%-d %B %Y}" if each.birth_date else f"admission number {each.admission_number}"
        for alike in by_name.values()
        for each in alike
        if len(alike) > 1 and (each.birth_date or each.admission_number)
    }


def who_left(on: date | None = None) -> dict[int, dict[int, date]]:
    """By the academic year in which they left, who left from Year 11 or above by that day and is not back, and since when."""
    old_enough = _old_enough()
    found: dict[int, dict[int, date]] = defaultdict(dict)
    for pupil_id, day in leaving_days(on=on).items():
        if (pupil_id, leaving_year(day)) in old_enough:
            found[leaving_year(day)][pupil_id] = day
    return found


def _old_enough(pupil_ids: Collection[int] | None = None) -> set[tuple[int, int]]:
    """Pupils, and the academic years in which they were in Year 11 or above."""
    records = YearRecord.objects.filter(year_group__gte=YEAR_11).order_by()
    if pupil_ids is not None:
        records = records.filter(pupil_id__in=pupil_ids)
    return set(records.values_list("pupil_id", "academic_year"))

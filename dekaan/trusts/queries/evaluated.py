"""The real Compass results that schools typed in, set by set: old and new questions are never put together."""

from collections.abc import Collection
from dataclasses import dataclass
from statistics import median

from dekaan.compass.models import RealResult
from dekaan.compass.queries import QuestionSet, question_sets
from dekaan.core.scope import working_in
from dekaan.schools.models import School
from dekaan.trusts.queries.comparing import LEAST


@dataclass(frozen=True)
class ResultsOfSet:
    """The latest results by one set, of the schools whose latest of all is by that set.

    With the median of each benchmark, where there are enough.
    """

    of: QuestionSet
    rows: tuple[tuple[School, RealResult, tuple[int | None, ...]], ...]
    medians: tuple[int | None, ...]


@dataclass(frozen=True)
class Results:
    """By set, the newest first; and the schools of which nothing is typed in."""

    sets: tuple[ResultsOfSet, ...]
    without: tuple[School, ...]


def latest_results(schools: Collection[School]) -> Results:
    """Each school's latest result, under the set by which it was. One statement."""
    with working_in(*schools):
        latest: dict[int, RealResult] = {}
        for each in RealResult.objects.order_by("completed_on", "pk"):
            latest[each.school_id] = each
    sets = [_of_set(each, schools, latest) for each in question_sets()]
    known = {each.pk for of_set in sets for each, *_ in of_set.rows}
    return Results(tuple(each for each in sets if each.rows), tuple(each for each in schools if each.pk not in known))


def _of_set(of: QuestionSet, schools: Collection[School], latest: dict[int, RealResult]) -> ResultsOfSet:
    numbers = [section.benchmark for section in of.sections]
    rows = tuple(
        (each, result, tuple(result.percentages.get(number) for number in numbers))
        for each in schools
        if (result := latest.get(each.pk)) and result.question_set == of.key
    )
    columns = list(zip(*(shares for *_, shares in rows), strict=True)) if rows else []
    return ResultsOfSet(of, rows, tuple(_median([each for each in column if each is not None]) for column in columns))


def _median(shares: list[int]) -> int | None:
    return round(median(shares)) if len(shares) >= LEAST else None

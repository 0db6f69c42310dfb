"""What pupils still need: how many more of what, for each criterion that they do not meet yet."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import QuerySet

from dekaan.frameworks.queries import registry
from dekaan.measures.definitions.rules import Counter, Rule, Term, counters
from dekaan.measures.models import PupilYear
from dekaan.measures.queries.standings import EVERYBODY, Part, number_in, rule_for, state_in


@dataclass(frozen=True)
class Lacking:
    """One thing that a pupil needs so many times more before the criterion is met; `kinds` of partner, () for any."""

    pupil_id: int
    year_group: int
    criterion: str
    kinds: tuple[str, ...]
    times: int
    until_day: int | None  # of the academic year, after which it does not count any more


@dataclass(frozen=True)
class Found:
    """What is lacking, and of how many pupils it is not known whether anything is."""

    lacking: list[Lacking]
    unknown: int


def lacking(
    school_id: int,
    academic_year: int,
    criterion_ids: Collection[str],
    states: Collection[str],
    *,
    part: Part = EVERYBODY,
    among: QuerySet | None = None,
) -> Found:
    """What the pupils of that part who stand so ("missed", "not-yet") still need, in the order of year group and pupil.

    Of a pupil of whom it is not known nothing is said but the number. `among`, a query of pupils, narrows it to some.
    """
    rows = PupilYear.objects.filter(school_id=school_id, academic_year=academic_year, **part.condition)
    if among is not None:
        rows = rows.filter(pupil_id__in=among.order_by().values("pk"))
    rows = rows.exclude(coh=0, far=0).order_by("year_group", "pupil_id")
    bits = {criterion_id: 1 << registry().bits[criterion_id] for criterion_id in criterion_ids}
    wanted: list[tuple[int, int, Rule]] = []
    unknown: set[int] = set()
    for pupil_id, year_group, *masks in rows.values_list("pupil_id", "year_group", "coh", "far", "met", "unk"):
        for criterion_id, bit in bits.items():
            state, rule = state_in(masks, bit), rule_for(criterion_id, year_group)
            if state in states and rule is not None:
                wanted.append((pupil_id, year_group, rule))
            elif state in {"unknown", "unknown-so-far"}:
                unknown.add(pupil_id)
    history = _history(school_id, academic_year, {pupil_id for pupil_id, _, _ in wanted})
    found = [
        Lacking(pupil_id, year_group, rule.criterion_id, kinds, times, until)
        for pupil_id, year_group, rule in wanted
        for kinds, times, until in _needs(rule, year_group, history[pupil_id])
    ]
    return Found(found, len(unknown))


@dataclass(frozen=True)
class Reached:
    """How often a pupil has had what a criterion asks for, within its window, and where that leaves them."""

    pupil_id: int
    year_group: int
    criterion: str
    state: str
    times: int


def reached(school_id: int, academic_year: int, criterion_ids: Collection[str]) -> list[Reached]:
    """Every pupil of whom each criterion is asked that year, with how often they have had it, in two statements.

    Of criteria of which one thing is asked so many times; in the order of year group and pupil.
    """
    rows = PupilYear.objects.filter(school_id=school_id, academic_year=academic_year).exclude(coh=0, far=0)
    bits = {criterion_id: 1 << registry().bits[criterion_id] for criterion_id in criterion_ids}
    asked: list[tuple[int, int, str, Rule, str]] = []
    for pupil_id, year_group, *masks in rows.order_by("year_group", "pupil_id").values_list(
        "pupil_id", "year_group", "coh", "far", "met", "unk"
    ):
        for criterion_id, bit in bits.items():
            state, rule = state_in(masks, bit), rule_for(criterion_id, year_group)
            if state and rule is not None:
                asked.append((pupil_id, year_group, criterion_id, rule, state))
    read = _windows(school_id, academic_year, {each[0] for each in asked}, {each[3] for each in asked})
    return [
        Reached(pupil_id, year_group, criterion_id, state, min(rule.reached(read[pupil_id])))
        for pupil_id, year_group, criterion_id, rule, state in asked
    ]


def _windows(
    school_id: int, academic_year: int, pupils: set[int], wanted: set[Rule]
) -> dict[int, list[tuple[int, Callable[[Counter], int]]]]:
    """The years of each pupil that any of the rules looks at, newest first, with the counters that they add up."""
    needed = {term.counter for rule in wanted for need in rule.needs for term in need}
    rows = PupilYear.objects.filter(
        school_id=school_id,
        academic_year__lte=academic_year,
        pupil_id__in=pupils,
        year_group__gte=min((rule.from_year for rule in wanted), default=0),
    )
    found: dict[int, list[tuple[int, Callable[[Counter], int]]]] = defaultdict(list)
    for row in rows.order_by("-academic_year").values(
        "pupil_id", "year_group", *(counters()[each] for each in sorted(needed, key=counters().__getitem__))
    ):
        found[row["pupil_id"]].append((row["year_group"], partial(number_in, row)))
    return found


def _history(school_id: int, academic_year: int, pupils: set[int]) -> dict[int, list[dict[str, Any]]]:
    """The years of each pupil up to that one, newest first."""
    rows = PupilYear.objects.filter(school_id=school_id, academic_year__lte=academic_year, pupil_id__in=pupils)
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.order_by("-academic_year").values("pupil_id", "year_group", *counters().values()):
        found[row["pupil_id"]].append(row)
    return found


def _needs(
    rule: Rule, year_group: int, years: list[dict[str, Any]]
) -> Iterable[tuple[tuple[str, ...], int, int | None]]:
    """(kinds of partner, how many times more, until which day) of each need of the rule that is not met."""
    read = [(each["year_group"], partial(number_in, each)) for each in years]
    for need, reached in zip(rule.needs, rule.reached(read), strict=True):
        if (times := rule.at_least - reached) > 0:
            counter = _counter_now(need, year_group)
            yield counter.kinds, times, counter.until_day


def _counter_now(need: tuple[Term, ...], year_group: int) -> Counter:
    """The counter that goes up with what the pupil does this year."""
    return next((term.counter for term in need if term.covers(year_group)), need[0].counter)

"""Pupils by what they have had, and by what they were offered: two, one, none, or not known.

In the third phase the school must offer and the pupil may decline, so these are two numbers and only the first is the
school's duty.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from dekaan.frameworks.queries import SHOWN, Criterion, bit_of
from dekaan.measures.models import PupilYear
from dekaan.measures.queries import KeptYear, Reached, is_open, reached
from dekaan.participation.models import State
from dekaan.participation.queries import live
from dekaan.programme.models import Session
from dekaan.programme.queries import SOURCE

TWO, ONE, NONE, UNKNOWN = "two", "one", "none", "unknown"
HAD = {TWO: "two", ONE: "one", NONE: "none", UNKNOWN: "not known"}
SOURCES = (SOURCE, "history")  # of what the ledger holds
OPEN = {"unknown", "unknown-so-far"}


@dataclass(frozen=True)
class PupilHad:
    """One pupil of a phase: how many encounters they have had or been offered, as far as it is known.

    `had` is "two", "one", "none" or "unknown"; `shown` says whether two are shown to be all that the law asks.
    """

    pupil_id: int
    year_group: int
    had: str
    times: int
    is_shown: bool = False


def attended(school_id: int, academic_year: int, asked: Criterion) -> list[PupilHad]:
    """Each pupil to whom the phase applies that year, by the encounters that they took part in within its window.

    Of a joiner what came with them counts, and the rest is not known: never missed.
    """
    return attended_in_each(school_id, academic_year, [asked])[asked.id]


def attended_in_each(school_id: int, academic_year: int, phases: Sequence[Criterion]) -> dict[str, list[PupilHad]]:
    """The same for several phases, in as many statements as for one."""
    found = reached(school_id, academic_year, [each.id + second for each in phases for second in ("", SHOWN)])
    times: dict[str, list[Reached]] = defaultdict(list)
    for line in found:
        times[line.criterion].append(line)
    least = {each.id: each.expectations[0].at_least for each in phases}
    shown = {
        asked: {each.pupil_id for each in times[asked + SHOWN] if each.times >= at_least}
        for asked, at_least in least.items()
    }
    return {
        asked: [
            PupilHad(
                each.pupil_id,
                each.year_group,
                _had(each.times, at_least, is_open=each.state in OPEN),
                each.times,
                each.pupil_id in shown[asked],
            )
            for each in times[asked]
        ]
        for asked, at_least in least.items()
    }


def _had(times: int, at_least: int, *, is_open: bool) -> str:
    if times >= at_least:
        return TWO
    if is_open:
        return UNKNOWN
    return ONE if times else NONE


def offered(school_id: int, academic_year: int, asked: Criterion) -> list[PupilHad]:
    """Each pupil to whom the phase applies that year, by the encounters that they were invited to within its window.

    Whatever became of it: who was absent or opted out was offered it. An invitation that did not apply is none.
    """
    return offered_by_school(academic_year, asked).get(school_id, [])


def offered_by_school(academic_year: int, asked: Criterion) -> dict[int, list[PupilHad]]:
    """The same of each school in scope, in as many statements as for one."""
    (rule,) = asked.expectations
    years, school_of = _years(academic_year, asked)
    certain, perhaps = _invited(years, academic_year, asked)
    found: dict[int, list[PupilHad]] = defaultdict(list)
    for pupil_id, stays in sorted(years.items(), key=lambda each: (each[1][academic_year][0], each[0])):
        times = certain[pupil_id]
        may_have = (
            is_open(stays, academic_year, rule.from_year, rule.to_year) or times + perhaps[pupil_id] >= rule.at_least
        )
        had = _had(times, rule.at_least, is_open=may_have)
        found[school_of[pupil_id]].append(PupilHad(pupil_id, stays[academic_year][0], had, times))
    return found


Stays = dict[int, KeptYear]  # academic year → year group, and whether the pupil was here for all of it


def _years(academic_year: int, asked: Criterion) -> tuple[dict[int, Stays], dict[int, int]]:
    """Pupil → their years here, and their school, of those who are in the cohort and in the phase that year."""
    bit = bit_of(asked.id)
    here = PupilYear.objects.filter(academic_year=academic_year, in_cohort=1)
    here = here.annotate(now=F("coh").bitand(bit), later=F("far").bitand(bit)).filter(Q(now=bit) | Q(later=bit))
    rows = PupilYear.objects.filter(academic_year__lte=academic_year, pupil_id__in=here.values("pupil_id")).order_by()
    found: dict[int, Stays] = defaultdict(dict)
    school_of: dict[int, int] = {}
    for pupil_id, school_id, year, group, known in rows.values_list(
        "pupil_id", "school_id", "academic_year", "year_group", "known"
    ):
        found[pupil_id][year], school_of[pupil_id] = KeptYear(group, known), school_id
    return found, school_of


def _invited(years: dict[int, Stays], academic_year: int, asked: Criterion) -> tuple[dict[int, int], dict[int, int]]:
    """Pupil → to how many encounters of the phase they were invited in its window; and to how many that may be of it.

    An encounter and the catch-ups that make up for it are one offer, in its window where one of them was.
    """
    (rule,) = asked.expectations
    bit = bit_of(asked.id)
    rows = live().filter(pupil_id__in=list(years), academic_year__lte=academic_year).exclude(state=State.NOT_APPLICABLE)
    makes_up_for = Session.objects.filter(pk=OuterRef("source_id"), catches_up__isnull=False).values("catches_up_id")
    is_session = Q(source_kind=SOURCE)
    rows = rows.annotate(
        counts_for=F("criteria").bitand(bit),
        may_count=F("criteria_unknown").bitand(bit),
        first=Case(
            When(is_session, then=Coalesce(Subquery(makes_up_for), F("source_id"))),
            default=F("source_id"),
            output_field=BigIntegerField(),
        ),
    )
    listed = list(
        rows.filter(_of_phase(rows, bit))
        .order_by()
        .values_list("pupil_id", "academic_year", "academic_day", "counts_for", "source_kind", "first")
    )
    certain: dict[int, set[tuple[str, int]]] = defaultdict(set)
    perhaps: dict[int, set[tuple[str, int]]] = defaultdict(set)
    for pupil_id, year, day, counts, source_kind, first in listed:
        if rule.covers(years[pupil_id].get(year, (0, 0))[0], day):
            (certain if counts else perhaps)[pupil_id].add((source_kind, first))
    return (
        {pupil_id: len(certain[pupil_id]) for pupil_id in years},
        {pupil_id: len(perhaps[pupil_id] - certain[pupil_id]) for pupil_id in years},
    )


def _of_phase(rows: Any, bit: int) -> Q:
    """Rows that count for the phase, or whose occasion leaves it unknown for anybody who was there."""
    unclear = rows.filter(may_count=bit, counts_for=0).order_by()
    found = Q(counts_for=bit)
    for kind in SOURCES:
        found |= Q(source_kind=kind, source_id__in=unclear.filter(source_kind=kind).values("source_id"))
    return found


def pupils_who(found: Iterable[PupilHad], had: str, year_group: int | None = None) -> list[int]:
    """Ids of those who have had so many, of a year group or of the whole phase."""
    return [each.pupil_id for each in found if each.had == had and year_group in {None, each.year_group}]

"""One pupil's whole record on one page."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from django.db.models import QuerySet

from dekaan.access.data_classes import DataClass
from dekaan.access.models import RoleAssignment
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of, today, year_end, year_label
from dekaan.frameworks.queries import Criterion, activity_types, benchmarks_in_force, criteria, frameworks
from dekaan.measures.queries import Progress, PupilState, states_of
from dekaan.participation.models import KnownBy, Participation, State
from dekaan.participation.queries import live
from dekaan.people.models import Ethnicity, Membership, Pupil, SenProvision, Sex, YearRecord
from dekaan.people.queries import Contact, Stay, carers_of, classes_opened, not_ended
from dekaan.programme.models import Mode
from dekaan.programme.queries import SOURCE, Counting, MeterLine, counted_towards, not_yet_meaningful

KEEP_CONTACTS = {Permission.PUPILS_CHANGE, Permission.CONTACTS_RESTRICT}


@dataclass(frozen=True)
class YearLine:
    """A pupil in one academic year; of the characteristics, only those that were different from the latest ones."""

    academic_year: int
    label: str
    year_group: int
    tutor_group: str
    attendance: str
    differences: tuple[tuple[str, str], ...]


MODES, STATES, KNOWN = dict(Mode.choices), dict(State.choices), dict(KnownBy.choices)


@dataclass(frozen=True)
class Line:
    """One occasion in the pupil's record."""

    happened_on: date
    title: str
    kind: str
    mode: str
    partner: str
    state: str
    known: str
    counted: bool
    counting: Counting
    missing: str  # what it takes to be meaningful and was said not to be so
    session_id: int | None

    @property
    def day(self) -> str:
        """ "12 Nov 2026"."""
        return f"{self.happened_on:%-d %b %Y}"

    @property
    def towards_in_words(self) -> str:
        """The criteria in force that day that it counts towards, as the session's own page says them."""
        said = [self.counting.titles, *self.counting.not_known]
        said += [f"took part, not yet meaningful: {self.missing}"] if self.missing else []
        words = "; ".join(each for each in said if each) or "–"
        return words[0].upper() + words[1:]


@dataclass(frozen=True)
class YearOfLines:
    """What the pupil took part in during one academic year, newest first."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Standing:
    """Where the pupil stands against one criterion this year: a mark, a word, and how far they have come."""

    criterion: Criterion
    state: str
    progress: Progress | None
    is_open: bool = False  # whether what counts can still happen: then it is not missed yet

    @property
    def how_far(self) -> str:
        """ "1 of 2 so far; judged in Year 11"; empty where it would only say again what the state says."""
        come = self.progress
        if come is None or self.state.startswith("met"):
            return ""
        counted = f"{come.done} of {come.needed}{' kinds' if come.is_of_kinds else ''}"
        if self.state == "not-yet":
            return f"{counted} so far; judged in Year {come.judged_in}"
        if self.state == "missed":
            return f"{counted}{' so far' if self.is_open else ''}" if come.needed > 1 else ""
        if self.state == "unknown-so-far":
            return f"{counted} known; judged in Year {come.judged_in}."
        return f"{counted} known."


@dataclass(frozen=True)
class Record:
    """Everything about one pupil that the person reading may see."""

    pupil: Pupil
    on_roll: bool
    stays: list[Stay]
    years: list[YearLine]
    facts: tuple[tuple[str, str], ...]
    opened: frozenset[DataClass]  # needs and flags, as far as they are shown: that they were read is kept
    groups: list[str]
    carers: list[Contact]
    is_cohort_review_due: bool
    shows_participation: bool
    standings: list[Standing]
    participation: list[YearOfLines]


def pupil_record(
    pupil: Pupil, stays: list[Stay], assignments: Sequence[RoleAssignment], permissions: frozenset[Permission]
) -> Record:
    """The whole record of the pupil, as much of it as the matrix opens to the roles of this pupil.

    Parents and carers, who are contacts and no part of what a tutor needs, are for those who keep or restrict them.
    """
    now = today()
    opened = classes_opened((DataClass.E, DataClass.S2, DataClass.S3), pupil, assignments)
    took_part = DataClass.E in opened
    review_on = pupil.benchmark_cohort_review_on if took_part and not pupil.benchmark_cohort else None
    years, facts = _years(pupil, opened)
    year_groups = {each.academic_year: each.year_group for each in years}
    return Record(
        pupil=pupil,
        on_roll=any(each.starts_on <= now and (each.ends_on is None or each.ends_on > now) for each in stays),
        stays=stays,
        years=years,
        facts=tuple(facts.items()),
        opened=opened - {DataClass.E},
        groups=_groups(pupil, now),
        carers=carers_of(pupil, assignments) if permissions & KEEP_CONTACTS else [],
        is_cohort_review_due=review_on is not None and review_on <= now,
        shows_participation=took_part,
        standings=_standings(pupil, now) if took_part else [],
        participation=_participation(pupil, year_groups) if took_part else [],
    )


def _years(pupil: Pupil, opened: frozenset[DataClass]) -> tuple[list[YearLine], dict[str, str]]:
    """The pupil's years, newest first, and the latest characteristics that are known.

    What is not opened is not read either.
    """
    shown = tuple(name for name in FACTS if DataClass(YearRecord.data_classes[name]) in opened | {DataClass.D})
    by_year = [(row, _facts(row, shown)) for row in _years_of_anybody(shown).filter(pupil=pupil)]
    latest: dict[str, str] = {}
    for _, facts in by_year:
        latest = facts | latest
    return [
        YearLine(
            row["academic_year"],
            year_label(row["academic_year"]),
            row["year_group"],
            row["tutor_group__name"] or "",
            _percent(row["attendance_percent"]) if DataClass.E in opened else "",
            tuple((name, value) for name, value in facts.items() if value != latest[name]),
        )
        for row, facts in by_year
    ], latest


def _percent(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f} %"


# Each question without the pupil is put together once and kept: that costs more than its answer. Asked of a pupil, it is
# a new question, compiled for the schools in scope then.
@cache
def _years_of_anybody(shown: tuple[str, ...]) -> QuerySet[YearRecord, dict[str, Any]]:
    return YearRecord.objects.order_by("-academic_year").values(*YEAR, *shown)


@lru_cache(maxsize=2)
def _groups_of_anybody(now: date) -> QuerySet[Membership, str]:
    held = Membership.objects.filter(not_ended(now), starts_on__lte=now, group__academic_year=academic_year_of(now))
    return held.order_by().values_list("group__name", flat=True)


@cache
def _lines_of_anybody() -> QuerySet[Participation, dict[str, Any]]:
    return live().order_by("-happened_on", "-pk").values(*LINE)


YEAR = ("academic_year", "year_group", "tutor_group__name", "attendance_percent")
YES_NO = {True: "Yes", False: "No"}
FACTS: dict[str, tuple[str, dict[Any, str]]] = {
    "sex": ("Sex", dict(Sex.choices)),
    "sen": ("Special educational needs", dict(SenProvision.choices)),
    "pupil_premium": ("Pupil premium", YES_NO),
    "free_school_meals": ("Free school meals", YES_NO),
    "ethnicity": ("Ethnicity", dict(Ethnicity.choices)),
    "eal": ("English as an additional language", YES_NO),
    "looked_after": ("Looked after", YES_NO),
    "young_carer": ("Young carer", YES_NO),
    "service_child": ("Service child", YES_NO),
}


def _facts(row: dict[str, Any], shown: Sequence[str]) -> dict[str, str]:
    """What is known of the pupil in that year, by name and in words."""
    named = ((FACTS[field], row[field]) for field in shown)
    return {name: words.get(value, value) for (name, words), value in named if value not in ("", None)}


def _groups(pupil: Pupil, now: date) -> list[str]:
    return sorted(_groups_of_anybody(now).filter(pupil=pupil))


def _standings(pupil: Pupil, now: date) -> list[Standing]:
    """Against the benchmarks in force and every duty in law, as of the latest year that was counted."""
    versions = {each.key for each in frameworks() if each.is_in_force(now)} | {benchmarks_in_force(now).key}
    return [
        Standing(criteria()[each.criterion], each.state, each.progress, _is_open(each, now))
        for each in states_of(pupil.pk, only_latest=True)
        if criteria()[each.criterion].framework in versions
    ]


def _is_open(state: PupilState, now: date) -> bool:
    """Whether the year in which it is judged still runs, up to the day by which it must have happened."""
    rules = [each for each in criteria()[state.criterion].expectations if state.year_group == each.to_year]
    return now <= min([year_end(state.academic_year), *(each.last_day(state.academic_year) for each in rules)])


def _participation(pupil: Pupil, year_groups: dict[int, int]) -> list[YearOfLines]:
    by_year: dict[int, list[Line]] = defaultdict(list)
    rows = list(_lines_of_anybody().filter(pupil_id=pupil.pk))
    ids = [row["source_id"] for row in rows if row["source_kind"] == SOURCE]
    failed = not_yet_meaningful(ids) if ids else {}
    for row in rows:
        of = [year_groups[row["academic_year"]]] if row["academic_year"] in year_groups else []
        meters = failed.get(row["source_id"], ()) if row["source_kind"] == SOURCE else ()
        by_year[row["academic_year"]].append(_line(row, of, meters))
    return [YearOfLines(year_label(year), tuple(lines)) for year, lines in sorted(by_year.items(), reverse=True)]


LINE = ("academic_year", "happened_on", "title", "activity_type", "mode", "partner_name", "state", "known_by", "counts",
        "criteria", "criteria_unknown", "source_kind", "source_id")  # fmt: skip


def _line(row: dict[str, Any], year_groups: Sequence[int], failed: Sequence[MeterLine]) -> Line:
    kinds, kind = activity_types(), row["activity_type"]
    meanings = [each.meaning for each in failed if each.meaning.criterion.is_asked_of(year_groups)]
    missing = dict.fromkeys(flag.missing for each in meanings for flag in each.missing)
    return Line(
        happened_on=row["happened_on"],
        title=row["title"] or "Not named",
        kind=kinds[kind].name if kind in kinds else kind,
        mode=MODES.get(row["mode"], row["mode"]),
        partner=row["partner_name"],
        state=STATES[row["state"]],
        known="" if row["state"] == State.INVITED else KNOWN[row["known_by"]],
        counted=bool(row["counts"]),
        counting=counted_towards(row["criteria"], row["criteria_unknown"], row["happened_on"], year_groups),
        missing="; ".join(missing),
        session_id=row["source_id"] if row["source_kind"] == SOURCE else None,
    )

"""Pupils behind figures: who meets a criterion, misses it or is unknown, and how far a single pupil has come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from django.db.models import Count, F, QuerySet

from dekaan.core.numbers import row_number
from dekaan.core.scope import WrongSchool, schools_in_scope
from dekaan.frameworks.queries import counted_criteria, registry
from dekaan.measures import run
from dekaan.measures.cells import BREAKDOWNS, COLUMNS
from dekaan.measures.definitions.rules import Counter, Progress, Rule, counters, progress, rules
from dekaan.measures.models import PupilYear, Says


@dataclass(frozen=True)
class Part:
    """Some of a school's pupils: those of one value of one characteristic, or everybody."""

    breakdown: str = "all"
    value: str = ""

    @property
    def condition(self) -> dict[str, object]:
        """As a filter on pupils' years. Raises ValueError for a characteristic or a value that there is not."""
        if self.breakdown == "all":
            return {}
        if self.breakdown not in BREAKDOWNS:
            raise ValueError(self.breakdown)
        column = COLUMNS[BREAKDOWNS.index(self.breakdown) - 1]
        if column not in {"year_group", "tutor_group_id"}:
            return {column: self.value}
        if not self.value:
            return {f"{column}__isnull": True}
        number = row_number(self.value)
        if number is None:
            raise ValueError(self.value)
        return {column: number}


EVERYBODY = Part()

# Where a pupil may stand against a criterion: in which mask it is asked of them, met or not, unknown or not.
STATES: dict[str, tuple[str, bool, bool]] = {
    "missed": ("coh", False, False),
    "unknown": ("coh", False, True),
    "met": ("coh", True, False),
    "not-yet": ("far", False, False),
    "unknown-so-far": ("far", False, True),
    "met-so-far": ("far", True, False),
}


def pupils_in(
    state: str, school_id: int, academic_year: int, criterion_id: str, part: Part = EVERYBODY
) -> QuerySet[PupilYear, int]:
    """Ids of the pupils of that part who stand so against the criterion: a query, to stand inside another."""
    return _standing_so(state, school_id, academic_year, criterion_id, part).all()


@lru_cache(maxsize=256)
def _standing_so(
    state: str, school_id: int, academic_year: int, criterion_id: str, part: Part
) -> QuerySet[PupilYear, int]:
    """The question, never its answer: putting it together costs more than asking it."""
    bit = 1 << registry().bits[criterion_id]
    mask, is_met, is_unknown = STATES[state]
    rows = PupilYear.objects.filter(school_id=school_id, academic_year=academic_year, **part.condition).annotate(
        asked=F(mask).bitand(bit), is_met=F("met").bitand(bit), is_unk=F("unk").bitand(bit)
    )
    rows = rows.filter(asked=bit, is_met=bit * is_met)
    if not is_met:
        rows = rows.filter(is_unk=bit * is_unknown)
    return rows.values_list("pupil_id", flat=True)


def standings(
    school_id: int,
    academic_year: int,
    criterion_ids: Iterable[str],
    *,
    part: Part = EVERYBODY,
    among: QuerySet | None = None,
) -> dict[str, dict[str, int]]:
    """Criterion → state → how many pupils of that part; `among`, a query of pupils, narrows it to some of them."""
    return _counted(_alike(school_id, academic_year, part, among), criterion_ids)


@dataclass(frozen=True)
class SoFar:
    """Of everybody of whom a criterion is asked, `met` meet it by now, judged yet or not, `unknown` may.

    `assumed` of the met rest on attendance that nobody checked.
    """

    met: int = 0
    of: int = 0
    unknown: int = 0
    assumed: int = 0


def so_far_by_school(academic_year: int, criterion_ids: Iterable[str]) -> dict[int, dict[str, SoFar]]:
    """Criterion → how far everybody has come at each school in scope, in one statement for all of them."""
    rows = PupilYear.objects.filter(academic_year=academic_year, in_cohort=1).exclude(coh=0, far=0).order_by()
    grouped: dict[int, list[Sequence[int]]] = {school_id: [] for school_id in schools_in_scope()}
    alike = rows.values_list("school_id", "coh", "far", "met", "unk", "asm")
    for school_id, *rest in alike.annotate(Count("id")):
        grouped[school_id].append(rest)
    ids = list(criterion_ids)
    return {school_id: {each: _so_far(rest, each) for each in ids} for school_id, rest in grouped.items()}


def _so_far(grouped: Sequence[Sequence[int]], criterion_id: str) -> SoFar:
    bit = 1 << registry().bits[criterion_id]
    (counts,) = _counted([(*masks, pupils) for *masks, _, pupils in grouped], [criterion_id]).values()
    assumed = sum(pupils for *_, asm, pupils in grouped if asm & bit)
    met, unknown = counts["met"] + counts["met-so-far"], counts["unknown"] + counts["unknown-so-far"]
    return SoFar(met, sum(counts.values()), unknown, assumed)


def _counted(grouped: Sequence[Sequence[int]], criterion_ids: Iterable[str]) -> dict[str, dict[str, int]]:
    found = {}
    for criterion_id in criterion_ids:
        bit, counts = 1 << registry().bits[criterion_id], dict.fromkeys(STATES, 0)
        for *masks, pupils in grouped:
            if state := state_in(masks, bit):
                counts[state] += pupils
        found[criterion_id] = counts
    return found


def _alike(school_id: int, academic_year: int, part: Part, among: QuerySet | None) -> list[Sequence[int]]:
    """(coh, far, met, unk, how many) of the pupils of that part."""
    if part == EVERYBODY and among is None:
        if school_id not in schools_in_scope():
            raise WrongSchool
        return [row[2:] for row in run.read(run.ALIKE, schools=[school_id], year=academic_year)]
    rows = PupilYear.objects.filter(school_id=school_id, academic_year=academic_year, **part.condition)
    if among is not None:
        rows = rows.filter(pupil_id__in=among.order_by().values("pk"))
    return list(rows.exclude(coh=0, far=0).order_by().values_list("coh", "far", "met", "unk").annotate(Count("id")))


STATE_OF = {where: state for state, where in STATES.items()}


def state_in(masks: Sequence[int], bit: int) -> str:
    """Where `coh, far, met, unk` of a pupil's year leave the pupil on the criterion of the bit; "" where it is not asked."""
    coh, far, met, unk = (bool(mask & bit) for mask in masks)
    return STATE_OF["coh" if coh else "far", met, unk and not met] if coh or far else ""


@cache
def applying_to(year_group: int) -> frozenset[str]:
    """The criteria on which a year group is judged or so far on the way."""
    return frozenset(rule.criterion_id for rule in rules() if year_group in rule.year_groups)


def misses(school_id: int, academic_year: int, criterion_id: str) -> list[int]:
    """Ids of the pupils who are judged on the criterion and known not to meet it."""
    return sorted(pupils_in("missed", school_id, academic_year, criterion_id))


def unknowns(school_id: int, academic_year: int, criterion_id: str) -> list[int]:
    """Ids of the pupils who are judged on the criterion and of whom it is not known."""
    return sorted(pupils_in("unknown", school_id, academic_year, criterion_id))


def not_yet(school_id: int, academic_year: int, criterion_id: str) -> list[int]:
    """Ids of the pupils for whom the criterion is judged in a later year and who do not meet it so far."""
    return sorted(pupils_in("not-yet", school_id, academic_year, criterion_id))


@dataclass(frozen=True)
class PupilState:
    """Where one pupil stands against one criterion in one year, and how far they have come by what is recorded."""

    academic_year: int
    year_group: int
    criterion: str
    state: str
    progress: Progress | None  # None where it is not known whether the pupil is asked


def states_of(pupil_id: int, *, only_latest: bool = False) -> list[PupilState]:
    """One pupil's whole standing, newest year first, in the registry's order; or of the latest year that was judged."""
    found: list[PupilState] = []
    read = run.read(run.YEARS_OF_PUPIL, schools=sorted(schools_in_scope()), pupils=[pupil_id])
    rows = [dict(zip(run.YEAR_COLUMNS, row, strict=True)) for row in read]
    for place, row in enumerate(rows):
        if only_latest and found:
            break
        year_group, masks = row["year_group"], [row[name] for name in ("coh", "far", "met", "unk")]
        years = [(each["year_group"], partial(number_in, each)) for each in rows[place:]]
        is_asked = next((each["considers"] for each in rows[place:] if each["considers"]), 0) == Says.CONSIDERS
        for criterion in counted_criteria():
            state = state_in(masks, 1 << registry().bits[criterion.id])
            if not state:
                continue
            rule = rule_for(criterion.id, year_group)
            come = progress(rule, year_group, years) if rule and (not rule.cohort or is_asked) else None
            found.append(PupilState(row["academic_year"], year_group, criterion.id, state, come))
    return found


def number_in(row: dict[str, int], counter: Counter) -> int:
    """What the counter has come to in that year of a pupil."""
    return row[counters()[counter]]


@cache
def rule_for(criterion_id: str, year_group: int) -> Rule | None:
    """The rule by which the criterion is judged, or on the way, in a year group."""
    return next(
        (each for each in rules() if each.criterion_id == criterion_id and year_group in each.year_groups), None
    )

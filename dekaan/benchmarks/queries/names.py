"""The names behind a figure: every number opens to the pupils it counts, as far as the person asking may see them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.db.models import QuerySet

from dekaan.access.data_classes import DataClass
from dekaan.access.models import RoleAssignment
from dekaan.access.permissions import Permission
from dekaan.benchmarks.queries.shares import BREAKDOWN_NAMES, Share, value_name
from dekaan.frameworks.queries import Benchmark, Criterion
from dekaan.measures.queries import EVERYBODY, Figure, Part, applying_to, pupils_in, standings
from dekaan.people.models import Group, Pupil
from dekaan.people.queries import PupilRow, listed, narrowed_to, rows_of

# A list of names by a characteristic says of each of them that they have it, so it needs what seeing that needs.
NAMED_BY = {
    "all": Permission.NAMES_SEE,
    "year-group": Permission.NAMES_SEE,
    "tutor-group": Permission.NAMES_SEE,
    "sex": Permission.NAMES_SEE,
    "sen": Permission.SEN_SEE,
    "pupil-premium": Permission.FLAGS_SEE,
    "ethnicity": Permission.FLAGS_SEE,
    "eal": Permission.FLAGS_SEE,
    "looked-after": Permission.FLAGS_SEE,
}

# And it holds only those of whom the matrix opens the class that the characteristic belongs to.
TELLS = {"sen": DataClass.S2} | dict.fromkeys(("pupil-premium", "ethnicity", "eal", "looked-after"), DataClass.S3)


def told_of(breakdown: str) -> frozenset[DataClass]:
    """What a list of names behind a figure tells of each: what they took part in, and by some groups what they are."""
    return frozenset({DataClass.E, TELLS.get(breakdown, DataClass.E)})


# The states in the order of the page's tabs, with what the number in front of them is of.
STATE_WORDS = {
    "missed": "miss it",
    "unknown": "unknown",
    "met": "meet it",
    "not-yet": "not there yet",
    "unknown-so-far": "unknown so far",
    "met-so-far": "there already",
}
JUDGED = ("missed", "unknown", "met")


@dataclass(frozen=True)
class Asked:
    """Which names: those of a criterion in a year, in a part of the school, in one state (the usual one where "")."""

    criterion: Criterion
    academic_year: int
    part: Part = EVERYBODY
    state: str = ""

    @property
    def query(self) -> str:
        """As the address says it, the state apart."""
        said = {"year": str(self.academic_year)}
        if self.part != EVERYBODY:
            said |= {"by": self.part.breakdown, "value": self.part.value}
        return urlencode(said)


@dataclass(frozen=True)
class NamesOfGroup:
    """The names of one tutor group."""

    tutor_group: str
    year_group: int | None
    rows: list[PupilRow]

    @property
    def name(self) -> str:
        """ "10A", or where its pupils have no tutor group their year group."""
        if self.tutor_group:
            return self.tutor_group
        return "No year group" if self.year_group is None else f"Year {self.year_group}, no tutor group"


@dataclass(frozen=True)
class NamesPage:
    """The names, and beside them how many are in every other state of the same figure."""

    asked: Asked
    state: str
    part_name: str
    groups: list[NamesOfGroup]
    counts: dict[str, int]
    is_narrowed: bool  # to the pupils whom the person asking may see

    @property
    def total(self) -> int:
        """How many names there are."""
        return sum(len(group.rows) for group in self.groups)

    @property
    def is_gap(self) -> bool:
        """Whether these pupils are known not to be there, so that something may be done about it."""
        return self.state in {"missed", "not-yet"}

    @property
    def words(self) -> str:
        """What is said of these pupils: "miss it"."""
        return STATE_WORDS[self.state]

    @property
    def share(self) -> Share | None:
        """The figure that the names belong to; None where the criterion is judged in a later year."""
        missed, unknown, met = (self.counts[state] for state in JUDGED)
        of = missed + unknown + met
        if not of or self.state not in JUDGED:
            return None
        asked = self.asked
        return Share(
            Figure(
                0,
                asked.academic_year,
                asked.criterion.framework,
                asked.criterion.id,
                asked.part.breakdown,
                asked.part.value,
                met,
                of,
                unknown,
                0,
                "",
            )
        )

    @property
    def query(self) -> str:
        """As the address says it, the state that is open included."""
        return f"{self.asked.query}&state={self.state}"

    @property
    def tabs(self) -> list[tuple[str, str, int]]:
        """The states in which there is anybody, and the one that is open: state, words, how many."""
        return [
            (state, words, self.counts[state])
            for state, words in STATE_WORDS.items()
            if self.counts[state] or state == self.state
        ]


def names_page(school_id: int, asked: Asked, assignments: Iterable[RoleAssignment]) -> NamesPage:
    """The pupils whom the person may see and who stand as asked, by tutor group.

    Where no state is asked for: those who miss it, or where it is judged later, those who are not there yet.
    """
    narrowed = narrowed_to(assignments, *told_of(asked.part.breakdown))
    criterion_id = asked.criterion.id
    counts = standings(school_id, asked.academic_year, [criterion_id], part=asked.part, among=narrowed)[criterion_id]
    state = asked.state or _usual_state(counts)
    rows = rows_of(listed(_pupils(school_id, asked, state, narrowed), asked.academic_year))
    return NamesPage(
        asked,
        state,
        part_name(asked.part),
        grouped(rows),
        counts,
        narrowed is not None,
    )


def grouped(rows: Iterable[PupilRow]) -> list[NamesOfGroup]:
    """Lines in the order of `rows_of` by tutor group."""
    return [
        NamesOfGroup(tutor_group, year_group, list(members))
        for (year_group, tutor_group), members in groupby(rows, key=lambda row: (row.year_group, row.tutor_group))
    ]


def parts_of(page: NamesPage, most: int) -> list[tuple[str, str, int]]:
    """Smaller lists of the same names, as words, address and how many: year groups; tutor groups of one that is too many."""
    if page.asked.part.breakdown not in {"all", "year-group"}:
        return []
    years = Counter[int | None]()
    for group in page.groups:
        years[group.year_group] += len(group.rows)
    tutor_groups = dict(
        Group.objects.filter(kind=Group.Kind.TUTOR, academic_year=page.asked.academic_year)
        .order_by()
        .values_list("name", "pk")
    )
    found: Counter[tuple[str, str, str]] = Counter()
    for group in page.groups:
        if years[group.year_group] > most:
            if group.tutor_group in tutor_groups:
                found[group.name, "tutor-group", str(tutor_groups[group.tutor_group])] += len(group.rows)
        elif group.year_group is not None:
            found[f"Year {group.year_group}", "year-group", str(group.year_group)] += len(group.rows)
    return [
        (name, urlencode({"year": page.asked.academic_year, "by": by, "value": value, "state": page.state}), number)
        for (name, by, value), number in found.items()
    ]


def _usual_state(counts: dict[str, int]) -> str:
    """Those who miss it; where nobody is judged yet, the first state of those on the way that holds anybody."""
    if any(counts[state] for state in JUDGED):
        return "missed"
    return next((state for state in STATE_WORDS if state not in JUDGED and counts[state]), "missed")


def _pupils(school_id: int, asked: Asked, state: str, narrowed: QuerySet[Pupil] | None) -> QuerySet[Pupil]:
    ids = pupils_in(state, school_id, asked.academic_year, asked.criterion.id, asked.part)
    return (Pupil.objects.all() if narrowed is None else narrowed).filter(pk__in=ids)


def part_name(part: Part) -> str:
    """What the part is called: "Year 10", "10A", "Sex: female"; nothing for everybody."""
    if part.breakdown == EVERYBODY.breakdown:
        return ""
    tutor_group_names = {}
    if part.breakdown == "tutor-group" and part.value:
        tutor_group_names = {
            str(pk): name for pk, name in Group.objects.filter(pk=part.value).values_list("pk", "name")
        }
    name = value_name(part.breakdown, part.value, tutor_group_names)
    return name if part.breakdown in {"year-group", "tutor-group"} else f"{BREAKDOWN_NAMES[part.breakdown]}: {name}"


@dataclass(frozen=True)
class AppliedCriterion:
    """A criterion that applies to a year group, and how many pupils of it whom the person may see stand where."""

    criterion: Criterion
    states: list[tuple[str, str, int]]


def benchmark_of_year_group(
    school_id: int, academic_year: int, benchmark: Benchmark, year_group: int, assignments: Iterable[RoleAssignment]
) -> list[AppliedCriterion]:
    """What a square of the heat map is made of: each criterion of the benchmark that applies to the year group."""
    applies = applying_to(year_group)
    criteria = [each for each in benchmark.counted if each.id in applies]
    counts = standings(
        school_id,
        academic_year,
        [each.id for each in criteria],
        part=Part("year-group", str(year_group)),
        among=narrowed_to(assignments, DataClass.E),
    )
    return [
        AppliedCriterion(
            each,
            [(state, words, number) for state, words in STATE_WORDS.items() if (number := counts[each.id][state])],
        )
        for each in criteria
    ]

"""The schools of a trust side by side: like for like, by one version of the benchmarks, never as a league table.

Schools stand in their clusters by name, and are never ranked. Every number leaves by the one exit for small numbers,
whoever looks; a median or a spread is of shares that are shown, so that no hidden one follows from it, and nothing is
added up over schools.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from statistics import quantiles
from typing import NamedTuple

from dekaan.access.permissions import Permission
from dekaan.frameworks.queries import ACCESS, Criterion, Framework, access_duty_of, framework, year_groups_of
from dekaan.measures.queries import Figure, coverage_of_schools, released
from dekaan.schools.models import School

ENOUGH = 4  # schools of which a spread is told; of fewer it would be their own numbers in another order
LEAST = 3  # and of which there is a median
THREE_QUARTERS = 75

NOT_ASKED, HIDDEN, UNKNOWN, NOBODY = "not asked", "hidden", "unknown", "nobody"


@dataclass(frozen=True)
class Group:
    """A way of looking at pupils: everybody, or by a characteristic whose totals somebody may see."""

    key: str
    name: str
    asks: Permission | None = None


GROUPS = (
    Group("all", "Everybody"),
    Group("pupil-premium", "Pupil premium", Permission.FLAGS_COUNT),
    Group("sen", "Special educational needs", Permission.SEN_COUNT),
    Group("sex", "Sex"),
    Group("eal", "First language", Permission.FLAGS_COUNT),
)


class Kind:
    """What makes schools alike enough to be set beside one another: which is asked of them, and of whom."""

    MAINSTREAM, SPECIAL, PRIMARY = "mainstream", "special", "primary"
    NAMES = {
        MAINSTREAM: "Secondary schools",
        SPECIAL: "Special schools and alternative provision",
        PRIMARY: "Primary schools",
    }


def kind_of(school: School) -> str:
    """Of which kind the school is, by its year groups and its phase."""
    if school.phase == School.Phase.PRIMARY or not year_groups_of(school):
        return Kind.PRIMARY
    return Kind.SPECIAL if school.phase == School.Phase.NOT_APPLICABLE else Kind.MAINSTREAM


@dataclass(frozen=True)
class Column:
    """One criterion; or where it is judged in several year groups by themselves, one of these."""

    criterion: Criterion
    year_group: int | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Criterion and year group, "" where it is of everybody."""
        return self.criterion.id, "" if self.year_group is None else str(self.year_group)

    @property
    def is_of_access(self) -> bool:
        """Whether it belongs to the law on provider access."""
        return self.criterion.framework == ACCESS

    @property
    def head(self) -> str:
        """What stands at the top: "5.1", or "8.1 in Year 11"."""
        return self.criterion.code if self.year_group is None else f"{self.criterion.code} in Year {self.year_group}"


class Entry(NamedTuple):
    """A school's share of one group in one column, in per cent, or why there is none.

    `least` is the share known to meet it; `more` says that some are unknown, so that it may be greater.
    """

    value: str
    least: int | None
    more: bool = False
    why: str = ""
    says: str = ""


@dataclass(frozen=True)
class Row:
    """One school: what it is, and its entries by column."""

    school: School
    kind: str
    entries: tuple[tuple[Entry, ...], ...]
    note: str = ""  # why there is no figure in the row at all


@dataclass(frozen=True)
class Summary:
    """Of the schools of one kind in one column and group: the median, the middle half, how many reach three quarters."""

    value: str
    shown: int
    of: int
    median: int | None
    spread: tuple[int, int] | None
    reach: int


@dataclass(frozen=True)
class KindSummary:
    """The summaries of the schools of one kind, by column."""

    kind: str
    schools: int
    summaries: tuple[tuple[Summary, ...], ...]

    @property
    def name(self) -> str:
        """ "Secondary schools"."""
        return Kind.NAMES[self.kind]


@dataclass(frozen=True)
class SideBySide:
    """All of it; rows in the order of the schools given."""

    of: Framework
    academic_year: int
    group: Group
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    kinds: tuple[KindSummary, ...]


def columns_of(of: Framework, group: Group) -> tuple[Column, ...]:
    """What is compared: every counted criterion of the version, and the phases of provider access."""
    access = framework(ACCESS)
    assert access is not None
    found: list[Column] = []
    for each in (*of.counted, *access.counted):
        apart = _judged_apart(each) if group.key == "all" else ()
        found += [Column(each, year_group) for year_group in apart] or [Column(each)]
    return tuple(found)


def _judged_apart(criterion: Criterion) -> tuple[int, ...]:
    """The year groups of a criterion that asks each of two or more for something of its own: by 16, and by 18."""
    spans = [each.judged for each in criterion.expectations if each.shape == "span" and len(each.judged) == 1]
    return tuple(each[0] for each in spans) if len(spans) == len(criterion.expectations) > 1 else ()


def side_by_side(schools: Iterable[School], of: Framework, academic_year: int, group: Group) -> SideBySide:
    """The schools beside one another, from the kept figures alone: one statement however many they are.

    To be used inside `working_in` of them all.
    """
    asked, columns = list(schools), columns_of(of, group)
    by_criterion = {each.criterion.id: each.criterion for each in columns}
    apart = {each.criterion.id: each.criterion for each in columns if each.year_group is not None}
    figures = coverage_of_schools(
        [each.pk for each in asked],
        academic_year,
        by_criterion.values(),
        breakdown=group.key,
        by_year_group=apart.values(),
    )
    found: dict[tuple[int, str, str], list[Figure]] = defaultdict(list)
    for figure in released(figures):
        year_group = figure.value if figure.breakdown == "year-group" else ""
        found[figure.school_id, figure.criterion, year_group].append(figure)
    rows = tuple(_row(each, columns, found) for each in asked)
    kinds = tuple(
        KindSummary(kind, len(alike), _summaries(alike, len(columns)))
        for kind in (Kind.MAINSTREAM, Kind.SPECIAL)
        if (alike := [each for each in rows if each.kind == kind])
    )
    return SideBySide(of, academic_year, group, columns, rows, kinds)


def _row(school: School, columns: Iterable[Column], found: Mapping[tuple[int, str, str], list[Figure]]) -> Row:
    kind = kind_of(school)
    if kind == Kind.PRIMARY:
        return Row(school, kind, (), "Nobody above Year 6: neither the benchmarks nor provider access are about it.")
    bound = access_duty_of(school.establishment_type).binds is not False
    none = (Entry("", None, why=NOT_ASKED),)
    entries = tuple(
        none
        if each.is_of_access and not bound
        else tuple(map(_entry, found.get((school.pk, *each.key), ()))) or (Entry("", None, why=NOBODY),)
        for each in columns
    )
    return Row(school, kind, entries)


def _entry(figure: Figure) -> Entry:
    value = "" if figure.breakdown == "year-group" else figure.value
    if figure.hidden or not figure.of:
        return Entry(value, None, why=HIDDEN)
    if figure.unknown == figure.of:
        return Entry(value, None, why=UNKNOWN, says=f"{figure.of} pupils, all unknown")
    met, unknown = figure.met or 0, figure.unknown or 0
    says = f"{met} of {figure.of}" + (f", {unknown} unknown" if unknown else "")
    return Entry(value, met * 100 // figure.of, more=bool(unknown), says=says)


def _summaries(rows: Collection[Row], columns: int) -> tuple[tuple[Summary, ...], ...]:
    found = []
    for place in range(columns):
        by_value: dict[str, list[Entry]] = defaultdict(list)
        for row in rows:
            for entry in row.entries[place]:
                if entry.why not in {NOT_ASKED, NOBODY}:
                    by_value[entry.value].append(entry)
        found.append(tuple(_summary(value, entries) for value, entries in sorted(by_value.items())))
    return tuple(found)


def _summary(value: str, entries: Collection[Entry]) -> Summary:
    shares = sorted(each.least for each in entries if each.least is not None)
    median, spread = None, None
    if len(shares) >= LEAST:
        low, middle, high = quantiles(shares, n=4, method="inclusive")
        median = round(middle)
        spread = (round(low), round(high)) if len(shares) >= ENOUGH else None
    return Summary(value, len(shares), len(entries), median, spread, sum(each >= THREE_QUARTERS for each in shares))

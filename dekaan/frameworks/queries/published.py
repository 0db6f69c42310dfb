"""Reading the frameworks: benchmarks and law, scales, kinds of activity and of partner. Read once at start."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

CUT_OFF_DAYS = {"02-28": 180}  # days since 1 September; in leap years 29 February is late


@dataclass(frozen=True)
class Expectation:
    """How often, of what, in which year groups.

    `judged` are the year groups in which it is judged; earlier year groups of the window are *so far*. Where there is a
    `cohort`, only pupils who belong to it are asked, and `cohort_note` says who they are.
    """

    shape: str
    judged: tuple[int, ...]
    from_year: int
    to_year: int
    at_least: int
    tags: tuple[str, ...]
    kinds: tuple[tuple[str, ...], ...] = ()
    until_day_in_last_year: int | None = None
    cohort: str = ""
    cohort_note: str = ""

    def last_day(self, academic_year: int) -> date:
        """The last day of that year on which something counts for those in the last year group of the window."""
        if self.until_day_in_last_year is None:
            return date(academic_year + 1, 8, 31)
        return date(academic_year, 9, 1) + timedelta(days=self.until_day_in_last_year)

    def covers(self, year_group: int, academic_day: int) -> bool:
        """Whether what a pupil did in that year group, on that day of the academic year, lies in the window."""
        if not self.from_year <= year_group <= self.to_year:
            return False
        until = self.until_day_in_last_year
        return until is None or year_group < self.to_year or academic_day <= until


@dataclass(frozen=True)
class Criterion:
    """One thing that must be true, in our words; counted where it has expectations."""

    id: str
    framework: str
    benchmark: str
    title: str
    says: str
    who: str
    note: str = ""
    home_sentence: str = ""  # of several pupils; of one it is `home_sentence_one`
    home_sentence_one: str = ""
    is_of_workplaces: bool = False  # asks for an experience of a workplace
    is_two_way: bool = False  # pupils and the other side answer each other, so a recording never counts
    expectations: tuple[Expectation, ...] = ()

    @property
    def code(self) -> str:
        """The number people say: 5.1."""
        return self.id.split(".", 1)[1]

    @property
    def is_counted(self) -> bool:
        """Whether it rests on what pupils did."""
        return bool(self.expectations)

    def is_asked_of(self, year_groups: Collection[int]) -> bool:
        """Whether it is judged, or begins to count, in any of the year groups; where none is known, it may be."""
        return not (self.expectations and year_groups) or any(
            each.from_year <= year_group <= each.to_year for each in self.expectations for year_group in year_groups
        )

    @property
    def cohort_note(self) -> str:
        """Who of the pupils is asked, in a sentence or two; empty where all are."""
        return next((each.cohort_note for each in self.expectations if each.cohort_note), "")


@dataclass(frozen=True)
class Benchmark:
    """A benchmark with its criteria, in order."""

    number: str
    framework: str
    title: str
    summary: str
    criteria: tuple[Criterion, ...]

    @property
    def counted(self) -> tuple[Criterion, ...]:
        """The criteria that rest on what pupils did."""
        return tuple(each for each in self.criteria if each.is_counted)


@dataclass(frozen=True)
class Framework:
    """One version of the benchmarks, or one duty in law, with the dates between which it is in force."""

    key: str
    title: str
    short: str
    publisher: str
    source: str
    in_force_from: date
    in_force_until: date | None
    published_on: date | None
    scale: str
    confidence: str
    benchmarks: tuple[Benchmark, ...]

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Every criterion in order."""
        return tuple(criterion for benchmark in self.benchmarks for criterion in benchmark.criteria)

    @property
    def counted(self) -> tuple[Criterion, ...]:
        """The criteria that rest on what pupils did."""
        return tuple(each for each in self.criteria if each.is_counted)

    @property
    def is_benchmarks(self) -> bool:
        """Whether it is a version of the benchmarks, and not a duty in law."""
        return self.benchmarks[0].number == "1"

    def is_in_force(self, on: date) -> bool:
        """Whether it is in force on that day."""
        return self.in_force_from <= on and (self.in_force_until is None or on <= self.in_force_until)


@dataclass(frozen=True)
class Band:
    """An answer in words; `to` is its upper bound in hundredths of a per cent."""

    name: str
    to: int


@dataclass(frozen=True)
class ActivityType:
    """A kind of activity, where it usually happens, whom with, and what it usually counts towards.

    `criteria_with_employer` are counted besides where an employer is named or said to take part.
    """

    key: str
    name: str
    mode: str
    criteria: tuple[str, ...] = ()
    audience: str = "pupils"
    needs_qualified_adviser: bool = False
    usual_partner: str = ""
    criteria_with_employer: tuple[str, ...] = ()


@dataclass(frozen=True)
class PartnerKind:
    """A kind of employer or provider; of some, meeting them is meeting an employer."""

    key: str
    name: str
    is_employer: bool = False


@dataclass(frozen=True)
class AttendanceCode:
    """A mark of the attendance register, and where it says that the pupil was: "present", "elsewhere" or "absent".

    `until` is the last day of a code that is no longer in the list.
    """

    code: str
    meaning: str
    where: str
    until: date | None = None


@dataclass(frozen=True)
class Registry:
    """Criterion bits, and the key stages by year group."""

    bits: dict[str, int] = field(hash=False)
    key_stages: tuple[tuple[int, ...], ...] = ()


FRAMEWORK_FILES = ("gatsby-2024.toml", "gatsby-2014.toml", "provider-access.toml")


def read(name: str) -> dict[str, Any]:
    """A data file of this area, as it stands."""
    return tomllib.loads(files("dekaan.frameworks").joinpath("data", name).read_text(encoding="utf-8"))


@cache
def registry() -> Registry:
    """The one registry of bits."""
    data = read("registry.toml")
    return Registry(bits=data["bits"], key_stages=tuple(tuple(years) for years in data["key_stages"]))


@cache
def frameworks() -> tuple[Framework, ...]:
    """Every framework, the newest benchmarks first."""
    return tuple(_framework(read(name)) for name in FRAMEWORK_FILES)


def _framework(data: dict[str, Any]) -> Framework:
    key = data["key"]
    return Framework(
        key=key,
        title=data["title"],
        short=data["short"],
        publisher=data["publisher"],
        source=data["source"],
        in_force_from=data["in_force_from"],
        in_force_until=data.get("in_force_until"),
        published_on=data.get("published_on"),
        scale=data["scale"],
        confidence=data["confidence"],
        benchmarks=tuple(
            Benchmark(
                number=str(benchmark["number"]),
                framework=key,
                title=benchmark["title"],
                summary=benchmark["summary"],
                criteria=tuple(_criterion(each, key, str(benchmark["number"])) for each in benchmark["criterion"]),
            )
            for benchmark in data["benchmark"]
        ),
    )


def _criterion(data: dict[str, Any], framework: str, benchmark: str) -> Criterion:
    return Criterion(
        id=data["id"],
        framework=framework,
        benchmark=benchmark,
        title=data["title"],
        says=data["says"],
        who=data["who"],
        note=data.get("note", ""),
        home_sentence=data.get("home_sentence", ""),
        home_sentence_one=data.get("home_sentence_one", ""),
        is_of_workplaces=data.get("is_of_workplaces", False),
        is_two_way=data.get("is_two_way", False),
        expectations=tuple(expectation for each in data.get("expectation", []) for expectation in _expectations(each)),
    )


def _expectations(data: dict[str, Any]) -> list[Expectation]:
    """One expectation of the file, spelled out: each key stage is a span judged in its last year."""
    shape, tags = data["shape"], tuple(data["tags"])
    if shape == "each_key_stage":
        return [
            Expectation(shape, (years[-1],), years[0], years[-1], data["at_least"], tags)
            for years in registry().key_stages
        ]
    if shape == "this_year":
        judged = tuple(data["judged"])
        return [Expectation(shape, judged, judged[0], judged[-1], data["at_least"], tags)]
    until = data.get("until_in_last_year")
    return [
        Expectation(
            shape=shape,
            judged=tuple(data["judged"]),
            from_year=data["from_year"],
            to_year=data["to_year"],
            at_least=data["at_least"],
            tags=tags,
            kinds=tuple(tuple(group) for group in data.get("kinds", [])),
            until_day_in_last_year=CUT_OFF_DAYS[until] if until else None,
            cohort=data.get("cohort", ""),
            cohort_note=data.get("cohort_note", ""),
        )
    ]


def framework(key: str) -> Framework | None:
    """The framework of that key, or None."""
    return next((each for each in frameworks() if each.key == key), None)


def benchmarks_in_force(on: date) -> Framework:
    """The version of the benchmarks in force that day; the oldest for days before any."""
    versions = [each for each in frameworks() if each.is_benchmarks]
    return next((each for each in versions if each.is_in_force(on)), versions[-1])


@cache
def criteria() -> dict[str, Criterion]:
    """Every criterion of every framework, by id."""
    return {criterion.id: criterion for each in frameworks() for criterion in each.criteria}


def criterion(criterion_id: str) -> Criterion | None:
    """The criterion of that id, or None."""
    return criteria().get(criterion_id)


def counterpart(of: Criterion) -> Criterion | None:
    """The criterion with the same number in the other version of the benchmarks, or None."""
    return next((each for each in criteria().values() if each.code == of.code and each.framework != of.framework), None)


def counted_criteria() -> tuple[Criterion, ...]:
    """Every criterion that rests on what pupils did, of every framework."""
    return tuple(criterion for each in frameworks() for criterion in each.counted)


def bit_of(criterion_id: str) -> int:
    """The criterion's bit as a mask. Raises KeyError for one without a bit."""
    return 1 << registry().bits[criterion_id]


def mask_of(criterion_ids: Any) -> int:
    """The mask in which those criteria's bits are set."""
    mask = 0
    for criterion_id in criterion_ids:
        mask |= bit_of(criterion_id)
    return mask


def ids_of(mask: int) -> tuple[str, ...]:
    """The criteria whose bits are set in the mask, in the registry's order; their second counts are not named."""
    return tuple(criterion_id for criterion_id, bit in _bits_of_criteria() if mask >> bit & 1)


def spelled(mask: int) -> str:
    """Everything whose bit is set, second counts too, as an export writes it: ids with a space between."""
    return " ".join(known for known, bit in registry().bits.items() if mask >> bit & 1)


@cache
def _bits_of_criteria() -> tuple[tuple[str, int], ...]:
    return tuple((known, bit) for known, bit in registry().bits.items() if known in criteria())


@cache
def activity_types() -> dict[str, ActivityType]:
    """Kinds of activity by key, in the order of the list."""
    lists = ("criteria", "criteria_with_employer")
    return {
        row["key"]: ActivityType(**{**row, **{name: tuple(row.get(name, ())) for name in lists}})
        for row in read("activity-types.toml")["type"]
    }


def usual_criteria(activity_type: str, partner_kind: str) -> tuple[str, ...]:
    """What an activity of that kind, with a partner of that kind, counts towards unless told otherwise."""
    kind, partner = activity_types()[activity_type], partner_kinds().get(partner_kind)
    return kind.criteria + (kind.criteria_with_employer if partner and partner.is_employer else ())


@cache
def partner_kinds() -> dict[str, PartnerKind]:
    """Kinds of employer and provider by key."""
    return {row["key"]: PartnerKind(**row) for row in read("partner-kinds.toml")["kind"]}


@cache
def attendance_codes() -> dict[str, AttendanceCode]:
    """The marks of an attendance register by code, those of the list before it too."""
    return {row["code"]: AttendanceCode(**row) for row in read("attendance-codes.toml")["code"]}


@cache
def scale(key: str) -> tuple[Band, ...]:
    """The bands of a scale, lowest first."""
    found = next(each for each in read("scales.toml")["scale"] if each["key"] == key)
    return tuple(Band(**band) for band in found["band"])


def band(met: int, of: int, scale_key: str) -> str:
    """The answer that met ÷ of earns, compared in whole numbers; "Not applicable" where nobody is asked about."""
    if of == 0:
        return "Not applicable"
    *below, top = scale(scale_key)  # nobody may be missing from the top one, however many there are
    if met == of:
        return top.name
    return next((each.name for each in below if met * 10000 <= each.to * of), below[-1].name)

"""Duties as data: what schools must, should or are asked to do, in which version since when, and whom it binds."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import Any, Protocol

from dekaan.frameworks.queries.published import read

# From what must be done to what is only announced; a page shows them in this order.
FORCES = {
    "law": "Law",
    "statutory_guidance": "Statutory guidance",
    "benchmark": "The benchmarks",
    "recommended": "Recommended",
    "policy_announced": "Announced policy",
}
YEAR_7_AT = 11  # the age at which a pupil enters Year 7
SIXTH_FORM = 12  # its lowest year group
FIRST_YEAR, LAST_YEAR = 7, 13


class Establishment(Protocol):
    """What of a school decides what binds it, as the register of schools has it."""

    establishment_type: str
    phase: str
    low_age: int
    high_age: int
    has_sixth_form: bool


@dataclass(frozen=True)
class SchoolGroup:
    """Kinds of school that a duty names together: code of the register → name of the kind.

    `ages_say` says that their ages alone say whether they have pupils above Year 11, with or without an official sixth
    form; `not_found` what is said of a duty that names them nowhere, where it was not found whether it does.
    """

    key: str
    name: str
    kinds: dict[str, str] = field(hash=False)
    is_academy: bool = False
    ages_say: bool = False
    not_found: str = ""


@dataclass(frozen=True)
class DutyVersion:
    """What a duty asked between two days, with how much force, and of whom."""

    begins: date
    until: date | None
    force: str
    binds: tuple[str, ...]  # keys of groups
    years: tuple[int, ...]  # year groups that it is about; none named is all
    says: str
    means: str  # what it changes for a school that it binds; "" where another line says so
    source: str
    confidence: str
    parts: tuple[str, ...] = ()  # ids of the duties that make it up
    others: str = ""  # whom it binds where that is no school
    through: dict[str, str] = field(default_factory=dict, hash=False)
    not_bound: dict[str, str] = field(default_factory=dict, hash=False)
    stance: str = ""
    lowest_year: int = 0

    def is_in_force(self, on: date) -> bool:
        """Whether it is in force on that day."""
        return self.begins <= on and (self.until is None or on <= self.until)

    @property
    def whom(self) -> str:
        """Which kinds of school it binds, and for which year groups, in words."""
        named = "; ".join(school_groups()[each].name for each in self.binds)
        return f"{named} ({_years(self.years)})" if self.years else named


@dataclass(frozen=True)
class Evidence:
    """Who judges a duty, by key, and from what."""

    judge: str
    facts: tuple[str, ...] = ()
    role: str = ""
    criterion: str = ""
    activity_types: tuple[str, ...] = ()
    is_offer: bool = False
    lapses: bool = False  # once evidence has run out it is broken, and not only no longer known


@dataclass(frozen=True)
class Duty:
    """One thing that is asked, through all its versions, oldest first."""

    id: str
    title: str
    would_show: str
    kept: str
    evidence: Evidence
    versions: tuple[DutyVersion, ...]

    def on(self, day: date) -> DutyVersion | None:
        """The version in force that day, or None."""
        return next((each for each in self.versions if each.is_in_force(day)), None)


@dataclass(frozen=True)
class Binding:
    """Whether a version binds a school: None where its kind is not known. `why` says why not, or by what, in words."""

    binds: bool | None
    why: str = ""


@dataclass(frozen=True)
class DutyInForce:
    """A duty in the version of a day, and whether it binds the school that was asked about."""

    duty: Duty
    version: DutyVersion
    binding: Binding


@dataclass(frozen=True)
class RuleChange:
    """A version that came into force: what it means for a school that it binds, and what it took the place of."""

    duty: Duty
    version: DutyVersion
    before: DutyVersion | None
    binding: Binding

    @property
    def key(self) -> str:
        """What it is known by: "L1 2022-09-01"."""
        return f"{self.duty.id} {self.version.begins}"


@cache
def school_groups() -> dict[str, SchoolGroup]:
    """Groups of kinds of school by key."""
    return {row["key"]: SchoolGroup(**row) for row in read("duties.toml")["group"]}


@cache
def duties() -> dict[str, Duty]:
    """Every duty by id, in the order of the file."""
    return {row["id"]: _duty(row) for row in read("duties.toml")["duty"]}


def _duty(row: dict[str, Any]) -> Duty:
    lists = {name: tuple(row["evidence"].get(name, ())) for name in ("facts", "activity_types")}
    return Duty(
        id=row["id"],
        title=row["title"],
        would_show=row["would_show"],
        kept=row["kept"],
        evidence=Evidence(**{**row["evidence"], **lists}),
        versions=tuple(_version(each, row["says"]) for each in row["version"]),
    )


def _version(row: dict[str, Any], says: str) -> DutyVersion:
    lists = {name: tuple(row.get(name, ())) for name in ("binds", "years", "parts")}
    own = {name: value for name, value in row.items() if name not in {"from", "until"}}
    return DutyVersion(**{"says": says, "means": "", **own, **lists}, begins=row["from"], until=row.get("until"))


def duties_in_force(on: date, school: Establishment, on_roll: Collection[int] = ()) -> list[DutyInForce]:
    """Every duty in force on that day in the order of the file, with whether and why it binds the school.

    A school with pupils of a year group has it, whatever its ages say: `on_roll` are those that it has pupils of.
    """
    return [
        DutyInForce(duty, version, binding_of(version, school, on_roll))
        for duty in duties().values()
        if (version := duty.on(on)) is not None
    ]


NOT_BOUND, NOT_FOUND = "not-bound", "not-found"


def forces_at(on: date, school: Establishment, on_roll: Collection[int] = ()) -> dict[str, str]:
    """Duty → with what force it is asked of the school that day, or that it is not, or that this was not found.

    Of a school whose kind nobody has said it is told as of one that is bound.
    """
    is_known = group_of(school.establishment_type) is not None
    found = {}
    for each in duties_in_force(on, school, on_roll):
        binds = each.binding.binds if is_known else True
        found[each.duty.id] = {True: each.version.force, False: NOT_BOUND, None: NOT_FOUND}[binds]
    return found


def binding_of(version: DutyVersion, school: Establishment, on_roll: Collection[int] = ()) -> Binding:
    """Whether the version binds the school: by the kind of school first, then by its year groups."""
    if version.others:
        return Binding(False, version.others)
    group = group_of(school.establishment_type)
    if group is None:
        return Binding(None, "Whether it binds this school is not known: say its kind under Settings.")
    if group.key not in version.binds and not group.not_found:
        return Binding(False, version.not_bound.get(group.key) or f"It does not name {group.name}.")
    if version.years and not set(version.years) & set(year_groups_of(school, on_roll)):
        return Binding(
            False, f"It is about {_years(version.years)}, and there is nobody in {_years(version.years)} here."
        )
    if group.key not in version.binds:
        return Binding(None, group.not_found)
    through = version.through.get(group.key, "")
    return Binding(True, f"Through {through}." if through else "")


def group_of(code: str) -> SchoolGroup | None:
    """The group of schools to which a type belongs, by the code of the register; None where it is in none."""
    return next((each for each in school_groups().values() if code in each.kinds), None)


def is_academy(code: str) -> bool:
    """Whether schools of that type are academies, free schools among them."""
    group = group_of(code)
    return group is not None and group.is_academy


def year_groups_of(school: Establishment, on_roll: Collection[int] = ()) -> tuple[int, ...]:
    """The year groups of a school, of Year 7 and above: by its ages, and those of which pupils are on roll.

    Ages alone say nothing of a sixth form where schools of the type have one only if it is said.
    """
    by_ages = _by_ages(
        school.establishment_type,
        school.phase,
        school.low_age,
        school.high_age,
        has_sixth_form=bool(school.has_sixth_form),
    )
    if not on_roll:
        return by_ages
    return tuple(sorted({*by_ages, *(each for each in on_roll if each >= FIRST_YEAR)}))


@lru_cache(maxsize=256)
def _by_ages(
    establishment_type: str, phase: str, low_age: int, high_age: int, *, has_sixth_form: bool
) -> tuple[int, ...]:
    """The year groups by ages; kept, since a trust's page asks it of each school for each of its columns."""
    group = group_of(establishment_type)
    first, last = max(low_age - YEAR_7_AT + 7, 7), high_age - YEAR_7_AT + 6
    if has_sixth_form:
        last = max(last, LAST_YEAR)
    elif not (phase == "16-plus" or first >= SIXTH_FORM or (group and group.ages_say)):
        last = min(last, SIXTH_FORM - 1)
    return tuple(range(first, last + 1))


def _years(years: tuple[int, ...]) -> str:
    return f"Year {years[0]}" if len(years) == 1 else f"Years {years[0]} to {years[-1]}"


def rule_changes(school: Establishment, on_roll: Collection[int] = ()) -> list[RuleChange]:
    """Every version that says what it means, newest first; those of one day in the order of the file."""
    found = [
        RuleChange(duty, version, before, binding_of(version, school, on_roll))
        for duty in duties().values()
        for before, version in zip((None, *duty.versions), duty.versions, strict=False)
        if version.means
    ]
    return sorted(found, key=lambda each: each.version.begins, reverse=True)

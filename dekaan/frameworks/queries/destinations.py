"""Where leavers go: routes, the council's codes and what the published measure calls each; read once at start."""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from dekaan.frameworks.queries.published import read


@dataclass(frozen=True)
class ActivityCode:
    """One of the council's activity codes; `successor` is what to use instead of one that is no longer in force."""

    code: str
    name: str
    group: str
    bucket: str
    sure: str
    note: str = ""
    successor: str = ""
    in_force_from: date = date.min
    in_force_until: date = date.max

    def is_in_force(self, on: date) -> bool:
        """Whether it is a code on that day."""
        return self.in_force_from <= on <= self.in_force_until

    @property
    def takes_part(self) -> bool:
        """Whether the council counts somebody in it as taking part."""
        return self.group in destination_rules().takes_part

    @property
    def is_not_known(self) -> bool:
        """Whether it says that nobody knows."""
        return self.group == "not-known"


@dataclass(frozen=True)
class Bucket:
    """What the published measure calls a destination, and what a month in it counts as."""

    key: str
    name: str
    counts_as: str  # "education", "apprenticeship", "work", "out" or "unseen"


@dataclass(frozen=True)
class Refinement:
    """What a route turns out to be where the course has one of these words, or the level is no higher."""

    route: str
    words: tuple[str, ...] = ()
    up_to_level: int = 0

    def fits(self, course: str, level: int | None) -> bool:
        """Whether course or level say so; the words of the course as whole words, marks aside."""
        said = f" {' '.join(re.findall(r'[a-z0-9]+', course.casefold()))} "
        return any(f" {word} " in said for word in self.words) or (level is not None and level <= self.up_to_level)


@dataclass(frozen=True)
class Route:
    """Where somebody may go, in the words that people use; `code` and `bucket` are empty for a plan that is none yet."""

    key: str
    name: str
    stages: tuple[int, ...]  # after Year 11, after Year 13
    code: str
    bucket: str
    sure: str
    note: str = ""
    successor: str = ""
    is_plan_only: bool = False
    is_of_code: bool = False  # what its code says by itself
    also_codes: tuple[str, ...] = ()  # which the council may give for the same, since it tells more apart there
    refined: tuple[Refinement, ...] = ()
    levels: dict[str, str] = field(default_factory=dict, hash=False)
    in_force_from: date = date.min
    in_force_until: date = date.max

    def is_in_force(self, on: date) -> bool:
        """Whether anybody can go there on that day."""
        return self.in_force_from <= on <= self.in_force_until

    def bucket_at(self, level: int | None) -> Bucket | None:
        """What the published measure calls it at that level; None for a plan that is none yet."""
        return buckets().get(self.levels.get(str(level), self.bucket))

    def at(self, course: str, level: int | None) -> str:
        """The key of what it is by that course and level; its own where they say no more."""
        return next((each.route for each in self.refined if each.fits(course, level)), self.key)

    @property
    def codes(self) -> frozenset[str]:
        """Every code that the council may give for it."""
        return frozenset(filter(None, (self.code, *self.also_codes)))

    def may_be(self, key: str) -> bool:
        """Whether it says no more than that one, or the same."""
        return key == self.key or any(each.route == key for each in self.refined)


@dataclass(frozen=True)
class Moment:
    """When a leaver's place is asked after."""

    key: str
    name: str
    month: int
    day: int
    year: int
    opens: tuple[int, int] | None = None  # month and day from which what is said is of it, if not the month's first
    closes: tuple[int, int] | None = None  # and until which, if not the month's last

    def day_after_leaving(self, leaving_year: int) -> date:
        """The day, for those who left in that academic year."""
        september = leaving_year + 1 + self.year
        return date(september if self.month >= 9 else september + 1, self.month, self.day)

    def days_after_leaving(self, leaving_year: int) -> tuple[date, date]:
        """The first and the last day of which what is said is of it."""
        day = self.day_after_leaving(leaving_year)
        first = date(day.year, *self.opens) if self.opens else day.replace(day=1)
        last = date(day.year, *self.closes) if self.closes else day.replace(day=monthrange(day.year, day.month)[1])
        return first, last


@dataclass(frozen=True)
class DestinationRules:
    """What *taking part* and *sustained* ask, and where it is said."""

    source: str
    checked_on: date
    next_check: str
    groups: dict[str, str] = field(hash=False)
    takes_part: frozenset[str]
    months: tuple[int, ...]
    work_months: int
    apprenticeship_months: int


@cache
def destination_rules() -> DestinationRules:
    """The rules of both mappings."""
    said = read("destinations.toml")
    return DestinationRules(
        source=said["source"],
        checked_on=said["checked_on"],
        next_check=said["next_check"],
        groups=said["groups"],
        takes_part=frozenset(said["takes_part"]),
        months=tuple(said["sustained"]["months"]),
        work_months=said["sustained"]["work_months"],
        apprenticeship_months=said["sustained"]["apprenticeship_months"],
    )


@dataclass(frozen=True)
class Keeping:
    """A share that a criterion asks the school to keep: of whose plans or places, and from which share on it is kept."""

    key: str
    name: str
    of: str  # "plans", "leavers" or "sustained"
    criteria: tuple[str, ...]
    met_from: int  # in per cent
    sure: str
    year_groups: tuple[int, ...] = ()
    months: int = 0
    years: int = 0
    due: str = ""


@cache
def keepings() -> dict[str, Keeping]:
    """What the ledger of destinations can show of criteria, by key."""
    lists = ("criteria", "year_groups")
    return {
        row["key"]: Keeping(**{**row, **{name: tuple(row.get(name, ())) for name in lists}})
        for row in read("destinations.toml")["kept"]
    }


@dataclass(frozen=True)
class HigherEducation:
    """What says that somebody considers higher education; the reasons stand in the data file."""

    routes: frozenset[str]
    codes: frozenset[str]
    from_level: dict[str, int] = field(hash=False)
    open_routes: frozenset[str]
    from_year: int
    live_offers: frozenset[str]
    settled_offers: frozenset[str]
    sure: str

    def names(self, route: str, code: str, level: int | None) -> bool:
        """Whether that is higher education."""
        at = self.from_level.get(route)
        return route in self.routes or code in self.codes or (at is not None and level is not None and level >= at)


@cache
def higher_education() -> HigherEducation:
    """Who considers it, as the data file says."""
    said = read("destinations.toml")["higher_education"]
    sets = ("routes", "codes", "open_routes", "live_offers", "settled_offers")
    return HigherEducation(**{**said, **{name: frozenset(said[name]) for name in sets}})


@cache
def buckets() -> dict[str, Bucket]:
    """Every bucket of the published measure by key."""
    return {row["key"]: Bucket(**row) for row in read("destinations.toml")["bucket"]}


@cache
def activity_codes() -> dict[str, ActivityCode]:
    """Every code of the council, those no longer in force with them."""
    return {row["code"]: ActivityCode(**row) for row in read("destinations.toml")["code"]}


@cache
def routes() -> dict[str, Route]:
    """Every route by key, in the order in which they are offered."""
    return {row["key"]: _route(row) for row in read("destinations.toml")["route"]}


def _route(row: dict[str, Any]) -> Route:
    finer = tuple(Refinement(**{**each, "words": tuple(each.get("words", ()))}) for each in row.get("refined", ()))
    also = tuple(row.get("also_codes", ()))
    return Route(**{**row, "stages": tuple(row["stages"]), "refined": finer, "also_codes": also})


@cache
def routes_of_codes() -> dict[str, Route]:
    """What a code says by itself, for those of which a route says just that."""
    return {each.code: each for each in routes().values() if each.is_of_code}


@cache
def moments() -> dict[str, Moment]:
    """When leavers are asked after, by key."""
    days = ("opens", "closes")
    return {
        row["key"]: Moment(**{**row, **{name: tuple(row[name]) for name in days if name in row}})
        for row in read("destinations.toml")["moment"]
    }

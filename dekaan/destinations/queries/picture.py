"""Where they went: the leavers of a year from what they meant to what became of it, judged by both mappings.

One answer for the page, the command and the papers, so that all of them say the same. A number of None is hidden.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, QuerySet

from dekaan.access.models import RoleAssignment
from dekaan.access.permissions import COUNTED_BY, Permission
from dekaan.destinations.models import PLANS, Kind, Statement
from dekaan.destinations.queries.cohorts import Leaver, leavers
from dekaan.destinations.queries.following import is_known
from dekaan.destinations.queries.judging import LEARNING_OR_WORK, Outcome
from dekaan.destinations.queries.ledger import Moment, agree, bucket_of, code_of
from dekaan.destinations.queries.meaning import intention_of
from dekaan.destinations.queries.scope import leavers_opened
from dekaan.frameworks.queries import activity_types, buckets, routes
from dekaan.measures.queries import is_small, places_to_hide
from dekaan.participation.queries import live
from dekaan.people.models import Ethnicity, Pupil, SenProvision, Sex, YearRecord

NO_INTENTION, UNDECIDED, IN_WORDS = "no-intention", "undecided", "in-words"
NOT_KNOWN, DISAGREE = "not-known", "disagree"
NAMES = {
    NO_INTENTION: "No intention recorded",
    UNDECIDED: "Undecided",
    IN_WORDS: "Said in other words",
    NOT_KNOWN: "Not known",
    DISAGREE: "Sources disagree",
    "apprenticeship": "Apprenticeship",
    "neither": "Neither learning nor work",
    "not-captured": "Abroad, or educated at home",
}
# Which day tells where somebody went: the first of these of which somebody knows.
TELLS = (Kind.POSITION, Kind.ENROLMENT, Kind.CHANGE, Kind.SIX_MONTHS)
FEW = 30  # of fewer leavers an average says little, and the page says so

KEPT, BACKUP, ELSEWHERE, OTHERWISE = "kept", "backup", "elsewhere", "otherwise"
CHANGED = {
    KEPT: "Went where they meant to",
    BACKUP: "Went to their backup",
    ELSEWHERE: "The same kind of place, elsewhere",
    OTHERWISE: "Went otherwise than they meant to",
    UNDECIDED: "Were undecided, and are known",
    NO_INTENTION: "Are known, and no intention was recorded",
    DISAGREE: "Sources disagree",
    NOT_KNOWN: "Nobody knows",
}
LEARNING, NEITHER = "learning-or-work", "neither"
BECAME = {LEARNING: "In learning or work", NEITHER: "Otherwise, or sources disagree", NOT_KNOWN: "Not known"}

YES_NO = {"yes": "Yes", "no": "No"}
GROUPS: dict[str, tuple[str, dict[str, str]]] = {
    "pupil-premium": ("Pupil premium", YES_NO),
    "sen": ("Special educational needs", {str(key): str(name) for key, name in SenProvision.choices}),
    "sex": ("Sex", {str(key): str(name) for key, name in Sex.choices}),
    "ethnicity": ("Ethnicity", {str(key): str(name) for key, name in Ethnicity.choices}),
    "looked-after": ("Looked after", YES_NO),
}


@dataclass(frozen=True)
class Judged:
    """How many come to what, by one mapping; in the order of `Outcome`."""

    sustained: int | None = 0
    not_sustained: int | None = 0
    not_captured: int | None = 0
    unknown: int | None = 0

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """The four, in order."""
        return (self.sustained, self.not_sustained, self.not_captured, self.unknown)


HIDDEN_JUDGED = Judged(None, None, None, None)


@dataclass(frozen=True)
class Flow:
    """How many meant to go to one kind of place and went to another."""

    meant: str
    became: str
    pupils: int | None

    @property
    def meant_name(self) -> str:
        """What they meant, as it is said."""
        return place_name(self.meant)

    @property
    def became_name(self) -> str:
        """What became of it, as it is said."""
        return place_name(self.became)


@dataclass(frozen=True)
class Line:
    """Leavers who have something in common: a route that they took, or a characteristic."""

    key: str
    name: str
    pupils: int | None
    not_known: int | None  # of whom nothing is known after leaving
    council: Judged
    measure: Judged

    @property
    def is_hidden(self) -> bool:
        """Whether a number under six would show."""
        return self.pupils is None


@dataclass(frozen=True)
class Table:
    """The same by one characteristic."""

    key: str
    title: str
    lines: tuple[Line, ...]
    is_released: bool = False


@dataclass(frozen=True)
class Encounters:
    """One kind of activity: how many times a leaver took part in it on average, by what became of them, in tenths."""

    name: str
    each: tuple[int | None, ...]  # in the order of BECAME, then of all


@dataclass(frozen=True)
class Picture:
    """Where the leavers of a year went."""

    left_in: int
    pupils: int | None
    not_known: int | None
    disagree: int | None
    council: Judged = field(default_factory=Judged)
    measure: Judged = field(default_factory=Judged)
    changed: tuple[tuple[str, int | None], ...] = ()  # of CHANGED
    flows: tuple[Flow, ...] = ()
    routes: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    became: tuple[tuple[str, int | None], ...] = ()  # of BECAME
    encounters: tuple[Encounters, ...] = ()
    is_released: bool = False

    @property
    def is_few(self) -> bool:
        """Whether an average says little."""
        return any(number is None or number < FEW for _, number in self.became)


def picture(left_in: int, of: QuerySet[Pupil], permissions: Iterable[Permission] | None = None) -> Picture:
    """Of those among these who left in that academic year; with permissions, as whoever holds them may see it.

    Without any it is exact. Whoever may only count sees no number from 1 to 5, nor one from which it follows; tables by
    what somebody is need what counting those needs. Seven questions.
    """
    may = None if permissions is None else frozenset(permissions)
    found = leavers(left_in, of)
    exact = may is None or Permission.DESTINATIONS_SEE in may
    drawn = _drawn(left_in, found)
    tables = []
    for table in _tables(left_in, found):
        counts, sees = COUNTED_BY.get(table.key, (Permission.DESTINATIONS_COUNT, Permission.DESTINATIONS_SEE))
        if may is not None and counts not in may:
            continue
        tables.append(table if exact and (may is None or sees in may) else _released_table(table))
    drawn = replace(drawn, tables=tuple(tables))
    return drawn if exact else _released(drawn)


def _drawn(left_in: int, found: Sequence[Leaver]) -> Picture:
    went = {each.pupil.pk: first_known(each) for each in found}
    flows = Counter((_meant(each), _place(went[each.pupil.pk])) for each in found)
    changed = Counter(_changed(each, went[each.pupil.pk]) for each in found)
    standing = {each.pupil.pk: _became(went[each.pupil.pk]) for each in found}
    became = Counter(standing.values())
    return Picture(
        left_in=left_in,
        pupils=len(found),
        not_known=became[NOT_KNOWN],
        disagree=sum(each is not None and each.disagrees for each in went.values()),
        council=_judged(each.judgement.council.outcome for each in found),
        measure=_judged(each.judgement.measure.outcome for each in found),
        changed=tuple((key, changed[key]) for key in CHANGED),
        flows=tuple(
            Flow(meant, place, number)
            for (meant, place), number in sorted(flows.items(), key=lambda pair: (_rank(pair[0][0]), _rank(pair[0][1])))
        ),
        routes=_routes(found, went),
        became=tuple((key, became[key]) for key in BECAME),
        encounters=_encounters(standing),
    )


def first_known(leaver: Leaver) -> Moment | None:
    """Where they went: 1 November where somebody knows, else September, another day, or the end of March."""
    there: dict[str, list[Moment]] = defaultdict(list)
    for each in leaver.moments:
        if each.kind not in PLANS and is_known(each):
            there[each.kind].append(each)
    return next((there[kind][0] for kind in TELLS if there[kind]), None)


def place_name(key: str) -> str:
    """What a kind of place is called."""
    return NAMES.get(key) or buckets()[key].name


def _kind_of_place(statement: Statement) -> str:
    """The measure's bucket, whatever the level of an apprenticeship; "" where it says none."""
    bucket = bucket_of(statement)
    if bucket is None:
        return ""
    return "apprenticeship" if bucket.counts_as == "apprenticeship" else bucket.key


def _meant(leaver: Leaver) -> str:
    said = intention_of(_plans(leaver))
    if said is None:
        return NO_INTENTION
    return _kind_of_place(said) or (UNDECIDED if said.route else IN_WORDS)


def _plans(leaver: Leaver) -> list[Statement]:
    return [each for moment in leaver.moments if moment.kind in PLANS for group in moment.groups for each in group]


def _place(moment: Moment | None) -> str:
    if moment is None:
        return NOT_KNOWN
    return DISAGREE if moment.disagrees else _kind_of_place(moment.groups[0][0]) or NOT_KNOWN


def _became(moment: Moment | None) -> str:
    if moment is None:
        return NOT_KNOWN
    bucket = None if moment.disagrees else bucket_of(moment.groups[0][0])
    return LEARNING if bucket and bucket.counts_as in LEARNING_OR_WORK else NEITHER


def _changed(leaver: Leaver, moment: Moment | None) -> str:
    """What became of what they meant, by one of CHANGED."""
    if moment is None or moment.disagrees:
        return NOT_KNOWN if moment is None else DISAGREE
    there, plans = moment.groups[0][0], _plans(leaver)
    meant, instead = intention_of(plans), intention_of(plans, is_backup=True)
    if meant is None:
        return NO_INTENTION
    if agree(meant, there):
        return KEPT
    if instead and agree(instead, there):
        return BACKUP
    if not _kind_of_place(meant):
        return UNDECIDED
    return ELSEWHERE if meant.route and meant.route == there.route else OTHERWISE


def _rank(place: str) -> int:
    """Unknowns first, then as the data file has them."""
    first = [NOT_KNOWN, DISAGREE, NO_INTENTION, UNDECIDED, IN_WORDS]
    return first.index(place) if place in first else len(first) + list(buckets()).index(place)


def where_to(flows: Iterable[Flow]) -> list[str]:
    """The names of the places to which they went, unknowns first."""
    return [place_name(key) for key in sorted({each.became for each in flows}, key=_rank)]


def _judged(outcomes: Iterable[str]) -> Judged:
    counted = Counter(outcomes)
    return Judged(*(counted[each] for each in Outcome))


def _line(key: str, name: str, members: Sequence[Leaver]) -> Line:
    return Line(
        key,
        name,
        len(members),
        sum(first_known(each) is None for each in members),
        _judged(each.judgement.council.outcome for each in members),
        _judged(each.judgement.measure.outcome for each in members),
    )


def _routes(found: Sequence[Leaver], went: Mapping[int, Moment | None]) -> tuple[Line, ...]:
    """By the route that they took, unknowns first; a council's code stands for itself where no route was said."""
    named = {NOT_KNOWN: NAMES[NOT_KNOWN], DISAGREE: NAMES[DISAGREE]} | {
        each.key: each.name for each in routes().values()
    }
    by_route: dict[str, list[Leaver]] = defaultdict(list)
    for each in found:
        moment = went[each.pupil.pk]
        said = moment.groups[0][0] if moment and not moment.disagrees else None
        key = NOT_KNOWN if moment is None else DISAGREE
        if said:
            code = code_of(said)
            key = said.route or said.code
            named.setdefault(key, code.name if code else key)
        by_route[key].append(each)
    return tuple(_line(key, name, by_route[key]) for key, name in named.items() if key in by_route)


def _tables(left_in: int, found: Sequence[Leaver]) -> list[Table]:
    """By what they were in their last year."""
    ids = [each.pupil.pk for each in found]
    records = {
        each.pupil_id: each
        for each in YearRecord.objects.filter(academic_year=left_in, pupil_id__in=ids).order_by("pk")
    }
    tables = []
    for key, (title, names) in GROUPS.items():
        by_value: dict[str, list[Leaver]] = defaultdict(list)
        for each in found:
            value = getattr(records.get(each.pupil.pk), key.replace("-", "_"), None)
            by_value[_value(value)].append(each)
        values = [each for each in (*names, "") if each in by_value]
        lines = tuple(_line(each, names.get(each, "Not known"), by_value[each]) for each in values)
        tables.append(Table(key, title, lines))
    return tables


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value or "")


def _encounters(standing: Mapping[int, str]) -> tuple[Encounters, ...]:
    """What they took part in while they were here, by kind, the most frequent first."""
    rows = live().filter(pupil_id__in=list(standing), counts=1).values_list("activity_type", "pupil_id")
    times: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, pupil_id, number in rows.annotate(times=Count("pk")).order_by():
        times[kind][standing[pupil_id]] += number
    pupils = Counter(standing.values())
    found = [
        Encounters(
            activity_types()[kind].name if kind in activity_types() else kind,
            (*(_tenths(counted[each], pupils[each]) for each in BECAME), _tenths(counted.total(), len(standing))),
        )
        for kind, counted in sorted(times.items(), key=lambda pair: (-pair[1].total(), pair[0]))
    ]
    return tuple(found)


def _tenths(times: int, pupils: int) -> int | None:
    return (times * 20 + pupils) // (2 * pupils) if pupils else None


def _released(drawn: Picture) -> Picture:
    """The same as it may leave those who follow leavers; nothing at all where they are fewer than six."""
    if is_small(drawn.pupils or 0):
        return Picture(drawn.left_in, None, None, None, HIDDEN_JUDGED, HIDDEN_JUDGED, is_released=True)
    became = _partition(drawn.became)
    not_known = dict(_partition(((NOT_KNOWN, drawn.not_known), ("", (drawn.pupils or 0) - (drawn.not_known or 0)))))
    hidden = {place for place, (_, number) in enumerate(became) if number is None}
    return replace(
        drawn,
        not_known=not_known[NOT_KNOWN],
        disagree=None,
        council=_released_judged(drawn.council),
        measure=_released_judged(drawn.measure),
        changed=_partition(drawn.changed),
        flows=_released_flows(drawn.flows),
        routes=(),  # who took which route follows from the flows less than it would from both
        became=became,
        encounters=tuple(
            replace(row, each=tuple(None if place in hidden else each for place, each in enumerate(row.each)))
            for row in drawn.encounters
        ),
        is_released=True,
    )


def _partition(parts: Sequence[tuple[str, int | None]]) -> tuple[tuple[str, int | None], ...]:
    """Parts of one whole that is told, without those that would give away a small number."""
    hidden = places_to_hide([name for name, _ in parts], [(number or 0,) for _, number in parts])
    return tuple((name, None if place in hidden else number) for place, (name, number) in enumerate(parts))


def _released_judged(judged: Judged) -> Judged:
    parts = _partition(list(zip(Outcome, judged.numbers, strict=True)))
    return Judged(*(number for _, number in parts))


def _released_flows(flows: Sequence[Flow]) -> tuple[Flow, ...]:
    """Hidden so that nothing follows from the whole, nor from all who meant one thing, nor from all who went to one place."""
    lines = [list(range(len(flows)))]
    lines += [[at for at, each in enumerate(flows) if each.meant == key] for key in {each.meant for each in flows}]
    lines += [[at for at, each in enumerate(flows) if each.became == key] for key in {each.became for each in flows}]
    hidden: set[int] = set()
    grows = True
    while grows:
        before = len(hidden)
        for line in sorted(lines):
            names = [f"{flows[at].meant} {flows[at].became}" for at in line]
            there = frozenset(place for place, at in enumerate(line) if at in hidden)
            hidden |= {line[place] for place in places_to_hide(names, [(flows[at].pupils or 0,) for at in line], there)}
        grows = len(hidden) > before
    return tuple(replace(each, pupils=None) if at in hidden else each for at, each in enumerate(flows))


def _released_table(table: Table) -> Table:
    """Fewer numbers, so that more of them can be told; a line is hidden whole."""
    hidden = places_to_hide([each.name for each in table.lines], [_told(each) for each in table.lines])
    return replace(
        table,
        lines=tuple(
            _blank(each) if place in hidden else replace(each, council=_only(each.council), measure=HIDDEN_JUDGED)
            for place, each in enumerate(table.lines)
        ),
        is_released=True,
    )


def _told(line: Line) -> tuple[int, ...]:
    """What a line that may leave tells, and what follows from that."""
    pupils, not_known, sustained = line.pupils or 0, line.not_known or 0, line.council.sustained or 0
    return (pupils, not_known, pupils - not_known, sustained, pupils - sustained, pupils - not_known - sustained)


def _only(judged: Judged) -> Judged:
    return replace(HIDDEN_JUDGED, sustained=judged.sustained)


def _blank(line: Line) -> Line:
    return replace(line, pupils=None, not_known=None, council=HIDDEN_JUDGED, measure=HIDDEN_JUDGED)


def as_plain(drawn: Picture) -> dict[str, Any]:
    """The picture's numbers by name, as the command tells them."""
    return {
        "left_in": drawn.left_in,
        "leavers": drawn.pupils,
        "not_known": drawn.not_known,
        "sources_disagree": drawn.disagree,
        "council": _plain(drawn.council),
        "measure": _plain(drawn.measure),
        "changed": [{"key": key, "name": CHANGED[key], "leavers": number} for key, number in drawn.changed],
        "flows": [
            {"meant": each.meant_name, "became": each.became_name, "leavers": each.pupils} for each in drawn.flows
        ],
        "routes": [_plain_line(each) for each in drawn.routes],
        "groups": {each.key: [_plain_line(line) for line in each.lines] for each in drawn.tables},
        "became": [{"key": key, "name": BECAME[key], "leavers": number} for key, number in drawn.became],
        "encounters": [
            {"kind": row.name} | dict(zip((*BECAME, "all"), map(in_tenths, row.each), strict=True))
            for row in drawn.encounters
        ],
    }


def in_tenths(tenths: int | None) -> str | None:
    """ "1.5"; None where hidden, or of nobody."""
    return None if tenths is None else f"{tenths // 10}.{tenths % 10}"


def _plain(judged: Judged) -> dict[str, int | None]:
    return {each.value: number for each, number in zip(Outcome, judged.numbers, strict=True)}


def _plain_line(line: Line) -> dict[str, Any]:
    return {
        "key": line.key,
        "name": line.name,
        "leavers": line.pupils,
        "not_known": line.not_known,
        "council": _plain(line.council),
        "measure": _plain(line.measure),
    }


def pictured(left_in: int, assignments: Iterable[RoleAssignment], permissions: Iterable[Permission]) -> Picture:
    """As somebody may see it: of those whose destinations are theirs to see; who may only count, of the whole school."""
    may = frozenset(permissions)
    sees = Permission.DESTINATIONS_SEE in may
    return picture(left_in, leavers_opened(assignments, left_in) if sees else Pupil.objects.all(), may)

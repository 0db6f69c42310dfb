"""Where they went: the leavers of a year from what they meant to what became of it, judged by both mappings.

One answer for the page, the command and the papers, so that all of them say the same. A number of None is hidden.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Count, QuerySet

from dekaan.access.models import RoleAssignment
from dekaan.access.permissions import COUNTED_BY, Permission
from dekaan.destinations.models import PLANS, Statement
from dekaan.destinations.queries.cohorts import YEAR_11, Leaver, leavers
from dekaan.destinations.queries.judging import LEARNING_OR_WORK, Outcome
from dekaan.destinations.queries.ledger import Moment, agree, bucket_of, code_of
from dekaan.destinations.queries.meaning import intention_of
from dekaan.destinations.queries.releasing import nothing_told, released_picture, released_table
from dekaan.destinations.queries.scope import leavers_opened
from dekaan.destinations.queries.shapes import (
    BACKUP,
    BECAME,
    CHANGED,
    DISAGREE,
    ELSEWHERE,
    GAP,
    GAP_CODE,
    GROUPS,
    IN_WORDS,
    KEPT,
    LEARNING,
    NAMES,
    NEITHER,
    NO_INTENTION,
    NOT_KNOWN,
    OTHERWISE,
    SAME_KIND,
    UNDECIDED,
    Encounters,
    Flow,
    Judged,
    Line,
    Picture,
    Table,
    Told,
    Way,
    place_name,
)
from dekaan.destinations.queries.went import first_known
from dekaan.frameworks.queries import activity_codes, activity_types, buckets, routes, routes_of_codes
from dekaan.participation.queries import live
from dekaan.people.models import Pupil, YearRecord


def picture(
    left_in: int,
    of: QuerySet[Pupil],
    permissions: Iterable[Permission] | None = None,
    year_group: int | None = None,
) -> Picture:
    """Of those among these who left in that academic year; with permissions, as whoever holds them may see it.

    Without any it is exact. Whoever may only count sees no number from 1 to 5, nor one from which it follows; tables by
    what somebody is need what counting those needs. Seven questions.

    Of one year group nothing is told to whoever may only count: beside what is told of all, a small number would follow.
    """
    may = None if permissions is None else frozenset(permissions)
    found = leavers(left_in, of)
    exact = may is None or Permission.DESTINATIONS_SEE in may
    year_groups = tuple(sorted({each.year_group for each in found}))
    if year_group is not None:
        if not exact:
            return nothing_told(left_in)
        found = [each for each in found if each.year_group == year_group]
    drawn = _drawn(left_in, found)
    tables = []
    for table in drawn.tables:
        counts, sees = COUNTED_BY.get(table.key, (Permission.DESTINATIONS_COUNT, Permission.DESTINATIONS_SEE))
        if may is not None and counts not in may:
            continue
        if exact and (may is None or sees in may):
            tables.append(table)
        elif year_group is None:
            tables.append(released_table(table))
    drawn = replace(drawn, tables=tuple(tables), year_groups=year_groups, year_group=year_group)
    return drawn if exact else released_picture(drawn)


def _drawn(left_in: int, found: Sequence[Leaver]) -> Picture:
    went = {each.pupil.pk: first_known(each) for each in found}
    standing = {each.pupil.pk: _became(went[each.pupil.pk]) for each in found}
    tables = tuple(_tables(left_in, found, went))
    drawn = drawn_of(left_in, found, went)
    return replace(drawn, routes=_routes(found, went), tables=tables, encounters=_encounters(standing))


def drawn_of(left_in: int, found: Sequence[Leaver], went: Mapping[int, Moment | None]) -> Picture:
    """What follows from what was said of these leavers alone: no table by group or route, and nothing of encounters."""
    ways = Counter(
        (_meant(each), place_of(moment), _changed(each, moment), _became(moment), each.year_group <= YEAR_11)
        for each, moment in ((each, went[each.pupil.pk]) for each in found)
    )
    flows, changed, became = Counter[tuple[str, str]](), Counter[str](), Counter[str]()
    for (meant, place, change, standing, _), number in ways.items():
        flows[meant, place] += number
        changed[change] += number
        became[standing] += number
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
            for (meant, place), number in sorted(flows.items(), key=lambda pair: (rank(pair[0][0]), rank(pair[0][1])))
        ),
        meant=_side(each for each, _ in flows.elements()),
        went=_side(each for _, each in flows.elements()),
        became=tuple((key, became[key]) for key in BECAME),
        ways=tuple(Way(*each, number) for each, number in sorted(ways.items())),
    )


def _side(places: Iterable[str]) -> Told:
    """How many stand where, unknowns first."""
    counted = Counter(places)
    return tuple((key, counted[key]) for key in sorted(counted, key=rank))


def _kind_of_place(statement: Statement) -> str:
    """The measure's bucket, whatever the level of an apprenticeship; "" where it says none.

    A gap year with a place held has a name of its own: the measure finds nobody, the council counts it as education.
    """
    code = code_of(statement)
    if code and code.code == GAP_CODE:
        return GAP
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


def place_of(moment: Moment | None) -> str:
    """The key of where they went, as a picture names it."""
    if moment is None:
        return NOT_KNOWN
    return DISAGREE if moment.disagrees else _kind_of_place(moment.said) or NOT_KNOWN


def _became(moment: Moment | None) -> str:
    if moment is None:
        return NOT_KNOWN
    bucket = None if moment.disagrees else bucket_of(moment.said)
    return LEARNING if bucket and bucket.counts_as in LEARNING_OR_WORK else NEITHER


def _changed(leaver: Leaver, moment: Moment | None) -> str:
    """What became of what they meant, by one of CHANGED."""
    if moment is None or moment.disagrees:
        return NOT_KNOWN if moment is None else DISAGREE
    there, plans = moment.said, _plans(leaver)
    meant, instead = intention_of(plans), intention_of(plans, is_backup=True)
    if meant is None:
        return NO_INTENTION
    if agree(meant, there):
        return KEPT
    if instead and agree(instead, there):
        return BACKUP
    if not _kind_of_place(meant):
        return UNDECIDED
    if not meant.route or meant.route != there.route:
        return OTHERWISE
    # Two names say that it is elsewhere only where the directory knows both: else it may be a spelling.
    return ELSEWHERE if meant.provider_id and there.provider_id else SAME_KIND


def rank(place: str) -> int:
    """Unknowns first, then as the data file has them."""
    order = [NOT_KNOWN, DISAGREE, NO_INTENTION, UNDECIDED, IN_WORDS, *buckets()]
    order.insert(order.index(NEITHER), GAP)
    return order.index(place)


def _judged(outcomes: Iterable[str]) -> Judged:
    counted = Counter(outcomes)
    return Judged(*(counted[each] for each in Outcome))


def _line(key: str, name: str, members: Sequence[Leaver], went: Mapping[int, Moment | None]) -> Line:
    return Line(
        key,
        name,
        len(members),
        sum(went[each.pupil.pk] is None for each in members),
        _judged(each.judgement.council.outcome for each in members),
        _judged(each.judgement.measure.outcome for each in members),
    )


def _route(moment: Moment | None) -> str:
    """By key; where no route was said that which the council's code alone says, else the code."""
    if moment is None or moment.disagrees:
        return NOT_KNOWN if moment is None else DISAGREE
    said = moment.said
    by_code = routes_of_codes().get(said.code)
    return said.route or (by_code.key if by_code else said.code)


def _routes(found: Sequence[Leaver], went: Mapping[int, Moment | None]) -> tuple[Line, ...]:
    """By the route that they took, unknowns first; a council's code stands for itself where no route was said."""
    named = {NOT_KNOWN: NAMES[NOT_KNOWN], DISAGREE: NAMES[DISAGREE]} | {
        each.key: each.name for each in routes().values()
    }
    by_route: dict[str, list[Leaver]] = defaultdict(list)
    for each in found:
        key = _route(went[each.pupil.pk])
        if key not in named:
            code = activity_codes().get(key)
            named[key] = code.name if code else key
        by_route[key].append(each)
    return tuple(_line(key, name, by_route[key], went) for key, name in named.items() if key in by_route)


def _tables(left_in: int, found: Sequence[Leaver], went: Mapping[int, Moment | None]) -> list[Table]:
    """By what they were in their last year."""
    groups = groups_of(left_in, found)
    tables = []
    for key, (title, names) in GROUPS.items():
        by_value: dict[str, list[Leaver]] = defaultdict(list)
        for each in found:
            by_value[groups[each.pupil.pk][key]].append(each)
        values = [each for each in (*names, "") if each in by_value]
        lines = tuple(_line(each, names.get(each, "Not known"), by_value[each], went) for each in values)
        tables.append(Table(key, title, lines))
    return tables


def groups_of(left_in: int, found: Sequence[Leaver]) -> dict[int, dict[str, str]]:
    """By pupil what each was in their last year, by the keys of GROUPS; "" where it is not known. One question."""
    ids = [each.pupil.pk for each in found]
    records = {
        each.pupil_id: each
        for each in YearRecord.objects.filter(academic_year=left_in, pupil_id__in=ids).order_by("pk")
    }
    return {pk: {key: _value(getattr(records.get(pk), key.replace("-", "_"), None)) for key in GROUPS} for pk in ids}


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value or "")


def counted_as(leaver: Leaver) -> dict[str, str]:
    """In which numbers of the picture somebody is counted, by key."""
    moment = first_known(leaver)
    return {
        "meant": _meant(leaver),
        "went": place_of(moment),
        "changed": _changed(leaver, moment),
        "route": _route(moment),
        "council": leaver.judgement.council.outcome.value,
        "measure": leaver.judgement.measure.outcome.value,
    }


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


def as_plain(drawn: Picture) -> dict[str, Any]:
    """The picture's numbers by name, as the command tells them."""
    return {
        "left_in": drawn.left_in,
        "year_group": drawn.year_group,
        "leavers": drawn.pupils,
        "not_known": drawn.not_known,
        "sources_disagree": drawn.disagree,
        "council": _plain(drawn.council),
        "measure": _plain(drawn.measure),
        "changed": [{"key": key, "name": CHANGED[key], "leavers": number} for key, number in drawn.changed],
        "flows": [
            {"meant": each.meant_name, "became": each.became_name, "leavers": each.pupils} for each in drawn.flows
        ],
        "meant": [{"key": key, "name": place_name(key), "leavers": number} for key, number in drawn.meant],
        "went": [{"key": key, "name": place_name(key), "leavers": number} for key, number in drawn.went],
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


def pictured(
    left_in: int,
    assignments: Iterable[RoleAssignment],
    permissions: Iterable[Permission],
    year_group: int | None = None,
) -> Picture:
    """As somebody may see it: of those whose destinations are theirs to see; who may only count, of the whole school."""
    may = frozenset(permissions)
    sees = Permission.DESTINATIONS_SEE in may
    return picture(left_in, leavers_opened(assignments, left_in) if sees else Pupil.objects.all(), may, year_group)

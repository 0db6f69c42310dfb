"""Who considers higher education, by what is said of their plans: what the counting room is told.

What counts is in the data file of `frameworks`, with the reasons; a route that is named otherwise is somewhere else only
where one can take it after Year 13.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from dekaan.core.academic_year import academic_year_of
from dekaan.destinations.models import PLANS, Kind, Source, Statement
from dekaan.destinations.queries.ledger import in_force
from dekaan.frameworks.queries import activity_codes, higher_education, routes
from dekaan.measures.models import Considering, Says

AFTER_18 = 13


def considering(pupil_ids: Collection[int] | None = None) -> list[Considering]:
    """What is said of these pupils (or of everybody), a row for each academic year in which anything is. One question."""
    plans = Statement.objects.filter(kind__in=PLANS).order_by("pupil_id")
    if pupil_ids is not None:
        plans = plans.filter(pupil_id__in=list(pupil_ids))
    by_pupil: dict[int, list[Statement]] = defaultdict(list)
    for each in plans:
        by_pupil[each.pupil_id].append(each)
    return [row for said in by_pupil.values() for row in considering_of(said)]


def considering_of(statements: Iterable[Statement]) -> list[Considering]:
    """One pupil's years. On one day the pupil's own word counts before others', and a second choice beside the first."""
    found: dict[int, Considering] = {}
    for each in sorted(
        in_force(statements),
        key=lambda each: (each.as_of, each.said_on, each.is_backup, each.source == Source.PUPIL, each.pk),
    ):
        word = says_of(each)
        if word == Says.NOTHING:
            continue
        year = academic_year_of(each.as_of)
        row = found.setdefault(
            year, Considering(school_id=each.school_id, pupil_id=each.pupil_id, academic_year=year, names_it=0)
        )
        row.says = word
        row.names_it = int(row.names_it or word == Says.CONSIDERS)
    return list(found.values())


def says_of(statement: Statement) -> Says:
    """What it says by itself of whether higher education is considered."""
    rules, route = higher_education(), routes().get(statement.route)
    is_named = rules.names(statement.route, statement.code, statement.level)
    is_lost = statement.kind == Kind.OFFER and statement.offer_state not in rules.live_offers
    if statement.kind not in PLANS or is_lost:
        return Says.NOTHING
    if is_named:
        return Says.CONSIDERS
    is_decided = statement.kind == Kind.INTENTION or statement.offer_state in rules.settled_offers
    if not is_decided or statement.is_backup:
        return Says.NOTHING
    if route:
        if route.key in rules.open_routes:
            return Says.OPEN
        return Says.ELSEWHERE if AFTER_18 in route.stages else Says.NOTHING
    code = activity_codes().get(statement.code)
    if code is None:
        return Says.NOTHING  # in words alone
    return Says.OPEN if code.is_not_known else Says.NOTHING if code.group == "education" else Says.ELSEWHERE


def told_wrongly() -> list[str]:
    """Where the counting room was told something else than the ledger says, a sentence each."""
    key = ("pupil_id", "academic_year", "says", "names_it")
    told = {row[:2]: row[2:] for row in Considering.objects.values_list(*key)}
    true = {(each.pupil_id, each.academic_year): (int(each.says), each.names_it) for each in considering()}
    return [
        f"pupil {pupil} in {year}: told {told.get((pupil, year))} of higher education, is {true.get((pupil, year))}"
        for pupil, year in sorted(told.keys() | true.keys())
        if told.get((pupil, year)) != true.get((pupil, year))
    ]

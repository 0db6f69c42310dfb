"""A first plan from the gaps: what is not met this year, worst first, with words and an owner to begin with.

What is proposed for which criterion is the area's data file to say; nothing is written until somebody presses.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from dekaan.access.models import RoleAssignment
from dekaan.access.permissions import Permission
from dekaan.access.queries import in_force
from dekaan.benchmarks.queries.shares import Share, fit_to_show
from dekaan.core.academic_year import academic_year_of, months_after, year_end
from dekaan.frameworks.queries import Criterion, Framework, criterion, frameworks
from dekaan.measures.queries import Figure, coverage_of_criteria
from dekaan.people.models import StaffMember
from dekaan.people.queries import staff
from dekaan.schools.models import School

MOST = 5
MONTHS = 4  # until what is proposed is due, unless the year ends before


@dataclass(frozen=True)
class Suggestion:
    """What the data file proposes where one of these criteria is not met."""

    criteria: tuple[str, ...]
    objective: str
    action: str
    outcome: str
    owner: str
    owner_words: str
    target: int


@dataclass(frozen=True)
class Proposal:
    """A criterion that is not met, with what could be done about it and who could see to it."""

    criterion: Criterion
    version: Framework
    share: Share | None  # None where nobody is judged yet
    objective: str
    action: str
    outcome: str
    owner: StaffMember | None
    owner_words: str
    target: int
    due_on: date


@cache
def suggestions() -> tuple[Suggestion, ...]:
    """The data file, in its order."""
    said = tomllib.loads(files("dekaan.plan").joinpath("data", "first.toml").read_text(encoding="utf-8"))
    return tuple(Suggestion(**{**each, "criteria": tuple(each["criteria"])}) for each in said["proposal"])


def proposals(school: School, on: date, permissions: frozenset[Permission]) -> list[Proposal]:
    """At most five: what pupils are known to miss first, the widest gap before; then what is not known of them.

    Where nobody is judged on anything, such as before pupils are brought in, the first of the file.
    """
    year = academic_year_of(on)
    versions = {each.key: each for each in frameworks() if each.is_in_force(on)}
    wanted = [each for version in versions.values() for each in version.counted]
    figures = coverage_of_criteria(school.pk, year, wanted)
    shown = {each.criterion: each for each in fit_to_show(figures, exact=Permission.FIGURES_EXACT in permissions)}
    chosen = _chosen(figures, versions)
    owners = _owners(school, {each.owner for each, _ in chosen}, on)
    return [
        Proposal(
            criterion=of,
            version=versions[of.framework],
            share=Share(shown[of.id]) if shown[of.id].of or shown[of.id].hidden else None,
            objective=each.objective,
            action=each.action,
            outcome=each.outcome,
            owner=owners.get(each.owner),
            owner_words=each.owner_words,
            target=each.target,
            due_on=min(months_after(on, MONTHS), year_end(year)),
        )
        for each, of in chosen
    ]


def _chosen(figures: Iterable[Figure], versions: dict[str, Framework]) -> list[tuple[Suggestion, Criterion]]:
    judged = [each for each in figures if each.of]
    gaps = [each for each in judged if each.missed or each.unknown]
    gaps.sort(key=lambda each: (-(each.missed or 0) * 10_000 // (each.of or 1), -(each.unknown or 0)))
    if judged:
        order = [each.criterion for each in gaps]
    else:
        order = [each for suggestion in suggestions() for each in suggestion.criteria]
    of = {each: suggestion for suggestion in suggestions() for each in suggestion.criteria}
    found: dict[Suggestion, Criterion] = {}
    for each in order:
        known = criterion(each)
        if each in of and of[each] not in found and known and known.is_counted and known.framework in versions:
            found[of[each]] = known
    return list(found.items())[:MOST]


def _owners(school: School, roles: set[str], on: date) -> dict[str, StaffMember]:
    """Who of the staff holds each of these roles, where it is one person."""
    held = RoleAssignment.objects.filter(in_force(on), school=school, role__in=roles).values_list("role", "user_id")
    holders: dict[str, set[int]] = {}
    for role, user_id in held:
        holders.setdefault(role, set()).add(user_id)
    single = {role: users.pop() for role, users in holders.items() if len(users) == 1}
    rows = {each.user_id: each for each in staff(on).filter(user_id__in=single.values())}
    return {role: rows[user_id] for role, user_id in single.items() if user_id in rows}

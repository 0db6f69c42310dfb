"""A first plan from the gaps: what is not met this year, worst first, with words and an owner to begin with.

What is proposed for which criterion is the area's data file to say. What else falls short is told by areas above, which
enter themselves in ALSO (decision 0054). Nothing is written until somebody presses.
"""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

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
from dekaan.team.queries import BY_ACCOUNT, role_lines

MOST = 5
TICKED = 3  # of each kind beforehand: a first plan of eleven objectives is nobody's
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
class Shortfall:
    """Something other than a counted criterion that is not as it should be, with what could be done about it.

    `owner` is the role at the school that the work suggests, and `success` by what one sees that it was done.
    """

    title: str
    why: str
    objective: str
    action: str
    outcome: str
    success: str
    owner: str
    owner_words: str
    criteria: tuple[str, ...] = ()


ALSO: list[Callable[[School, date], list[Shortfall]]] = []


@dataclass(frozen=True)
class Proposal:
    """Something that falls short, with what could be done about it and who could see to it."""

    title: str
    criteria: tuple[str, ...]
    objective: str
    action: str
    outcome: str
    owner: StaffMember | None
    owner_words: str
    due_on: date
    criterion: Criterion | None = (
        None  # by which it is measured; None where it is not read from what pupils took part in
    )
    version: Framework | None = None
    share: Share | None = None  # None where nobody is judged yet
    target: int | None = None
    why: str = ""
    success: str = ""
    is_ticked: bool = True

    @property
    def who(self) -> str:
        """Who could see to it, in words."""
        return str(self.owner or self.owner_words)


@cache
def suggestions() -> tuple[Suggestion, ...]:
    """The data file, in its order."""
    said = tomllib.loads(files("dekaan.plan").joinpath("data", "first.toml").read_text(encoding="utf-8"))
    return tuple(Suggestion(**{**each, "criteria": tuple(each["criteria"])}) for each in said["proposal"])


def proposals(school: School, on: date, permissions: frozenset[Permission]) -> list[Proposal]:
    """What pupils are known to miss, the widest gap first, then what is not known of them; and what else falls short.

    Of criteria at most five. Where nobody is judged on anything, such as before pupils are brought in, what else falls
    short comes first, and then the first of the file.
    """
    year = academic_year_of(on)
    versions = {each.key: each for each in frameworks() if each.is_in_force(on)}
    wanted = [each for version in versions.values() for each in version.counted]
    figures = coverage_of_criteria(school.pk, year, wanted)
    shown = {each.criterion: each for each in fit_to_show(figures, exact=Permission.FIGURES_EXACT in permissions)}
    chosen = _chosen(figures, versions)
    short = [each for told in ALSO for each in told(school, on)]
    whose = _owners(school, {each.owner for each, _ in chosen} | {each.owner for each in short}, on)
    due_on = min(months_after(on, MONTHS), year_end(year))
    of_criteria = [
        Proposal(
            title=f"{of.code} {of.title}",
            criteria=(of.id,),
            criterion=of,
            version=versions[of.framework],
            share=Share(shown[of.id]) if shown[of.id].of or shown[of.id].hidden else None,
            target=each.target,
            is_ticked=number < TICKED,
            **_words(each, whose, min([due_on, *_days_in_law(of, on, year)])),
        )
        for number, (each, of) in enumerate(chosen)
    ]
    besides = [
        Proposal(
            title=each.title,
            why=each.why,
            criteria=each.criteria,
            success=each.success,
            is_ticked=number < TICKED,
            **_words(each, whose, due_on),
        )
        for number, each in enumerate(short)
    ]
    return of_criteria + besides if any(each.of for each in figures) else besides + of_criteria


def _days_in_law(of: Criterion, on: date, year: int) -> list[date]:
    """The last days of the year, still to come, on which what the criterion asks counts: nothing is done after them."""
    return [day for each in of.expectations if (day := each.last_day(year)) >= on]


def _words(
    each: Suggestion | Shortfall, whose: dict[str, tuple[StaffMember | None, str]], due_on: date
) -> dict[str, Any]:
    owner, name = whose.get(each.owner, (None, each.owner_words))
    said = {"objective": each.objective, "action": each.action, "outcome": each.outcome}
    return said | {"owner": owner, "owner_words": name, "due_on": due_on}


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


def _owners(school: School, roles: set[str], on: date) -> dict[str, tuple[StaffMember | None, str]]:
    """Who has each of these roles, where it is one person: by their account, else by the key role that they hold."""
    held = RoleAssignment.objects.filter(in_force(on), school=school, role__in=roles).values_list("role", "user_id")
    holders: dict[str, set[int]] = {}
    for role, user_id in held:
        holders.setdefault(role, set()).add(user_id)
    single = {role: users.pop() for role, users in holders.items() if len(users) == 1}
    rows = {each.user_id: each for each in staff(on).filter(user_id__in=single.values())}
    posts = {line.role.key: line.holders for line in role_lines(on)}
    found: dict[str, tuple[StaffMember | None, str]] = {}
    for role in roles:
        of_post = posts.get(BY_ACCOUNT.get(role, ""), ())
        if single.get(role) in rows:
            found[role] = (rows[single[role]], "")
        elif len(of_post) == 1:
            found[role] = (of_post[0].staff, of_post[0].name)
    return found

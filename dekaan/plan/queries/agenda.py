"""An agenda from what is open: each line leads to its list. And what a link governor may ask about it."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from dekaan.access.permissions import Permission
from dekaan.benchmarks.queries.shares import Share, fit_to_show
from dekaan.core.academic_year import academic_year_of
from dekaan.evidence.queries import shown_and_expired
from dekaan.frameworks.queries import criteria, frameworks
from dekaan.measures.queries import coverage_of_criteria
from dekaan.plan.models import Meeting, Plan, Task
from dekaan.plan.queries.plans import APPROVED, objectives_of, overdue_actions, plan_of_year, standing_of
from dekaan.plan.queries.policies import review_soon
from dekaan.provider_requests.queries import providers_waiting
from dekaan.schools.models import School

WIDEST = 3  # gaps named on an agenda; the picture has them all
NEXT = timedelta(days=60)


@dataclass(frozen=True)
class AgendaLine:
    """One thing to talk about, what it is about by key, and the list to which it leads."""

    about: str
    says: str
    to: str
    args: tuple[Any, ...] = ()
    query: str = ""


def agenda(school: School, on: date, permissions: frozenset[Permission]) -> list[AgendaLine]:
    """What is open today, in the order in which it is talked about; in figures fit for those permissions."""
    return [
        *_tasks(on),
        *_plan(on),
        *_gaps(school, on, permissions),
        *_others(on),
    ]


def _many(number: int, noun: str, plural: str = "") -> str:
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def _tasks(on: date) -> list[AgendaLine]:
    """Tasks from earlier decisions: overdue ones, and what changed since the last meeting is for its own page."""
    late = Task.objects.filter(ending=Task.Ending.OPEN, due_on__lt=on).count()
    return [AgendaLine("tasks", f"{_many(late, 'task')} overdue", "task-list")] if late else []


def _plan(on: date) -> list[AgendaLine]:
    plan = plan_of_year(academic_year_of(on))
    if plan is None:
        return [AgendaLine("no-plan", "There is no development plan of this year yet", "plan-list")]
    lines = []
    standing = standing_of(plan, objectives_of(plan))
    if standing.state != APPROVED:
        lines.append(AgendaLine("standing", f"{plan.title}: {standing.words.lower()}", "plan-detail", (plan.pk,)))
    if late := overdue_actions(on).filter(objective__plan__kind=Plan.Kind.DEVELOPMENT).count():
        lines.append(AgendaLine("overdue", f"{_many(late, 'action')} of the plan overdue", "plan-detail", (plan.pk,)))
    return lines


def _gaps(school: School, on: date, permissions: frozenset[Permission]) -> list[AgendaLine]:
    wanted = [one for each in frameworks() if each.is_in_force(on) for one in each.counted]
    figures = coverage_of_criteria(school.pk, academic_year_of(on), wanted)
    shown = [
        each
        for each in fit_to_show(figures, exact=Permission.FIGURES_EXACT in permissions)
        if each.missed and each.of and not each.hidden
    ]
    shown.sort(key=lambda each: -(each.missed or 0) * 10_000 // (each.of or 1))
    return [
        AgendaLine(
            "gap",
            f"{_many(each.missed or 0, 'pupil')} short of “{criteria()[each.criterion].title}”: {Share(each).says}",
            "criterion-detail",
            (each.criterion,),
        )
        for each in shown[:WIDEST]
    ]


def _others(on: date) -> list[AgendaLine]:
    lines = []
    if waiting := len(providers_waiting()):
        said = f"{_many(waiting, 'request')} of providers to meet pupils {'waits' if waiting == 1 else 'wait'}"
        lines.append(AgendaLine("providers", said, "provider-request-list"))
    if expired := shown_and_expired(on)[1]:
        lines.append(AgendaLine("evidence", f"{_many(expired, 'piece')} of evidence expired", "evidence-list"))
    if due := review_soon(on + NEXT).count():
        said = f"{_many(due, 'policy', 'policies')} to be reviewed by {on + NEXT:%-d %B}"
        lines.append(AgendaLine("policies", said, "policy-list"))
    return lines


@cache
def _questions() -> tuple[tuple[str, str], ...]:
    said = tomllib.loads(files("dekaan.plan").joinpath("data", "questions.toml").read_text(encoding="utf-8"))
    return tuple((each["about"], each["text"]) for each in said["question"])


def questions_for(lines: Iterable[AgendaLine]) -> list[str]:
    """What is worth asking of just these lines, and what always is."""
    about = {"always", *(each.about for each in lines)}
    return [text for each, text in _questions() if each in about]


def frozen(meeting: Meeting, lines: Iterable[AgendaLine]) -> list[dict[str, str]]:
    """The agenda as it is kept once the meeting was held: what it said."""
    own = [{"about": "own", "says": each} for each in own_lines(meeting)]
    return own + [{"about": each.about, "says": each.says} for each in lines]


def own_lines(meeting: Meeting) -> list[str]:
    """What somebody put on the agenda besides, a line each."""
    return [each.strip() for each in meeting.own_agenda.splitlines() if each.strip()]

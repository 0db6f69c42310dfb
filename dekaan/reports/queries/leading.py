"""The plan and the means, as the paper says them: what it needs of them in plain values, filled by `from_below`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from dekaan.measures.queries import Figure
from dekaan.reports.queries.sections import Section, Table, number

ROWS = 6


TO_DECIDE = "Decisions asked for"  # what the table of them is called


@dataclass(frozen=True)
class Objective:
    """One objective of this year's plan: how many of its actions are done, and how many overdue."""

    title: str
    actions: int
    done: int
    overdue: int
    success: str = ""  # what the measure of success says today, in words


@dataclass(frozen=True)
class Risk:
    """Something that may keep the plan from coming true, and who sees to it."""

    what: str
    whose: str = ""


@dataclass(frozen=True)
class Decision:
    """Something that governors are asked to decide, or that was decided and when."""

    what: str
    by: date | None = None
    decided_on: date | None = None
    came_of_it: str = ""


@dataclass(frozen=True)
class Plan:
    """The plan of the year as it stands."""

    title: str
    objectives: Sequence[Objective] = ()
    risks: Sequence[Risk] = ()
    asked: Sequence[Decision] = ()
    decided: Sequence[Decision] = ()
    told_on: date | None = None  # since when what came of decisions is told; None for the first paper
    approved: str = ""  # by whom and when; empty where nobody has
    figures: Sequence[Figure] = field(default=(), compare=False)


@dataclass(frozen=True)
class Means:
    """Staffing, training, time and money, each line a thing and how it stands in words."""

    lines: Sequence[tuple[str, str]] = ()
    figures: Sequence[Figure] = field(default=(), compare=False)


def plan_section(plan: Plan | None) -> Section | None:
    """Progress, risks, and what governors are asked to decide; left out where there is no plan."""
    if plan is None:
        return None
    actions, done = sum(each.actions for each in plan.objectives), sum(each.done for each in plan.objectives)
    late = sum(each.overdue for each in plan.objectives)
    so_far = f"{done or 'none'} done and {late or 'none'} overdue"
    says = [f"{plan.title}: {plan.approved or 'not approved yet'}. Of {number(actions, 'action')}, {so_far}."]
    tables = []
    if plan.objectives:
        rows = [
            (each.title, f"{each.done}/{each.actions}", str(each.overdue), each.success or "–")
            for each in plan.objectives
        ]
        head = ("Objective", "Actions done", "Overdue", "Success so far")
        tables.append(Table("Progress", head, (4, 0, 0, 4), rows).cut_to(ROWS))
    if plan.risks:
        rows_ = [(each.what, each.whose or "–") for each in plan.risks]
        tables.append(Table("Risks", ("Risk", "Who sees to it"), (3, 1), rows_).cut_to(ROWS))
    if plan.asked:
        by = [(each.what, f"{each.by:%-d %b %Y}" if each.by else "–") for each in plan.asked]
        tables.append(Table(TO_DECIDE, ("Decision", "By"), (5, 0), by).cut_to(ROWS))
    if plan.decided:
        on = [
            (each.what, f"{each.decided_on:%-d %b %Y}" if each.decided_on else "–", each.came_of_it or "nothing yet")
            for each in plan.decided
        ]
        head_ = ("Decision", "On", "What changed because of it")
        since = f"since the last report, of {plan.told_on:%-d %B %Y}" if plan.told_on else "in the last four months"
        tables.append(Table(f"What came of decisions {since}", head_, (4, 0, 4), on).cut_to(ROWS))
    note = "The development plan and its actions (Team and plan, The plan)."
    return Section("plan", "The plan", says, tables, note, plan.figures)


def means_section(means: Means | None) -> Section | None:
    """Staffing, training, time and money; left out where nothing is recorded of them."""
    if means is None or not means.lines:
        return None
    table = Table("Staffing, training, time and money", ("What", "How it stands"), (1, 3), list(means.lines))
    note = "What is recorded of the post, of training and of money (Team and plan: Team, Budget)."
    return Section("means", "Time, people and money", (), [table], note, means.figures)

"""The plan and the means, as the paper says them: what it needs of them in plain values, filled by `from_below`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dekaan.reports.queries.sections import Section, Table, number

ROWS = 6


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
    """Something that may keep the plan from coming true, and what is done about it."""

    what: str
    answer: str = ""


@dataclass(frozen=True)
class Decision:
    """Something that governors are asked to decide, or that was decided and when."""

    what: str
    by: date | None = None
    decided_on: date | None = None


@dataclass(frozen=True)
class Plan:
    """The plan of the year as it stands."""

    title: str
    objectives: Sequence[Objective] = ()
    risks: Sequence[Risk] = ()
    asked: Sequence[Decision] = ()
    decided: Sequence[Decision] = ()
    approved: str = ""  # by whom and when; empty where nobody has


@dataclass(frozen=True)
class Means:
    """Staffing, training, time and money, each line a thing and how it stands in words."""

    lines: Sequence[tuple[str, str]] = ()


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
            (each.title, f"{each.done}/{each.actions}", str(each.overdue), each.success) for each in plan.objectives
        ]
        head = ("Objective", "Actions done", "Overdue", "Success so far")
        tables.append(Table("Progress", head, (4, 0, 0, 4), rows).cut_to(ROWS))
    if plan.risks:
        rows_ = [(each.what, each.answer or "–") for each in plan.risks]
        tables.append(Table("Risks", ("Risk", "What is done about it"), (1, 1), rows_).cut_to(ROWS))
    if plan.asked:
        by = [(each.what, f"{each.by:%-d %b %Y}" if each.by else "–") for each in plan.asked]
        tables.append(Table("Decisions asked for", ("Decision", "By"), (5, 0), by).cut_to(ROWS))
    if plan.decided:
        on = [(each.what, f"{each.decided_on:%-d %b %Y}" if each.decided_on else "–") for each in plan.decided]
        tables.append(Table("Decided since the last report", ("Decision", "On"), (5, 0), on).cut_to(ROWS))
    return Section("plan", "The plan", says, tables, "The development plan and its actions (Team and plan, The plan).")


def means_section(means: Means | None) -> Section | None:
    """Staffing, training, time and money; left out where nothing is recorded of them."""
    if means is None or not means.lines:
        return None
    table = Table("Staffing, training, time and money", ("What", "How it stands"), (1, 3), list(means.lines))
    return Section("means", "Time, people and money", (), [table.cut_to(ROWS)], "Team and plan, Team; Budget.")

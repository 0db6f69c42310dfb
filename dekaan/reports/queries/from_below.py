"""Fills what the paper says of plan and means from the areas that hold them: the one place that asks those areas."""

from datetime import date, timedelta

from dekaan.budget.queries import summary
from dekaan.core.academic_year import academic_year_of
from dekaan.core.numbers import plain
from dekaan.measures.queries import Figure
from dekaan.plan.queries import ObjectiveLine, Progress, decisions_since, progress
from dekaan.reports.queries.leading import Decision, Means, Objective, Plan, Risk
from dekaan.reports.queries.sections import counted, worded
from dekaan.schools.models import School
from dekaan.team.queries import Held, hours_in_a_year, staffing, training_log

PLAN, MEANS = "plan", "means"  # what the frozen figures call them
NOBODY = "Nobody is named"
A_TERM = timedelta(days=122)  # so far back the first paper tells what came of decisions


def plan_on(school: School, on: date, told_on: date | None = None, *, year: int | None = None) -> Plan | None:
    """The development plan of that year (the day's, unless said) as it stood that day, fit for governors; or None.

    What came of decisions is told since they were told last, where they were. One that is over is not approved any more.
    """
    year = academic_year_of(on) if year is None else year
    found = progress(school, year, on=on)
    if found is None:
        return None
    is_approved_or_over = found.standing.last_of_governors or found.plan.ends_on < on
    approval = found.standing.last_of_governors or found.standing.last
    return Plan(
        title=found.plan.title,
        objectives=[_objective(each, on) for each in found.objectives],
        risks=_risks(found, on),
        asked=[] if is_approved_or_over else [Decision(f"To approve {found.plan.title}")],
        decided=[
            Decision(each.decision.words, decided_on=each.decision.meeting.held_on, came_of_it=" ".join(each.outcomes))
            for each in decisions_since(told_on or on - A_TERM, on)
        ],
        told_on=told_on,
        approved=f"approved by {_within(str(approval))}" if approval else "",
        figures=_of_plan(school, year, found, on),
    )


def _within(words: str) -> str:
    """As it stands in the middle of a sentence."""
    return words.replace("The ", "the ", 1) if words.startswith("The ") else words


def _of_plan(school: School, year: int, found: Progress, on: date) -> list[Figure]:
    """Actions done and overdue, of the plan and of each objective, and what each measure of success says."""
    of_each = [_objective(each, on) for each in found.objectives]
    parts = [("all", "", of_each)] + [
        ("objective", str(line.objective.pk), [told]) for line, told in zip(found.objectives, of_each, strict=True)
    ]
    counts = [
        counted(
            PLAN,
            what,
            year,
            school_id=school.pk,
            breakdown=breakdown,
            value=value,
            met=sum(getattr(each, which) for each in told),
            of=sum(each.actions for each in told),
        )
        for breakdown, value, told in parts
        for what, which in (("actions-done", "done"), ("actions-overdue", "overdue"))
    ]
    return counts + [
        worded(
            PLAN,
            "success",
            year,
            f"{each.measured.target} % aimed at. {each.measured.says}",
            school_id=school.pk,
            breakdown="action",
            value=str(each.action.pk),
        )
        for line in found.objectives
        for each in line.actions
        if each.measured
    ]


def _objective(line: ObjectiveLine, on: date) -> Objective:
    actions = [each.action for each in line.actions]
    done = [each for each in actions if each.ending == each.Ending.DONE and each.ended_on and each.ended_on <= on]
    late = [each for each in actions if each.due_on < on and (each.ended_on is None or each.ended_on > on)]
    read = [f"{each.measured.aim}. {each.measured.says}" for each in line.actions if each.measured]
    return Objective(line.objective.title, len(actions), len(done), len(late), "\n".join(read))


def _risks(found: Progress, on: date) -> list[Risk]:
    """Actions whose day is over: what was to be done since when, and whose it is."""
    late = [each.action for each in found.lines if each.action.is_open and each.action.due_on < on]
    late.sort(key=lambda each: (each.due_on, each.pk))
    return [Risk(f"{each.title}: overdue since {each.due_on:%-d %B %Y}", each.who or "nobody's") for each in late]


def means_on(school: School, on: date) -> Means | None:
    """Staffing, training, time and money as they stood that day; None where nothing is recorded of them.

    Where anything is, who is missing has a line too: that nobody is named is what governors need to know.
    """
    lines: list[tuple[str, str]] = []
    people = staffing(on)
    for what, held in (
        ("Careers Leader", people.leader),
        ("Senior line manager", people.line_manager),
        ("Link governor", people.link_governor),
    ):
        if held.names:
            lines.append((what, _held(held)))
        else:
            lines.append((what, NOBODY))
    told: list[tuple[str, str]] = []
    if people.training:
        trained = f", {people.trained_on:%-d %B %Y}" if people.trained_on else ""
        lines.append(("Training for the role", f"{people.training}{trained}"))
    elif people.leader.names:
        lines.append(("Training for the role", "Nothing is said of it"))
    time = [
        (what, f"{plain(figure)} {words}")
        for what, figure, words in (
            ("days-a-week", people.days_a_week, "days a week to lead careers"),
            ("hours-a-week", people.hours_a_week, "hours a week to lead careers"),
            ("help-a-week", people.admin_hours, "hours a week of administrative help"),
        )
        if figure is not None
    ]
    if time and people.since:
        lines.append(("Time", f"{', '.join(said for _, said in time)}; since {people.since:%-d %B %Y}"))
        told += time
    log = training_log(on)
    if lately := hours_in_a_year(log, on):
        told.append(("training-hours", f"{plain(lately)} hours in the last twelve months"))
        lines.append(("Training of the team", told[-1][1]))
    if money := summary(school, academic_year_of(on)):
        amounts = [
            ("money-given", f"{money.allocated} given"),
            ("money-spent", f"{money.spent} spent"),
            ("money-promised", f"{money.committed} promised"),
            ("money-left", f"{money.left} left"),
        ]
        lines.append(("Budget", f"{', '.join(said for _, said in amounts)} ({money.budget.dates})"))
        told += amounts
    figures = [worded(MEANS, what, academic_year_of(on), said, school_id=school.pk) for what, said in told]
    return Means(lines, figures) if any(said != NOBODY for _, said in lines) else None


def _held(held: Held) -> str:
    since = f", since {held.since:%-d %B %Y}" if held.since else ""
    return f"{' and '.join(held.names)}{since}"

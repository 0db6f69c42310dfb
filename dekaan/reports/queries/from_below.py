"""Fills what the paper says of plan and means from the areas that hold them: the one place that asks those areas."""

from datetime import date, timedelta

from dekaan.budget.queries import summary
from dekaan.core.academic_year import academic_year_of
from dekaan.core.numbers import plain
from dekaan.plan.queries import ObjectiveLine, Progress, decisions_since, progress
from dekaan.reports.queries.leading import Decision, Means, Objective, Plan, Risk
from dekaan.schools.models import School
from dekaan.team.queries import Held, hours_in_a_year, staffing, training_log

A_TERM = timedelta(days=122)  # so far back a paper tells what came of decisions


def plan_on(school: School, on: date) -> Plan | None:
    """The development plan of the year as it stood that day, fit for governors; None where there is none."""
    found = progress(school, academic_year_of(on), on=on)
    if found is None:
        return None
    approval = found.standing.last_of_governors or found.standing.last
    return Plan(
        title=found.plan.title,
        objectives=[_objective(each, on) for each in found.objectives],
        risks=_risks(found, on),
        decided=[
            Decision(
                f"{each.decision.words} {' '.join(each.outcomes)}".strip(), decided_on=each.decision.meeting.held_on
            )
            for each in decisions_since(on - A_TERM, on)
        ],
        approved=f"approved by {approval}" if approval else "",
    )


def _objective(line: ObjectiveLine, on: date) -> Objective:
    actions = [each.action for each in line.actions]
    done = [each for each in actions if each.ending == each.Ending.DONE and each.ended_on and each.ended_on <= on]
    late = [each for each in actions if each.due_on < on and (each.ended_on is None or each.ended_on > on)]
    read = [f"{each.measured.aim}. {each.measured.says}" for each in line.actions if each.measured]
    return Objective(line.objective.title, len(actions), len(done), len(late), "; ".join(read))


def _risks(found: Progress, on: date) -> list[Risk]:
    """Actions whose day is over: what was to be done since when, and whose it is."""
    late = [each.action for each in found.lines if each.action.is_open and each.action.due_on < on]
    late.sort(key=lambda each: (each.due_on, each.pk))
    return [Risk(f"{each.title}: overdue since {each.due_on:%-d %B %Y}", each.who or "nobody's") for each in late]


def means_on(school: School, on: date) -> Means | None:
    """Staffing, training, time and money as they stood that day; None where nothing is recorded of them."""
    lines: list[tuple[str, str]] = []
    people = staffing(on)
    for what, held in (
        ("Careers Leader", people.leader),
        ("Senior line manager", people.line_manager),
        ("Link governor", people.link_governor),
    ):
        if held.names:
            lines.append((what, _held(held)))
    if people.training:
        trained = f", {people.trained_on:%-d %B %Y}" if people.trained_on else ""
        lines.append(("Training for the role", f"{people.training}{trained}"))
    time = [
        f"{plain(figure)} {words}"
        for figure, words in (
            (people.days_a_week, "days a week to lead careers"),
            (people.hours_a_week, "hours a week to lead careers"),
            (people.admin_hours, "hours a week of administrative help"),
        )
        if figure is not None
    ]
    if time and people.since:
        lines.append(("Time", f"{', '.join(time)}; since {people.since:%-d %B %Y}"))
    log = training_log(on)
    if lately := hours_in_a_year(log, on):
        lines.append(("Training of colleagues", f"{plain(lately)} hours in the last twelve months"))
    if money := summary(school, academic_year_of(on)):
        lines.append(
            (
                "Budget",
                (
                    f"{money.allocated} given, {money.spent} spent, {money.committed} promised, {money.left} left "
                    f"({money.budget.dates})"
                ),
            )
        )
    return Means(lines) if lines else None


def _held(held: Held) -> str:
    since = f", since {held.since:%-d %B %Y}" if held.since else ""
    return f"{' and '.join(held.names)}{since}"

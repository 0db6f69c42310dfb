"""A strategy, this year's plan with some progress, meetings with decisions, tasks and policies, as a school has them."""

import tomllib
from datetime import date, time, timedelta
from importlib.resources import files
from typing import Any

from dekaan.access.models import User
from dekaan.core.academic_year import academic_year_of, year_label, year_start
from dekaan.people.models import StaffMember
from dekaan.plan import changes
from dekaan.plan.models import Action, Plan
from dekaan.programme.models import Activity
from dekaan.schools.models import School


def write_plans(school: School, staff: list[StaffMember], *, by: User, approves: User | None, today: date) -> None:
    """The invented strategy, plan, meetings, tasks and policies are there; a plan is approved where somebody may."""
    said = tomllib.loads(files("dekaan.demo").joinpath("data", "plan.toml").read_text(encoding="utf-8"))
    owners = {each.post: each for each in staff}
    year = academic_year_of(today)
    begun = max(year_start(year), today - timedelta(days=60))
    strategy = changes.write_plan(
        kind=Plan.Kind.STRATEGY,
        title=said["strategy"]["title"].format(years=f"{year_label(year - 1)} to {year_label(year + 1)}"),
        first_year=year - 1,
        years=3,
        vision=said["strategy"]["vision"],
        written_on=year_start(year - 1),
        by=by,
    )
    for row in said["strategy"]["objective"]:
        changes.add_objective(strategy, by=by, **row)
    plan = changes.write_plan(
        kind=Plan.Kind.DEVELOPMENT,
        title=f"Careers development plan {year_label(year)}",
        first_year=year,
        strategy=strategy,
        written_on=begun,
        by=by,
    )
    for row in said["objective"]:
        _objective(plan, row, owners, by=by, today=today)
    if approves is not None:
        governors = {"capacity": "governors", "by": approves, "minute": said["minute"]}
        changes.approve_plan(strategy, approved_by=said["chair"], approved_on=year_start(year - 1), **governors)
        changes.approve_plan(
            plan, approved_by=said["chair"], approved_on=min(today, begun + timedelta(days=14)), **governors
        )
    _end(said["ended"], by=by, on=max(begun, today - timedelta(days=10)))
    for row in said["meeting"]:
        _meeting(school, row, owners, by=by, today=today)
    for row in said["time"]:
        spent_on = _on_a_weekday(today - timedelta(days=row["ago"]))
        changes.note_time(kind=row["kind"], spent_on=spent_on, minutes=row["minutes"], by=by)
    for row in said["policy"]:
        changes.add_policy(
            title=row["title"],
            owner=owners.get(row["owner"]),
            owner_name="" if row["owner"] in owners else row["owner"],
            approved_by=row["approved_by"],
            approved_on=today + timedelta(days=row["approved"]),
            next_review_on=today + timedelta(days=row["review"]),
            address=row["address"].format(slug=school.slug),
            by=by,
        )


def _objective(plan: Plan, row: dict[str, Any], owners: dict[str, StaffMember], *, by: User, today: date) -> None:
    actions, titles = row.pop("action"), row.pop("activities", [])
    named = Activity.objects.filter(title__in=titles).order_by("title", "pk")
    objective = changes.add_objective(
        plan, activities=list({each.title: each for each in named}.values()), by=by, **row
    )
    for each in actions:
        changes.add_action(objective, by=by, **_due(each, owners, today))


def _due(row: dict[str, Any], owners: dict[str, StaffMember], today: date) -> dict[str, Any]:
    said = dict(row)
    who, days = said.pop("owner", ""), said.pop("due")
    return said | {
        "owner": owners.get(who),
        "owner_name": "" if who in owners else who,
        "due_on": today + timedelta(days=days),
    }


def _end(rows: list[dict[str, str]], *, by: User, on: date) -> None:
    for row in rows:
        action = Action.objects.get(title=row["title"])
        changes.end_action(action, ending=row["ending"], outcome=row["outcome"], by=by, on=on)


def _on_a_weekday(day: date) -> date:
    """The day, or the Friday before."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _meeting(
    school: School,
    row: dict[str, Any],
    owners: dict[str, StaffMember],
    *,
    by: User,
    today: date,
) -> None:
    members = [owners[each] for each in row["members"] if each in owners]
    chair = owners.get(row["chair"])
    meeting = changes.plan_meeting(
        kind=row["kind"],
        held_on=_on_a_weekday(today + timedelta(days=row["day"])),
        starts_at=time.fromisoformat(row["at"]),
        chair=chair,
        chair_name="" if chair else row["chair"],
        own_agenda="\n".join(row.get("agenda", [])),
        members=members,
        others=[tuple(each) for each in row.get("others", [])],
        by=by,
    )
    if row["day"] >= 0:
        return
    changes.hold_meeting(meeting, school, notes=row["notes"], came=list(meeting.members.all()), by=by)
    for each in row["decision"]:
        task = _due(each["task"], owners, today) if "task" in each else None
        decision = changes.decide(meeting, words=each["words"], task=task, by=by)
        if "outcome" in each:
            changes.end_task(
                decision.tasks.get(), ending="done", outcome=each["outcome"], by=by, on=today - timedelta(days=5)
            )

"""Two schemes of work as a school has them in November, partly taught, and what was seen of the programme."""

import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from dekaan.access.models import User
from dekaan.core.academic_year import academic_year_of
from dekaan.frameworks.queries import usual_criteria
from dekaan.people.models import StaffMember
from dekaan.people.queries import year_groups
from dekaan.programme.changes import it_happened
from dekaan.schemes.changes import add_lesson, add_scheme, finish_action, plan_lesson, record_observation
from dekaan.schemes.models import SchemeLesson
from dekaan.schools.queries import next_school_day

COUNTS = usual_criteria("LESSON", "")


def write_schemes(staff: Sequence[StaffMember], *, by: User, today: date) -> None:
    """The invented schemes and observations are there for the school in scope."""
    said = tomllib.loads(files("dekaan.demo").joinpath("data", "schemes.toml").read_text(encoding="utf-8"))
    posts = {each.post: each for each in staff}
    here = set(year_groups(academic_year_of(today)))
    for row in said["scheme"]:
        years = [each for each in row["years"] if each in here]
        owners = [posts[each] for each in row["owners"] if each in posts]
        scheme = add_scheme(title=row["title"], purpose=row["purpose"], year_groups=years, owners=owners, by=by)
        for each in row["lesson"]:
            lesson = add_lesson(
                scheme,
                criteria=COUNTS,
                learning_areas=each["areas"],
                by=by,
                **{name: each[name] for name in ("title", "half_term", "minutes", "taught", "resources")},
            )
            if "planned" in each and years:
                _plan(lesson, years, today + timedelta(days=each["planned"]), by=by, today=today)
    for row in said["observation"]:
        _see(row, posts, here, by=by, today=today)


def _plan(lesson: SchemeLesson, years: list[int], day: date, *, by: User, today: date) -> None:
    day = next_school_day(day)
    activity = plan_lesson(lesson, days=dict.fromkeys(years, day), by=by)
    if day < today:
        for session in activity.sessions.all():
            it_happened(session, by=by)


def _see(row: dict[str, Any], posts: dict[str, StaffMember], here: set[int], *, by: User, today: date) -> None:
    observation = record_observation(
        kind=row["kind"],
        seen_on=today - timedelta(days=row["ago"]),
        seen_by=None if "visitor" in row else posts.get("Careers leader"),
        visitor=row.get("visitor", ""),
        of_what=row["of"],
        year_groups=[each for each in row["years"] if each in here],
        criteria=row["criteria"],
        themes=row["themes"],
        seen=row["seen"],
        good=row.get("good", ""),
        to_work_on=row.get("work", ""),
        action=row["action"],
        action_who=posts.get(row.get("who", "")),
        action_due_on=today + timedelta(days=row["due"]),
        by=by,
    )
    if row.get("done"):
        finish_action(observation, by=by)

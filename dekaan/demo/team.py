"""How careers is led in the invented schools: two models, who holds which role, what is learnt, and some gaps."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from dekaan.access.models import User
from dekaan.frameworks.queries import responsibilities
from dekaan.people.models import StaffMember
from dekaan.team.changes import (
    acknowledge,
    assign,
    begin_post,
    lead_by,
    log_training,
    plan_usual_needs,
    say_network,
    say_profile,
    say_terms,
    step_done,
)
from dekaan.team.models import NetworkJoined, Training
from dekaan.team.queries import STEPS, page_for

# Which colleague of the cast, by their post on the staff list, holds which key role.
ROLES = {
    "Careers leader": "leader",
    "Careers administrator": "administrator",
    "Careers coordinator": "coordinator",
    "Careers adviser": "adviser",
    "SLT line manager": "line-manager",
    "SENCo": "senco",
}
OUTSIDE = {"link-governor": "Moira Lunt", "enterprise-adviser": "Viktor Hale", "hub-lead": "Chidi Rowe"}


def write_team(staff: Sequence[StaffMember], *, is_whole: bool, by: User, today: date) -> None:
    """The school in scope has said how careers is led; one that is not whole is led by somebody of several schools."""
    since = date(today.year - 1, 9, 1)
    posts = {each.post: each for each in reversed(staff)}
    for post, role in ROLES.items():
        if post in posts:
            begin_post(role=role, staff=posts[post], starts_on=since, by=by)
    if is_whole:
        _middle_leader(posts, since, by=by, today=today)
    else:
        lead_by(
            starts_on=since,
            model="several",
            reporting_line="Assistant Head, who reports to the Headteacher",
            days_a_week=Decimal(1),
            admin_hours=Decimal(0),
            by=by,
        )
    usual = {each.id: each.usual("middle" if is_whole else "several") for each in responsibilities().values()}
    assign({key: tuple(f"role:{role}" for role in pair) for key, pair in usual.items()}, on=since, by=by)  # type: ignore[misc]
    for step in STEPS:
        step_done(step, by=by)
    if is_whole:
        _read(posts, by=by, today=today)


def _middle_leader(posts: dict[str, StaffMember], since: date, *, by: User, today: date) -> None:
    for role, name in OUTSIDE.items():
        begin_post(role=role, name=name, starts_on=since, by=by)
    if "Head of year" in posts:
        begin_post(role="head-of-year", staff=posts["Head of year"], of_what="Year 10", starts_on=since, by=by)
    lead_by(
        starts_on=since,
        model="middle",
        reporting_line="Deputy Head, who reports to the Headteacher",
        days_a_week=Decimal("1.5"),
        admin_hours=Decimal(6),
        checks={"backing": "yes", "seat-departments": "yes", "seat-pastoral": "no"},
        by=by,
    )
    leader = posts["Careers leader"]
    begun = begin_post(role="pshe-lead", staff=leader, starts_on=since, by=by)
    say_terms(begun, grade="Main scale with an allowance", teaching_hours=Decimal(15), other_posts="PSHE lead", by=by)
    say_profile(
        leader,
        background="teacher",
        training="level-6-credits",
        trained_on=since + timedelta(days=280),
        mentor_name="Anna Weir, trust careers lead",
        induction_begins_on=since,
        induction_done_on=since + timedelta(days=90),
        by=by,
    )
    plan_usual_needs(leader, by=by)
    say_network(
        NetworkJoined(staff=leader),
        kind="hub",
        name="Weirdale careers hub",
        joined_on=since,
        met_on=today - timedelta(days=30),
        by=by,
    )
    for days, title, provider, hours, serves, level in (
        (290, "Leading careers: units at Level 6", "A university’s careers department", 40, ["LEAD1", "LEAD4"], "6"),
        (60, "Labour market information and how to use it", "Weirdale careers hub", 2, ["COO1"], "none"),
        (20, "What changed in the guidance", "Weirdale careers hub", Decimal("1.5"), ["LEAD6", "LEAD7"], "none"),
    ):
        log_training(
            Training(),
            staff=leader,
            done_on=today - timedelta(days=days),
            title=title,
            provider=provider,
            hours=hours,
            serves=serves,
            level=level,
            by=by,
        )


def _read(posts: dict[str, StaffMember], *, by: User, today: date) -> None:
    """The administrator has read theirs; the others have not yet."""
    page = page_for("administrator", today)
    if page and "Careers administrator" in posts:
        acknowledge(page, staff=posts["Careers administrator"], digest=page.digest, by=by)

"""A plan as tests begin with it, and staff who hold things in it."""

from datetime import date, timedelta

from dekaan.access.models import User
from dekaan.core.academic_year import year_start
from dekaan.frameworks.queries import benchmarks_in_force
from dekaan.people.models import StaffMember
from dekaan.plan import changes
from dekaan.plan.models import Action, Objective, Plan
from dekaan.programme.changes import Invited, it_happened, plan_activity, plan_session
from tests.plan.conftest import NOW
from tests.stock import THIS_YEAR

EMPLOYERS = next(
    each.id for each in benchmarks_in_force(NOW).counted if [one.shape for one in each.expectations] == ["this_year"]
)
CHAIR = {"approved_by": "P. Aldous, chair of governors", "capacity": "governors"}


def colleague(user: User) -> StaffMember:
    """The person's row on the staff list of the school in scope."""
    forename, surname = user.name.split(" ", 1)
    return StaffMember.objects.create(forename=forename, surname=surname, user=user, email=user.email)


def plan(*, year: int = THIS_YEAR, by: User | None = None, **said) -> Plan:
    """A development plan of that year, written on its first day."""
    details = {"title": f"Plan {year}", "written_on": year_start(year)} | said
    return changes.write_plan(kind=Plan.Kind.DEVELOPMENT, first_year=year, by=by, **details)


def objective(of: Plan, title: str = "Every pupil meets an employer", **said) -> Objective:
    return changes.add_objective(of, title=title, by=None, **said)


def action(of: Objective, title: str = "Book an employer", *, days: int = 30, **said) -> Action:
    return changes.add_action(of, title=title, due_on=NOW + timedelta(days=days), by=None, **said)


def measured(of: Objective, target: int = 80, part: str = "all", value: str = "", **said) -> Action:
    """An action whose success is that so many of that part meet an employer this year."""
    aim = {"measure_criterion": EMPLOYERS, "measure_breakdown": part, "measure_value": value}
    return action(of, measure_target=target, **aim, **said)


def approved(of: Plan, *, on: date = NOW, by: User | None = None, **said):
    return changes.approve_plan(of, approved_on=on, by=by, **(CHAIR | said))


def meet_an_employer(*pupils, by: User | None = None) -> None:
    """Yesterday these pupils were at an employer's talk."""
    talk = plan_activity(
        title="Millworks", activity_type="TALK", partner_kind="employer", partner_name="Millworks", by=by
    )
    held = plan_session(talk, held_on=NOW - timedelta(days=1), invited=Invited(pupils=pupils), by=by)
    it_happened(held, by=by)

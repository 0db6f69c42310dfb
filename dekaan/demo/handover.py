"""A hand-over that is planned and agreed at the second school, so that its pages have something to show."""

from datetime import date, timedelta

from dekaan.access.models import User
from dekaan.handover import changes
from dekaan.people.models import StaffMember
from dekaan.schools.models import School

AHEAD = timedelta(days=60)


def plan_hand_over(
    school: School, staff: list[StaffMember], *, leader: User, planner: User | None, today: date
) -> None:
    """Who leads there hands over in two months to a colleague who teaches; a second person has yet to agree."""
    goes = next((each for each in staff if each.user_id == leader.pk), None)
    comes = next((each for each in staff if each.user_id is None and each.email), None)
    if goes is None or comes is None:
        return
    changes.plan_hand_over(school, from_=goes, to=comes, starts_on=today + AHEAD, by=planner or leader)

"""What a Careers Leader has planned around the programme: templates, a roll forward, and a day on which groups go round."""

from datetime import time, timedelta

from dekaan.access.models import User
from dekaan.core.academic_year import today
from dekaan.people.queries import tutor_groups
from dekaan.programme.changes import Slot, Station, keep_as_template, plan_carousel, roll_forward
from dekaan.programme.models import Activity
from dekaan.programme.queries import propose
from dekaan.schools.queries import next_school_day

KEPT = ("Enterprise day", "Mock interviews", "Work experience week")
STATIONS = (
    Station("Writing a CV", "Library", activity_type="GROUPG"),
    Station("Millworks Engineering", "Main hall", "employer", "TALK"),
    Station("What jobs pay round here", "IT1", activity_type="LMI"),
    Station("Northgate Solicitors", "Room 14", "employer", "TALK"),
    Station("Interview practice", "Drama studio", activity_type="GROUPG"),
    Station("Apprenticeships: questions and answers", "Room 12", activity_type="OPTEVE"),
)
SLOTS = (
    Slot(time(9, 0), time(9, 45)),
    Slot(time(9, 50), time(10, 35)),
    Slot(time(10, 55), time(11, 40)),
    Slot(time(11, 45), time(12, 30)),
    Slot(time(13, 15), time(14, 0)),
    Slot(time(14, 5), time(14, 50)),
)


def plan_the_year(this_year: int, leader: User) -> None:
    """Three templates are kept; what fell through this year comes from last year's; Year 9 go round before Christmas."""
    for activity in Activity.objects.filter(title__in=KEPT).order_by("pk"):
        keep_as_template(activity, by=leader)
    proposed = [each for each in propose(this_year) if each.is_ticked and each.day and each.day > today()]
    roll_forward(this_year, days={each.pk: each.day for each in proposed[:5] if each.day}, by=leader)
    if groups := [each for each in tutor_groups(this_year) if each.year_group == 9]:
        plan_carousel(
            title="Futures day",
            held_on=next_school_day(today() + timedelta(days=16)),
            groups=groups,
            stations=STATIONS,
            slots=SLOTS,
            by=leader,
        )

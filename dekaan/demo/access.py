"""Providers of the year, of whom not everything is said yet: what a Careers Leader finds when first looking."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from dekaan.access.models import User
from dekaan.core.academic_year import academic_year_of, today
from dekaan.demo.calendar import school_day
from dekaan.demo.names import PROVIDERS
from dekaan.frameworks.queries import Answers, access_mask, flags, ids_of, usual_criteria
from dekaan.people.queries import year_groups
from dekaan.programme.changes import Invited, plan_activity, plan_session, say_of_activity, take_register
from dekaan.programme.models import Mode
from dekaan.programme.queries import invited_pupils

COVERED = ("purpose", "two-way", "offer", "careers-it-leads-to", "what-learning-is-like")
AWAY = 17  # every so many pupils one is absent


@dataclass(frozen=True)
class Visit:
    """A provider's session for a year group, so many days from now, and what is said of it."""

    title: str
    year_group: int
    days: int
    kind: str
    starts_at: time | None = time(10)
    mode: str = Mode.IN_SCHOOL
    said: tuple[str, ...] = COVERED


VISITS = (
    Visit("College and apprenticeships: open evening", 11, -34, "fe-college", time(18)),
    Visit("Degree apprenticeships at the university", 12, -27, "university"),
    Visit("Technical courses: a live lesson", 10, -20, "fe-college", None, Mode.LIVE_ONLINE, COVERED[:3]),
    Visit("T levels explained", 9, -13, "fe-college"),
    Visit("Apprentices on their first year", 9, 27, "itp"),
    Visit("Where technical courses lead", 11, 34, "fe-college"),
    Visit("Apprenticeships after sixth form", 13, 41, "itp"),
)


def write_access(*, by: User) -> None:
    """The providers' sessions are in the programme: those of before recorded with their registers, the others planned."""
    here = year_groups(academic_year_of(today()))
    for visit in VISITS:
        day = _day(visit.days)
        if visit.year_group in here and academic_year_of(day) == academic_year_of(today()):
            _put_on(visit, day, by)


def _day(days: int) -> date:
    """A day on which pupils are in, about so many days from now and on the same side of today."""
    day = today() + timedelta(days=days)
    found = school_day(academic_year_of(day), day.month, day.day)
    while days < 0 <= (found - today()).days:
        day -= timedelta(days=7)
        found = school_day(academic_year_of(day), day.month, day.day)
    return found


def _put_on(visit: Visit, day: date, by: User) -> None:
    activity = plan_activity(
        title=visit.title,
        activity_type="PROVTALK",
        criteria=(*usual_criteria("PROVTALK", visit.kind), *ids_of(access_mask())),
        mode=visit.mode,
        partner_name=PROVIDERS[visit.kind],
        partner_kind=visit.kind,
        by=by,
    )
    say_of_activity(activity, Answers(yes=sum(flags()[key].bit for key in visit.said)), by=by)
    session = plan_session(
        activity,
        held_on=day,
        starts_at=visit.starts_at,
        minutes=60,
        invited=Invited(year_groups=(visit.year_group,)),
        by=by,
    )
    if visit.days < 0:
        asked = invited_pupils(session).order_by("pk").values_list("pk", flat=True)
        take_register(session, present=[pk for place, pk in enumerate(asked, start=1) if place % AWAY], by=by)

"""A school that has said how careers is led, and colleagues who hold roles."""

from datetime import date, timedelta

from dekaan.access.models import User
from dekaan.core.academic_year import today
from dekaan.people.models import StaffMember
from dekaan.team import changes
from dekaan.team.models import Leadership, Post

LONG_AGO = timedelta(days=300)


def colleague(forename: str = "Priya", surname: str = "Raman", user: User | None = None, **more) -> StaffMember:
    return StaffMember.objects.create(forename=forename, surname=surname, user=user, **more)


def held(role: str, by: StaffMember | str, *, since: date | None = None, until: date | None = None, **more) -> Post:
    who = {"name": by} if isinstance(by, str) else {"staff": by}
    return changes.begin_post(role=role, starts_on=since or today() - LONG_AGO, ends_on=until, by=None, **who, **more)


def led(model: str = "middle", **more) -> Leadership:
    return changes.lead_by(starts_on=more.pop("since", today() - LONG_AGO), model=model, by=None, **more)


def at_work() -> dict[str, StaffMember]:
    """A middle leader under a senior leader, with an administrator; everything answered."""
    people = {
        "priya": colleague(),
        "ellen": colleague("Ellen", "Frost"),
        "tom": colleague("Tom", "Okafor"),
        "grace": colleague("Grace", "Bell"),
    }
    led("middle", checks={"backing": "yes", "seat-departments": "yes", "seat-pastoral": "yes"})
    for role, who in (("leader", "priya"), ("line-manager", "ellen"), ("administrator", "tom"), ("adviser", "grace")):
        held(role, people[who])
    held("link-governor", "Moira Lunt")
    return people

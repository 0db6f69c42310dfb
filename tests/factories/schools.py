"""A small school with people in it, made the way that people make one: through the changes."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from dekaan.access.changes import give_role, open_account
from dekaan.access.models import User
from dekaan.core.academic_year import academic_year_of, today, year_start
from dekaan.core.scope import working_in
from dekaan.people.changes import join_school
from dekaan.people.models import Pupil
from dekaan.programme.changes import Invited, it_happened, plan_activity, plan_session, strike_off
from dekaan.programme.models import Session
from dekaan.schools.changes import add_school
from dekaan.schools.models import School


@dataclass
class Place:
    """A school, one person per role that a test asked for, and its pupils by forename."""

    school: School
    people: dict[str, User] = field(default_factory=dict)
    pupils: dict[str, Pupil] = field(default_factory=dict)
    sessions: list[Session] = field(default_factory=list)

    @property
    def slug(self) -> str:
        return self.school.slug


def place(slug: str, *, years: int = 4) -> Place:
    """A school whose records reach back some years."""
    begin = year_start(academic_year_of(today()) - years)
    return Place(add_school(name=slug.title(), slug=slug, records_begin=begin))


def person(at: Place, role: str, scope: dict | None = None) -> User:
    """Somebody who holds the role there."""
    if role not in at.people:
        user = open_account(email=f"{role}@{at.slug}.example", name=role.title(), password=None)
        give_role(user=user, role=role, by=None, school=at.school, scope=scope, starts_on=date(2020, 9, 1))
        at.people[role] = user
    return at.people[role]


def pupils(
    at: Place, number: int, *, year_group: int = 10, tutor_group: str = "10A", surname: str = "Quill", **who
) -> list[Pupil]:
    """That many pupils, on the roll since the year began."""
    starts = year_start(academic_year_of(today()))
    made = []
    with working_in(at.school):
        for count in range(number):
            forename = f"{surname[:2]}{len(at.pupils) + count + 1:03d}"
            made.append(
                join_school(
                    surname=surname,
                    forename=forename,
                    year_group=year_group,
                    tutor_group=tutor_group,
                    starts_on=starts,
                    by=None,
                    characteristics=who,
                )
            )
    at.pupils |= {pupil.forename: pupil for pupil in made}
    return made


def talk(
    at: Place,
    *,
    title: str = "Engineers' assembly",
    happened: bool = True,
    invited: list[Pupil] | None = None,
    absent: list[Pupil] = (),
    days_ago: int = 1,
    **details,
) -> Session:
    """An employer's assembly for Year 10 (or those named), recorded unless told otherwise."""
    leader = person(at, "careers-leader")
    with working_in(at.school):
        activity = plan_activity(
            title=title, activity_type="ASSEM", by=leader, **{"partner_kind": "employer"} | details
        )
        session = plan_session(
            activity,
            held_on=today() - timedelta(days=days_ago),
            invited=Invited(pupils=tuple(invited)) if invited else Invited(year_groups=(10,)),
            by=leader,
        )
        if happened:
            it_happened(session, by=leader)
            if absent:
                strike_off(session, absent=[pupil.pk for pupil in absent], by=leader)
    at.sessions.append(session)
    return session

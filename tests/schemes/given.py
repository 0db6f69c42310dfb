"""A scheme and an observation as a school writes them."""

from datetime import timedelta

from dekaan.access.models import User
from dekaan.core.academic_year import today
from dekaan.people.models import StaffMember
from dekaan.schemes import changes
from dekaan.schemes.models import Observation, Scheme, SchemeLesson


def colleague(user: User | None = None, surname: str = "Adeyemi") -> StaffMember:
    return StaffMember.objects.create(surname=surname, forename="Ruth", post="Head of English", user=user)


def scheme(title="What comes next", *years, owners=()) -> Scheme:
    return changes.add_scheme(title=title, year_groups=list(years or (9,)), owners=owners, by=None)


def lesson(of: Scheme, title="Jobs near us", **more) -> SchemeLesson:
    return changes.add_lesson(of, title=title, by=None, **{"criteria": ["GB24.2.1"], "minutes": 50} | more)


def seen(**more) -> Observation:
    said = {"kind": "walk", "seen_on": today(), "seen": "Pupils compared three jobs."}
    return changes.record_observation(by=None, **said | more)


def acting(days: int = 10, **more) -> Observation:
    """An observation with something to be done until so many days from today."""
    return seen(action="Buy new posters", action_due_on=today() + timedelta(days=days), **more)

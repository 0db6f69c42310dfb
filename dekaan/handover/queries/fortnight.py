"""The first fortnight of whoever is new: ten steps, each known from records where records can tell."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from dekaan.handover.models import HandOver
from dekaan.plan.models import Action, Meeting, Task
from dekaan.provider_requests.queries import providers_waiting
from dekaan.team.models import Profile


@dataclass(frozen=True)
class Asked:
    """A step as the data file has it."""

    key: str
    words: str
    to: str
    read: str = ""


@dataclass(frozen=True)
class Step:
    """A step with whether it is done, and whether records say so: then nobody ticks it."""

    asked: Asked
    is_done: bool
    is_read: bool


@cache
def asked() -> tuple[Asked, ...]:
    """The steps, in their order."""
    said = tomllib.loads(files("dekaan.handover").joinpath("data", "first-fortnight.toml").read_text(encoding="utf-8"))
    return tuple(Asked(**each) for each in said["step"])


def first_fortnight(new: HandOver, on: date) -> list[Step]:
    """Each step as it stands on that day."""
    ticked = {each.step for each in new.steps_done.all()}
    return [
        Step(each, READ[each.read](new, on) if each.read else each.key in ticked, bool(each.read)) for each in asked()
    ]


def _nothing_overdue(new: HandOver, on: date) -> bool:
    late = {"owner": new.to_staff, "due_on__lt": on}
    tasks = Task.objects.filter(ending=Task.Ending.OPEN, **late)
    return not (tasks.exists() or Action.objects.filter(ending=Action.Ending.OPEN, **late).exists())


def _line_manager_met(new: HandOver, on: date) -> bool:
    met = Meeting.objects.filter(kind=Meeting.Kind.LINE_MANAGER, state=Meeting.State.HELD)
    return met.filter(held_on__range=(new.starts_on, on)).exists()


def _providers_answered(_new: HandOver, _on: date) -> bool:
    return not providers_waiting()


def _induction_planned(new: HandOver, _on: date) -> bool:
    return Profile.objects.filter(staff=new.to_staff, induction_begins_on__isnull=False, mentor__isnull=False).exists()


READ: dict[str, Callable[[HandOver, date], bool]] = {
    "nothing_overdue": _nothing_overdue,
    "line_manager_met": _line_manager_met,
    "providers_answered": _providers_answered,
    "induction_planned": _induction_planned,
}

"""Observations are recorded, corrected and removed; what is to be done about one is followed until its end."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import months_after, today
from dekaan.frameworks.queries import criteria, themes
from dekaan.schemes.holding import holds_months
from dekaan.schemes.models import Observation

LISTS: dict[str, Callable[[], Mapping[str, Any]]] = {"criteria": criteria, "themes": themes}


class NoAction(Exception):
    """Nothing is to be done about the observation, so nothing can be said of it."""


@transaction.atomic
def record_observation(*, by: User | None, **fields: Any) -> Observation:
    """It is on record what was seen, and stands as evidence of what it serves from its day on. `fields` are its own."""
    observation = _filled(Observation(), fields)
    observation.save()
    record(action="observation recorded", by=by, subject="observation", subject_id=observation.pk)
    return observation


@transaction.atomic
def change_observation(observation: Observation, *, by: User | None, **fields: Any) -> None:
    """The observation says what is given; an action that is taken out of it is followed no more."""
    _filled(observation, fields)
    if not observation.action:
        observation.action_done_on, observation.action_dropped_on, observation.action_dropped_because = None, None, ""
    observation.save()
    record(action="observation changed", by=by, subject="observation", subject_id=observation.pk)


def _filled(observation: Observation, fields: Mapping[str, Any]) -> Observation:
    for name, value in fields.items():
        setattr(observation, name, _in_order(name, value) if name in LISTS else value)
    return observation


def _in_order(name: str, keys: Iterable[str]) -> list[str]:
    """The keys as the data files have them, no key twice; one that no file has any more stands last."""
    wanted, known = list(dict.fromkeys(keys)), list(LISTS[name]())
    return [each for each in known if each in wanted] + [each for each in wanted if each not in known]


@transaction.atomic
def finish_action(observation: Observation, *, by: User | None) -> None:
    """What was to be done is done, today. Raises NoAction."""
    _end(observation, done_on=today())
    record(action="observation's action done", by=by, subject="observation", subject_id=observation.pk)


@transaction.atomic
def drop_action(observation: Observation, *, because: str, by: User | None) -> None:
    """It will not be done, for that reason, and is followed no more. Raises NoAction."""
    _end(observation, dropped_on=today(), because=because)
    record(action="observation's action dropped", by=by, subject="observation", subject_id=observation.pk)


@transaction.atomic
def reopen_action(observation: Observation, *, by: User | None) -> None:
    """It is followed again, as if neither done nor dropped. Raises NoAction."""
    _end(observation)
    record(action="observation's action taken up again", by=by, subject="observation", subject_id=observation.pk)


def _end(
    observation: Observation, *, done_on: date | None = None, dropped_on: date | None = None, because: str = ""
) -> None:
    if not observation.action:
        raise NoAction
    observation.action_done_on, observation.action_dropped_on = done_on, dropped_on
    observation.action_dropped_because = because
    observation.save(update_fields=["action_done_on", "action_dropped_on", "action_dropped_because"])


@transaction.atomic
def remove_observation(observation: Observation, *, by: User | None) -> None:
    """The observation is gone for good, and shows nothing any more."""
    record(action="observation removed", by=by, subject="observation", subject_id=observation.pk)
    Observation.objects.filter(pk=observation.pk).delete()


@transaction.atomic
def let_old_observations_go(before: date) -> int:
    """Those that were good as evidence until before that day are gone; answers how many."""
    old = Observation.objects.filter(seen_on__lt=months_after(before, -holds_months()))
    gone, _ = old.delete()
    if gone:
        record(action="old observations let go", by=None, subject="school", detail={"observations": gone})
    return gone

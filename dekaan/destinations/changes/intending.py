"""A line of the grid of intentions is recorded whole, or not at all; and what was said before is said again."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.destinations.changes.recording import SAYS, record_statement, try_statement, withdraw_statement
from dekaan.destinations.changes.refusals import Refused, SaidAlready, SaidMeanwhile
from dekaan.destinations.changes.telling import tell
from dekaan.destinations.changes.wishing import say_wish
from dekaan.destinations.models import Kind, Source, Statement, Wish
from dekaan.destinations.queries.intending import intents
from dekaan.people.models import Pupil


@transaction.atomic
def record_line(
    pupil: Pupil,
    *,
    by: User | None,
    source: str,
    said_on: date,
    batch: str,
    intention: dict[str, Any] | None = None,
    backup: dict[str, Any] | None = None,
    no_backup: Statement | None = None,
    wish: dict[str, Any] | None = None,
) -> None:
    """Of what is given: they mean to do it, would do that instead or nothing any more, and may be kept in touch with or not.

    What is not given stays as it is, and is not written again. Raises what `refusals` names.
    """
    told: dict[str, Any] = {"by": by, "kind": Kind.INTENTION, "source": source, "said_on": said_on, "batch": batch}
    if intention:
        record_statement(pupil, **told, **intention)
    if backup:
        record_statement(pupil, **told, **backup, is_backup=True)
    if no_backup:
        withdraw_statement(no_backup, by=by, batch=batch)
    if wish:
        who = Wish.SaidBy.PARENT if source == Source.PARENT else Wish.SaidBy.PUPIL
        say_wish(pupil, about=Wish.About.KEEP_IN_TOUCH, who=who, by=by, said_on=said_on, **wish)


@transaction.atomic
def say_still_the_same(
    said: Collection[Statement], *, by: User | None, source: str, said_on: date, batch: str
) -> dict[int, Refused]:
    """Each of these intentions holds on that day: it is said again in the same words, and what was said before is kept.

    What they would do instead stays as it was said. Whoever of these it cannot be said of, by pupil and why: a colleague
    has recorded something else meanwhile, it was said that day already, a route has ended, the day has not come.
    """
    ids = sorted(each.pupil_id for each in said)
    pupils = list(Pupil.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    stands = {each.pupil.pk: each for each in intents(pupils)}
    refused: dict[int, Refused] = {}
    again: list[Statement] = []
    for each in said:
        if stands[each.pupil_id].intention != each:
            refused[each.pupil_id] = SaidMeanwhile()
            continue
        if each.said_on >= said_on:
            refused[each.pupil_id] = SaidAlready(each.said_on)
            continue
        same = {name: getattr(each, name) for name in SAYS}
        now = {"as_of": None, "said_on": said_on, "source": source, "verified_by": None, "verified_on": None}
        try:
            new = try_statement(stands[each.pupil_id].pupil, **same | now | {"batch": batch}).statement
        except Refused as refusal:
            refused[each.pupil_id] = refusal
            continue
        new.recorded_by = by
        again.append(new)
    Statement.objects.bulk_create(again)
    for new in again:
        record(action="destination recorded", by=by, subject="pupil", subject_id=new.pupil_id)
    if again:
        tell([each.pupil_id for each in again])
    return refused

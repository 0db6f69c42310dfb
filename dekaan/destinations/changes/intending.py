"""A line of the grid of intentions is recorded whole, or not at all."""

from datetime import date
from typing import Any

from django.db import transaction

from dekaan.access.models import User
from dekaan.destinations.changes.recording import record_statement, withdraw_statement
from dekaan.destinations.changes.wishing import say_wish
from dekaan.destinations.models import Kind, Source, Statement, Wish
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
        withdraw_statement(no_backup, by=by)
    if wish:
        who = Wish.SaidBy.PARENT if source == Source.PARENT else Wish.SaidBy.PUPIL
        say_wish(pupil, about=Wish.About.KEEP_IN_TOUCH, who=who, by=by, said_on=said_on, **wish)

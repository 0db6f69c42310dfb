"""Asking: what a school makes of a questionnaire, a collection opened, ended, given a new link."""

from datetime import date
from typing import Any

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import academic_year_of, today
from dekaan.programme.models import Activity, Session
from dekaan.quality.models import Collection, Line, SchoolWording
from dekaan.quality.queries import Questionnaire, known_invited, school_wordings

WORDING = ("off", "own_1", "own_1_kind", "own_2", "own_2_kind")


class NothingToAskAbout(Exception):
    """A questionnaire about an activity needs one."""


class OverAlready(Exception):
    """A collection ends on the day on which it is opened, or later."""


@transaction.atomic
def reword(questionnaire: Questionnaire, *, by: User | None, **wording: str) -> SchoolWording:
    """From now on the school asks the questionnaire so: questions off, own ones added. What is open stays as it is."""
    row, _ = SchoolWording.objects.update_or_create(questionnaire=questionnaire.key, defaults=wording)
    record(action="questionnaire changed", by=by, subject="schoolwording", subject_id=row.pk)
    return row


@transaction.atomic
def open_collection(
    questionnaire: Questionnaire,
    *,
    closes_on: date,
    by: User | None,
    session: Session | None = None,
    activity: Activity | None = None,
    invited: int | None = None,
    opened_on: date | None = None,
    **asked: Any,
) -> Collection:
    """From now on people can answer, until the end of that day; it has a link of its own.

    How many are asked is worked out where our records know it and nobody said. `asked` are further fields of Collection:
    year_group, moment, asks_group. Raises NothingToAskAbout and OverAlready.
    """
    activity = session.activity if session else activity
    if questionnaire.about == "activity" and activity is None:
        raise NothingToAskAbout
    day = opened_on or today()
    if closes_on < day:
        raise OverAlready
    if invited is None:
        invited = known_invited(
            audience=questionnaire.audience,
            session=session,
            year_group=asked.get("year_group"),
            on=day,
            is_year=activity is None,
        )
    own = school_wordings().get(questionnaire.key)
    collection = Collection.objects.create(
        questionnaire=questionnaire.key,
        version=questionnaire.version,
        audience=questionnaire.audience,
        session=session,
        activity=activity,
        academic_year=academic_year_of(session.held_on if session else day),
        invited=invited,
        opened_on=day,
        closes_on=closes_on,
        **{name: getattr(own, name) for name in WORDING if own},
        **asked,
    )
    collection.renew_key()  # the key has its number in it
    collection.save(update_fields=["link_round", "link_hash"])
    record(action="feedback asked for", by=by, subject="collection", subject_id=collection.pk)
    return collection


@transaction.atomic
def change_collection(collection: Collection, *, closes_on: date, invited: int | None, by: User | None) -> None:
    """It ends on that day, and so many were asked. Raises OverAlready for a day before it was opened."""
    if closes_on < collection.opened_on:
        raise OverAlready
    collection.closes_on, collection.invited = closes_on, invited
    collection.save(update_fields=["closes_on", "invited"])
    record(action="feedback's end changed", by=by, subject="collection", subject_id=collection.pk)


@transaction.atomic
def renew_link(collection: Collection, *, by: User | None) -> None:
    """The collection has another link; the one before opens nothing any more."""
    collection.renew_key()
    collection.save(update_fields=["link_round", "link_hash"])
    record(action="feedback's link renewed", by=by, subject="collection", subject_id=collection.pk)


@transaction.atomic
def take_out_line(line: Line, *, by: User | None) -> None:
    """What somebody wrote is gone, since it names a person; what they answered otherwise stands."""
    collection_id = line.collection_id
    line.delete()
    record(action="written answer taken out", by=by, subject="collection", subject_id=collection_id)

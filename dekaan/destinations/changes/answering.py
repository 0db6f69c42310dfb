"""Answering by the link: what somebody says of themselves is a statement like any other, and nothing is overwritten."""

from datetime import date
from typing import Any

from django.db import transaction

from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.destinations.changes.recording import correct_statement, record_statement
from dekaan.destinations.changes.wishing import say_wish
from dekaan.destinations.ladder import ladder
from dekaan.destinations.models import Asked, Source, Statement, Wish
from dekaan.destinations.queries.ledger import in_force
from dekaan.destinations.queries.wishes import latest_wishes

# What an answer may say; all else of a statement is as if nobody had said it.
ANSWERS: dict[str, Any] = {
    "route": "",
    "provider": None,
    "provider_name": "",
    "course": "",
    "level": None,
    "words": "",
    "starts_on": None,
    "confidence": "some",
}
FRESH: dict[str, Any] = {"verified_by": None, "verified_on": None, "code": "", "ends_on": None, "offer_state": ""}


class LinkOver(Exception):
    """The last day of the link is over."""


class TooManyAnswers(Exception):
    """More answers have come by the one link than anybody gives."""


@transaction.atomic
def answer_asked(
    asked: Asked,
    *,
    says: dict[str, Any] | None = None,
    backup: dict[str, Any] | None = None,
    may_until: date | None = None,
    opts_out: bool = False,
) -> None:
    """What they say is in the ledger, said by the pupil and checked by nobody; said anew, it corrects what they said before.

    With `may_until` the school may keep in touch until then; who opts out is not asked again. The same once more is
    nothing new. Raises LinkOver, TooManyAnswers, and what `refusals` names.
    """
    held = Asked.objects.select_for_update(of=("self",)).select_related("asking", "pupil").get(pk=asked.pk)
    if not held.asking.is_open:
        raise LinkOver
    if held.answers >= ladder().most_answers:
        raise TooManyAnswers
    told = [_say(held, says, is_backup=False)] if says else []
    told += [_say(held, backup, is_backup=True)] if backup else []
    told.append(_allow(held, may_until=may_until, opts_out=opts_out))
    if any(told):
        held.answers += 1
        record(action="answered by a link", by=None, subject="pupil", subject_id=held.pupil_id)
    if says:
        held.answered_on = today()
    held.save(update_fields=["answers", "answered_on"])


def _say(asked: Asked, says: dict[str, Any], *, is_backup: bool) -> bool:
    """Whether it says anything new."""
    fields = ANSWERS | says
    mine = Statement.objects.filter(pupil=asked.pupil, kind=asked.asking.kind)
    before = [each for each in in_force(mine) if each.batch == asked.batch and each.is_backup == is_backup]
    if before and all(getattr(before[-1], name) == value for name, value in fields.items() if name != "provider"):
        return False
    told = fields | {"source": Source.PUPIL, "said_on": today(), "batch": asked.batch}
    if before:
        correct_statement(before[-1], by=None, **(FRESH | told))
    else:
        record_statement(asked.pupil, by=None, kind=asked.asking.kind, is_backup=is_backup, **told)
    return True


def _allow(asked: Asked, *, may_until: date | None, opts_out: bool) -> bool:
    if not opts_out and may_until is None:
        return False
    wish = latest_wishes([asked.pupil_id]).get((asked.pupil_id, Wish.About.KEEP_IN_TOUCH))
    told: dict[str, Any] = {"about": Wish.About.KEEP_IN_TOUCH, "who": Wish.SaidBy.PUPIL, "by": None}
    if opts_out:
        if wish and not wish.allows:
            return False
        say_wish(asked.pupil, allows=False, **told)
    elif wish and wish.allows and (wish.until is None or (may_until and wish.until >= may_until)):
        return False
    else:
        say_wish(asked.pupil, allows=True, until=may_until, reached_at=wish.reached_at if wish else "", **told)
    return True

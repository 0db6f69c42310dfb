"""Asking by a link: begun, taken back while nothing has left, reminded by the ladder, stopped."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.destinations.ladder import ladder
from dekaan.destinations.models import Asked, AskedLetter, Asking
from dekaan.destinations.queries.asked import AskedPerson, Stands, asking_people
from dekaan.destinations.queries.asking import ToAsk
from dekaan.destinations.queries.asking_letters import key_for, letter_to
from dekaan.jobs.changes import take_back
from dekaan.jobs.queries import did_not_arrive, message_name
from dekaan.schools.models import School


def draft_asking(
    *,
    kind: str,
    left_in: int | None,
    contact_name: str,
    contact_email: str,
    contact_telephone: str,
    here: str,
    own_words: str = "",
    reminds: bool = False,
    group_name: str = "",
) -> Asking:
    """An asking as it would begin today, to be looked at; nothing is kept."""
    return Asking(
        kind=kind,
        left_in=left_in,
        group_name=group_name,
        contact_name=contact_name,
        contact_email=contact_email,
        contact_telephone=contact_telephone,
        own_words=own_words,
        here=here,
        reminds=reminds,
        begun_on=today(),
        open_until=today() + timedelta(days=ladder().open_days),
    )


@transaction.atomic
def begin_asking(asking: Asking, school: School, people: Sequence[ToAsk], *, by: User | None) -> Asking:
    """Each of them has a link of their own and a letter on its way, which leaves after a while for second thoughts."""
    asking.begun_by = by
    asking.save(force_insert=True)
    for each in people:
        asked = Asked(asking=asking, pupil=each.pupil, sent_to=each.to)
        asked.renew_key()
        asked.save(force_insert=True)
        _send(asked, asking, school, step=0)
    detail = {"people": len(people)}
    record(action="asked by a link", by=by, subject="asking", subject_id=asking.pk, detail=detail)
    return asking


def _send(asked: Asked, asking: Asking, school: School, *, step: int) -> None:
    before = asked.link_hash
    key = key_for(asked)
    if asked.link_hash != before:
        asked.save(update_fields=["link_hash", "link_round"])
    letter = letter_to(asking, school, asked.pupil, asked.sent_to, key=key, step=step)
    name = message_name()
    mail = EmailMessage(
        letter.subject,
        letter.body,
        letter.sender,
        [letter.to],
        reply_to=[letter.reply_to],
        headers={"Message-ID": name},
    )
    if step == 0:  # the outbox's word for it (`jobs.outbox`)
        mail.wait_until = timezone.now() + timedelta(minutes=ladder().grace_minutes)  # type: ignore[attr-defined]
    mail.send()
    AskedLetter.objects.create(asked=asked, pupil=asked.pupil, step=step, sent_on=today(), message_id=name)


@transaction.atomic
def undo_asking(asking: Asking, *, by: User | None) -> tuple[int, int]:
    """Whose letter has not left was never asked: how many those are, and how many letters have left and stand."""
    held = Asking.objects.select_for_update().get(pk=asking.pk)
    letters = dict(AskedLetter.objects.filter(asked__asking=held, step=0).values_list("message_id", "asked_id"))
    back = {letters[name] for name in take_back(list(letters))}
    Asked.objects.filter(pk__in=back).delete()
    record(action="asking taken back", by=by, subject="asking", subject_id=held.pk, detail={"people": len(back)})
    stands = held.asked.count()
    if not stands:
        held.delete()
    return len(back), stands


@transaction.atomic
def stop_asking(asking: Asking, *, by: User | None) -> None:
    """No reminder goes out any more; the links stay open until their day."""
    held = Asking.objects.select_for_update().get(pk=asking.pk)
    if held.stopped_on is None:
        held.stopped_on = today()
        held.save(update_fields=["stopped_on"])
        record(action="reminders stopped", by=by, subject="asking", subject_id=held.pk)


@transaction.atomic
def remind_due(school: School, on: date) -> int:
    """Whoever waits and is due has the next letter of the ladder on its way; how many. Safe to repeat on the day.

    Only where whoever asked said that reminders go out, and looked at their words.
    """
    note_failed_letters()
    going = Asking.objects.select_for_update().filter(reminds=True, stopped_on=None, open_until__gte=on)
    sent = 0
    for asking in going.order_by("pk"):
        for each in asking_people(asking, on):
            if is_due(each, on):
                _send(each.asked, asking, school, step=each.letters[-1].step + 1)
                sent += 1
    return sent


def is_due(person: AskedPerson, on: date) -> bool:
    """Whether a letter is to go to them by that day: the last step of the ladder is a person's."""
    return person.stands == Stands.WAITING and person.next_on is not None and person.next_on <= on


def note_failed_letters() -> None:
    """A letter that came back is known to have, also when the mail itself is forgotten."""
    back = did_not_arrive().values_list("message_id", flat=True)
    AskedLetter.objects.filter(message_id__in=list(back), has_failed=False).update(has_failed=True)

"""What happens to requests: one arrives, is answered by a letter that was seen, is withdrawn, agreed on, and forgotten."""

import base64
import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import months_after, today
from dekaan.core.link_keys import page_sent
from dekaan.jobs.queries import message_name
from dekaan.partners.changes import note_conversation
from dekaan.partners.models import Conversation, Organisation
from dekaan.programme.changes import Invited, cancel_session, plan_activity, plan_session
from dekaan.programme.models import Session
from dekaan.provider_requests.models import (
    AccessGround,
    AccessRules,
    FormRefusals,
    FreeTime,
    ProviderReply,
    ProviderRequest,
    PublicContact,
)
from dekaan.provider_requests.queries import Letter, Slot, WorkingDays, access_rules, in_the_way_of, letters, rules_said
from dekaan.schools.models import School

State, Kind = ProviderRequest.State, ProviderReply.Kind
MOST_WAITING = 200  # requests that nobody has answered: after that somebody sends many
KEPT_MONTHS = 4  # a term, after which contacts and words go
# How a request stands once a reply of that kind is sent.
STANDS = {
    Kind.ASK: State.ASKED,
    Kind.OFFER: State.OFFERED,
    Kind.DECLINE: State.REFUSED,
    Kind.OTHER_KIND: State.OTHER_KIND,
    Kind.AGREE: State.AGREED,
}
WORDS_OF_OUTSIDERS = ("contact_name", "contact_email", "contact_telephone", "what", "when_said", "needs")


class TooManyWaiting(Exception):
    """So many requests wait that no more are taken by the form."""


class AnsweredMeanwhile(Exception):
    """Somebody else has sent a reply since the person looked."""


class AgreedAlready(Exception):
    """A session was planned for the request, and stands."""


class TakenMeanwhile(Exception):
    """The time has been, or is taken; `by` says by what."""

    def __init__(self, by: str) -> None:
        super().__init__(by)
        self.by = by


class Forgotten(Exception):
    """Whom to write to is not held any more."""


@transaction.atomic
def say_rules(
    *, granting: Iterable[str], refusing: Iterable[str], by: User | None, is_no_pupil: bool = False, **fields: Any
) -> AccessRules:
    """The policy's facts are as given; a ground whose words are no longer there ends, and new words are a new ground.

    Where `is_no_pupil`, they name somebody who shares a pupil's name, and `by` has said that it is somebody else.
    """
    rules = rules_said()
    for name, value in fields.items():
        setattr(rules, name, value)
    rules.save()
    for kind, said in ((AccessGround.Kind.GRANT, granting), (AccessGround.Kind.REFUSE, refusing)):
        _say_grounds(kind, list(dict.fromkeys(said)))
    detail = {"names no pupil": True} if is_no_pupil else {}
    record(action="access rules changed", by=by, subject="access rules", subject_id=rules.pk, detail=detail)
    return rules


def say_public_contact(*, name: str, email: str, telephone: str) -> None:
    """Where the policy names no contact of its own it is this one, which the public pages name; its change is recorded there."""
    said = PublicContact.objects.first() or PublicContact()
    said.name, said.email, said.telephone = name, email, telephone
    said.save()


def _say_grounds(kind: str, said: list[str]) -> None:
    held = {each.words: each for each in AccessGround.objects.filter(kind=kind, until=None)}
    gone = [each.pk for words, each in held.items() if words not in said]
    AccessGround.objects.filter(pk__in=gone).update(until=today())
    for place, words in enumerate(said):
        if words not in held:
            AccessGround.objects.create(kind=kind, words=words, since=today(), place=place)
        elif held[words].place != place:
            AccessGround.objects.filter(pk=held[words].pk).update(place=place)


@transaction.atomic
def add_free_time(*, by: User | None, **fields: Any) -> FreeTime:
    """Providers can usually come at that time of the week."""
    made = FreeTime.objects.create(**fields)
    record(action="free time for providers added", by=by, subject="free time", subject_id=made.pk)
    return made


@transaction.atomic
def change_free_time(free_time: FreeTime, *, by: User | None, **fields: Any) -> None:
    """The time is as given."""
    for name, value in fields.items():
        setattr(free_time, name, value)
    free_time.save()
    record(action="free time for providers changed", by=by, subject="free time", subject_id=free_time.pk)


@transaction.atomic
def remove_free_time(free_time: FreeTime, *, by: User | None) -> None:
    """It is offered no more; what was offered stands in the replies."""
    record(action="free time for providers removed", by=by, subject="free time", subject_id=free_time.pk)
    free_time.delete()


@transaction.atomic
def receive(school: School, *, page: str, **said: Any) -> tuple[ProviderRequest, bool]:
    """A request has arrived and its sender gets a mail that says so; or the same one that is here already, and False.

    `said` are fields of ProviderRequest. The same is what says the same from the same page, or as one that is not answered
    yet; other words from the same page, after a step back, are another request. Raises TooManyWaiting.
    """
    same_as = _same_as(said)
    once = page_sent(f"{page} {same_as}")
    there = ProviderRequest.objects.filter(Q(once=once) | Q(same_as=same_as)).first()
    if there is not None:
        return there, False
    if ProviderRequest.objects.filter(state__in=[State.NEW, State.ASKED]).count() >= MOST_WAITING:
        raise TooManyWaiting
    rules, now = access_rules(), today()
    clock = {"received_on": now, "due_on": WorkingDays().after(now, rules.decision_days)}
    try:
        with transaction.atomic():
            request = ProviderRequest.objects.create(
                once=once, same_as=same_as, reference=_reference(once), **clock, **said
            )
    except IntegrityError:  # it was sent twice at the same moment
        return ProviderRequest.objects.get(Q(once=once) | Q(same_as=same_as)), False
    _send(request, letters.receipt(request, rules, school), by=None)
    return request, True


def _same_as(said: dict[str, Any]) -> str:
    """What tells a request from every other: all that it says, but for capitals and blanks."""
    plain = sorted((name, " ".join(str(value).casefold().split())) for name, value in said.items())
    return hashlib.sha256(repr(plain).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _reference(once: str) -> str:
    """A short name of the request that nobody has here, which can be read out on the telephone."""
    number = 0
    while True:
        digest = hashlib.sha256(f"{once} {number}".encode()).digest()
        reference = f"PA-{base64.b32encode(digest).decode()[:5]}"
        if not ProviderRequest.objects.filter(reference=reference).exists():
            return reference
        number += 1


@transaction.atomic
def note_refusal(why: str) -> None:
    """The form has refused once more, for that reason; nothing else is kept of it."""
    row, _ = FormRefusals.objects.get_or_create(day=today(), why=why)
    FormRefusals.objects.filter(pk=row.pk).update(number=F("number") + 1)


def _send(request: ProviderRequest, letter: Letter, *, by: User | None) -> ProviderReply:
    name = message_name()
    mail = EmailMessage(
        letter.subject,
        letter.body,
        letter.sender,
        [letter.to],
        reply_to=[letter.reply_to],
        headers={"Message-ID": name},
    )
    mail.send()
    return ProviderReply.objects.create(
        request=request,
        kind=letter.kind,
        sent_on=today(),
        sent_by=by,
        sent_to=letter.to,
        subject=letter.subject,
        body=letter.body,
        dates=[each.as_kept() for each in letter.slots],
        ground=letter.ground,
        message_id=name,
    )


@transaction.atomic
def send_reply(
    request: ProviderRequest, letter: Letter, *, replies_seen: int, by: User | None, call_off: bool = False
) -> ProviderReply:
    """The letter is on its way, and with it the request stands as the letter says.

    `replies_seen` is how many had been sent when the person looked; with `call_off` the session that was planned for it
    is off. Raises AnsweredMeanwhile, Forgotten.
    """
    held = ProviderRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if not held.contact_email:
        raise Forgotten
    if held.replies.count() != replies_seen:
        raise AnsweredMeanwhile
    reply = _send(held, letter, by=by)
    held.state = STANDS[Kind(letter.kind)]
    held.ground_words = letter.ground.words if letter.ground else ""
    if held.decided_on is None and letter.kind != Kind.ASK:
        held.decided_on = today()
        held.days_taken = WorkingDays().between(held.received_on, today())
    if not held.waits:
        held.same_as = None
    held.save()
    if call_off:
        _call_off(held, "We have refused the provider’s request", by=by)
    if held.matched_to_id:
        _note(held, reply, by=by)
    record(
        action="provider request answered",
        by=by,
        subject="provider request",
        subject_id=held.pk,
        detail={"kind": letter.kind},
    )
    return reply


def _call_off(request: ProviderRequest, because: str, *, by: User | None) -> None:
    session = request.planned
    if session is not None:
        cancel_session(session, because=because, by=by)


@transaction.atomic
def agree(
    request: ProviderRequest,
    letter: Letter,
    *,
    slot: Slot,
    title: str,
    activity_type: str,
    partner_kind: str,
    organisation: Organisation | None,
    replies_seen: int,
    by: User,
    although: str = "",
) -> Session:
    """The letter that agrees is on its way, and the session is in the programme, with whom of the directory a person chose.

    `although` is what the person was told that the time is taken by. Raises AgreedAlready, TakenMeanwhile, and as
    `send_reply` does.
    """
    list(AccessRules.objects.select_for_update())  # of two who agree at once the second sees what the first planned
    held = ProviderRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if held.is_agreed:
        raise AgreedAlready
    if slot.day <= today():
        raise TakenMeanwhile("it is not to come")
    taken_by = in_the_way_of(slot, WorkingDays())
    if taken_by and taken_by != although:
        raise TakenMeanwhile(taken_by)
    if organisation is not None:
        match_organisation(held, organisation, by=by)
    send_reply(held, letter, replies_seen=replies_seen, by=by)
    activity = plan_activity(
        title=title,
        activity_type=activity_type,
        by=by,
        mode=request.mode,
        partner_name=organisation.name if organisation else request.organisation,
        partner_kind=partner_kind,
        organisation=organisation,  # or none: a name that a stranger typed is matched to nobody by itself
    )
    session = plan_session(
        activity,
        held_on=slot.day,
        starts_at=slot.starts_at,
        minutes=slot.minutes,
        place=slot.place,
        invited=Invited(year_groups=slot.year_groups),
        by=by,
    )
    ProviderRequest.objects.filter(pk=request.pk).update(session=session)
    return session


@transaction.atomic
def match_organisation(request: ProviderRequest, organisation: Organisation, *, by: User | None) -> None:
    """A person says whom of the directory the request is of: it and what was replied stand in the history of contact."""
    if request.matched_to_id == organisation.pk:
        return
    request.matched_to = organisation
    request.save(update_fields=["matched_to"])
    said = f"Asked to meet {request.years or 'pupils'} ({request.reference})"
    note_conversation(organisation, how=Conversation.How.EMAIL, held_on=request.received_on, by=None, said=said)
    for reply in request.replies.exclude(kind=Kind.RECEIPT).select_related("sent_by"):
        _note(request, reply, by=reply.sent_by)
    record(action="provider request matched", by=by, subject="provider request", subject_id=request.pk)


def _note(request: ProviderRequest, reply: ProviderReply, *, by: User | None) -> None:
    if request.matched_to is not None:
        said = f"{reply.get_kind_display()} ({request.reference})"
        note_conversation(request.matched_to, how=Conversation.How.EMAIL, held_on=reply.sent_on, by=by, said=said)


@transaction.atomic
def withdraw_request(request: ProviderRequest, *, by: User | None, call_off: bool = False) -> None:
    """They have withdrawn it, or never answered; with `call_off` the session that was planned for it is off."""
    held = ProviderRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    held.state, held.same_as = State.WITHDRAWN, None
    held.save(update_fields=["state", "same_as"])
    if call_off:
        _call_off(held, "The provider has withdrawn", by=by)
    record(action="provider request withdrawn", by=by, subject="provider request", subject_id=held.pk)


@transaction.atomic
def put_back_request(request: ProviderRequest, *, by: User | None) -> None:
    """It was not withdrawn: it stands as the last reply to it says, or waits."""
    held = ProviderRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    last = held.replies.exclude(kind=Kind.RECEIPT).order_by("-pk").first()
    held.state = STANDS[Kind(last.kind)] if last else State.NEW
    held.save(update_fields=["state"])
    record(action="provider request put back", by=by, subject="provider request", subject_id=held.pk)


@transaction.atomic
def send_again(reply: ProviderReply, *, to: str, by: User | None) -> None:
    """A mail that came back is on its way again in the same words, to the address as it is now. Raises Forgotten."""
    request = reply.request
    if not reply.body:
        raise Forgotten
    rules = access_rules()
    name = message_name()
    EmailMessage(
        reply.subject,
        reply.body,
        letters.sender_of(request.school),
        [to],
        reply_to=[rules.contact_email] if rules.contact_email else [],
        headers={"Message-ID": name},
    ).send()
    reply.message_id, reply.sent_to = name, to
    reply.save(update_fields=["message_id", "sent_to"])
    ProviderRequest.objects.filter(pk=request.pk).update(contact_email=to)
    record(action="reply to a provider sent again", by=by, subject="provider request", subject_id=request.pk)


@transaction.atomic
def leave_reply(reply: ProviderReply, *, by: User | None) -> None:
    """A person has seen to a mail that came back, such as by telephone; it is not spoken of any more."""
    reply.message_id = ""
    reply.save(update_fields=["message_id"])
    record(action="reply to a provider left", by=by, subject="provider request", subject_id=reply.request_id)


@transaction.atomic
def forget_contact(request: ProviderRequest, *, by: User | None) -> None:
    """Who asked and what they wrote is gone, and so are the letters; the line in the log stays, without a name."""
    _forget([request.pk])
    record(action="provider's contact forgotten", by=by, subject="provider request", subject_id=request.pk)


def forget_old_contacts(on: date) -> int:
    """A term after a request is over its contacts and words are gone, and after a year those of any; how many."""
    before = months_after(on, -KEPT_MONTHS)
    over = Q(decided_on__lte=before) | Q(state=State.WITHDRAWN, received_on__lte=before)
    old = ProviderRequest.objects.filter(forgotten_on=None).filter(
        Q(over) & (Q(session=None) | Q(session__held_on__lte=before)) | Q(received_on__lte=months_after(on, -12))
    )
    found = list(old.values_list("pk", flat=True))
    _forget(found)
    return len(found)


def _forget(requests: list[int]) -> None:
    gone = dict.fromkeys(WORDS_OF_OUTSIDERS, "") | {"forgotten_on": today(), "same_as": None}
    ProviderRequest.objects.filter(pk__in=requests).update(**gone)
    ProviderReply.objects.filter(request__in=requests).update(body="", sent_to="", subject="", message_id="")

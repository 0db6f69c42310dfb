"""Organisations, contacts and conversations are added, changed, given up, erased."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.dispatch import Signal

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today
from dekaan.partners.models import (
    DESCRIBED,
    Contact,
    Conversation,
    KeptApart,
    Organisation,
    OtherName,
    TrustOrganisation,
)
from dekaan.partners.queries import last_spoken, usual_basis


class NamedOtherwise(Exception):
    """Another organisation has that other name already."""


class TakenUpAlready(Exception):
    """The school has taken that organisation up."""


class NotOfThatOrganisation(Exception):
    """The contact is at another organisation."""


# Rung with the organisation when it is said otherwise whether it offers what the law on provider access means. Encounters
# with it stand floors above and are judged by that, so whoever keeps them listens.
offers_changed = Signal()
OFFERS = {"technical", "apprenticeships"}


@transaction.atomic
def add_organisation(*, name: str, kind: str, by: User | None, **details: Any) -> Organisation:
    """The directory has the organisation. `details` are further fields of Organisation."""
    made = Organisation.objects.create(name=name, kind=kind, added_on=today(), **details)
    record(action="organisation added", by=by, subject="organisation", subject_id=made.pk)
    return made


@transaction.atomic
def change_organisation(organisation: Organisation, *, by: User | None, **fields: Any) -> None:
    """The organisation is as given; its contacts, history and sessions stay with it."""
    changed = _set(organisation, fields)
    if changed:
        organisation.save(update_fields=changed)
        detail = {"fields": changed}
        record(action="organisation changed", by=by, subject="organisation", subject_id=organisation.pk, detail=detail)
    if OFFERS & set(changed):
        offers_changed.send(Organisation, organisation=organisation)


def _set(row: Any, fields: dict[str, Any]) -> list[str]:
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    return changed


@transaction.atomic
def call_also(organisation: Organisation, name: str) -> OtherName:
    """The organisation is known by that name too. Raises NamedOtherwise."""
    try:
        with transaction.atomic():
            row, _ = OtherName.objects.get_or_create(name=name, defaults={"organisation": organisation})
    except IntegrityError as refusal:
        raise NamedOtherwise from refusal
    if row.organisation_id != organisation.pk:
        raise NamedOtherwise
    return row


@transaction.atomic
def keep_apart(one: Organisation, other: Organisation, *, by: User | None) -> None:
    """The two are two, however alike they look: they are not shown as duplicates any more."""
    first, second = sorted((one, other), key=lambda each: each.pk)
    _, is_new = KeptApart.objects.get_or_create(one=first, other=second, defaults={"said_by": by, "said_on": today()})
    if is_new:
        record(action="organisations kept apart", by=by, subject="organisation", subject_id=first.pk)


@transaction.atomic
def add_contact(
    organisation: Organisation,
    *,
    name: str,
    by: User | None,
    basis: str = "",
    basis_on: date | None = None,
    basis_source: str = "Given to the school by the organisation",
    **details: Any,
) -> Contact:
    """Somebody is known at the organisation, on a lawful basis with its day and source: the usual one, unless told otherwise."""
    made = Contact.objects.create(
        organisation=organisation,
        name=name,
        basis=basis or usual_basis().key,
        basis_on=basis_on or today(),
        basis_source=basis_source,
        added_on=today(),
        added_by=by,
        **details,
    )
    record(action="contact added", by=by, subject="organisation", subject_id=organisation.pk)
    return made


@transaction.atomic
def change_contact(contact: Contact, *, by: User | None, **fields: Any) -> None:
    """What is held of the contact is as given."""
    changed = _set(contact, fields)
    if changed:
        contact.save(update_fields=changed)
        detail = {"fields": changed}
        record(
            action="contact changed", by=by, subject="organisation", subject_id=contact.organisation_id, detail=detail
        )


@transaction.atomic
def erase_contact(contact: Contact, *, by: User | None) -> None:
    """Nothing is held about the person any more: of what was said with them the day and the manner stay, not the words."""
    organisation_id = contact.organisation_id
    contact.conversations.update(said="", contact=None)
    contact.delete()
    record(action="contact erased", by=by, subject="organisation", subject_id=organisation_id)


@transaction.atomic
def note_conversation(
    organisation: Organisation,
    *,
    how: str,
    held_on: date,
    by: User | None,
    contact: Contact | None = None,
    said: str = "",
) -> Conversation:
    """It is on record that somebody was in contact with the organisation. Raises NotOfThatOrganisation."""
    if contact is not None and contact.organisation_id != organisation.pk:
        raise NotOfThatOrganisation
    made = Conversation.objects.create(
        organisation=organisation, contact=contact, how=how, held_on=held_on, by=by, said=said
    )
    record(action="conversation noted", by=by, subject="organisation", subject_id=organisation.pk)
    return made


@transaction.atomic
def change_conversation(conversation: Conversation, *, by: User | None, **fields: Any) -> None:
    """What was noted is as given; who noted it first stays. Raises NotOfThatOrganisation."""
    contact = fields.get("contact")
    if contact is not None and contact.organisation_id != conversation.organisation_id:
        raise NotOfThatOrganisation
    changed = _set(conversation, fields)
    if changed:
        conversation.save(update_fields=changed)
        detail = {"fields": changed}
        about = conversation.organisation_id
        record(action="conversation changed", by=by, subject="organisation", subject_id=about, detail=detail)


@transaction.atomic
def remove_conversation(conversation: Conversation, *, by: User | None) -> None:
    """It was noted by mistake, and is gone."""
    about = conversation.organisation_id
    conversation.delete()
    record(action="conversation removed", by=by, subject="organisation", subject_id=about)


@transaction.atomic
def let_old_contacts_go(before: date, *, met_since: Collection[int]) -> int:
    """Nothing is held any more about people with whom, and with whose organisation, nobody has had to do since that day.

    `met_since` are the organisations that sessions name since. Answers how many contacts are gone.
    """
    spoken = last_spoken()
    with_them = dict(
        Conversation.objects.exclude(contact=None)
        .order_by()
        .values("contact_id")
        .annotate(last=Max("held_on"))
        .values_list("contact_id", "last")
    )
    gone = 0
    for contact in Contact.objects.filter(added_on__lt=before, basis_on__lt=before):
        last = with_them.get(contact.pk)
        at_theirs = None if contact.left_on else spoken.get(contact.organisation_id)
        is_met = contact.organisation_id in met_since and contact.left_on is None
        if not is_met and all(day is None or day < before for day in (last, at_theirs)):
            erase_contact(contact, by=None)
            gone += 1
    return gone


@transaction.atomic
def offer_organisation(*, by: User | None, **fields: Any) -> TrustOrganisation:
    """The trust holds the organisation, and offers it to each of its schools."""
    made = TrustOrganisation.objects.create(**fields)
    record(
        action="trust's organisation added",
        by=by,
        subject="trust's organisation",
        subject_id=made.pk,
        school_id=0,  # of all its schools, and of none
    )
    return made


@transaction.atomic
def change_offered(organisation: TrustOrganisation, *, by: User | None, **fields: Any) -> None:
    """What the trust says of it is as given; schools that took it up keep what they have."""
    changed = _set(organisation, fields)
    if changed:
        organisation.save(update_fields=changed)
        detail = {"fields": changed}
        record(
            action="trust's organisation changed",
            by=by,
            subject="trust's organisation",
            subject_id=organisation.pk,
            detail=detail,
            school_id=0,
        )


@transaction.atomic
def take_up(offered: TrustOrganisation, *, by: User | None) -> Organisation:
    """The school has the organisation as the trust says it is, with contacts and a history of its own. Raises TakenUpAlready."""
    said = {name: getattr(offered, name) for name in DESCRIBED}
    try:
        with transaction.atomic():
            made = Organisation.objects.create(added_on=today(), taken_up_from=offered, **said)
    except IntegrityError as refusal:
        raise TakenUpAlready from refusal
    record(action="trust's organisation taken up", by=by, subject="organisation", subject_id=made.pk)
    return made

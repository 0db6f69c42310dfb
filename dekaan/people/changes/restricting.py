"""The safeguarding lead restricts a contact of a pupil, and lifts it. Neither is told to anybody without the marker."""

from django.db import models, transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.people.models import Carer, CarerOf, RestrictedContact
from dekaan.people.queries.restricted import marks_of

SUBJECT = "restricted contact"  # never "pupil": what is on record of a pupil goes out in answers to requests
MARKS_IN_WORDS = {"name": "name", "email": "e-mail address", "telephone": "telephone number"}


class LiftedBecause(models.TextChoices):
    """Why a restriction is lifted; what is behind it stands in the child-protection file."""

    ORDER_ENDED = "order-ended", "The court order has ended or was changed"
    AGREED = "agreed", "Agreed with children's social care"
    ANOTHER_PERSON = "another-person", "It is another person, or was set by mistake"
    PUPIL_GROWN_UP = "grown-up", "The pupil is 18 and has decided"


@transaction.atomic
def restrict_contact(link: CarerOf, *, by: User | None) -> RestrictedContact:
    """The parent or carer is a restricted contact of the pupil; once is enough."""
    said = {"name": str(link.carer), "marks": sorted(marks_of(link.carer)), "set_by": by}
    row, is_new = RestrictedContact.objects.get_or_create(pupil=link.pupil, carer=link.carer, defaults=said)
    if is_new:
        record(action="contact restricted", by=by, subject=SUBJECT, subject_id=row.pk, detail={"pupil": row.pupil_id})
    return row


@transaction.atomic
def lift_restriction(row: RestrictedContact, *, because: str, by: User | None) -> None:
    """The person is a contact of the pupil like any other."""
    detail = {"pupil": row.pupil_id, "because": because}
    record(action="contact's restriction lifted", by=by, subject=SUBJECT, subject_id=row.pk, detail=detail)
    row.delete()


def restrict_who_is_back(carer: Carer, known_before: set[str], *, by: User | None) -> None:
    """Whoever is, by something said only now, a restricted contact of a pupil they care for, is restricted again."""
    marks = marks_of(carer)
    pupils = list(CarerOf.objects.filter(carer=carer).values_list("pupil_id", flat=True))
    rows = list(RestrictedContact.objects.filter(pupil_id__in=pupils).select_for_update(of=("self",)))
    for pupil_id in pupils:
        of_pupil = [each for each in rows if each.pupil_id == pupil_id]
        own = next((each for each in of_pupil if each.carer_id == carer.pk), None)
        if own:
            own.marks = sorted({*own.marks, *marks})
            own.save(update_fields=["marks"])
        elif alike := next((each for each in of_pupil if (marks - known_before) & set(each.marks)), None):
            _inherit(alike, carer, pupil_id, min((marks - known_before) & set(alike.marks)), by=by)


def _inherit(alike: RestrictedContact, carer: Carer, pupil_id: int, mark: str, *, by: User | None) -> None:
    kind = mark.split(":", maxsplit=1)[0]
    said = {"carer": carer, "name": str(carer), "inherited_by": kind, "marks": sorted({*alike.marks, *marks_of(carer)})}
    if alike.carer_id is None:  # who was removed is back
        RestrictedContact.objects.filter(pk=alike.pk).update(**said)
        row = alike
    else:
        row = RestrictedContact.objects.create(pupil_id=pupil_id, set_by=alike.set_by, **said)
    detail = {"pupil": pupil_id, "mark": MARKS_IN_WORDS[kind]}
    record(action="contact restricted again", by=by, subject=SUBJECT, subject_id=row.pk, detail=detail)

"""Cases as they stand."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dekaan.access.models import User
from dekaan.access.permissions import Permission
from dekaan.access.queries import may
from dekaan.core.academic_year import today
from dekaan.core.folding import folded
from dekaan.people.models import FormerIdentifier, Pupil, RestrictedContact
from dekaan.privacy.models import Case
from dekaan.privacy.queries.clock import clock_in_words


@dataclass(frozen=True)
class CaseRow:
    """One case in the list."""

    case: Case
    clock: str


MAY_BE_REOPENED = timedelta(days=30)


def closing_outcomes(case: Case) -> list[Case.Outcome]:
    """As what a person may close the case by hand: only a complaint is answered by that."""
    answered = [Case.Outcome.ANSWERED] if case.kind == Case.Kind.COMPLAINT else []
    return [*answered, Case.Outcome.REFUSED, Case.Outcome.WITHDRAWN]


def may_be_reopened(case: Case, now: date) -> bool:
    """Whether the case was closed by hand, and lately; one that asks about somebody who is gone stays closed."""
    by_hand = case.outcome in {Case.Outcome.ANSWERED, Case.Outcome.REFUSED, Case.Outcome.WITHDRAWN}
    is_about = case.pupil_id is not None or case.kind == Case.Kind.COMPLAINT
    return bool(case.closed_on and by_hand and is_about and now - case.closed_on <= MAY_BE_REOPENED)


def waits_for_safeguarding(case: Case) -> bool:
    """Whether the safeguarding lead must look at the case first: a contact of the pupil is restricted, and may be who asks.

    A case says that a parent or carer asks and not which, so it waits whichever it is; so does one of somebody for them.
    A restriction that was set since it was cleared has it wait again, and the answer is not fetched again either.
    """
    if case.pupil_id is None or case.kind == Case.Kind.COMPLAINT or case.asked_by == Case.AskedBy.PUPIL:
        return False
    restricted = RestrictedContact.objects.filter(pupil_id=case.pupil_id)
    if case.cleared_at is not None:
        restricted = restricted.filter(created_at__gt=case.cleared_at)
    return restricted.exists()


def agreements(case: Case) -> list[tuple[User, datetime]]:
    """Who has agreed and may still open cases of the school, in the order in which they did: whoever has left agrees to nothing."""
    said = ((case.first_by, case.first_at), (case.second_by, case.second_at))
    return [(who, at) for who, at in said if who and at and may(who, case.school, Permission.PRIVACY_CASES)]


def cases_for_second(user: User) -> list[Case]:
    """The open cases to which somebody else has agreed, and that wait for this person and for nothing else."""
    begun = (
        Case.objects.filter(closed_on=None, first_at__isnull=False)
        .exclude(proof="")
        .select_related("first_by", "second_by")
    )
    return [
        case
        for case in begun
        if [who.pk != user.pk for who, _ in agreements(case)] == [True] and not waits_for_safeguarding(case)
    ]


def may_be_fetched_again(case: Case, now: date) -> bool:
    """Whether the answer went out lately, so that a download that failed is made good."""
    return bool(case.outcome == Case.Outcome.RELEASED and case.closed_on and now - case.closed_on <= MAY_BE_REOPENED)


def cases_to_clear() -> list[Case]:
    """The open cases that wait for the safeguarding lead, the oldest first."""
    about = RestrictedContact.objects.order_by().values("pupil_id")
    found = Case.objects.filter(closed_on=None, pupil__in=about).select_related("pupil").order_by("received_on", "pk")
    return [case for case in found if waits_for_safeguarding(case)]


def cases() -> list[CaseRow]:
    """Every case of the school in scope: open ones first, the oldest of them on top."""
    found = list(Case.objects.select_related("pupil").prefetch_related("pauses"))
    found.sort(key=lambda case: (not case.is_open, case.received_on))
    return [CaseRow(case, clock_in_words(case, list(case.pauses.all()), today())) for case in found]


def pupils_meant(typed: str) -> list[Pupil]:
    """Whom a person means by a pupil number, an admission number or a whole name; nobody is listed who is not named."""
    words = " ".join(typed.split())
    number = words.replace(" ", "").upper()
    if not words:
        return []
    former = FormerIdentifier.objects.filter(kind="upn", value=number).values_list("pupil_id", flat=True)
    found = {
        pupil.pk: pupil
        for pupil in [
            *Pupil.objects.filter(upn=number),
            *Pupil.objects.filter(admission_number=words),
            *Pupil.objects.filter(pk__in=list(former)),
        ]
    }
    plain = folded(words)
    for pupil in Pupil.objects.all():
        names = {
            folded(f"{forename}{surname}")
            for forename in (pupil.forename, pupil.known_forename)
            for surname in (pupil.surname, pupil.known_surname)
        } | {
            folded(f"{surname}{forename}")
            for forename in (pupil.forename, pupil.known_forename)
            for surname in (pupil.surname, pupil.known_surname)
        }
        if plain and plain in names:
            found[pupil.pk] = pupil
    return list(found.values())

"""What happens on the map: subjects are named, links proposed, accepted or refused, and the door opened and closed."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.link_keys import page_sent
from dekaan.curriculum.models import CurriculumLink, LinkDoor, Subject
from dekaan.schools.changes import hold_school

State = CurriculumLink.State
YEARS_AT_SCHOOL = 7  # Year 7 to Year 13: for so long somebody may be here who was taught it
MOST_WAITING = 300  # proposals that nobody has looked at: after that somebody sends many


class TooManyWaiting(Exception):
    """So many proposals wait that no more are taken by the code."""


class NoSubjectOfOurs(Exception):
    """A link is accepted under a subject that the school has."""


class DecidedMeanwhile(Exception):
    """Somebody has decided on the link since the page was opened."""


class NamedAlready(Exception):
    """The school has a subject of that name."""


@transaction.atomic
def add_subject(*, by: User | None, **fields: Any) -> Subject:
    """The map has the subject. Raises NamedAlready."""
    subject = _saved(Subject(), fields)
    record(action="subject added", by=by, subject="curriculum subject", subject_id=subject.pk)
    return subject


@transaction.atomic
def change_subject(subject: Subject, *, by: User | None, **fields: Any) -> None:
    """The subject is as given; its links stay with it. Raises NamedAlready."""
    _saved(subject, fields)
    record(action="subject changed", by=by, subject="curriculum subject", subject_id=subject.pk)


def _saved(subject: Subject, fields: dict[str, Any]) -> Subject:
    for name, value in fields.items():
        setattr(subject, name, value)
    if Subject.objects.filter(name__iexact=subject.name).exclude(pk=subject.pk).exists():
        raise NamedAlready
    try:
        with transaction.atomic():
            subject.save()
    except IntegrityError as refusal:  # somebody else gave that name to one just now
        raise NamedAlready from refusal
    return subject


@transaction.atomic
def propose(*, page: str, **said: Any) -> bool:
    """Somebody without an account proposes a link, once for each page that it is sent from; False if it was there.

    `said` are fields of CurriculumLink. Raises TooManyWaiting.
    """
    once = page_sent(page)
    if CurriculumLink.objects.filter(once=once).exists():
        return False
    if CurriculumLink.objects.filter(state=State.PROPOSED).count() >= MOST_WAITING:
        raise TooManyWaiting
    _, is_first = CurriculumLink.objects.get_or_create(
        once=once, defaults=said | {"came_by": CurriculumLink.CameBy.LINK, "proposed_on": today()}
    )
    return is_first


@transaction.atomic
def propose_here(*, subject: Subject, by: User, **said: Any) -> CurriculumLink:
    """A colleague who signed in proposes a link; it counts once the careers team accepts it. Raises TooManyWaiting."""
    if CurriculumLink.objects.filter(state=State.PROPOSED).count() >= MOST_WAITING:
        raise TooManyWaiting
    link = CurriculumLink.objects.create(
        subject=subject, came_by=CurriculumLink.CameBy.ACCOUNT, proposed_by=by, proposed_on=today(), **said
    )
    record(action="curriculum link proposed", by=by, subject="curriculum link", subject_id=link.pk)
    return link


@transaction.atomic
def add_link(*, subject: Subject, by: User | None, **said: Any) -> CurriculumLink:
    """The careers team enters a link; it counts at once. `said` are further fields of CurriculumLink."""
    link = CurriculumLink.objects.create(
        subject=subject,
        came_by=CurriculumLink.CameBy.ACCOUNT,
        state=State.ACCEPTED,
        proposed_by=by,
        proposed_on=today(),
        decided_by=by,
        decided_on=today(),
        **said,
    )
    record(action="curriculum link added", by=by, subject="curriculum link", subject_id=link.pk)
    return link


@transaction.atomic
def change_link(link: CurriculumLink, *, by: User | None, **said: Any) -> None:
    """The link says what is given; whether it counts stays as it was decided."""
    for name, value in said.items():
        setattr(link, name, value)
    if link.subject is not None:
        link.subject_said = ""
    link.save()
    record(action="curriculum link changed", by=by, subject="curriculum link", subject_id=link.pk)


@transaction.atomic
def accept_link(link: CurriculumLink, *, by: User | None) -> None:
    """The link, which waited, counts. Raises NoSubjectOfOurs where it is under none, and DecidedMeanwhile."""
    if link.subject is None:
        raise NoSubjectOfOurs
    _decide(link, State.ACCEPTED, by=by)
    record(action="curriculum link accepted", by=by, subject="curriculum link", subject_id=link.pk)


@transaction.atomic
def refuse_link(link: CurriculumLink, *, because: str, by: User | None) -> None:
    """The link, which waited, does not count, for that reason; it stays on record. Raises DecidedMeanwhile."""
    _decide(link, State.REFUSED, by=by, because=because)
    record(action="curriculum link refused", by=by, subject="curriculum link", subject_id=link.pk)


@transaction.atomic
def put_back_link(link: CurriculumLink, *, seen: str, by: User | None) -> None:
    """The link, which was accepted or refused as `seen` says, waits again. Raises DecidedMeanwhile."""
    _decide(link, State.PROPOSED, by=by, seen=seen)
    record(action="curriculum link put back", by=by, subject="curriculum link", subject_id=link.pk)


def _decide(
    link: CurriculumLink, state: str, *, by: User | None, because: str = "", seen: str = State.PROPOSED
) -> None:
    held = CurriculumLink.objects.select_for_update(of=("self",), no_key=True).get(pk=link.pk)
    if held.state != seen or seen == state:
        raise DecidedMeanwhile
    link.state, link.because = state, because
    link.decided_by, link.decided_on = (None, None) if state == State.PROPOSED else (by, today())
    link.save(update_fields=["state", "because", "decided_by", "decided_on"])


@transaction.atomic
def let_old_links_go(before: date) -> int:
    """Links that count for nobody on record any more are gone, and older ones name nobody; answers how many are gone.

    One that was accepted counts for the pupils of its year: it goes when the last of them had left before that day. One
    that was refused or never decided on goes when it came before that day.
    """
    old, undecided = CurriculumLink.objects.filter(proposed_on__lt=before), ~Q(state=State.ACCEPTED)
    named = old.exclude(said_by="", role_model="").update(said_by="", role_model="")
    last_left = Q(academic_year__lte=academic_year_of(before) - YEARS_AT_SCHOOL)
    gone, _ = CurriculumLink.objects.filter(last_left | (undecided & Q(proposed_on__lt=before))).delete()
    if gone or named:
        detail = {"links": gone, "names": named}
        record(action="old curriculum links let go", by=None, subject="school", detail=detail)
    return gone


@transaction.atomic
def open_door(*, by: User | None) -> LinkDoor:
    """By the code anybody of the staff can propose links; a code of before opens nothing any more."""
    school = hold_school()  # where none was opened before there is no door to hold
    door = LinkDoor.objects.first() or LinkDoor(school=school)
    door.is_open, door.opened_on = True, today()
    door.renew_key()
    door.save()
    record(action="door for curriculum links opened", by=by, subject="school")
    return door


@transaction.atomic
def close_door(door: LinkDoor, *, by: User | None) -> None:
    """The code opens nothing until another is made."""
    door.is_open = False
    door.save(update_fields=["is_open"])
    record(action="door for curriculum links closed", by=by, subject="school")

"""How those stand who were asked by a link: nothing of it is kept twice, so that whatever is said elsewhere counts at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models

from dekaan.core.academic_year import today
from dekaan.core.link_keys import hash_of
from dekaan.destinations.ladder import ladder
from dekaan.destinations.models import Asked, AskedLetter, Asking, Kind, Statement, Wish, in_sentence
from dekaan.destinations.queries.ledger import in_force, is_since, leaving_days, says_nothing
from dekaan.destinations.queries.wishes import latest_wishes
from dekaan.jobs.queries import did_not_arrive, not_left


class Stands(models.TextChoices):
    """How somebody stands who was asked; only who waits is reminded."""

    WAITING = "waiting", "Waits for an answer"
    ANSWERED = "answered", "Answered"
    OPTED_OUT = "opted-out", "Does not want to be asked"
    ENDED = "ended", "Permission has ended"
    BACK = "back", "Is back at the school"
    LEFT = "left", "Has left since"
    KNOWN = "known", "Known from elsewhere"
    FAILED = "failed", "The mail came back: telephone"
    TELEPHONE = "telephone", "To be telephoned"


TO_CALL = (Stands.FAILED, Stands.TELEPHONE)
IN_THE_ROOM = {Stands.FAILED: "The mail came back: ask in the room", Stands.TELEPHONE: "To be asked in the room"}


@dataclass(frozen=True)
class AskedPerson:
    """One person who was asked, and how far it is."""

    asked: Asked
    letters: tuple[AskedLetter, ...]
    stands: Stands
    next_on: date | None = None  # when the next step of the ladder is due, of whoever waits

    @property
    def asks(self) -> str:
        """What they were asked of, by key."""
        return self.asked.asking.kind

    @property
    def days(self) -> str:
        """What was done on which day."""
        done = [f"{ladder().letters[each.step].name.lower()} {each.sent_on:%-d %b}" for each in self.letters]
        if self.stands == Stands.ANSWERED and self.asked.answered_on:
            done.append(f"answered {self.asked.answered_on:%-d %b}")
        told = ", ".join(done)
        return told[:1].upper() + told[1:]

    @property
    def in_words(self) -> str:
        """The same, and how it stands."""
        is_told = self.stands in {Stands.ANSWERED, Stands.WAITING}
        return self.days if is_told else f"{self.days}, {in_sentence(self.comes_to)}"

    @property
    def comes_to(self) -> str:
        """How it stands, as it is said: who is still here is asked in the room."""
        return IN_THE_ROOM.get(self.stands, self.stands.label) if self.asked.asking.is_of_plans else self.stands.label

    @property
    def is_to_be_called(self) -> bool:
        """Whether a person telephones next."""
        return self.stands in TO_CALL


def asked_of_link(key: str) -> Asked | None:
    """Who is asked by that key, in the school in scope, while it is open; None for any other key."""
    found = Asked.objects.filter(link_hash=hash_of(key)).select_related("asking", "pupil").first()
    return found if found and found.asking.is_open else None


def asked_people(found: Iterable[Asked], on: date | None = None) -> list[AskedPerson]:
    """Each of them with how they stand. Five questions, however many."""
    day, every = on or today(), list(found)
    ids = [each.pupil_id for each in every]
    letters: dict[int, list[AskedLetter]] = defaultdict(list)
    for letter in AskedLetter.objects.filter(asked__in=every):
        letters[letter.asked_id].append(letter)
    names = [each.message_id for sent in letters.values() for each in sent]
    failed = set(did_not_arrive().filter(message_id__in=names).values_list("message_id", flat=True))
    said: dict[int, list[Statement]] = defaultdict(list)
    for statement in Statement.objects.filter(pupil_id__in=ids, kind__in={each.asking.kind for each in every}):
        said[statement.pupil_id].append(statement)
    told = _Told(day, latest_wishes(ids), leaving_days(ids, day), failed, said)
    return [_stands(each, tuple(letters[each.pk]), told) for each in every]


@dataclass(frozen=True)
class _Told:
    """What is known of all of them."""

    day: date
    wishes: dict[tuple[int, str], Wish]
    left: dict[int, date]
    failed: set[str]
    said: dict[int, list[Statement]]


def _stands(asked: Asked, letters: tuple[AskedLetter, ...], told: _Told) -> AskedPerson:
    if asked.answered_on:
        return AskedPerson(asked, letters, Stands.ANSWERED)
    stopped = _stopped(asked, told)
    if stopped:
        return AskedPerson(asked, letters, stopped)
    if any(each.has_failed or each.message_id in told.failed for each in letters):
        return AskedPerson(asked, letters, Stands.FAILED)
    if not letters or asked.asking.open_until < told.day:
        return AskedPerson(asked, letters, Stands.TELEPHONE)
    if not asked.asking.reminds or asked.asking.stopped_on:
        return AskedPerson(asked, letters, Stands.WAITING)
    last = letters[-1]
    due = last.sent_on + timedelta(days=ladder().steps[last.step + 1].days)
    if last.step + 1 == len(ladder().letters) and due <= told.day:
        return AskedPerson(asked, letters, Stands.TELEPHONE)
    return AskedPerson(asked, letters, Stands.WAITING, due)


def _stopped(asked: Asked, told: _Told) -> Stands | None:
    """What has made it needless or unwanted since, whoever said it."""
    if asked.asking.is_of_plans:
        if asked.pupil_id in told.left:
            return Stands.LEFT
        since = [each for each in told.said[asked.pupil_id] if each.said_on > asked.asking.begun_on]
        return Stands.KNOWN if any(each.kind == Kind.INTENTION for each in in_force(since)) else None
    wish = told.wishes.get((asked.pupil_id, Wish.About.KEEP_IN_TOUCH))
    if wish and not wish.allows:
        return Stands.OPTED_OUT
    if asked.pupil_id not in told.left:
        return Stands.BACK
    of_it = [
        each
        for each in in_force(told.said[asked.pupil_id])
        if each.kind == asked.asking.kind and is_since(each, told.left[asked.pupil_id])
    ]
    if any(not says_nothing(each) for each in of_it):
        return Stands.KNOWN
    if wish is None or (wish.until and wish.until < told.day):
        return Stands.ENDED
    return None


def asked_of(pupil_ids: Collection[int], on: date | None = None) -> dict[int, AskedPerson]:
    """Of each of these pupils how the latest asking stands; whoever was never asked is not in it."""
    rows = Asked.objects.filter(pupil_id__in=list(pupil_ids)).select_related("asking", "pupil")
    latest = {each.pupil_id: each for each in rows.order_by("asking__begun_on", "pk")}
    return {each.asked.pupil_id: each for each in asked_people(latest.values(), on)}


def asking_people(asking: Asking, on: date | None = None) -> list[AskedPerson]:
    """Everybody of one asking, by name."""
    rows = asking.asked.select_related("asking", "pupil").order_by("pupil__surname", "pupil__forename", "pk")
    return asked_people(rows, on)


def letters_waiting(asking: Asking) -> int:
    """How many first letters have not left, and can be taken back."""
    names = AskedLetter.objects.filter(asked__asking=asking, step=0).values_list("message_id", flat=True)
    return not_left().filter(message_id__in=list(names)).count()

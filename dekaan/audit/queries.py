"""Reading the trail, and whether it is whole."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from dekaan.audit.heads import Head, NoHead, as_head, kept_head, schools_with_heads, signed
from dekaan.audit.models import Chain, Event
from dekaan.audit.sealing import NONCE, link_of, same, seal_of

NO_SCHOOL = 0

__all__ = [
    "NO_SCHOOL",
    "Broken",
    "Head",
    "NoHead",
    "Verdict",
    "as_head",
    "chain_of",
    "chains",
    "heads",
    "of_chain",
    "of_chains",
    "verify",
]


@dataclass(frozen=True)
class Broken:
    """The first line of a chain that is not as it was written."""

    place: int
    event: int | None
    words: str


@dataclass(frozen=True)
class Verdict:
    """Whether a school's chain is whole."""

    school_id: int
    lines: int  # tied, as far as they are whole
    waiting: int  # written just now, not tied yet
    broken: Broken | None


def chain_of(school_id: int | None) -> int:
    """The chain that a school's lines stand in; what belongs to no one school has chain 0."""
    return school_id or NO_SCHOOL


def of_chain(chain: int | None) -> QuerySet[Event]:
    """The lines of the chain; of every chain for None."""
    if chain is None:
        return Event.objects.all()
    if chain == NO_SCHOOL:
        return Event.objects.filter(Q(school_id=NO_SCHOOL) | Q(school_id__isnull=True))
    return Event.objects.filter(school_id=chain)


def of_chains(school_ids: Iterable[int]) -> QuerySet[Event]:
    """The lines of the chains of these schools."""
    return Event.objects.filter(school_id__in=list(school_ids))


def chains() -> list[int]:
    """Every chain that there is or that a head says there was."""
    schools = Event.objects.order_by().values_list("school_id", flat=True).distinct()
    known = {chain_of(school) for school in schools} | set(Chain.objects.values_list("pk", flat=True))
    return sorted(known | schools_with_heads())


def heads() -> list[Head]:
    """How far every chain has got now, signed: to be kept somewhere else."""
    return [signed(end.pk, end.place, end.link) for end in Chain.objects.order_by("pk") if end.place]


def verify(chain: int, elsewhere: Iterable[Head] = ()) -> Verdict:
    """Read the whole chain and name the first line that was changed, put in, moved or is missing.

    It is compared with the head in the data folder, and with the signed heads that were kept elsewhere.
    """
    lines, link = 0, ""
    head, problem = _head(chain)
    said: dict[int, set[str]] = {}
    for each in [*elsewhere, *([head] if head else [])]:
        if each.school == chain:
            said.setdefault(each.place, set()).add(each.link)
    copies = Copies()
    for event in _in_order(chain):
        broken = _what_is_wrong(chain, event, lines + 1, link) or copies.found(event)
        if broken is None and said.get(lines + 1, {event.link}) != {event.link}:
            broken = Broken(lines + 1, event.pk, "The trail up to this line is not the one that its head was taken of.")
        if broken is not None:
            return Verdict(chain, lines, _waiting(chain).count(), broken)
        lines, link = lines + 1, event.link
    return Verdict(
        chain, lines, _waiting(chain).count(), _end(chain, lines, link, max(said, default=0), copies) or problem
    )


class Copies:
    """Lines that have the seal of another: the database refuses them, unless somebody took that rule away first."""

    def __init__(self) -> None:
        doubled = Event.objects.order_by().values("seal").annotate(count=Count("id")).filter(count__gt=1)
        self.doubled: set[str] = set(doubled.values_list("seal", flat=True))
        self.seen: set[str] = set()

    def found(self, event: Event) -> Broken | None:
        """What is wrong with the line, where one before it has its seal."""
        if event.seal not in self.doubled:
            return None
        if event.seal in self.seen:
            return Broken(event.place or 0, event.pk, "This line was put in: it is a copy of another.")
        self.seen.add(event.seal)
        return None


def _head(chain: int) -> tuple[Head | None, Broken | None]:
    """The head in the data folder; what is wrong where there should be one."""
    try:
        head = kept_head(chain)
    except NoHead:
        return None, Broken(0, None, "The head kept in the data folder was changed or cannot be read.")
    if head is None and Chain.objects.filter(pk=chain, place__gt=0).exists():
        return None, Broken(0, None, "No head of this trail is kept in the data folder of this machine.")
    return head, None


def _in_order(chain: int) -> Iterator[Event]:
    return of_chain(chain).filter(place__isnull=False).order_by("place", "id").iterator(2000)


def _waiting(chain: int) -> QuerySet[Event]:
    return of_chain(chain).filter(place__isnull=True).order_by("id")


def _is_sealed(event: Event) -> bool:
    return same(
        event.seal,
        seal_of(
            event.seal[:NONCE],
            event.school_id,
            event.actor_id,
            event.at,
            event.action,
            event.subject,
            event.subject_id,
            event.detail,
        ),
    )


def _what_is_wrong(chain: int, event: Event, place: int, before: str) -> Broken | None:
    found = event.place or 0
    if found > place:
        return Broken(place, None, "This line is missing.")
    if found < place:
        return Broken(found, event.pk, "This line was put in: its place is another's.")
    if not _is_sealed(event):
        return Broken(place, event.pk, "This line was changed after it was written, or Dekaan did not write it.")
    if not same(event.link, link_of(chain, place, event.pk, event.seal, before)):
        return Broken(place, event.pk, "This line was moved or put in: it does not follow from the one before.")
    return None


def _end(chain: int, lines: int, link: str, furthest: int, copies: Copies) -> Broken | None:
    """What is wrong after the last line that is tied."""
    end = Chain.objects.filter(pk=chain).first()
    if max(furthest, end.place if end else 0) > lines:
        return Broken(lines + 1, None, "The trail ends too early: this line and those after it are missing.")
    if (end.place if end else 0) != lines or (end is not None and not same(end.link, link)):
        return Broken(lines, None, "The place where the trail ends was changed.")
    for event in _waiting(chain).iterator(2000):
        if not _is_sealed(event) or copies.found(event):
            words = "A line that waits to be tied was changed after it was written, or put in."
            return Broken(lines + 1, event.pk, words)
    return None

"""What somebody with the database in their hands might do to the trail, and the line that is then the first bad one."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import F

from dekaan.audit.models import Chain, Event
from dekaan.audit.queries import Head, of_chain


@dataclass(frozen=True)
class Trail:
    """A chain as it was before anybody touched it."""

    chain: int
    lines: int
    older: Head  # a head of earlier, which was in the data folder then

    def at(self, place: int) -> Event:
        return of_chain(self.chain).get(place=place)


Tampering = Callable[[Trail, random.Random], int]
FIELDS = ("actor_id", "at", "action", "subject", "subject_id", "detail", "seal", "link")


def _other(value, dice: random.Random):
    if isinstance(value, dict):
        return {**value, "fields": [f"other {dice.random()}"]}
    if isinstance(value, str):
        return (value[:-1] + ("0" if value[-1:] != "0" else "1")) if value else "x"
    if hasattr(value, "isoformat"):
        return value + timedelta(microseconds=dice.choice([-1, 1, 86_400_000_000]))
    return (value or 0) + dice.choice([1, 7, 1000])


def edits(trail: Trail, dice: random.Random) -> int:
    """One column of one line says something else."""
    event, field = trail.at(dice.randint(1, trail.lines)), dice.choice(FIELDS)
    Event.objects.filter(pk=event.pk).update(**{field: _other(getattr(event, field), dice)})
    return event.place


def exchanges_what_two_say(trail: Trail, dice: random.Random) -> int:
    """Two lines have each other's words, seals and all."""
    one, two = (trail.at(place) for place in sorted(dice.sample(range(1, trail.lines + 1), 2)))
    said = ("actor_id", "at", "action", "subject", "subject_id", "detail")
    Event.objects.filter(pk=one.pk).update(seal="x", **{field: getattr(two, field) for field in said})
    Event.objects.filter(pk=two.pk).update(seal=one.seal, **{field: getattr(one, field) for field in said})
    Event.objects.filter(pk=one.pk).update(seal=two.seal)
    return one.place


def gives_to_another_school(trail: Trail, dice: random.Random) -> int:
    """One line is said of a school that has none."""
    event = trail.at(dice.randint(1, trail.lines))
    Event.objects.filter(pk=event.pk).update(school_id=987_654)
    return event.place


def deletes(trail: Trail, dice: random.Random) -> int:
    """One line, or several together, are gone."""
    first = dice.randint(1, trail.lines)
    last = min(first + dice.choice([0, 0, 0, 1, 5]), trail.lines)
    of_chain(trail.chain).filter(place__gte=first, place__lte=last).delete()
    return first


def deletes_and_closes_up(trail: Trail, dice: random.Random) -> int:
    """One line is gone and those after it have moved up, the end too."""
    place = dice.randint(1, trail.lines)
    _shift(trail, place, -1, deleting=True)
    Chain.objects.filter(pk=trail.chain).update(place=trail.lines - 1)
    return place


def _shift(trail: Trail, place: int, by: int, *, deleting: bool = False) -> None:
    if deleting:
        trail.at(place).delete()
    # In two steps, so that no two stand in one place meanwhile.
    later = of_chain(trail.chain).filter(place__gte=place)
    later.update(place=F("place") + 1_000_000)
    of_chain(trail.chain).filter(place__gte=1_000_000).update(place=F("place") - 1_000_000 + by)


def swaps_places(trail: Trail, dice: random.Random) -> int:
    """Two lines stand in each other's place, with or without each other's link."""
    one, two = (trail.at(place) for place in sorted(dice.sample(range(1, trail.lines + 1), 2)))
    links = (two.link, one.link) if dice.random() < 0.5 else (one.link, two.link)
    Event.objects.filter(pk=two.pk).update(place=1_000_000)
    Event.objects.filter(pk=one.pk).update(place=two.place, link=links[1])
    Event.objects.filter(pk=two.pk).update(place=one.place, link=links[0])
    return one.place


def swaps_numbers(trail: Trail, dice: random.Random) -> int:
    """Two lines have each other's number, by which a database lists them."""
    one, two = (trail.at(place) for place in sorted(dice.sample(range(1, trail.lines + 1), 2)))
    for old, new in ((one.pk, -1), (two.pk, one.pk), (-1, two.pk)):
        Event.objects.filter(pk=old).update(id=new)
    return one.place


def puts_in(trail: Trail, dice: random.Random) -> int:
    """A line that Dekaan did not write stands in the middle or at the end."""
    place = dice.randint(1, trail.lines + 1)
    _shift(trail, place, 1)
    like = trail.at(dice.choice([each for each in range(1, trail.lines + 1) if each != place]))
    Event.objects.create(
        school_id=like.school_id, actor_id=like.actor_id, action="forged", at=like.at, subject="pupil", subject_id=3,
        seal=f"{dice.getrandbits(256):064x}", place=place, link=f"{dice.getrandbits(256):064x}",
    )  # fmt: skip
    if dice.random() < 0.5:
        Chain.objects.filter(pk=trail.chain).update(place=trail.lines + 1)
    return place


def puts_in_a_line_that_waits(trail: Trail, dice: random.Random) -> int:
    """A forged line waits to be tied by Dekaan itself."""
    school = trail.at(1).school_id
    Event.objects.create(school_id=school, action="forged", seal=f"{dice.getrandbits(256):064x}")
    return trail.lines + 1


def cuts_short(trail: Trail, dice: random.Random) -> int:
    """The last lines are gone, and the end in the database is set back to fit."""
    left = trail.lines - dice.randint(1, trail.lines)
    link = trail.at(left).link if left else ""
    of_chain(trail.chain).filter(place__gt=left).delete()
    how = dice.choice(["as it was", "set back", "gone"])
    if how == "set back":
        Chain.objects.filter(pk=trail.chain).update(place=left, link=link)
    elif how == "gone":
        Chain.objects.filter(pk=trail.chain).delete()
    return left + 1


def moves_the_end(trail: Trail, dice: random.Random) -> int:
    """Where the chain ends is said otherwise than it does."""
    if dice.random() < 0.5:
        Chain.objects.filter(pk=trail.chain).update(link=f"{dice.getrandbits(256):064x}")
        return trail.lines
    further = dice.choice([-1, 1])
    Chain.objects.filter(pk=trail.chain).update(place=F("place") + further)
    return trail.lines + (further > 0)


def changes_the_head(trail: Trail, dice: random.Random) -> int:
    """The head in the data folder is gone, or says something else. Told as line 0: the trail itself may be whole."""
    file = settings.AUDIT_HEADS / f"{trail.chain}.json"
    said = json.loads(file.read_text())
    how = dice.choice(["place", "link", "at", "mac", "gone", "torn"])
    if how == "gone":
        file.unlink()
    elif how == "torn":
        file.write_text(file.read_text()[: dice.randint(0, 40)])
    else:
        file.write_text(json.dumps({**said, how: _other(said[how], dice)}))
    return 0


TAMPERINGS: list[Tampering] = [
    edits, exchanges_what_two_say, gives_to_another_school, deletes, deletes_and_closes_up, swaps_places, swaps_numbers,
    puts_in, puts_in_a_line_that_waits, cuts_short, moves_the_end, changes_the_head,
]  # fmt: skip

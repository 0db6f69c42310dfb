"""Reading the ledger. Live rows unless a name says otherwise."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from dekaan.participation.models import KnownBy, Participation, State
from dekaan.people.models import Pupil


@dataclass(frozen=True)
class Tally:
    """What became of one occasion's invitations, and how much of that is only assumed."""

    attended: int = 0
    part: int = 0
    absent: int = 0
    opted_out: int = 0
    not_applicable: int = 0
    invited: int = 0
    assumed: int = 0

    @property
    def recorded(self) -> int:
        """Those who took part, in full or in part."""
        return self.attended + self.part

    @property
    def to_catch_up(self) -> int:
        """Those who missed it."""
        return self.absent

    @property
    def numbers(self) -> tuple[int, ...]:
        """How many there are of each state, and in all."""
        each = (self.attended, self.part, self.absent, self.opted_out, self.not_applicable, self.invited)
        return (*each, self.recorded, sum(each))


def live() -> QuerySet[Participation]:
    """The rows that hold today."""
    return Participation.objects.filter(superseded_at__isnull=True)


def of_occasion(source_kind: str, source_id: int) -> QuerySet[Participation]:
    """The live rows of one occasion."""
    return live().filter(source_kind=source_kind, source_id=source_id)


def tallies(source_kind: str, source_ids: list[int], pupils: QuerySet[Pupil] | None = None) -> dict[int, Tally]:
    """A tally per occasion, in one statement, of everybody or of these pupils; an occasion without rows has none."""
    counts: dict[int, Counter[str]] = {}
    found = live().filter(source_kind=source_kind, source_id__in=source_ids)
    if pupils is not None:
        found = found.filter(pupil__in=pupils.values("pk"))
    rows = found.values_list("source_id", "state", "known_by")
    for source_id, state, known_by in rows:
        tally = counts.setdefault(source_id, Counter())
        tally[state] += 1
        if known_by == KnownBy.ASSUMED and state in {State.ATTENDED, State.PART}:
            tally["assumed"] += 1
    return {source_id: Tally(**dict(tally)) for source_id, tally in counts.items()}


def history_of(row: Participation) -> list[Any]:
    """Every row, oldest first, that there has been of this person and occasion."""
    same = {name: getattr(row, name) for name in ("source_kind", "source_id", "pupil_id", "staff_id", "carer_id")}
    return list(Participation.objects.filter(**same).select_related("recorded_by").order_by("pk"))

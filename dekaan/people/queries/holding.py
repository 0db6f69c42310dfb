"""What a colleague holds: things of which somebody must see to it that they are done, and which can go to another."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True)
class Held:
    """One thing that somebody holds, what kind it is, until when where there is a day, and the address where it is."""

    kind: str
    words: str
    due_on: date | None = None
    to: str = ""
    pk: int | None = None
    row: str = ""  # which row it is, where it can stay while the others go


def row_key(row: Any) -> str:
    """ "plan.Task.12": the row among all of the school's."""
    return f"{row._meta.label}.{row.pk}"


def without(rows: QuerySet, but: Collection[str]) -> QuerySet:
    """The rows but for those of these keys."""
    pairs = [key.rpartition(".") for key in but]
    return rows.exclude(pk__in=[number for label, _, number in pairs if label == rows.model._meta.label])


@dataclass(frozen=True)
class Kind:
    """One kind of thing that somebody holds: its open rows, and the field that says whose they are."""

    rows: QuerySet
    field: str
    one: str
    many: str
    to: str = ""  # the address of one of them, by its number
    due: str = ""  # the field with the day until when
    words: Callable[[Any], str] = str
    number: str = "pk"  # the field with the number that its address takes; dots lead over what it belongs to

    def counted(self, number: int) -> str:
        """ "3 tasks"."""
        return f"{number} {self.one if number == 1 else self.many}"


def each_held(kinds: Iterable[Kind]) -> list[Held]:
    """Every thing of those kinds, the most urgent first: one statement a kind."""
    found = [
        Held(
            kind.one,
            kind.words(row),
            getattr(row, kind.due) if kind.due else None,
            kind.to,
            attrgetter(kind.number)(row),
            row_key(row),
        )
        for kind in kinds
        for row in kind.rows
    ]
    return sorted(found, key=lambda each: (each.due_on or date.max, each.kind, each.words, each.pk or 0))

"""What one press of a grid recorded, and whether it can be taken back."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import Exact
from django.utils import timezone

from dekaan.access.models import User
from dekaan.core.undo import UNDO_FOR
from dekaan.destinations.models import Ruling, Statement
from dekaan.people.models import Pupil


@dataclass(frozen=True)
class Pressed:
    """What a press said and took back of the pupils whom the person may change, in the order of the list."""

    batch: str
    said: tuple[Statement, ...]
    may_undo: bool  # whoever pressed, for thirty days, as long as something of it stands
    others: int  # rows of it about pupils whom they may not change any more


def is_built_upon() -> Q:
    """Of a statement: another corrects it or takes it back, or it is what a person last said of it that it holds."""
    later = Exists(Statement.objects.filter(corrects=OuterRef("pk")))
    rulings = Ruling.objects.filter(statement=OuterRef("pk")).order_by("-ruled_at", "-pk")
    return Q(later) | Q(Exact(Subquery(rulings.values("leaves_open")[:1]), False))


def pressed(batch: str, of: QuerySet[Pupil], by: User) -> Pressed | None:
    """The press of that name, as far as it is about these pupils; nothing where it is not. Two questions."""
    if not batch:
        return None
    every = Statement.objects.filter(batch=batch[:32])
    theirs = every.filter(pupil__in=of.order_by()).select_related("pupil")
    found = list(theirs.annotate(is_touched=is_built_upon()).order_by("pk"))
    if not found:
        return None
    since = timezone.now() - UNDO_FOR
    is_own = all(each.recorded_by_id == by.pk and each.recorded_at >= since for each in found)
    stands = any(not each.is_touched for each in found)
    return Pressed(batch[:32], tuple(found), is_own and stands, every.count() - len(found))

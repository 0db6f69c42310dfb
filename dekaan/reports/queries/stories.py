"""Sample pupils for an inspection: drawn by a seed, of those whom the person may see; their stories stay where they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from django.db.models import QuerySet

from dekaan.access.data_classes import DataClass
from dekaan.access.models import RoleAssignment
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import academic_year_of
from dekaan.people.models import Pupil, YearRecord
from dekaan.people.queries import narrowed_to, on_roll, year_groups

# What a list by them tells of each pupil needs what seeing it needs, and holds those of whom the class is open.
GROUPS: tuple[tuple[str, dict[str, Any], Permission, DataClass], ...] = (
    ("SEN support", {"sen": "K"}, Permission.SEN_SEE, DataClass.S2),
    ("EHC plan", {"sen": "E"}, Permission.SEN_SEE, DataClass.S2),
    ("Pupil premium", {"pupil_premium": True}, Permission.FLAGS_SEE, DataClass.S3),
    ("English as an additional language", {"eal": True}, Permission.FLAGS_SEE, DataClass.S3),
    ("Looked after", {"looked_after": True}, Permission.FLAGS_SEE, DataClass.S3),
)


@dataclass(frozen=True)
class Drawn:
    """A pupil who was drawn, and of what part of the school."""

    part: str
    pupil: Pupil
    year_group: int


def sample(
    assignments: Sequence[RoleAssignment], permissions: frozenset[Permission], on: date, seed: str
) -> tuple[list[Drawn], bool]:
    """One of each year group, then one of each group that the person may see; nobody twice. Whether groups are told.

    The same seed on the same records draws the same pupils.
    """
    year, rng = academic_year_of(on), Random(seed)  # noqa: S311 a sample, and no secret
    told = [each for each in GROUPS if each[2] in permissions]
    drawn: list[Drawn] = []
    everybody = _of(assignments, on)
    for year_group in year_groups(year, everybody):
        _draw(drawn, f"Year {year_group}", _ids(everybody, year, year_group=year_group), rng)
    for name, condition, _, data_class in told:
        _draw(drawn, name, _ids(_of(assignments, on, data_class), year, **condition), rng)
    names = Pupil.objects.in_bulk([each.pupil.pk for each in drawn])
    years = dict(
        YearRecord.objects.filter(academic_year=year, pupil_id__in=names)
        .order_by()
        .values_list("pupil_id", "year_group")
    )
    return [Drawn(each.part, names[each.pupil.pk], years[each.pupil.pk]) for each in drawn], bool(told)


def _of(assignments: Sequence[RoleAssignment], on: date, *tells: DataClass) -> QuerySet[Pupil]:
    seen = narrowed_to(assignments, DataClass.E, *tells)
    return (Pupil.objects.all() if seen is None else seen).filter(on_roll(on))


def _ids(pupils: QuerySet[Pupil], year: int, **condition: Any) -> list[int]:
    records = YearRecord.objects.filter(academic_year=year, pupil__in=pupils.values("pk"), **condition)
    return list(records.order_by("pupil_id").values_list("pupil_id", flat=True))


def _draw(drawn: list[Drawn], part: str, ids: list[int], rng: Random) -> None:
    taken = {each.pupil.pk for each in drawn}
    left = [each for each in ids if each not in taken]
    if left:
        drawn.append(Drawn(part, Pupil(pk=rng.choice(left)), 0))

"""What rows count towards is judgement and follows the occasion; what became of whom is a fact and stays."""

from collections.abc import Iterable

from django.db import transaction

from dekaan.core.scope import schools_in_scope
from dekaan.frameworks.queries import not_shown_yet
from dekaan.measures.changes import recount
from dekaan.participation.changes.occasions import Occasion, person_of
from dekaan.participation.models import Participation, State
from dekaan.schools.models import School


def once_each(occasions: Iterable[Occasion], *, part_counts: bool) -> list[Participation]:
    """Of occasions that make up for one another, each person counts in the first that they took part in, and in no other.

    What counts is judgement and not a fact: the rows stay. Returns those that are judged otherwise now.
    """
    touched: list[Participation] = []
    for family in {
        tuple(each.source_id for each in one.once_of): one.once_of for one in occasions if one.once_of
    }.values():
        place = {each.source_id: number for number, each in enumerate(family)}
        rows = Participation.objects.filter(
            superseded_at__isnull=True, source_kind=family[0].source_kind, source_id__in=place
        )
        counted: set[tuple[str, int]] = set()
        for row in sorted(rows, key=lambda each: place[each.source_id]):
            took_part = row.state == State.ATTENDED or (row.state == State.PART and part_counts)
            counts = took_part and person_of(row) not in counted
            if counts:
                counted.add(person_of(row))
            if bool(row.counts) != counts:
                of = family[place[row.source_id]]
                row.counts = int(counts)
                row.criteria_unknown = of.criteria_unknown | not_shown_yet(of.criteria) if counts else 0
                touched.append(row)
    Participation.objects.bulk_update(touched, ["counts", "criteria_unknown"], batch_size=500)
    return touched


def part_counts_here() -> bool:
    """Whether the school in scope says that having been there in part counts; shown wherever it matters."""
    return School.objects.filter(pk__in=schools_in_scope(), part_counts=True).exists()


def count_again(rows: Iterable[Participation]) -> None:
    """The counting room has counted the pupils of these rows again, in the years of theirs."""
    pupils = {row.pupil_id for row in rows if row.pupil_id}
    if pupils:
        recount(pupils, {row.academic_year for row in rows})  # type: ignore[arg-type]


@transaction.atomic
def retag(source_kind: str, source_id: int, criteria: int, criteria_unknown: int = 0) -> int:
    """The occasion's live rows count towards these criteria now; returns how many rows changed.

    Facts stay: only the masks, which are judgement, are updated.
    """
    touched = _tagged(source_kind, [source_id], criteria, criteria_unknown)
    count_again(touched)
    return len(touched)


@transaction.atomic
def judge_again(occasions: Iterable[Occasion]) -> int:
    """The live rows of these occasions count towards what each says now, all at once; returns how many rows changed."""
    alike: dict[tuple[str, int, int], list[int]] = {}
    for each in (occasions := list(occasions)):
        alike.setdefault((each.source_kind, each.criteria, each.criteria_unknown), []).append(each.source_id)
    touched = []
    for (source_kind, criteria, unknown), source_ids in alike.items():
        touched += _tagged(source_kind, source_ids, criteria, unknown)
    count_again([*touched, *once_each(occasions, part_counts=part_counts_here())])
    return len(touched)


def _tagged(source_kind: str, source_ids: list[int], criteria: int, criteria_unknown: int) -> list[Participation]:
    rows = Participation.objects.filter(superseded_at__isnull=True, source_kind=source_kind, source_id__in=source_ids)
    touched = list(rows)
    rows.update(criteria=criteria)
    left = criteria_unknown | not_shown_yet(criteria)
    rows.filter(counts=1).update(criteria_unknown=left)
    rows.filter(state=State.INVITED).update(criteria_unknown=criteria | left)
    return touched


@transaction.atomic
def settle_part_attendance(*, counts: bool) -> None:
    """Having been there in part counts (or does not) in every live row; the caller counts again.

    Where it counts, what the encounter leaves to be shown is unknown as it is of whoever was there for all of it; where
    it does not, nothing of it is. Whoever knows the occasions judges them again after this.
    """
    rows = Participation.objects.filter(superseded_at__isnull=True, state=State.PART)
    if not counts:
        rows.update(counts=0, criteria_unknown=0)
        return
    for criteria in set(rows.order_by().values_list("criteria", flat=True)):
        rows.filter(criteria=criteria).update(counts=1, criteria_unknown=not_shown_yet(criteria))

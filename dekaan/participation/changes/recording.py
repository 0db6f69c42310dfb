"""Writing the ledger: one function for all writers, and withdrawing what one press or import wrote."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import attrgetter, or_

from django.db import connection, transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from dekaan.access.models import User
from dekaan.core.academic_year import academic_day, academic_year_of
from dekaan.core.many import insert_rows
from dekaan.core.scope import schools_in_scope
from dekaan.frameworks.queries import not_shown_yet
from dekaan.participation.changes.judging import count_again, once_each, part_counts_here
from dekaan.participation.changes.occasions import PERSON_KINDS, Mark, Occasion, Recorded, person_of
from dekaan.participation.models import Participation, State

MANY = 500  # rows, from which on copying is quicker than creating


@dataclass
class _Plan:
    new: list[Participation] = field(default_factory=list)
    old: list[Participation] = field(default_factory=list)
    unchanged: int = 0


class BuiltUpon(Exception):
    """Rows to be withdrawn have been corrected since: `rows` says how many."""

    def __init__(self, rows: int) -> None:
        super().__init__(rows)
        self.rows = rows


@transaction.atomic
def record_participation(
    entries: Iterable[tuple[Occasion, Iterable[Mark]]], *, by: User | None, batch: str = "", only_open: bool = False
) -> Recorded:
    """The ledger says this of these people on these occasions, and the counting room has counted them again.

    A person has one live row an occasion: what differs supersedes it, what is the same is left alone, whatever is
    pressed twice. People who are not mentioned keep what they have; with `only_open`, so does everyone of whom more is
    said than that they were invited. Of an occasion and those that make up for it the first that a person took part in
    counts (ruling 3: a catch-up counts once).
    """
    listed = [(occasion, list(marks)) for occasion, marks in entries]
    live = _live_rows(listed)
    part_counts, plan = part_counts_here(), _Plan()
    for occasion, marks in listed:
        for mark in {(each.person_kind, each.person_id): each for each in marks}.values():
            before = live.get((occasion.source_kind, occasion.source_id, mark.person_kind, mark.person_id))
            if only_open and before and before.state != State.INVITED:
                plan.unchanged += 1
                continue
            _add(plan, before, _row(occasion, mark, by=by, batch=batch, part_counts=part_counts))
    return _carried_out(plan, [occasion for occasion, _ in listed], part_counts=part_counts)


@transaction.atomic
def restate(occasion: Occasion, *, by: User | None) -> Recorded:
    """The occasion was otherwise (another day, adviser or employer): every live row is superseded by one that says so.

    Who took part and how that is known stays as it is, and so does the press that an undo looks for.
    """
    part_counts, plan = part_counts_here(), _Plan()
    for (_, _, kind, person_id), row in _live_rows([(occasion, [])]).items():
        mark = Mark(person_id, row.state, row.known_by, kind)
        _add(plan, row, _row(occasion, mark, by=by, batch=row.batch, part_counts=part_counts))
    return _carried_out(plan, [occasion], part_counts=part_counts)


def retitle(source_kind: str, source_ids: Iterable[int], title: str) -> None:
    """Rows of those occasions that others have taken the place of are called as the live ones are called now.

    A title that named somebody who was erased would else stay where no page leads. What held when is not touched.
    """
    before = Participation.objects.filter(
        source_kind=source_kind, source_id__in=list(source_ids), superseded_at__isnull=False
    )
    before.exclude(title=title).update(title=title)


def _add(plan: _Plan, before: Participation | None, row: Participation) -> None:
    if before and _says_the_same(before, row):
        plan.unchanged += 1
        return
    if before:
        plan.old.append(before)
    plan.new.append(row)


def _carried_out(plan: _Plan, occasions: Iterable[Occasion], *, part_counts: bool) -> Recorded:
    old = [row.pk for row in plan.old]
    _supersede(old, timezone.now())
    _write(plan.new)
    _point_to_successors(old)
    beside = once_each(occasions, part_counts=part_counts)
    count_again([*plan.new, *plan.old, *beside])  # a changed day may have moved a row out of an earlier year
    return Recorded(len(plan.new), len(old), plan.unchanged)


def _write(rows: list[Participation]) -> None:
    """The rows are in the ledger; a long history at the price of a copy."""
    if len(rows) <= MANY or len(schools_in_scope()) != 1:
        Participation.objects.bulk_create(rows, batch_size=500)
        return
    now = timezone.now()
    fields = [each for each in Participation._meta.concrete_fields if each.name not in {"id", "school", "recorded_at"}]
    said = attrgetter(*(each.attname for each in fields))
    insert_rows(Participation, [*(each.name for each in fields), "recorded_at"], ((*said(row), now) for row in rows))


def _row(occasion: Occasion, mark: Mark, *, by: User | None, batch: str, part_counts: bool) -> Participation:
    took_part = mark.state == State.ATTENDED or (mark.state == State.PART and part_counts)
    left = occasion.criteria_unknown | not_shown_yet(occasion.criteria)
    unknown = occasion.criteria | left if mark.state == State.INVITED else left if took_part else 0
    return Participation(
        **{f"{mark.person_kind}_id": mark.person_id},
        source_kind=occasion.source_kind,
        source_id=occasion.source_id,
        state=mark.state,
        known_by=mark.known_by,
        happened_on=occasion.happened_on,
        academic_year=academic_year_of(occasion.happened_on),
        academic_day=academic_day(occasion.happened_on),
        activity_type=occasion.activity_type,
        mode=occasion.mode,
        minutes=occasion.minutes,
        criteria=occasion.criteria,
        criteria_unknown=unknown,
        counts=int(took_part),
        partner_kind=occasion.partner_kind,
        partner_name=occasion.partner_name,
        title=occasion.title,
        batch=occasion.batch or batch,
        recorded_by=by,
    )


SAYS = (
    "state",
    "known_by",
    "happened_on",
    "activity_type",
    "mode",
    "minutes",
    "criteria",
    "criteria_unknown",
    "counts",
    "partner_kind",
    "partner_name",
    "title",
)
JUDGED = {"criteria_unknown", "counts"}  # of which another occasion may have decided, where one makes up for the other


def _says_the_same(before: Participation, after: Participation) -> bool:
    counted_elsewhere = after.counts and not before.counts
    return all(
        getattr(before, name) == getattr(after, name)
        for name in SAYS
        if not (counted_elsewhere and name in JUDGED and before.state == after.state)
    )


def _live_rows(listed: list[tuple[Occasion, list[Mark]]]) -> dict[tuple[str, int, str, int], Participation]:
    """The live rows of those occasions by occasion and person; a statement per kind of source.

    Of many occasions only the rows of the people who are mentioned: a long history comes a few pupils at a time.
    """
    ids: dict[str, set[int]] = {}
    for occasion, _ in listed:
        ids.setdefault(occasion.source_kind, set()).add(occasion.source_id)
    people: dict[str, set[int]] = {kind: set() for kind in PERSON_KINDS}
    for _, marks in listed:
        for mark in marks:
            people[mark.person_kind].add(mark.person_id)
    mentioned = reduce(or_, (Q(**{f"{kind}_id__in": found}) for kind, found in people.items() if found), Q())
    found = {}
    for kind, source_ids in ids.items():
        rows = Participation.objects.filter(superseded_at__isnull=True, source_kind=kind, source_id__in=source_ids)
        for row in rows.filter(mentioned) if len(listed) > 1 else rows:
            found[kind, row.source_id, *person_of(row)] = row
    return found


def _supersede(ids: list[int], now: datetime) -> None:
    if ids:
        Participation.objects.filter(pk__in=ids).update(superseded_at=now)


def _point_to_successors(ids: list[int]) -> None:
    """Each superseded row names the live row of the same person and occasion."""
    if not ids:
        return
    for kind in PERSON_KINDS:
        successor = Participation.objects.filter(
            superseded_at__isnull=True,
            source_kind=OuterRef("source_kind"),
            source_id=OuterRef("source_id"),
            **{f"{kind}_id": OuterRef(f"{kind}_id")},
        ).values("pk")[:1]
        Participation.objects.filter(pk__in=ids, **{f"{kind}_id__isnull": False}).update(
            superseded_by=Subquery(successor)
        )


@transaction.atomic
def withdraw(
    batch: str,
    *,
    by: User | None,
    only_untouched: bool = False,
    gone: Collection[str] = (),
    occasion: Occasion | None = None,
) -> Recorded:
    """What that press or import wrote is no longer so; what held before it holds again, as new rows.

    `gone` are presses withdrawn earlier, whose rows do not come back; with `occasion`, the rows that do come back say
    what the occasion is now. Raises BuiltUpon where some rows were corrected since, unless `only_untouched`: then those
    stay, and the answer says whose they are.
    """
    written = list(Participation.objects.filter(batch=batch)) if batch else []
    ever = _rows_ever(written)
    standing = {_whose(row): row for row in ever if row.superseded_at is None}
    going = [row for row in written if row.superseded_at is None]
    stayed = sorted({_whose(row) for row in written if standing.get(_whose(row), row).batch != batch})
    if stayed and not only_untouched:
        raise BuiltUpon(len(stayed))
    earlier = {row.superseded_by_id: row for row in ever if row.superseded_by_id}
    part_counts, back = part_counts_here(), []
    for row in going:
        before = earlier.get(row.pk)
        while before and (before.batch == batch or before.batch in gone):
            before = earlier.get(before.pk)
        if before:
            back.append(_again(before, occasion, by=by, part_counts=part_counts))
    _supersede([row.pk for row in going], timezone.now())
    Participation.objects.bulk_create(back, batch_size=500)
    _point_to_successors([row.pk for row in going])
    beside = once_each([occasion] if occasion else [], part_counts=part_counts)
    count_again([*going, *back, *beside])
    return Recorded(len(back), len(going), len(stayed), tuple((kind, person) for _, _, kind, person in stayed))


def _whose(row: Participation) -> tuple[str, int, str, int]:
    return (row.source_kind, row.source_id, *person_of(row))


def _rows_ever(written: Iterable[Participation]) -> list[Participation]:
    """Every row that there has been of the occasions of these."""
    ids: dict[str, set[int]] = {}
    for row in written:
        ids.setdefault(row.source_kind, set()).add(row.source_id)
    return [
        row
        for kind, source_ids in ids.items()
        for row in Participation.objects.filter(source_kind=kind, source_id__in=source_ids)
    ]


def _again(row: Participation, occasion: Occasion | None, *, by: User | None, part_counts: bool) -> Participation:
    """A new row that says what a superseded one said, of the occasion as it is now; it belongs to the same press."""
    if occasion is not None:
        kind, person_id = person_of(row)
        mark = Mark(person_id, row.state, row.known_by, kind)
        return _row(occasion, mark, by=by, batch=row.batch, part_counts=part_counts)
    names = [each.attname for each in Participation._meta.concrete_fields]
    skipped = {"id", "recorded_at", "recorded_by_id", "superseded_at", "superseded_by_id"}
    return Participation(**{name: getattr(row, name) for name in names if name not in skipped}, recorded_by=by)


@transaction.atomic
def no_longer_invite(source_kind: str, source_id: int) -> int:
    """Whoever is only invited to the occasion is not asked about any more; returns how many."""
    waiting = list(
        Participation.objects.filter(
            superseded_at__isnull=True, source_kind=source_kind, source_id=source_id, state=State.INVITED
        )
    )
    _supersede([row.pk for row in waiting], timezone.now())
    count_again(waiting)
    return len(waiting)


@transaction.atomic
def erase_from_ledger(pupil_id: int, carer_ids: Collection[int]) -> None:
    """The ledger says nothing of the pupil any more, superseded rows too, nor of these carers of theirs.

    The one way in which a row of the ledger goes. On PostgreSQL a function of the owner does it, and only of a pupil
    who is noted as erased.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.callproc("erase_from_ledger", [pupil_id, list(carer_ids)])
    else:
        theirs = Participation.objects.filter(Q(pupil_id=pupil_id) | Q(carer_id__in=list(carer_ids)))
        theirs.update(superseded_by=None)
        theirs.delete()

"""Many pupils at once: how the rows of a list are written, set by set, and how they are put back exactly."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models

from dekaan.core.academic_year import year_start
from dekaan.core.rows_again import value_again, values_again
from dekaan.people.models import (
    Enrolment,
    FormerIdentifier,
    Group,
    Membership,
    Pupil,
    StaffMember,
    YearRecord,
)
from dekaan.people.queries import not_ended

BATCH = 500


@dataclass(frozen=True)
class RollEntry:
    """What a list says of one pupil; what it does not say stays as it is."""

    pupil_id: int | None  # None: somebody new
    fields: dict[str, Any] = field(default_factory=dict)  # of Pupil
    year_fields: dict[str, Any] = field(default_factory=dict)  # of the year record
    tutor_group: str = ""
    joins_on: date | None = None
    comes_on: tuple[date, date] | None = None  # the day on which somebody was to join, and the one on which they will
    leaves_on: date | None = None
    status: str = ""
    former_upn: str = ""


@dataclass(frozen=True)
class Trace:
    """One row as it was before a change (None: not there) and after it (None: gone), for undo."""

    model: str
    row_id: int
    pupil_id: int | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class RollWriting:
    """One list on its way into the roll. Every row written leaves a trace."""

    def __init__(self, academic_year: int, on: date) -> None:
        self.academic_year = academic_year
        self.on = on
        self.traces: list[Trace] = []

    def pupils(self, entries: list[RollEntry]) -> list[int]:
        """New pupils are there, known ones are changed; answers with each entry's pupil."""
        new = Pupil.objects.bulk_create([Pupil(**entry.fields) for entry in entries if entry.pupil_id is None], BATCH)
        self._created(new, lambda row: row.pk)
        fresh = iter(new)
        ids = [next(fresh).pk if entry.pupil_id is None else entry.pupil_id for entry in entries]
        changed = {entry.pupil_id: entry for entry in entries if entry.pupil_id and entry.fields}
        known = Pupil.objects.in_bulk(list(changed))
        former = {(pk, entry.former_upn) for pk, entry in zip(ids, entries, strict=True) if entry.former_upn}
        for pk, entry in changed.items():
            before = known[pk].upn  # type: ignore[index]
            if before and entry.fields.get("upn", before) != before:
                former.add((pk, before))
        self._change((known[pk], entry.fields) for pk, entry in changed.items())  # type: ignore[index]
        self._keep_former_upns(former)
        return ids

    def _keep_former_upns(self, former: set[tuple[Any, str]]) -> None:
        if not former:
            return
        there = set(
            FormerIdentifier.objects.filter(kind="upn", pupil_id__in=[pk for pk, _ in former]).values_list(
                "pupil_id", "value"
            )
        )
        rows = [FormerIdentifier(pupil_id=pk, kind="upn", value=upn) for pk, upn in sorted(former - there)]
        self._created(FormerIdentifier.objects.bulk_create(rows, BATCH), lambda row: row.pupil_id)

    def enrolments(self, entries: list[RollEntry], ids: list[int]) -> None:
        """Joiners have an open stay on the roll, from the day that is now said; leavers' stays and memberships have ended."""
        pairs = list(zip(ids, entries, strict=True))
        rows = [
            Enrolment(pupil_id=pk, starts_on=entry.joins_on, status=entry.status or Enrolment.Status.CURRENT)
            for pk, entry in pairs
            if entry.joins_on
        ]
        self._created(Enrolment.objects.bulk_create(rows, BATCH), lambda row: row.pupil_id)
        self._move_joining({pk: entry.comes_on for pk, entry in pairs if entry.comes_on})
        leaving = {pk: entry.leaves_on for pk, entry in pairs if entry.leaves_on}
        other_status = {pk: entry.status for pk, entry in pairs if entry.status and not entry.joins_on}
        touched = list(leaving.keys() | other_status.keys())
        if not touched:
            return
        changes: list[tuple[Any, dict[str, Any]]] = []
        for stay in Enrolment.objects.filter(not_ended(self.on), pupil_id__in=touched):
            fields: dict[str, Any] = {}
            if leaves_on := leaving.get(stay.pupil_id):
                fields["ends_on"] = max(leaves_on, stay.starts_on)
            if other_status.get(stay.pupil_id, stay.status) != stay.status:
                fields["status"] = other_status[stay.pupil_id]
            if fields:
                changes.append((stay, fields))
        self._change(changes)
        self._change(
            (row, {"ends_on": max(leaving[row.pupil_id], row.starts_on)})  # type: ignore[type-var]
            for row in Membership.objects.filter(not_ended(self.on), pupil_id__in=list(leaving))
        )

    def _move_joining(self, moved: dict[int, tuple[date, date]]) -> None:
        """The stay that was to begin on the old day begins on the new one, and so does what was to begin with it."""
        for model in (Enrolment, Membership) if moved else ():
            rows = model.objects.filter(pupil_id__in=list(moved), starts_on__in={old for old, _ in moved.values()})
            self._change(
                (row, {"starts_on": new, "ends_on": row.ends_on and max(row.ends_on, new)})
                for row in rows
                for old, new in [moved[row.pupil_id]]
                if row.starts_on == old
            )

    def tutor_groups_and_years(self, entries: list[RollEntry], ids: list[int]) -> None:
        """Each pupil's record of the year, and the tutor group from the day on."""
        pairs = [(pk, entry) for pk, entry in zip(ids, entries, strict=True) if entry.tutor_group or entry.year_fields]
        if not pairs:
            return
        records = {
            row.pupil_id: row
            for row in YearRecord.objects.filter(academic_year=self.academic_year, pupil_id__in=[pk for pk, _ in pairs])
        }
        groups = self._groups(pairs, records)
        new, changes = [], []
        for pk, entry in pairs:
            fields = dict(entry.year_fields)
            if entry.tutor_group:
                fields["tutor_group_id"] = groups[entry.tutor_group].pk
            if pk in records:
                changes.append((records[pk], fields))
            elif "year_group" in fields:
                new.append(YearRecord(pupil_id=pk, academic_year=self.academic_year, **fields))
        self._created(YearRecord.objects.bulk_create(new, BATCH), lambda row: row.pupil_id)
        self._change(changes)
        self._place({pk: (groups[entry.tutor_group], entry) for pk, entry in pairs if entry.tutor_group})

    def _groups(self, pairs: list[tuple[int, RollEntry]], records: dict[int, YearRecord]) -> dict[str, Group]:
        """The tutor groups by name, made where they were not there."""
        wanted: dict[str, list[int]] = defaultdict(list)
        for pk, entry in pairs:
            if entry.tutor_group:
                year = entry.year_fields.get("year_group", records[pk].year_group if pk in records else None)
                wanted[entry.tutor_group] += [] if year is None else [year]
        tutor_groups = Group.objects.filter(kind=Group.Kind.TUTOR, academic_year=self.academic_year)
        found = {group.name: group for group in tutor_groups.filter(name__in=list(wanted))}
        new = [
            Group(
                kind=Group.Kind.TUTOR,
                name=name,
                academic_year=self.academic_year,
                # A vertical tutor group belongs to no one year group.
                year_group=years[0] if len(set(years)) == 1 else None,
            )
            for name, years in sorted(wanted.items())
            if name not in found
        ]
        self._created(Group.objects.bulk_create(new, BATCH), lambda _row: None)
        return found | {group.name: group for group in new}

    def _place(self, placed: dict[int, tuple[Group, RollEntry]]) -> None:
        """Membership is the truth by date: the old one ends on the day that the new one begins.

        A group of a later year, where somebody has moved up already, stays as it is.
        """
        open_rows = Membership.objects.filter(
            not_ended(self.on),
            pupil_id__in=list(placed),
            group__kind=Group.Kind.TUTOR,
            group__academic_year__lte=self.academic_year,
        )
        there, others = set(), []
        for row in open_rows:
            if row.group_id == placed[row.pupil_id][0].pk:
                there.add(row.pupil_id)
            else:
                others.append(row)
        self._end(others)
        new = [
            Membership(group=group, pupil_id=pk, starts_on=self._from(entry))
            for pk, (group, entry) in placed.items()
            if pk not in there
        ]
        self._created(Membership.objects.bulk_create(new, BATCH), lambda row: row.pupil_id)

    def _from(self, entry: RollEntry) -> date:
        """The day from which somebody is in a group of this year: not before the year, whenever they joined."""
        return max(entry.joins_on, year_start(self.academic_year)) if entry.joins_on else self.on

    def teaching_groups(self, placed: list[tuple[int, str, str]]) -> None:
        """Open memberships in groups of those names, made where they were not there."""
        subjects = {name: subject for _, name, subject in placed}
        teaching = Group.objects.filter(kind=Group.Kind.TEACHING, academic_year=self.academic_year)
        groups = {group.name: group for group in teaching.filter(name__in=list(subjects))}
        new = [
            Group(kind=Group.Kind.TEACHING, name=name, academic_year=self.academic_year, subject=subject)
            for name, subject in sorted(subjects.items())
            if name not in groups
        ]
        self._created(Group.objects.bulk_create(new, BATCH), lambda _row: None)
        groups |= {group.name: group for group in new}
        there = set(
            Membership.objects.filter(group__in=list(groups.values()), ends_on__isnull=True).values_list(
                "group_id", "pupil_id"
            )
        )
        wanted = {(groups[name].pk, pupil_id) for pupil_id, name, _ in placed} - there
        rows = [Membership(group_id=group, pupil_id=pupil, starts_on=self.on) for group, pupil in sorted(wanted)]
        self._created(Membership.objects.bulk_create(rows, BATCH), lambda row: row.pupil_id)

    def leave_teaching_groups(self, gone: Iterable[tuple[int, str]]) -> None:
        """The open memberships of those pupils in teaching groups of those names have ended; none began today."""
        wanted = set(gone)
        rows = Membership.objects.filter(
            ends_on__isnull=True,
            pupil_id__in=[pupil_id for pupil_id, _ in wanted],
            group__kind=Group.Kind.TEACHING,
            group__academic_year=self.academic_year,
            group__name__in=[name for _, name in wanted],
        ).select_related("group")
        self._end(row for row in rows if (row.pupil_id, row.group.name) in wanted)

    def _end(self, rows: Iterable[Membership]) -> None:
        """These memberships end on the day; those that have not begun before it never were."""
        ending: list[Membership] = []
        going: list[Membership] = []
        for row in rows:
            (going if row.starts_on >= self.on else ending).append(row)
        self._change((row, {"ends_on": self.on}) for row in ending)
        self.traces += [Trace(row._meta.label, row.pk, row.pupil_id, as_kept(row), None) for row in going]
        Membership.objects.filter(pk__in=[row.pk for row in going]).delete()

    def staff(self, said: list[tuple[int | None, dict[str, Any]]]) -> None:
        """New members of staff are there, known ones are changed. Their traces belong to minus their own number."""
        new = [StaffMember(**fields) for pk, fields in said if pk is None]
        self._created(StaffMember.objects.bulk_create(new, BATCH), lambda row: -row.pk)
        known = StaffMember.objects.in_bulk([pk for pk, _ in said if pk])
        self._change((known[pk], fields) for pk, fields in said if pk)

    def _created(self, rows: Iterable[Any], pupil_of: Any) -> None:
        self.traces += [Trace(row._meta.label, row.pk, pupil_of(row), None, as_kept(row)) for row in rows]

    def _change(self, changes: Iterable[tuple[Any, dict[str, Any]]]) -> None:
        """Write the fields that differ, all rows of a model in a statement per batch."""
        rows: list[Any] = []
        names: set[str] = set()
        for row, fields in changes:
            different = {name: value for name, value in fields.items() if getattr(row, name) != value}
            if not different:
                continue
            before = {name: getattr(row, name) for name in different}
            for name, value in different.items():
                setattr(row, name, value)
            self.traces.append(Trace(row._meta.label, row.pk, _owner(row), before, different))
            rows.append(row)
            names |= different.keys()
        write_over(rows, names)


def _owner(row: Any) -> int:
    """Whose row it is: a pupil's number, or minus a member of staff's."""
    if isinstance(row, StaffMember):
        return -row.pk
    return row.pk if isinstance(row, Pupil) else row.pupil_id


def as_kept(row: models.Model) -> dict[str, Any]:
    """Every column of a row but its key and its school."""
    return {
        each.attname: getattr(row, each.attname)
        for each in row._meta.concrete_fields
        if each.attname not in {"id", "school_id"}
    }


def write_over(rows: list[Any], names: set[str]) -> None:
    """Update those columns of the rows, many rows a statement."""
    if rows:
        type(rows[0]).objects.bulk_create(
            rows, BATCH, update_conflicts=True, unique_fields=["id"], update_fields=sorted(names)
        )


def why_not_undone(traces: list[Trace]) -> dict[int | None, str]:
    """The pupils whose rows cannot be put back, each with what has been built on them since."""
    reasons: dict[int | None, str] = {}
    by_model: dict[str, list[Trace]] = defaultdict(list)
    for trace in traces:
        by_model[trace.model].append(trace)
    for label, steps in by_model.items():
        model = apps.get_model(label)
        rows = model._base_manager.in_bulk([step.row_id for step in steps])
        for step in steps:
            row = rows.get(step.row_id)
            if step.after is None:
                continue
            if row is None:
                reasons.setdefault(step.pupil_id, "was removed since")
            elif any(not _same(model, name, getattr(row, name), value) for name, value in step.after.items()):
                reasons.setdefault(step.pupil_id, f"{model._meta.verbose_name} was changed again since")
    made = {label: {step.row_id for step in steps if step.before is None} for label, steps in by_model.items()}
    for model, sign in ((Pupil, 1), (StaffMember, -1)):
        for pk, what in _built_on(model, made).items():
            reasons.setdefault(sign * pk, f"has {what} since")
    return reasons


def _built_on(model: type[models.Model], made: dict[str, set[int]]) -> dict[int, str]:
    """Rows of ours that other people's rows now point at."""
    ours = made.get(model._meta.label, set())
    found: dict[int, str] = {}
    if not ours:
        return found
    for relation in model._meta.get_fields(include_hidden=True):
        if not (isinstance(relation, models.ManyToOneRel) and relation.one_to_many):
            continue
        other: Any = relation.related_model
        if other._meta.app_label == "exchange":
            continue
        name = relation.field.attname
        rows = other._base_manager.filter(**{f"{name}__in": list(ours)})
        if any(each.attname == "superseded_at" for each in other._meta.concrete_fields):
            what = "taken part in something"
        else:
            what = f"a new {other._meta.verbose_name}"
        for row_id, pk in rows.values_list("pk", name):
            if row_id not in made.get(other._meta.label, set()):
                found.setdefault(pk, what)
    return found


def _same(model: type[models.Model], name: str, now: Any, then: Any) -> bool:
    return now == then or now == value_again(model, name, then)


def put_back(traces: list[Trace]) -> None:
    """Each row is as it was before, the last written first."""
    runs: list[tuple[str, str, list[Trace]]] = []
    for trace in reversed(traces):
        kind = "remove" if trace.before is None else "remake" if trace.after is None else "change"
        if runs and runs[-1][:2] == (trace.model, kind):
            runs[-1][2].append(trace)
        else:
            runs.append((trace.model, kind, [trace]))
    for label, kind, steps in runs:
        model: Any = apps.get_model(label)
        if kind == "remove":
            rows = model.objects.filter(pk__in=[step.row_id for step in steps])
            if model is Group:  # somebody may have been placed in it since
                rows = rows.filter(memberships__isnull=True)
            rows.delete()
        elif kind == "remake":
            model.objects.bulk_create(
                [model(pk=step.row_id, **values_again(model, step.before or {})) for step in steps],
                BATCH,
            )
        else:
            found = model.objects.in_bulk([step.row_id for step in steps])
            for step in steps:
                for name, value in values_again(model, step.before or {}).items():
                    setattr(found[step.row_id], name, value)
            write_over(list(found.values()), {name for step in steps for name in step.before or {}})

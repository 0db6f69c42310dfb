"""What lists of pupils, groups, colleagues, attendance and absences, and the turn of the year, are on the roll."""

from datetime import date
from typing import Any

from dekaan.access.models import User
from dekaan.core.academic_year import academic_year_of, today, year_start
from dekaan.exchange.deciding import OWN_FIELDS, YEAR_FIELDS
from dekaan.exchange.models import RECORDED, Decision, ImportLine, ImportRun, UndoPage
from dekaan.exchange.staging import revived
from dekaan.people.changes import RollEntry, Trace, place_in_teaching_groups, update_roll, update_staff
from dekaan.people.models import Enrolment
from dekaan.people.queries import not_ended
from dekaan.programme.changes import record_day_absences, strike_off_absences
from dekaan.programme.queries import day_absences
from dekaan.schools.changes import close_year

BATCH = 500


def record_pupils(run: ImportRun, rows: list[ImportLine], by: User | None) -> None:
    """Whoever the list says is on the roll is there, in the year and group that it says."""
    is_first = not Enrolment.objects.exists()
    lines = [row for row in rows if row.decision in RECORDED]
    entries = [_entry(row, is_first=is_first) for row in lines]
    pupil_ids = [0] * len(entries)
    for year, places in _by_year(entries).items():
        on = max(today(), year_start(year))
        written, traces = update_roll([entries[place] for place in places], on=on, by=by, subject_id=run.pk)
        for place, pk in zip(places, written, strict=True):
            pupil_ids[place] = pk
        _keep_traces(run, traces)
    joined = []
    for row, pk in zip(lines, pupil_ids, strict=True):
        if row.pupil_id is None:
            row.pupil_id = pk
            joined.append(row)
    ImportLine.objects.bulk_create(
        joined, BATCH, update_conflicts=True, unique_fields=["id"], update_fields=["pupil_id"]
    )


def _by_year(entries: list[RollEntry]) -> dict[int, list[int]]:
    """The entries' places by the academic year that they are about: this one, or the one in which somebody is to join."""
    this_year = academic_year_of(today())
    coming: dict[int | None, int] = {}
    # A stay of now, last, before one to come.
    for pk, starts_on in (
        Enrolment.objects.filter(not_ended(today()), pupil__enrolments__starts_on__gte=year_start(this_year + 1))
        .order_by("-starts_on")
        .values_list("pupil_id", "starts_on")
    ):
        coming[pk] = max(academic_year_of(starts_on), this_year)
    found: dict[int, list[int]] = {this_year: []}
    for place, entry in enumerate(entries):
        year = academic_year_of(entry.joins_on) if entry.joins_on else coming.get(entry.pupil_id, this_year)
        found.setdefault(max(year, this_year), []).append(place)
    return found


def _entry(row: ImportLine, *, is_first: bool) -> RollEntry:
    """What the roll is told of a line."""
    said = revived(row.values)
    new = {name for name, _, _ in row.changes}
    joins = row.decision in {Decision.JOINS, Decision.RETURNS}
    return RollEntry(
        pupil_id=row.pupil_id,
        fields={name: said[name] for name in OWN_FIELDS if name in new},
        year_fields={name: said[name] for name in YEAR_FIELDS if name in new or (joins and name in said)},
        tutor_group=said.get("tutor_group", "") if joins or "tutor_group" in new else "",
        comes_on=(_old(row, "starts_on"), said["starts_on"]) if "starts_on" in new else None,
        joins_on=_joining_day(said, row, is_first=is_first) if joins else None,
        leaves_on=said.get("ends_on") if row.decision == Decision.LEAVES else None,
        status=said.get("status", "") if joins or "status" in new else "",
        former_upn=said.get("former_upn", ""),
    )


def _old(row: ImportLine, name: str) -> Any:
    """What was held of the field before the line."""
    return revived({field: old for field, old, _ in row.changes})[name]


def _joining_day(said: dict[str, Any], row: ImportLine, *, is_first: bool) -> date:
    """The day that the file names; else the first day of the year for a school's first list, else today.

    An older date of admission is taken too: the pupil has been here since. Not so for somebody who is back, whose date
    may be that of the first stay. Whoever is to come is on the roll from that day on.
    """
    day = today()
    starts_on = said.get("starts_on")
    if starts_on and (starts_on > day or row.decision == Decision.JOINS):
        return starts_on
    return year_start(academic_year_of(day)) if is_first else day


def record_rollover(run: ImportRun, rows: list[ImportLine], by: User | None) -> None:
    """The year to come has begun for everybody who goes up, and is over for whoever leaves; the year before is closed."""
    entries = []
    for row in rows:
        said = revived(row.values)
        if row.decision == Decision.LEAVES:
            entries.append(RollEntry(row.pupil_id, leaves_on=said["ends_on"]))
        elif row.decision == Decision.CHANGES:
            year_fields = {name: said[name] for name in YEAR_FIELDS if name in said}
            entries.append(RollEntry(row.pupil_id, year_fields=year_fields, tutor_group=said.get("tutor_group", "")))
    to_come = run.occasions["year"]
    _keep_traces(run, update_roll(entries, on=year_start(to_come), by=by, subject_id=run.pk)[1])
    close_year(to_come - 1, by=by)


def _keep_traces(run: ImportRun, traces: list[Trace]) -> None:
    rows = [(trace.model, trace.row_id, trace.pupil_id, trace.before, trace.after) for trace in traces]
    UndoPage.objects.bulk_create(
        UndoPage(run=run, rows=rows[start : start + BATCH]) for start in range(0, len(rows), BATCH)
    )


def record_attendance(run: ImportRun, rows: list[ImportLine], by: User | None) -> None:
    """The year's attendance is as the list says."""
    entries = [
        RollEntry(row.pupil_id, year_fields={"attendance_percent": revived(row.values)["attendance_percent"]})
        for row in rows
        if row.decision in RECORDED
    ]
    _keep_traces(run, update_roll(entries, on=today(), by=by, subject_id=run.pk)[1])


def record_groups(run: ImportRun, rows: list[ImportLine], by: User | None) -> None:
    """The teaching groups have the members that the list says."""
    placed = [
        (row.pupil_id, row.values["group_name"], row.values.get("subject", ""))
        for row in rows
        if row.decision == Decision.CHANGES
    ]
    gone = [(row.pupil_id, row.values["group_name"]) for row in rows if row.decision == Decision.LEAVES]
    _keep_traces(run, place_in_teaching_groups(placed, on=today(), by=by, gone=gone))  # type: ignore[arg-type]


def record_staff(run: ImportRun, rows: list[ImportLine], by: User | None) -> None:
    """Colleagues are as the list says."""
    said = [
        (row.target_id, {name: revived(row.values)[name] for name, _, _ in row.changes})
        for row in rows
        if row.decision in RECORDED
    ]
    _keep_traces(run, update_staff(said, by=by))


def record_absences(run: ImportRun, rows: list[ImportLine], by: User | None) -> None:
    """The absences of each day of the list are known, and whoever was away did not take part."""
    days: dict[date, dict[int, str]] = {}
    for row in rows:
        if row.pupil_id and row.values.get("where"):
            said = revived(row.values)
            day = days.setdefault(said["day"], {})
            if row.decision in RECORDED:
                day[row.pupil_id] = "day" if day.get(row.pupil_id, said["part"]) != said["part"] else said["part"]
    for on, absences in sorted(days.items()):
        before = day_absences(on)
        UndoPage.objects.create(run=run, rows={"day": on, "absences": before})
        record_day_absences(on, absences, by=by)
        strike_off_absences(on, by=by)  # type: ignore[arg-type]

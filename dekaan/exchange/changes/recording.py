"""A confirmed run becomes true, in one short transaction; long histories in batches that can be taken up again."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import academic_year_of, today, year_start
from dekaan.exchange.changes.staging import again, decided, keep_lines
from dekaan.exchange.changes.taking_up import still_in_hand
from dekaan.exchange.deciding import OWN_FIELDS, YEAR_FIELDS
from dekaan.exchange.models import Decision, ImportLine, ImportRun, PastOccasion, UndoPage
from dekaan.exchange.staging import revived
from dekaan.frameworks.queries import activity_types, mask_of, usual_criteria
from dekaan.participation.changes import Mark, Occasion, record_participation
from dekaan.participation.models import KnownBy
from dekaan.people.changes import RollEntry, Trace, place_in_teaching_groups, update_roll, update_staff
from dekaan.people.models import Enrolment
from dekaan.people.queries import not_ended
from dekaan.programme.changes import record_day_absences, strike_off_absences
from dekaan.programme.models import DayAbsence
from dekaan.schools.changes import close_year

BATCH = 500
RECORDED = (Decision.JOINS, Decision.CHANGES, Decision.RETURNS, Decision.LEAVES)


class NotReady(Exception):
    """The run has no preview to confirm."""


class AlreadyRecorded(Exception):
    """The run was confirmed before."""


class NeedsCareersLeader(Exception):
    """The list looks wrong as a whole, and only a Careers Leader may say that it is right."""


class ChangedSincePreview(Exception):
    """The records changed after the preview was made; it has been made again."""


@transaction.atomic
def confirm(run: ImportRun, *, by: User | None, leader_has_looked: bool = False) -> None:
    """A person has seen the preview and wants it. Raises NotReady, AlreadyRecorded, NeedsCareersLeader."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state in {ImportRun.State.COMMITTING, ImportRun.State.DONE, ImportRun.State.UNDONE}:
        raise AlreadyRecorded
    if run.state != ImportRun.State.PREVIEW:
        raise NotReady
    if run.held and not leader_has_looked:
        raise NeedsCareersLeader
    run.state, run.percent_done, run.committed_by, run.leased_until = ImportRun.State.COMMITTING, 5, by, None
    run.save(update_fields=["state", "percent_done", "committed_by", "leased_until"])


@transaction.atomic
def record_run(run: ImportRun, *, by: User | None) -> bool:
    """What the preview said is so. True when all of it is; False where another batch is to follow.

    Raises ChangedSincePreview, having put the run back to its preview. Pressed twice, it records once.
    """
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state == ImportRun.State.DONE:
        return True
    if run.state != ImportRun.State.COMMITTING:
        raise NotReady
    if run.kind == "participation":
        left = _record_history(run, by)
    else:
        rows = list(run.lines.all())
        if _has_changed(run, rows):
            return True
        _RECORDING[run.kind](run, rows, by)
        ImportLine.objects.filter(run=run, decision__in=RECORDED).update(recorded=True)
        left = 0
    if left:
        run.save(update_fields=["percent_done"])
        still_in_hand(run)
        return False
    run.state, run.percent_done, run.committed_at = ImportRun.State.DONE, 100, timezone.now()
    for column in run.columns:
        column["examples"] = []
    run.save()
    record(action="import recorded", by=by, subject="import", subject_id=run.pk, detail={"counts": run.counts})
    return True


def _has_changed(run: ImportRun, rows: list[ImportLine]) -> bool:
    """Decide once more: what was promised in the preview is done, or nothing is."""

    def promises(lines: list[Any], pupil: str, row: str) -> list[Any]:
        return sorted(
            (str(getattr(each, row) or ""), str(each.decision), str(getattr(each, pupil) or ""), len(each.changes))
            for each in lines
        )

    fresh = decided(run, again(rows))
    if promises(rows, "pupil_id", "sheet_row") == promises(fresh, "pupil_id", "row"):
        return False
    keep_lines(run, fresh)
    run.state = ImportRun.State.PREVIEW
    run.notes = [*run.notes, "The records changed after the preview was made. It has been made again: look once more."]
    run.save()
    return True


def _record_pupils(run: ImportRun, rows: list[ImportLine], by: User | None) -> None:
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
        joins_on=_joining_day(said, row, is_first=is_first) if joins else None,
        leaves_on=said.get("ends_on") if row.decision == Decision.LEAVES else None,
        status=said.get("status", "") if joins or "status" in new else "",
        former_upn=said.get("former_upn", ""),
    )


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


def _record_rollover(run: ImportRun, rows: list[ImportLine], by: User | None) -> None:
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


def _record_attendance(run: ImportRun, rows: list[ImportLine], by: User | None) -> None:
    entries = [
        RollEntry(row.pupil_id, year_fields={"attendance_percent": revived(row.values)["attendance_percent"]})
        for row in rows
        if row.decision in RECORDED
    ]
    _keep_traces(run, update_roll(entries, on=today(), by=by, subject_id=run.pk)[1])


def _record_groups(run: ImportRun, rows: list[ImportLine], by: User | None) -> None:
    placed = [
        (row.pupil_id, row.values["group_name"], row.values.get("subject", ""))
        for row in rows
        if row.decision in RECORDED
    ]
    _keep_traces(run, place_in_teaching_groups(placed, on=today(), by=by))  # type: ignore[arg-type]


def _record_staff(run: ImportRun, rows: list[ImportLine], by: User | None) -> None:
    said = [
        (row.target_id, {name: revived(row.values)[name] for name, _, _ in row.changes})
        for row in rows
        if row.decision in RECORDED
    ]
    _keep_traces(run, update_staff(said, by=by))


def _record_absences(run: ImportRun, rows: list[ImportLine], by: User | None) -> None:
    days: dict[date, dict[int, str]] = {}
    for row in rows:
        if row.pupil_id and row.decision in {*RECORDED, Decision.UNCHANGED}:
            said = revived(row.values)
            day = days.setdefault(said["day"], {})
            if row.decision in RECORDED:
                day[row.pupil_id] = "day" if day.get(row.pupil_id, said["part"]) != said["part"] else said["part"]
    for on, absences in sorted(days.items()):
        before = dict(DayAbsence.objects.filter(day=on).values_list("pupil_id", "part"))
        UndoPage.objects.create(run=run, rows={"day": on, "absences": before})
        record_day_absences(on, absences, by=by)
        strike_off_absences(on, by=by)  # type: ignore[arg-type]


def _record_history(run: ImportRun, by: User | None) -> int:
    """One batch of past participation; answers with the lines still to come. A second start goes on where it stopped."""
    waiting = ImportLine.objects.filter(run=run, decision__in=RECORDED, recorded=False)
    rows = list(waiting.order_by("pk")[: BATCH * 2])
    occasions = {
        (each.title, each.happened_on, each.activity_type, each.partner_name): each
        for each in PastOccasion.objects.filter(run=run)
    }
    entries: dict[int, tuple[Occasion, list[Mark]]] = {}
    for row in rows:
        past = _past_occasion(run, revived(row.values), occasions)
        state = row.values["state"]
        _, marks = entries.setdefault(past.pk, (_as_occasion(past), []))
        marks.append(Mark(row.pupil_id, state, KnownBy.CHECKED))  # type: ignore[arg-type]
    record_participation(entries.values(), by=by, batch=run.batch)
    ImportLine.objects.filter(pk__in=[row.pk for row in rows]).update(recorded=True)
    left = waiting.count()
    total = max(sum(run.counts.get(decision, 0) for decision in RECORDED), 1)
    run.percent_done = max(5, 99 - left * 95 // total)
    return left


def _past_occasion(run: ImportRun, said: dict[str, Any], known: dict[Any, PastOccasion]) -> PastOccasion:
    key = (said["activity"], said["day"], said["activity_type"], said.get("partner_name", ""))
    if key not in known:
        kind = activity_types()[said["activity_type"]]
        known[key] = PastOccasion.objects.create(
            run=run,
            title=said["activity"],
            happened_on=said["day"],
            activity_type=said["activity_type"],
            mode=kind.mode,
            partner_name=said.get("partner_name", ""),
            partner_kind=said.get("partner_kind", ""),
        )
    return known[key]


def _as_occasion(past: PastOccasion) -> Occasion:
    """A list from before says that a meeting was held, not whether the adviser was qualified: that stays unknown."""
    kind = activity_types()[past.activity_type]
    # A list from before that names an employer in a column of employers need not say of what kind.
    mask = mask_of(usual_criteria(past.activity_type, past.partner_kind or ("employer" if past.partner_name else "")))
    return Occasion(
        source_kind="history",
        source_id=past.pk,
        title=past.title,
        happened_on=past.happened_on,
        activity_type=past.activity_type,
        mode=past.mode,
        criteria=0 if kind.needs_qualified_adviser else mask,
        criteria_unknown=mask if kind.needs_qualified_adviser else 0,
        partner_kind=past.partner_kind,
        partner_name=past.partner_name,
    )


_RECORDING = {
    "pupils": _record_pupils,
    "staff": _record_staff,
    "groups": _record_groups,
    "attendance": _record_attendance,
    "absences": _record_absences,
    "rollover": _record_rollover,
}

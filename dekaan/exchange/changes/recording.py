"""A confirmed run becomes true, in one short transaction; long histories in batches that can be taken up again."""

from collections import Counter
from datetime import date, time
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import academic_year_of, today, year_start
from dekaan.destinations import changes as destinations
from dekaan.exchange.changes.keeping import delete_file
from dekaan.exchange.changes.lines import keep_lines
from dekaan.exchange.changes.staging import again, decided
from dekaan.exchange.changes.taking_up import still_in_hand
from dekaan.exchange.deciding import OWN_FIELDS, YEAR_FIELDS
from dekaan.exchange.deciding_destinations import says_of
from dekaan.exchange.erased import WHO as ERASED
from dekaan.exchange.models import Decision, ImportLine, ImportRun, PastOccasion, UndoPage
from dekaan.exchange.recorded import SOURCE, plain_title
from dekaan.exchange.staging import revived
from dekaan.frameworks.queries import (
    ProviderEncounter,
    access_mask,
    activity_types,
    by_law,
    judged_access,
    mask_of,
    usual_criteria,
)
from dekaan.participation.changes import Mark, Occasion, record_participation
from dekaan.participation.models import KnownBy
from dekaan.people.changes import RollEntry, Trace, place_in_teaching_groups, update_roll, update_staff
from dekaan.people.models import Enrolment
from dekaan.people.queries import not_ended
from dekaan.programme.changes import record_day_absences, strike_off_absences
from dekaan.programme.queries import day_absences
from dekaan.schools.changes import close_year
from dekaan.schools.queries import SchoolDay, calendars

BATCH = 500
HISTORY_BATCH = 2000
DESTINATIONS_BATCH = 100
ABOUT = ("activity", "day", "activity_type", "partner_name", "partner_kind")
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
    record(action="import confirmed", by=by, subject="import", subject_id=run.pk)


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
        if _lists_since(run) and _has_changed(run, list(run.lines.all())):
            return True
        left = _record_history(run, by)
    elif run.kind == "destinations":
        if not run.lines.filter(recorded=True).exists() and _has_changed(run, list(run.lines.all())):
            return True
        left = _record_destinations(run, by)
    else:
        rows = list(run.lines.all())
        if _has_changed(run, rows):
            return True
        _RECORDING[run.kind](run, rows, by)
        ImportLine.objects.filter(run=run, decision__in=RECORDED).update(recorded=True)
        left = 0
    if left:
        run.save(update_fields=["percent_done", "counts"])
        still_in_hand(run)
        return False
    run.state, run.percent_done, run.committed_at = ImportRun.State.DONE, 100, timezone.now()
    for column in run.columns:
        column["examples"] = []
    if run.lines.filter(decision=Decision.REFUSED, who=ERASED).exists():
        delete_file(run)  # it names somebody who was erased, and nothing needs it any more
    run.save()
    record(action="import recorded", by=by, subject="import", subject_id=run.pk, detail={"counts": run.counts})
    return True


def _lists_since(run: ImportRun) -> bool:
    """Whether past participation was recorded or undone after this list came in, and none of this one is recorded yet."""
    others = ImportRun.objects.filter(kind="participation").exclude(pk=run.pk)
    since = others.filter(Q(committed_at__gte=run.started_at) | Q(undone_at__gte=run.started_at))
    return since.exists() and not run.lines.filter(recorded=True).exists()


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
        if row.decision == Decision.CHANGES
    ]
    gone = [(row.pupil_id, row.values["group_name"]) for row in rows if row.decision == Decision.LEAVES]
    _keep_traces(run, place_in_teaching_groups(placed, on=today(), by=by, gone=gone))  # type: ignore[arg-type]


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


def _record_history(run: ImportRun, by: User | None) -> int:
    """One batch of past participation; answers with the lines still to come. A second start goes on where it stopped."""
    waiting = ImportLine.objects.filter(run=run, decision__in=RECORDED, recorded=False)
    rows = list(waiting.order_by("pk").values_list("pk", "pupil_id", "target_id", "values")[:HISTORY_BATCH])
    past = PastOccasions(run, {date.fromisoformat(values["day"]) for *_, values in rows})
    entries: dict[Any, tuple[Occasion, list[Mark]]] = {}
    for _, pupil_id, occasion_id, said in rows:
        about = tuple(said.get(name, "") for name in ABOUT)
        if (occasion_id, about) not in entries:
            entries[occasion_id, about] = (past.occasion(occasion_id, dict(zip(ABOUT, about, strict=True))), [])
        entries[occasion_id, about][1].append(Mark(pupil_id, said["state"], KnownBy.CHECKED))
    record_participation(entries.values(), by=by, batch=run.batch)
    if rows:  # lines are recorded in the order of their numbers
        waiting.filter(pk__lte=rows[-1][0]).update(recorded=True)
    left = waiting.count()
    total = max(sum(run.counts.get(decision, 0) for decision in RECORDED), 1)
    run.percent_done = max(5, 99 - left * 95 // total)
    return left


def _record_destinations(run: ImportRun, by: User | None) -> int:
    """One batch of statements; answers with the lines still to come. What can no longer be said is refused in words."""
    waiting = ImportLine.objects.filter(run=run, decision__in=RECORDED, recorded=False)
    rows = list(waiting.select_related("pupil").order_by("pk")[:DESTINATIONS_BATCH])
    for row in rows:
        try:
            said = says_of(revived(row.values), run.occasions)
            row.target_id = destinations.record_statement(row.pupil, by=by, batch=run.batch, **said).statement.pk  # type: ignore[arg-type]
            row.recorded = True
        except destinations.Refused as refusal:
            row.decision, row.reason, row.changes = Decision.REFUSED, str(refusal)[:500], []
    ImportLine.objects.bulk_update(rows, ["target_id", "recorded", "decision", "reason", "changes"])
    left = waiting.count()
    run.counts = dict(Counter(run.lines.order_by().values_list("decision", flat=True)))
    run.percent_done = max(5, 99 - left * 95 // max(run.counts.get(Decision.CHANGES, 0), 1))
    return left


class PastOccasions:
    """What happened on those days, by whichever list it is known: one occasion, however often it is listed."""

    def __init__(self, run: ImportRun, days: set[date]) -> None:
        self.run = run
        self.hours = (run.school.day_begins, run.school.day_ends)
        self.dates = calendars({run.school_id}, {academic_year_of(day) for day in days})
        there = list(PastOccasion.objects.filter(happened_on__in=days).order_by("-pk"))
        self.by_id = {each.pk: each for each in there}
        self.by_key = {
            self.key(each.title, each.happened_on, each.activity_type, each.partner_name): each for each in there
        }

    @staticmethod
    def key(title: str, day: date, activity_type: str, partner_name: str) -> tuple[Any, ...]:
        """What makes two lists speak of the same occasion."""
        return (plain_title(title), day, activity_type, plain_title(partner_name))

    def occasion(self, occasion_id: int | None, said: dict[str, Any]) -> Occasion:
        """What the ledger is told: of the occasion of that id, or of one that is said to be the same, or a new one."""
        day = date.fromisoformat(said["day"])
        key = self.key(said["activity"], day, said["activity_type"], said["partner_name"])
        past = self.by_id.get(occasion_id or 0) or self.by_key.get(key)
        if past is None:
            past = self.by_key[key] = PastOccasion.objects.create(
                run=self.run,
                title=said["activity"],
                happened_on=day,
                activity_type=said["activity_type"],
                mode=activity_types()[said["activity_type"]].mode,
                partner_name=said["partner_name"],
                partner_kind=said["partner_kind"],
            )
        school_day = self.dates[self.run.school_id, academic_year_of(day)].school_day(day)
        return _as_occasion(past, said, school_day, self.hours)


def _as_occasion(past: PastOccasion, said: dict[str, Any], school_day: SchoolDay, hours: tuple[time, time]) -> Occasion:
    """A list from before says that a meeting was held, not whether the adviser was qualified: that stays unknown."""
    kind = activity_types()[said["activity_type"]]
    # A list from before that names an employer in a column of employers need not say of what kind.
    partner_kind = said["partner_kind"] or ("employer" if said["partner_name"] else "")
    mask = mask_of(usual_criteria(kind.key, partner_kind))
    # Of provider access it says the day and perhaps the kind of partner; whatever else the law asks is not said.
    encounter = ProviderEncounter(
        past.happened_on,
        hours,
        said["partner_kind"],
        kind.key,
        mode=kind.mode,
        is_school_day=school_day.is_one,
        closed_by=school_day.why,
    )
    criteria, unknown = judged_access(mask, by_law(encounter)) if mask & access_mask() else (mask, 0)
    return Occasion(
        source_kind=SOURCE,
        source_id=past.pk,
        title=past.title,
        happened_on=past.happened_on,
        activity_type=kind.key,
        mode=kind.mode,
        criteria=0 if kind.needs_qualified_adviser else criteria,
        criteria_unknown=mask if kind.needs_qualified_adviser else unknown,
        partner_kind=said["partner_kind"],
        partner_name=said["partner_name"],
    )


_RECORDING = {
    "pupils": _record_pupils,
    "staff": _record_staff,
    "groups": _record_groups,
    "attendance": _record_attendance,
    "absences": _record_absences,
    "rollover": _record_rollover,
}

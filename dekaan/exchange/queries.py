"""Reading runs for the screens and for reports."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from dekaan.core.academic_year import academic_year_of, today, year_start
from dekaan.core.undo import UNDO_FOR
from dekaan.destinations.queries import leaving_days, leaving_year
from dekaan.exchange.deciding_destinations import side_by_side
from dekaan.exchange.fields import KINDS, Field, fields_of
from dekaan.exchange.models import Decision, ImportLine, ImportRun
from dekaan.exchange.raw_export import export_school
from dekaan.exchange.reading.door import read_file as read_sheet
from dekaan.exchange.reading.sheet import Unreadable
from dekaan.exchange.staging import revived, shown
from dekaan.people.models import Enrolment, Pupil, YearRecord
from dekaan.people.queries import not_ended
from dekaan.programme.queries import sessions

# The order in which the preview shows the tables: what needs a person first.
SHOWN_FIRST = ("doubtful", "refused", "leaves", "joins", "returns", "changes", "kept", "set-aside", "unchanged")
SHOWN_ROWS = 200
KEPT_FROM_VIEW = ("More", "", "kept from view")  # needs or flags: which of them changes would tell too much already
STANDSTILL = timedelta(minutes=2)
WORKING = {ImportRun.State.WAITING, ImportRun.State.STAGING, ImportRun.State.COMMITTING}


@dataclass(frozen=True)
class ImportReport:
    """What became of a file."""

    run_id: int
    state: str
    file_name: str
    problem: str
    notes: tuple[str, ...]
    held: tuple[str, ...]
    counts: dict[str, int]
    lines: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        """Whether the whole file was refused."""
        return self.state == ImportRun.State.REFUSED


@dataclass(frozen=True)
class DecisionTable:
    """The lines of one decision, as the preview shows them."""

    decision: str
    title: str
    count: int
    lines: list[ImportLine]

    @property
    def not_shown(self) -> int:
        """How many lines there are beyond those shown."""
        return max(0, self.count - len(self.lines))


def report_of(run: ImportRun) -> ImportReport:
    """The run with every line, as the command line prints it."""
    return ImportReport(
        run_id=run.pk,
        state=run.state,
        file_name=run.file_name,
        problem=run.problem,
        notes=tuple(run.notes),
        held=tuple(run.held),
        counts=run.counts,
        lines=[
            {
                "row": line.sheet_row,
                "who": line.who,
                "decision": line.decision,
                "column": line.column,
                "reason": line.reason,
                "changes": [{"field": name, "old": old, "new": new} for name, old, new in line.changes],
                "warnings": line.warnings,
            }
            for line in run.lines.all()
        ],
    )


def without_sensitive(report: ImportReport, kind: str) -> ImportReport:
    """The report as somebody reads it who may not see needs and flags."""
    hidden = {key for key, each in fields_of(kind).items() if each.sensitive}
    lines = [
        line | {"changes": [each for each in line["changes"] if each["field"] not in hidden]} for line in report.lines
    ]
    return replace(report, lines=lines)


def runs() -> QuerySet[ImportRun]:
    """Every run, the latest first."""
    return ImportRun.objects.select_related("started_by", "committed_by").order_by("-started_at", "-pk")


def run_by_id(run_id: int) -> ImportRun | None:
    """The run, or None where the school has none of that number."""
    return runs().filter(pk=run_id).first()


def latest_done() -> ImportRun | None:
    """The run that can be undone first."""
    return ImportRun.objects.filter(state=ImportRun.State.DONE).order_by("-committed_at", "-pk").first()


def can_undo(run: ImportRun) -> bool:
    """Whether the run was recorded within the last thirty days, changed something, and is not undone."""
    in_time = run.committed_at and timezone.now() - run.committed_at <= UNDO_FOR
    return bool(run.state == ImportRun.State.DONE and in_time and will_change(run))


def stands_still(run: ImportRun) -> bool:
    """Whether the run is a worker's to move and has not moved for two minutes: nobody has it in hand."""
    return run.state in WORKING and timezone.now() - run.moved_at >= STANDSTILL


def will_change(run: ImportRun) -> int:
    """How many lines will change something."""
    return sum(run.counts.get(decision, 0) for decision in ("joins", "returns", "changes", "leaves"))


def year_of_leavers(run: ImportRun) -> int | None:
    """The academic year in which most of those left of whom the run recorded something; None where it has none."""
    days = leaving_days(set(run.lines.filter(recorded=True).values_list("pupil_id", flat=True)))
    years = Counter(leaving_year(day) for day in days.values())
    return max(years, key=lambda year: (years[year], year), default=None)


def tables(run: ImportRun, *, may_see_sensitive: bool) -> list[DecisionTable]:
    """The lines by decision, those that need a person first; each table shows its first rows.

    Somebody who may not see sensitive fields is told that something changes, neither what nor from what to what.
    """
    return [
        DecisionTable(
            decision, _title(run, decision), count, _shown(run, decision, may_see_sensitive=may_see_sensitive)
        )
        for decision in SHOWN_FIRST
        if (count := run.counts.get(decision, 0))
    ]


def _title(run: ImportRun, decision: str) -> str:
    """What was in doubt until it was recorded is left out by then."""
    is_over = run.state in {ImportRun.State.DONE, ImportRun.State.UNDONE}
    return "Left out: nobody said who it is" if is_over and decision == Decision.DOUBTFUL else Decision(decision).label


def _shown(run: ImportRun, decision: str, *, may_see_sensitive: bool) -> list[ImportLine]:
    lines = list(run.lines.filter(decision=decision)[:SHOWN_ROWS])
    fields = fields_of(run.kind)
    labels = {key: each.label for key, each in fields.items()}
    hidden = set() if may_see_sensitive else {key for key, each in fields.items() if each.sensitive}
    candidates = _candidates(lines)
    places = _places(lines) if decision in {Decision.LEAVES, Decision.KEPT} else {}
    beside = side_by_side(lines) if run.kind == "destinations" and decision == Decision.DOUBTFUL else {}
    for line in lines:
        if line.pk in beside:
            line.says, line.beside = beside[line.pk]  # type: ignore[attr-defined]
        line.place = places.get(line.pupil_id or 0, "")  # type: ignore[attr-defined]
        line.shown_changes = [  # type: ignore[attr-defined]
            (labels.get(name, name.replace("_", " ").capitalize()), *_as_read(name, old, new))
            for name, old, new in line.changes
            if name not in hidden
        ]
        if any(name in hidden for name, _, _ in line.changes):
            line.shown_changes.append(KEPT_FROM_VIEW)  # type: ignore[attr-defined]
        line.people = [candidates[pk] for pk in line.candidates if pk in candidates]  # type: ignore[attr-defined]
    return lines


def _as_read(name: str, old: Any, new: Any) -> tuple[str, str]:
    before, after = revived({name: old})[name], revived({name: new})[name]
    return ("" if before in (None, "") else shown(before), shown(after))


def _places(lines: Iterable[ImportLine]) -> dict[int, str]:
    """Year and tutor group of the lines' pupils, as they last were."""
    ids = [line.pupil_id for line in lines if line.pupil_id]
    records = YearRecord.objects.filter(pupil_id__in=ids).order_by("academic_year")
    return {
        pk: " · ".join(filter(None, (f"Year {year}", group)))
        for pk, year, group in records.values_list("pupil_id", "year_group", "tutor_group__name")
    }


def _candidates(lines: Iterable[ImportLine]) -> dict[int, Pupil]:
    ids = {pk for line in lines for pk in line.candidates}
    return Pupil.objects.in_bulk(list(ids)) if ids else {}


@dataclass(frozen=True)
class ColumnRead:
    """One column of the file as it is read: what it means, and why it stays out where a sensitive one does."""

    heading: str
    means: str
    stays_out: str = ""


def columns_read(run: ImportRun) -> list[ColumnRead]:
    """How each column of the file is read, in its order."""
    fields = {} if run.kind == "rollover" else fields_of(run.kind)
    found = []
    for column in run.columns:
        heading = column["heading"] or f"Column {column['letters']}"
        key = run.meanings.get(str(column["place"]), "")
        field = fields.get(key)
        if field is None:
            found.append(ColumnRead(heading, "an activity" if key.startswith("activity:") else ""))
        else:
            out = "" if field.key in run.switched_on else field.sensitive
            found.append(ColumnRead(heading, field.label, out))
    return found


def sensitive_fields(kind: str) -> list[Field]:
    """The fields of the kind that are off until somebody switches them on."""
    return [each for each in KINDS[kind][1] if each.sensitive]


def runs_waiting() -> QuerySet[ImportRun]:
    """Runs that wait for a person: columns to check or a preview to confirm."""
    return runs().filter(state__in=[ImportRun.State.COLUMNS, ImportRun.State.PREVIEW])


def needs_attention() -> list[ImportRun]:
    """The newest of them."""
    return list(runs_waiting()[:5])


def day_of_session(session_id: int | None) -> date | None:
    """The day of the session at which a file is handed over."""
    return sessions().filter(pk=session_id).values_list("held_on", flat=True).first() if session_id else None


def year_to_begin() -> int | None:
    """The academic year that has begun while nobody who was here before it has a year group in it; None where all is well.

    New pupils have theirs already where their list came in before the summer.
    """
    now = today()
    year = academic_year_of(now)
    if YearRecord.objects.filter(academic_year=year, pupil__enrolments__starts_on__lt=year_start(year)).exists():
        return None
    here_before = Enrolment.objects.filter(not_ended(now), starts_on__lt=year_start(year))
    return year if here_before.exists() else None


__all__ = [
    "DecisionTable",
    "ImportReport",
    "Unreadable",
    "can_undo",
    "columns_read",
    "day_of_session",
    "export_school",
    "latest_done",
    "needs_attention",
    "read_sheet",
    "report_of",
    "run_by_id",
    "runs",
    "sensitive_fields",
    "stands_still",
    "tables",
    "will_change",
    "without_sensitive",
    "year_of_leavers",
    "year_to_begin",
]

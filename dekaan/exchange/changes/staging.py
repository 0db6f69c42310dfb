"""A file becomes lines, each with what it will become. Reading is done outside any transaction."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import today, year_label, year_start
from dekaan.core.many import as_json, insert_rows, not_collecting
from dekaan.core.scope import schools_in_scope
from dekaan.exchange.changes.keeping import delete_file, sheet_of
from dekaan.exchange.columns import Table, fingerprint, guessed, plain, understood
from dekaan.exchange.deciding import decide, reasons_to_stop
from dekaan.exchange.deciding_others import decide_others, with_marks
from dekaan.exchange.fields import fields_of
from dekaan.exchange.history import spread_lines
from dekaan.exchange.models import Decision, ImportLine, ImportRun, Mapping
from dekaan.exchange.reading.sheet import Sheet, Unreadable
from dekaan.exchange.recorded import members_of_teaching_groups, said_on
from dekaan.exchange.register import register_of_pupils, register_of_staff
from dekaan.exchange.rollover import rollover_lines
from dekaan.exchange.staging import Line, day_order, revived, typed_lines
from dekaan.schools.queries import all_schools

PIECE = 20_000
EARLIEST = timedelta(days=100)  # before the first day of the year to come


class TooEarly(Exception):
    """The next academic year is planned from June on."""


def read_table(run: ImportRun) -> tuple[Sheet, Table]:
    """The file as a sheet and as a table. Raises Unreadable. Touches no database."""
    sheet = sheet_of(run)
    if sheet.kind == "ctf" and run.kind != "pupils":
        raise Unreadable("A Common Transfer File is a list of pupils; choose Pupils as the kind of list.")
    return sheet, understood(sheet, run.kind)


@transaction.atomic
def refuse(run: ImportRun, problem: Any) -> None:
    """The file cannot be used, for the reason given in words; nothing has changed, and nothing of it is kept."""
    delete_file(run)
    run.state, run.problem, run.percent_done = ImportRun.State.REFUSED, str(problem)[:500], 100
    run.save(update_fields=["state", "problem", "percent_done", "stored_as"])


@transaction.atomic
def prepare(run: ImportRun, sheet: Sheet, table: Table) -> bool:
    """The columns are guessed, as the school settled them last time where it did.

    True where nothing needs asking: the headings are the same as last time. Then the file can be compared at once.
    """
    remembered = Mapping.objects.filter(kind=run.kind).first()
    meanings = guessed(table.columns, run.kind, remembered.meanings if remembered else None)
    order = day_order(table, meanings)
    known = bool(remembered and remembered.fingerprint == fingerprint(table.columns))
    run.columns = [
        {
            "place": column.place,
            "letters": column.letters,
            "heading": column.heading,
            "examples": [] if _is_sensitive(run.kind, meanings[column.place]) else list(column.examples),
        }
        for column in table.columns
    ]
    run.meanings = {str(place): key for place, key in meanings.items()}
    fields = fields_of(run.kind)
    run.switched_on = [key for key in (remembered.switched_on if remembered else []) if key in fields]
    run.day_first, run.ambiguous_date = order.day_first, order.example if order.day_first is None else ""
    if run.ambiguous_date and known and remembered and remembered.day_first is not None:
        run.day_first, run.ambiguous_date = remembered.day_first, ""
    run.notes = list(sheet.notes) + _about_header(run, sheet)
    if sheet.kind == "ctf":
        run.whole_roll = False  # a transfer file is about those who move
    run.state, run.percent_done = ImportRun.State.COLUMNS, 30
    run.save()
    return (known or sheet.kind == "ctf") and not run.ambiguous_date and run.kind != "participation"


def _is_sensitive(kind: str, key: str) -> bool:
    field = fields_of(kind).get(key)
    return bool(field and field.sensitive)


def _about_header(run: ImportRun, sheet: Sheet) -> list[str]:
    """What a transfer file says of itself: to which school it was sent."""
    estab = sheet.about.get("destination_authority", "") + sheet.about.get("destination_establishment", "")
    own = next((school.laestab for school in all_schools() if school.pk == run.school_id), "")
    if own and estab.isdigit() and len(estab) == 7 and estab != own:
        return [f"The file was sent to the school {estab[:3]}/{estab[3:]}, and this is {own[:3]}/{own[3:]}."]
    return []


@transaction.atomic
def choose_columns(
    run: ImportRun,
    *,
    meanings: dict[int, str],
    switched_on: list[str],
    day_first: bool | None,
    by: User | None,
    whole_roll: bool | None = None,
    occasions: dict[str, dict[str, str]] | None = None,
) -> None:
    """The columns mean this, now and for the school's next file with these headings."""
    run.meanings = {str(place): key for place, key in meanings.items()}
    run.switched_on, run.occasions = switched_on, occasions or {}
    if day_first is not None:
        run.day_first = day_first
    if whole_roll is not None:
        run.whole_roll = whole_roll
    run.state, run.percent_done = ImportRun.State.STAGING, 40
    run.save()
    headings = {column["place"]: plain(column["heading"]) for column in run.columns}
    Mapping.objects.update_or_create(
        kind=run.kind,
        defaults={
            "meanings": {headings[place]: key for place, key in meanings.items() if headings.get(place)},
            "fingerprint": "|".join(sorted(headings.values())),
            "switched_on": switched_on,
            "day_first": day_first,
            "saved_by": by,
        },
    )


def stage(run: ImportRun, sheet: Sheet, table: Table) -> None:
    """Every row of the file is a line with its decision, and the preview can be looked at.

    Long lists are kept a piece at a time, so that nobody waits for the writer; cut short, it begins again.
    """
    with not_collecting():
        keep_lines(run, decided(run, lines_of(run, sheet, table)))
    run.state, run.percent_done = ImportRun.State.PREVIEW, 100
    run.save()


def lines_of(run: ImportRun, sheet: Sheet, table: Table) -> list[Line]:
    """The rows as typed lines, those set aside too."""
    meanings = {int(place): key for place, key in run.meanings.items()}
    lines = typed_lines(
        sheet,
        table,
        run.kind,
        meanings,
        set(run.switched_on),
        day_first=run.day_first is not False,
        today=today(),
    )
    if run.kind == "participation":
        lines = spread_lines(run, table, lines)
    if run.kind == "absences":
        lines = with_marks(lines, set(meanings.values()))
    aside = [
        Line(row.number, {}, decision=Decision.SET_ASIDE, reason=row.why, who=" · ".join(filter(None, row.cells))[:200])
        for row in table.set_aside
    ]
    return lines + aside


def decided(run: ImportRun, lines: list[Line]) -> list[Line]:
    """The lines with their decisions, and the run with its counts and reasons to stop."""
    open_lines = [line for line in lines if line.decision != Decision.SET_ASIDE]
    aside = [line for line in lines if line.decision == Decision.SET_ASIDE]
    if run.kind == "rollover":
        _, done = rollover_lines(run.school, today())
        run.held = []
    elif run.kind == "pupils":
        register = register_of_pupils(today())
        done = decide(open_lines, register, whole_roll=run.whole_roll, today=today())
        run.held = reasons_to_stop(done, register)
    else:
        register = register_of_staff(today()) if run.kind == "staff" else register_of_pupils(today())
        days = {line.values["day"] for line in open_lines if line.values.get("day")}
        recorded = said_on(days) if run.kind == "participation" else {}
        members = members_of_teaching_groups(today()) if run.kind == "groups" else {}
        done = decide_others(run.kind, open_lines, register, today=today(), recorded=recorded, members=members)
        run.held = []
    run.counts = dict(Counter(str(line.decision) for line in done + aside))
    return done + aside


def keep_lines(run: ImportRun, lines: list[Line]) -> None:
    """The run has exactly these lines."""
    ImportLine.objects.filter(run=run).delete()
    json = SharedJson()
    for start in range(0, len(lines), PIECE):
        insert_rows(ImportLine, KEPT, (_kept(run.pk, line, json) for line in lines[start : start + PIECE]))


KEPT = ("run", "sheet_row", "decision", "reason", "column", "who", "values", "changes", "warnings", "pupil", "target_id",
        "candidates", "choice", "recorded")  # fmt: skip


class SharedJson:
    """JSON for a column; of what many lines share it is written once."""

    def __init__(self) -> None:
        self.written: dict[int, tuple[Any, str]] = {}  # the object is kept, so that its id stays its own

    def of(self, value: Any) -> str:
        """The value as JSON."""
        if not value:
            return "{}" if isinstance(value, dict) else "[]"
        known = self.written.get(id(value))
        if known is None:
            known = self.written[id(value)] = (value, as_json(value))
        return known[1]

    def joined(self, one: dict[str, Any], other: dict[str, Any]) -> str:
        """Two dictionaries without a key in common, as the JSON of one."""
        return f"{self.of(one)[:-1]}, {self.of(other)[1:]}" if one and other else self.of(one or other)


def _kept(run_id: int, line: Line, json: SharedJson) -> tuple[Any, ...]:
    """The line as a row, in the order of KEPT."""
    return (
        run_id,
        line.row,
        str(line.decision),
        line.reason[:500],
        line.column[:120],
        line.who[:220],
        json.joined(line.shared, line.values),
        json.of(line.changes),
        json.of(list(dict.fromkeys(line.warnings))) if line.warnings else "[]",
        line.pupil_id,
        line.target_id,
        json.of(line.candidates) if line.candidates else "[]",
        line.choice,
        False,
    )


@transaction.atomic
def settle_doubts(run: ImportRun, choices: dict[int, str], *, by: User | None) -> None:
    """A person has said who the doubtful lines are: `choices` maps a line to "new", "skip" or a pupil's id."""
    rows = list(ImportLine.objects.filter(run=run))
    offered = {
        row.pk: {"new", "skip", *(str(pk) for pk in row.candidates)}
        for row in rows
        if row.decision == Decision.DOUBTFUL
    }
    for row in rows:
        if choices.get(row.pk) in offered.get(row.pk, ()):
            row.choice = choices[row.pk]
    keep_lines(run, decided(run, again(rows)))
    run.save(update_fields=["held", "counts"])
    record(action="doubtful lines settled", by=by, subject="import", subject_id=run.pk)


@transaction.atomic
def plan_rollover(*, by: User | None) -> ImportRun:
    """A dry run of the new academic year lies ready: who goes up, who leaves. Nothing has changed. Raises TooEarly."""
    run = ImportRun(kind="rollover", started_by=by, state=ImportRun.State.PREVIEW, percent_done=100)
    (run.school_id,) = schools_in_scope()
    year, _ = rollover_lines(run.school, today())
    if year_start(year) - today() > EARLIEST:
        raise TooEarly
    run.file_name = f"The year {year_label(year)}"
    run.occasions = {"year": year}
    run.save()
    keep_lines(run, decided(run, []))
    run.save()
    record(action="new academic year planned", by=by, subject="import", subject_id=run.pk)
    return run


@transaction.atomic
def list_only_some(run: ImportRun, *, by: User | None) -> None:
    """The file lists only some pupils after all: nobody leaves for being missing from it."""
    run.whole_roll = False
    keep_lines(run, decided(run, again(list(run.lines.all()))))
    run.save(update_fields=["whole_roll", "held", "counts"])
    record(action="import lists only some", by=by, subject="import", subject_id=run.pk)


def again(rows: list[ImportLine]) -> list[Line]:
    """Kept lines as lines to decide once more: what was wrong in the file stays wrong, what was compared is open."""
    found = []
    for row in rows:
        if row.sheet_row is None:
            continue
        stays = row.decision == Decision.SET_ASIDE or (row.decision == Decision.REFUSED and row.column)
        found.append(
            Line(
                row.sheet_row,
                revived(row.values),
                decision=row.decision if stays else "",
                reason=row.reason if stays else "",
                column=row.column,
                who=row.who,
                warnings=row.warnings,
                choice=row.choice,
            )
        )
    return found

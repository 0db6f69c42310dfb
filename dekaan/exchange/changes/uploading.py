"""A file arrives: from the browser, to be read by the worker; or from the command line, all at once."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.scope import schools_in_scope
from dekaan.exchange.changes.keeping import delete_file, keep_upload
from dekaan.exchange.changes.recording import confirm, record_run
from dekaan.exchange.changes.staging import choose_columns, prepare, read_table, refuse, stage
from dekaan.exchange.models import ImportRun
from dekaan.exchange.queries import ImportReport, report_of
from dekaan.exchange.reading.sheet import SIZE_LIMIT, Unreadable


@dataclass(frozen=True)
class Upload:
    """A file on its way in: its name as the person knows it, its size, and its pieces."""

    name: str
    size: int
    pieces: Iterable[bytes]


def start_import(
    upload: Upload,
    *,
    kind: str,
    by: User | None,
    coverage: str = "",
    day: date | None = None,
    then: Callable[[ImportRun], None] | None = None,
) -> ImportRun:
    """The file lies in the uploads folder and waits to be read; a transfer file as what is needed of it.

    One that is too big, or is a broken transfer file, is refused in words. A pupil list's `coverage` is "all" of the
    roll, "some" pupils, or nothing: then it is worked out from the file. `day` is that of absences that name none.
    `then` asks for whatever is to follow, in the same transaction.
    """
    (school_id,) = schools_in_scope()
    run = ImportRun(
        kind=kind,
        file_name=Path(upload.name).name[:200],
        coverage=coverage if kind == "pupils" else "",
        occasions={"day": day.isoformat()} if day else {},
        started_by=by,
    )
    if upload.size > SIZE_LIMIT:
        run.state = ImportRun.State.REFUSED
        run.problem = (
            f"The file is {upload.size // (1024 * 1024)} MB; 20 MB is the most, and a pupil list is far smaller."
        )
    else:
        try:
            keep_upload(run, school_id, upload.pieces)
        except Unreadable as refusal:
            run.state, run.problem = ImportRun.State.REFUSED, str(refusal.problem)[:500]
    with transaction.atomic():
        run.save()
        record(action="file uploaded", by=by, subject="import", subject_id=run.pk, detail={"kind": kind})
        if then is not None:
            then(run)
    return run


def import_file(
    path: Path,
    *,
    kind: str,
    by: User | None,
    preview_only: bool = False,
    whole_roll: bool = True,
    switched_on: Iterable[str] = (),
    leader_has_looked: bool = False,
) -> ImportReport:
    """A file is read, compared and (unless `preview_only`) recorded, at once. For the command line, in a school's scope.

    The report says what became of every line, or why the whole file was refused; where the list looks wrong as a whole
    nothing is recorded until a Careers Leader has looked.
    """
    path = Path(path)
    legible = os.fsencode(path.name).decode("utf-8", "replace")  # a disk keeps names that are in no encoding
    return import_at_once(
        Upload(legible, path.stat().st_size, _pieces(path)),
        kind=kind,
        by=by,
        preview_only=preview_only,
        whole_roll=whole_roll,
        switched_on=switched_on,
        leader_has_looked=leader_has_looked,
    )


def import_at_once(
    upload: Upload,
    *,
    kind: str,
    by: User | None,
    preview_only: bool = False,
    whole_roll: bool = True,
    switched_on: Iterable[str] = (),
    leader_has_looked: bool = False,
    only_if_clean: bool = False,
    day: date | None = None,
    still: Callable[[], None] = lambda: None,
) -> ImportReport:
    """As `import_file`, of a file that is being handed over; with `only_if_clean`, a doubt or a refused row stops it.

    `still` is called in the transactions in which the file is taken and its recording is begun: what it raises undoes them.
    """
    coverage = "all" if whole_roll else "some"
    run = start_import(upload, kind=kind, coverage=coverage, day=day, by=by, then=lambda _: still())
    if run.state == ImportRun.State.REFUSED:
        return report_of(run)
    try:
        sheet, table = read_table(run)
        prepare(run, sheet, table)
        choose_columns(
            run,
            meanings={int(place): key for place, key in run.meanings.items()},
            switched_on=sorted({*run.switched_on, *switched_on}),
            day_first=run.day_first if run.day_first is not None else True,
            by=by,
        )
        if run.ambiguous_date:
            run.notes = [*run.notes, f"“{run.ambiguous_date}” could be read two ways; the day was taken to come first."]
        stage(run, sheet, table)
    except Unreadable as refusal:
        refuse(run, refusal.problem)
        return report_of(run)
    if only_if_clean and run.lines.filter(decision__in=["doubtful", "refused"]).exists():
        return report_of(run)
    if not preview_only and (leader_has_looked or not run.held):
        with transaction.atomic():
            still()
            confirm(run, by=by, leader_has_looked=leader_has_looked)
        while not record_run(run, by=by):
            pass
    return report_of(ImportRun.objects.get(pk=run.pk))


def _pieces(path: Path) -> Iterable[bytes]:
    with path.open("rb") as file:
        while piece := file.read(1024 * 1024):
            yield piece


@transaction.atomic
def abandon(run: ImportRun, *, by: User | None) -> None:
    """The run will not be recorded; its file and its lines are gone."""
    record(action="import abandoned", by=by, subject="import", subject_id=run.pk)
    delete_file(run)
    run.delete()

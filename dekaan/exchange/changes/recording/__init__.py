"""A confirmed run becomes true, in one short transaction; long histories in batches that can be taken up again."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.exchange.changes.keeping import delete_file
from dekaan.exchange.changes.lines import keep_lines
from dekaan.exchange.changes.recording.destinations import record_destinations
from dekaan.exchange.changes.recording.history import record_history
from dekaan.exchange.changes.recording.lists import (
    record_absences,
    record_attendance,
    record_groups,
    record_pupils,
    record_rollover,
    record_staff,
)
from dekaan.exchange.changes.staging import again, decided
from dekaan.exchange.changes.taking_up import still_in_hand
from dekaan.exchange.erased import WHO as ERASED
from dekaan.exchange.models import RECORDED, Decision, ImportLine, ImportRun


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
        left = record_history(run, by)
    elif run.kind == "destinations":
        if not run.lines.filter(recorded=True).exists() and _has_changed(run, list(run.lines.all())):
            return True
        left = record_destinations(run, by)
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


_RECORDING = {
    "pupils": record_pupils,
    "staff": record_staff,
    "groups": record_groups,
    "attendance": record_attendance,
    "absences": record_absences,
    "rollover": record_rollover,
}

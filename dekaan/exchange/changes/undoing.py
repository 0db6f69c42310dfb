"""For thirty days a run can be undone: everything is exactly as it was, except where something has been built since."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.undo import UNDO_FOR
from dekaan.exchange.changes.staging import file_of
from dekaan.exchange.models import ImportLine, ImportRun, PastOccasion, UndoPage
from dekaan.participation.changes import withdraw
from dekaan.participation.models import Participation
from dekaan.people.changes import Trace, take_back_academic_year, undo_roll
from dekaan.people.models import Pupil, StaffMember, YearRecord
from dekaan.programme.changes import forget_day_absences


class NothingToUndo(Exception):
    """The run was not recorded, or is undone already."""


class MarksSince(Exception):
    """Somebody has taken part in something in the new academic year, so it can no longer be taken back."""


class TooLateToUndo(Exception):
    """More than thirty days have passed."""


@transaction.atomic
def undo(run: ImportRun, *, by: User | None) -> ImportRun:
    """What the run wrote is as it was before it. Whoever has been built on since stays whole and is named.

    Raises NothingToUndo, TooLateToUndo and, for a new academic year, MarksSince.
    """
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state != ImportRun.State.DONE or run.committed_at is None:
        raise NothingToUndo
    if timezone.now() - run.committed_at > UNDO_FOR:
        raise TooLateToUndo
    if run.kind == "rollover" and Participation.objects.filter(academic_year__gte=run.occasions["year"]).exists():
        raise MarksSince
    kept: list[str] = []
    if run.kind == "participation":
        kept = _undo_history(run, by)
    elif run.kind == "absences":
        for page in UndoPage.objects.filter(run=run):
            before = {int(pk): part for pk, part in page.rows["absences"].items()}
            forget_day_absences(date.fromisoformat(page.rows["day"]), before, by=by)
    else:
        kept = _undo_rows(run, by)
    if run.kind == "rollover":
        take_back_academic_year(run.occasions["year"], by=by)
    run.state, run.undone_at, run.undone_by, run.kept_in_undo = ImportRun.State.UNDONE, timezone.now(), by, kept
    run.save()
    record(action="import undone", by=by, subject="import", subject_id=run.pk, detail={"kept": len(kept)})
    return run


def _undo_rows(run: ImportRun, by: User | None) -> list[str]:
    traces = [Trace(*row) for page in UndoPage.objects.filter(run=run).order_by("pk") for row in page.rows]
    # The lines of new pupils point at them; a pupil who is no more takes no line with them.
    made = [trace.row_id for trace in traces if trace.model == "people.Pupil" and trace.before is None]
    lines = dict(ImportLine.objects.filter(run=run, pupil_id__in=made).values_list("pk", "pupil_id"))
    ImportLine.objects.filter(pk__in=list(lines)).update(pupil=None)
    reasons = undo_roll(traces, by=by, subject_id=run.pk)
    for year in _years_begun(traces) if run.kind == "pupils" else ():
        if not YearRecord.objects.filter(academic_year=year).exists():
            take_back_academic_year(year, by=by)
    pupils = Pupil.objects.in_bulk([pk for pk in reasons if pk and pk > 0])
    staff = StaffMember.objects.in_bulk([-pk for pk in reasons if pk and pk < 0])
    return [f"{pupils.get(pk) or staff.get(-(pk or 0)) or 'Somebody'} {why}" for pk, why in reasons.items()]


def _years_begun(traces: list[Trace]) -> list[int]:
    """The academic years to come for which the run made records of those who are to join."""
    made = {
        trace.after["academic_year"]
        for trace in traces
        if trace.model == "people.YearRecord" and trace.after and trace.before is None
    }
    return sorted(year for year in made if year > academic_year_of(today()))


def _undo_history(run: ImportRun, by: User | None) -> list[str]:
    withdraw(run.batch, by=by, only_untouched=True)
    still = set(
        Participation.objects.filter(
            source_kind="history", superseded_at__isnull=True, source_id__in=run.past_occasions.values("pk")
        ).values_list("source_id", flat=True)
    )
    kept = PastOccasion.objects.filter(run=run, pk__in=still)
    words = [f"{each} has been corrected since" for each in kept]
    PastOccasion.objects.filter(run=run).exclude(pk__in=still).delete()
    return words


def delete_old_files() -> int:
    """Uploaded files of the schools in scope whose time for undo has passed are gone, and their details with them."""
    before = timezone.now() - UNDO_FOR
    gone = 0
    for run in ImportRun.objects.exclude(stored_as="").filter(started_at__lt=before):
        if run.committed_at and run.committed_at >= before:
            continue
        file_of(run).unlink(missing_ok=True)
        with transaction.atomic():
            UndoPage.objects.filter(run=run).delete()
            ImportLine.objects.filter(run=run).update(values={}, changes=[])
            ImportRun.objects.filter(pk=run.pk).update(stored_as="")
        gone += 1
    return gone

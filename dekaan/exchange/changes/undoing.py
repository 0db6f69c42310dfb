"""For thirty days a run can be undone: everything is exactly as it was, except where something has been built since."""

from datetime import date

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from dekaan.access.models import User
from dekaan.audit.changes import record
from dekaan.core.academic_year import academic_year_of, today
from dekaan.core.undo import UNDO_FOR
from dekaan.destinations.changes import take_back
from dekaan.destinations.models import Statement
from dekaan.exchange.changes.keeping import file_of
from dekaan.exchange.models import ImportLine, ImportRun, PastOccasion, UndoPage
from dekaan.exchange.recorded import SOURCE
from dekaan.participation.changes import withdraw
from dekaan.participation.models import Participation
from dekaan.people.changes import Trace, take_back_academic_year, undo_roll
from dekaan.people.models import Pupil, StaffMember, YearRecord
from dekaan.programme.changes import forget_day_absences


class NothingToUndo(Exception):
    """The run was not recorded, or is undone already."""


class MarksSince(Exception):
    """Somebody has taken part in something in the new academic year, so it can no longer be taken back."""


class EverythingBuiltUpon(Exception):
    """Every row of the run has been changed or built on since: `words` names who and how. Nothing is undone."""

    def __init__(self, words: list[str]) -> None:
        super().__init__(words)
        self.words = words


class TooLateToUndo(Exception):
    """More than thirty days have passed."""


@transaction.atomic
def undo(run: ImportRun, *, by: User | None) -> ImportRun:
    """What the run wrote is as it was before it. Whoever has been built on since stays whole and is named.

    Where that is everybody, nothing is done and the run can still be undone later: EverythingBuiltUpon. Raises
    NothingToUndo, TooLateToUndo and, for a new academic year, MarksSince.
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
    elif run.kind == "destinations":
        kept = _take_back_statements(run, by)
    elif run.kind == "absences":
        for page in UndoPage.objects.filter(run=run):
            said = page.rows["absences"]
            before = None if said is None else {int(pk): part for pk, part in said.items()}
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
    words = [f"{pupils.get(pk) or staff.get(-(pk or 0)) or 'Somebody'} {why}" for pk, why in reasons.items()]
    if words and {trace.pupil_id for trace in traces if trace.pupil_id} <= reasons.keys():
        raise EverythingBuiltUpon(words)
    return words


def _take_back_statements(run: ImportRun, by: User | None) -> list[str]:
    """What the file said is taken back and kept as that; what a person has built on since stays."""
    every = list(Statement.objects.filter(batch=run.batch).select_related("pupil").order_by("pk"))
    kept = take_back(every, by=by)
    words = [f"{each.pupil}: was corrected, checked, said to hold or taken back since, and that stays" for each in kept]
    if kept and len(kept) == len(every):
        raise EverythingBuiltUpon(words)
    return words


def _years_begun(traces: list[Trace]) -> list[int]:
    """The academic years to come for which the run made records of those who are to join."""
    made = {
        trace.after["academic_year"]
        for trace in traces
        if trace.model == "people.YearRecord" and trace.after and trace.before is None
    }
    return sorted(year for year in made if year > academic_year_of(today()))


def _undo_history(run: ImportRun, by: User | None) -> list[str]:
    """What the list wrote is gone; what another list or a person has said of it since stays, and is named."""
    ours = Participation.objects.filter(source_kind=SOURCE, batch=run.batch)
    touched = set(ours.order_by().values_list("source_id", flat=True).distinct())
    undone = ImportRun.objects.filter(kind="participation", state=ImportRun.State.UNDONE)
    gone = [each.batch for each in undone.only("pk")]
    stayed = withdraw(run.batch, by=by, only_untouched=True, gone=gone).stayed
    live = Participation.objects.filter(source_kind=SOURCE, superseded_at__isnull=True)
    still = set(live.filter(source_id__in=touched).order_by().values_list("source_id", flat=True).distinct())
    own = PastOccasion.objects.filter(run=run, pk__in=still)
    words = [
        f"{each}: another list, or somebody by hand, has said something of it since, and that stays" for each in own
    ]
    if stayed:
        many = len({person for _, person in stayed})
        words.append(f"What was said since of {many} {'pupil' if many == 1 else 'pupils'} of this list stays")
    words += _found_recorded(run)
    # An occasion goes with the last that is said of it, also where the list that brought it was undone before.
    empty = PastOccasion.objects.filter(pk__in=touched - still)
    empty.filter(Q(run=run) | Q(run__state=ImportRun.State.UNDONE)).delete()
    return words


def _found_recorded(run: ImportRun) -> list[str]:
    """Later lists that said the same of lines which this one had recorded already, so that they wrote nothing of it."""
    lines = ImportLine.objects.filter(
        run__kind="participation",
        run__state=ImportRun.State.DONE,
        decision="unchanged",
        target_id__in=run.past_occasions.values("pk"),
    ).exclude(run=run)
    found = lines.order_by("run_id").values_list("run__file_name", "run_id").annotate(lines=Count("pk"))
    return [f"“{name}” had {count} of these lines too; bring it in again to have them back" for name, _, count in found]


def delete_old_files() -> int:
    """Uploaded files of the schools in scope whose time for undo has passed are gone, and their details with them."""
    before = timezone.now() - UNDO_FOR
    gone = 0
    pages, lines = UndoPage.objects.filter(run=OuterRef("pk")), ImportLine.objects.filter(run=OuterRef("pk"))
    keeps = ~Q(stored_as="") | Exists(pages) | Exists(lines.exclude(values={}, who=""))
    for run in ImportRun.objects.filter(keeps, started_at__lt=before):
        if run.committed_at and run.committed_at >= before:
            continue
        if run.stored_as:
            file_of(run).unlink(missing_ok=True)
        with transaction.atomic():
            UndoPage.objects.filter(run=run).delete()
            ImportLine.objects.filter(run=run).update(values={}, changes=[], who="")
            ImportRun.objects.filter(pk=run.pk).update(stored_as="")
        gone += 1
    return gone

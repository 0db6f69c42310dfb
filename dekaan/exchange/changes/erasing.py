"""Somebody is erased: lists on their way in, kept lines, what is kept for undo and uploaded files hold nothing of them."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from dekaan.core.folding import folded
from dekaan.exchange.changes.keeping import delete_file
from dekaan.exchange.models import ImportLine, ImportRun, UndoPage
from dekaan.people.models import ErasedPupil, Pupil
from dekaan.people.queries import Erased

State = ImportRun.State
NOT_READ_OUT = (State.WAITING, State.COLUMNS, State.STAGING, State.PREVIEW)
BRING_IN_AGAIN = (
    "Somebody was erased while this list waited, and lists that wait are deleted then, since they may name them. Nothing "
    "has changed. Bring the list in again: it will leave them out."
)


@transaction.atomic
def sift_out(pupil: Pupil, noted: ErasedPupil) -> None:
    """No import holds anything of the pupil. Lists that are not recorded yet are refused, in words."""
    waiting = ImportRun.objects.filter(state__in=NOT_READ_OUT).exclude(kind__in=["rollover", "staff"])
    for run in waiting.select_for_update():
        run.lines.all().delete()
        delete_file(run)
        run.columns = [{**column, "examples": []} for column in run.columns]
        run.ambiguous_date, run.notes, run.held = "", [], []
        run.state, run.problem, run.percent_done = State.REFUSED, BRING_IN_AGAIN, 100
        run.save()
    for run in ImportRun.objects.exclude(stored_as="").exclude(kind="staff").exclude(state__in=NOT_READ_OUT):
        delete_file(run)
        run.save(update_fields=["stored_as"])
    ImportLine.objects.filter(pupil=pupil).delete()
    _delete_lines_about(pupil, Erased((noted,)))
    for page in UndoPage.objects.select_for_update():
        rows = _without(page.rows, pupil.pk)
        if rows != page.rows:
            page.rows = rows
            page.save(update_fields=["rows"])
    for run in ImportRun.objects.all():
        _forget_words(run, pupil)


def _delete_lines_about(pupil: Pupil, erased: Erased) -> None:
    """Lines that point at nobody: refused, doubtful or undone ones that are or may be about the pupil."""
    gone = []
    loose = ImportLine.objects.filter(pupil=None).exclude(run__kind="staff")
    for line in loose.filter(~Q(values={}) | ~Q(who="")).only("pk", "values", "who", "candidates").iterator(2000):
        if pupil.pk in line.candidates or names(line.who, pupil) or (line.values and erased.recognised(line.values)):
            gone.append(line.pk)
    ImportLine.objects.filter(pk__in=gone).delete()


def _without(rows: Any, pupil_id: int) -> Any:
    """A page of what is kept for undo, without the pupil: traces of rows, or a day's absences by pupil."""
    if isinstance(rows, dict):
        absences = rows.get("absences")
        if not absences:
            return rows
        return {**rows, "absences": {pk: part for pk, part in absences.items() if pk != str(pupil_id)}}
    return [row for row in rows if row[2] != pupil_id]


def names(text: str, pupil: Pupil) -> bool:
    """Whether the text holds a surname and a forename of the pupil."""
    plain = folded(text)
    surnames = {folded(pupil.surname), folded(pupil.preferred_surname)} - {""}
    forenames = {folded(pupil.forename), folded(pupil.preferred_forename)} - {""}
    return any(each in plain for each in surnames) and any(each in plain for each in forenames)


def _forget_words(run: ImportRun, pupil: Pupil) -> None:
    """Sentences and file names that name the pupil are gone from the run."""
    before = (run.notes, run.held, run.kept_in_undo, run.problem, run.file_name, run.columns)
    run.notes = [words for words in run.notes if not names(str(words), pupil)]
    run.held = [words for words in run.held if not names(str(words), pupil)]
    run.kept_in_undo = ["Somebody who was erased" if names(words, pupil) else words for words in run.kept_in_undo]
    run.problem = "" if names(run.problem, pupil) else run.problem
    run.file_name = "A list that named a pupil" if names(run.file_name, pupil) else run.file_name
    if run.state != State.DONE:
        run.columns = [{**column, "examples": []} for column in run.columns]
    if before != (run.notes, run.held, run.kept_in_undo, run.problem, run.file_name, run.columns):
        run.save()

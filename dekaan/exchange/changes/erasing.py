"""Somebody is erased: lists on their way in, kept lines, what is kept for undo and uploaded files hold nothing of them."""

from collections import Counter
from typing import Any

from django.db import transaction
from django.db.models import Q

from dekaan.core.folding import folded
from dekaan.exchange.changes.keeping import delete_file, sheet_of
from dekaan.exchange.models import ImportLine, ImportRun, UndoPage
from dekaan.exchange.reading.sheet import Unreadable
from dekaan.people.models import ErasedPupil, Pupil
from dekaan.people.queries import Erased

State = ImportRun.State
# A birth date as lists write it, without blanks and zeros in front.
DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "%d-%b-%Y", "%d%B%Y", "%d%b%Y")
NOT_READ_OUT = (State.WAITING, State.COLUMNS, State.STAGING, State.PREVIEW)
BRING_IN_AGAIN = (
    "Somebody was erased while this list waited, and the list names them or cannot be read, so it is deleted. Nothing has "
    "changed. Bring the list in again: it will leave them out."
)
LEFT_OUT = "Somebody who was erased meanwhile is left out."


@transaction.atomic
def sift_out(pupil: Pupil, noted: ErasedPupil) -> None:
    """No import holds anything of the pupil. A list not recorded yet that names them is refused, in words; others wait on."""
    waiting = ImportRun.objects.filter(state__in=NOT_READ_OUT).exclude(kind="staff")
    for run in waiting.select_for_update():
        if run.stored_as and _file_names(run, pupil):
            _refuse(run)
    for run in ImportRun.objects.exclude(stored_as="").exclude(kind="staff").exclude(state__in=NOT_READ_OUT):
        delete_file(run)
        run.save(update_fields=["stored_as"])
    lines = ImportLine.objects.filter(Q(pupil=pupil) | Q(pk__in=_lines_about(pupil, Erased((noted,)))))
    shortened = set(lines.filter(run__state__in=NOT_READ_OUT).values_list("run_id", flat=True))
    lines.delete()
    for page in UndoPage.objects.select_for_update():
        rows = _without(page.rows, pupil.pk)
        if rows != page.rows:
            page.rows = rows
            page.save(update_fields=["rows"])
    for run in ImportRun.objects.all():
        _forget_words(run, pupil)
    for run in ImportRun.objects.filter(pk__in=shortened):
        run.counts = dict(Counter(run.lines.order_by().values_list("decision", flat=True)))
        run.notes = [*(words for words in run.notes if words != LEFT_OUT), LEFT_OUT]
        run.save(update_fields=["counts", "notes"])


def _refuse(run: ImportRun) -> None:
    run.lines.all().delete()
    delete_file(run)
    run.columns = [{**column, "examples": []} for column in run.columns]
    run.ambiguous_date, run.notes, run.held = "", [], []
    run.state, run.problem, run.percent_done = State.REFUSED, BRING_IN_AGAIN, 100
    run.save()


def _file_names(run: ImportRun, pupil: Pupil) -> bool:
    """Whether a row of what is kept of the file is, or may be, about the pupil; what cannot be read may be about anybody."""
    try:
        sheet = sheet_of(run)
    except (Unreadable, OSError):
        return True
    former = pupil.former_identifiers.filter(kind="upn").values_list("value", flat=True)
    numbers = {_plain(each) for each in (pupil.upn, pupil.uln, pupil.email, *former)} - {""}
    school_numbers = {_plain(each) for each in (pupil.admission_number, pupil.mis_id)} - {""}
    born = {_plain(f"{pupil.birth_date:{written}}") for written in DATES} if pupil.birth_date else set()
    surnames = {folded(pupil.surname), folded(pupil.preferred_surname)} - {""}
    for row in sheet.rows:
        cells, plain = {_plain(cell) for cell in row.cells}, folded(" ".join(row.cells))
        if cells & numbers or names(" ".join(row.cells), pupil):
            return True
        # Two of three: a school's number or a birth date alone may be anybody's, and so may a surname.
        if bool(cells & school_numbers) + bool(cells & born) + any(each in plain for each in surnames) > 1:
            return True
    return False


def _plain(cell: str) -> str:
    """A cell as it is compared: spreadsheets drop zeros in front, and information systems put blanks in between."""
    return "".join(cell.split()).casefold().lstrip("0")


def _lines_about(pupil: Pupil, erased: Erased) -> list[int]:
    """The ids of lines that point at nobody: refused, doubtful or undone ones that are or may be about the pupil."""
    gone = []
    loose = ImportLine.objects.filter(pupil=None).exclude(run__kind="staff")
    for line in loose.filter(~Q(values={}) | ~Q(who="")).only("pk", "values", "who", "candidates").iterator(2000):
        if pupil.pk in line.candidates or names(line.who, pupil) or (line.values and erased.recognised(line.values)):
            gone.append(line.pk)
    return gone


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
    if run.state != State.DONE and run.state not in NOT_READ_OUT:  # those that wait name them nowhere
        run.columns = [{**column, "examples": []} for column in run.columns]
    if before != (run.notes, run.held, run.kept_in_undo, run.problem, run.file_name, run.columns):
        run.save()

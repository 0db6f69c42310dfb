"""A school's raw facts as CSV files with a description of each column: no derived figure.

UTF-8 with a mark, so that spreadsheets show every letter. A cell that a spreadsheet would take for a formula gets an
apostrophe before it, and so does one that begins with an apostrophe before such a character; the import doctor takes it
away again.
"""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dekaan.core.academic_year import today
from dekaan.core.cells import safe_cell
from dekaan.core.scope import working_in
from dekaan.frameworks.queries import spelled
from dekaan.participation.models import Participation
from dekaan.people.models import Enrolment, Membership, Pupil, YearRecord
from dekaan.programme.models import Session

PUPILS = {
    "pupil": "Number of the pupil in this export",
    "surname": "Legal surname",
    "forename": "Legal forename",
    "preferred_surname": "Surname that the pupil uses, where different",
    "preferred_forename": "Forename that the pupil uses, where different",
    "birth_date": "Date of birth",
    "upn": "Unique pupil number; may be blank",
    "uln": "Unique learner number; may be blank",
    "admission_number": "Admission number",
    "mis_id": "Number in the school's information system",
    "email": "E-mail address",
    "benchmark_cohort": "yes where the benchmarks are judged for the pupil, no where a special school says otherwise",
}
ENROLMENTS = {
    "pupil": "Number of the pupil in this export",
    "starts_on": "First day on the roll",
    "ends_on": "First day off the roll; blank while on it",
    "status": "Enrolment status: C current, M main of two, S subsidiary, G guest, F further education, O other provider",
}
YEAR_RECORDS = {
    "pupil": "Number of the pupil in this export",
    "academic_year": "Calendar year in which the academic year starts",
    "year_group": "National curriculum year, from the information system",
    "tutor_group": "Latest tutor group of the year",
    "sex": "Sex: F or M; blank where not known",
    "sen": "SEN provision: N none, K support, E education, health and care plan; blank where not known",
    "pupil_premium": "yes or no; blank where not known",
    "free_school_meals": "yes or no; blank where not known",
    "ethnicity": "Main code of the Department for Education's set; blank where not known",
    "eal": "English as an additional language: yes or no; blank where not known",
    "looked_after": "yes or no; blank where not known",
    "young_carer": "yes or no; blank where not known",
    "service_child": "yes or no; blank where not known",
    "attendance_percent": "Attendance percentage of the year",
}
MEMBERSHIPS = {
    "pupil": "Number of the pupil in this export",
    "kind": "tutor, teaching or other",
    "group": "Name of the group",
    "academic_year": "Calendar year in which the academic year starts",
    "starts_on": "First day in the group",
    "ends_on": "First day no longer in it; blank while in it",
}
SESSIONS = {
    "session": "Number of the session in this export",
    "title": "What the activity is called",
    "activity_type": "Code of the list of activity types",
    "mode": "Where and how it was held",
    "audience": "pupils, staff or carers",
    "held_on": "Day",
    "starts_at": "Time of day",
    "minutes": "Length in minutes",
    "place": "Place",
    "partner_name": "Employer or provider",
    "partner_kind": "Kind of employer or provider",
    "recorded": "yes where somebody said that it happened",
    "cancelled": "yes where it was cancelled",
}
PARTICIPATION = {
    "pupil": "Number of the pupil in this export",
    "source_kind": "session, or history for a list from before",
    "source": "Number of the occasion; for a session its number in sessions.csv",
    "title": "What it was",
    "happened_on": "Day",
    "activity_type": "Code of the list of activity types",
    "mode": "Where and how it was held",
    "minutes": "Length in minutes",
    "state": "invited, attended, part, absent, opted_out or not_applicable",
    "known_by": "assumed, checked or confirmed",
    "counts": "yes where the state counts as having taken part at this school",
    "criteria": "Criteria towards which the occasion counts, by their ids; with .shown where it is shown to be meaningful",
    "criteria_unknown": "Criteria for which it is not known whether it counts",
    "partner_kind": "Kind of employer or provider",
    "partner_name": "Employer or provider",
}
FILES = {
    "pupils.csv": PUPILS,
    "enrolments.csv": ENROLMENTS,
    "year-records.csv": YEAR_RECORDS,
    "groups.csv": MEMBERSHIPS,
    "sessions.csv": SESSIONS,
    "participation.csv": PARTICIPATION,
}


def export_school(school_id: int, folder: Path, *, mark: str = "", with_closed: bool = False) -> list[Path]:
    """The files are in the folder, which is made where it is not there; answers with their paths.

    `mark` is the first line of each file that names pupils: who took it, and what for. Special educational needs and
    other flags stay out unless `with_closed`.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    files = files_with(closed=with_closed)
    with working_in(school_id):
        written = [
            _write(folder / name, files[name], rows, mark)
            for name, rows in (
                ("pupils.csv", _plain(Pupil.objects.order_by("pk"), ["pk", *list(PUPILS)[1:]])),
                (
                    "enrolments.csv",
                    _plain(Enrolment.objects.order_by("pupil_id", "starts_on"), ["pupil_id", *list(ENROLMENTS)[1:]]),
                ),
                ("year-records.csv", _year_records(files["year-records.csv"])),
                (
                    "groups.csv",
                    _plain(
                        Membership.objects.order_by("pupil_id", "starts_on", "pk"),
                        ["pupil_id", "group__kind", "group__name", "group__academic_year", "starts_on", "ends_on"],
                    ),
                ),
                ("sessions.csv", _sessions()),
                ("participation.csv", _participation()),
            )
        ]
    described = [(name, column, words) for name, columns in files.items() for column, words in columns.items()]
    written.append(_write(folder / "columns.csv", dict.fromkeys(("file", "column", "meaning")), described))
    readme = folder / "README.txt"
    readme.write_text(
        f"Raw facts, exported on {today().isoformat()}. No figure in these files is worked out from others.\n"
        "Text in UTF-8, dates as YYYY-MM-DD, a blank cell is not known. columns.csv says what each column means.\n"
        "A cell that a spreadsheet would take for a formula has an apostrophe before it.\n"
        + (f"The first line of each file with facts is not a row of it but this:\n{mark}\n" if mark else ""),
        encoding="utf-8",
    )
    return [*written, readme]


def files_with(*, closed: bool) -> dict[str, dict[str, str]]:
    """The files and their columns: those of classes S2 and S3 only where they are to be there."""
    shut = set() if closed else {name for name, each in YearRecord.data_classes.items() if each in {"S2", "S3"}}
    return {
        file: {name: words for name, words in columns.items() if file != "year-records.csv" or name not in shut}
        for file, columns in FILES.items()
    }


def _write(path: Path, columns: Iterable[str], rows: Iterable[Iterable[Any]], mark: str = "") -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        if mark:
            writer.writerow([safe_cell(mark)])
        writer.writerow(list(columns))
        writer.writerows([safe_cell(value) for value in row] for row in rows)
    return path


def _plain(rows: Any, names: list[str]) -> Iterator[Any]:
    return rows.values_list(*names).iterator(chunk_size=2000)


def _year_records(columns: Iterable[str]) -> Iterator[Any]:
    names = ["tutor_group__name" if name == "tutor_group" else name for name in columns]
    names[0] = "pupil_id"
    return _plain(YearRecord.objects.order_by("pupil_id", "academic_year"), names)


def _sessions() -> Iterator[Any]:
    for each in Session.objects.select_related("activity").order_by("held_on", "pk"):
        yield (
            each.pk,
            each.activity.title,
            each.activity.activity_type,
            each.activity.mode,
            each.activity.audience,
            each.held_on,
            each.starts_at,
            each.minutes,
            each.place,
            each.partner,
            each.partner_kind or each.activity.partner_kind,
            each.recorded_at is not None,
            each.cancelled_at is not None,
        )


def _participation() -> Iterator[Any]:
    names = [
        "pupil_id", "source_kind", "source_id", "title", "happened_on", "activity_type", "mode", "minutes", "state",
        "known_by", "counts", "criteria", "criteria_unknown", "partner_kind", "partner_name",
    ]  # fmt: skip
    rows = Participation.objects.filter(superseded_at__isnull=True, pupil__isnull=False).order_by(
        "pupil_id", "happened_on", "source_kind", "source_id"
    )
    words: dict[int, str] = {}
    for row in _plain(rows, names):
        cells = list(row)
        cells[10] = bool(cells[10])
        for place in (11, 12):
            mask = cells[place]
            if mask not in words:
                words[mask] = spelled(mask)
            cells[place] = words[mask]
        yield cells

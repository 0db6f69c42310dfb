"""Lists in and out: imports, exports, and the whole meaning of a school."""

from pathlib import Path

import click
from django.db import transaction

from dekaan.access.models import User
from dekaan.access.permissions import Permission
from dekaan.access.queries import assignments_in
from dekaan.backups.queries import canonical_lines
from dekaan.cli.letting_out import AGREED_BY, PURPOSE, let_out_in_words, the_second
from dekaan.cli.words import Refused, as_json, at, in_words, the_person, the_school
from dekaan.exchange.changes import EverythingBuiltUpon, MarksSince, NothingToUndo, TooLateToUndo, import_file, undo
from dekaan.exchange.queries import ImportReport, export_school, latest_done, run_by_id, without_sensitive
from dekaan.people.models import Pupil
from dekaan.people.queries import opens_needs_and_flags
from dekaan.schools.models import School

KINDS = {
    "pupils": "the pupil list of the information system",
    "staff": "the staff list",
    "groups": "teaching groups",
    "attendance": "attendance percentages",
    "absences": "a day's absences",
    "participation": "past participation, pupil by activity",
    "destinations": "where leavers went, from a council, a college or UCAS",
}


@click.group("import")
def import_() -> None:
    """Read lists from the school's information system, or undo one."""


def _command(kind: str, what: str) -> click.Command:
    @click.command(kind, help=f"Read {what} from CSV, XLSX, XLS, ODS or (pupils) a Common Transfer File.")
    @click.argument("file", type=click.Path(dir_okay=False))
    @click.option("--school", "slug", required=True)
    @click.option("--as", "email", help="The person who imports; their role decides.")
    @click.option("--preview", is_flag=True, help="Say what would become of every row; change nothing.")
    @click.option("--some", is_flag=True, help="The file lists some pupils only: nobody leaves.")
    @click.option("--switch-on", multiple=True, help="A sensitive column to read, such as sen or ethnicity.")
    @click.option("--leader-has-looked", is_flag=True, help="Record although more than a tenth would leave.")
    @click.option("--json", "json_", is_flag=True, help="As JSON.")
    @in_words
    def read(
        file: str,
        slug: str,
        email: str | None,
        preview: bool,  # noqa: FBT001 click passes options by name
        some: bool,  # noqa: FBT001 the same
        switch_on: tuple[str, ...],
        leader_has_looked: bool,  # noqa: FBT001 the same
        json_: bool,  # noqa: FBT001 the same
    ) -> None:
        path = Path(file)
        if not path.is_file():
            raise Refused(f"There is no file {file}.")
        school = the_school(slug)
        with at(school):
            user = the_person(email, school, Permission.IMPORT_MAKE) if email else None
            if user and leader_has_looked:
                the_person(user.email, school, Permission.IMPORT_CONFIRM_LEAVERS)
            report = import_file(
                path,
                kind=kind,
                by=user,
                preview_only=preview,
                whole_roll=not some,
                switched_on=switch_on,
                leader_has_looked=leader_has_looked,
            )
            if user and not opens_needs_and_flags(assignments_in(user, school)):
                report = without_sensitive(report, kind)
        _tell(report, is_preview=preview, json_=json_)

    return read


for _kind, _what in KINDS.items():
    import_.add_command(_command(_kind, _what))


def _tell(report: ImportReport, *, is_preview: bool, json_: bool) -> None:
    if json_:
        as_json(
            {
                "run": report.run_id,
                "state": report.state,
                "file": report.file_name,
                "problem": report.problem,
                "notes": report.notes,
                "held": report.held,
                "counts": report.counts,
                "lines": report.lines,
            }
        )
    if report.is_refused:
        raise Refused(report.problem)
    if report.held and not is_preview and report.state != "done":
        raise Refused(" ".join(["Nothing was recorded.", *report.held, "Look first; then say --leader-has-looked."]))
    if json_:
        return
    for note in report.notes:
        click.echo(note)
    for line in report.lines:
        if line.get("decision") in {"refused", "doubtful"}:
            click.echo(f"Row {line.get('row')}: {line.get('decision')}: {line.get('reason')}")
    click.echo(", ".join(f"{count} {decision}" for decision, count in report.counts.items()) or "No rows.")
    click.echo("Preview only: nothing was changed." if is_preview else f"Recorded as import {report.run_id}.")


@import_.command("undo")
@click.argument("run", type=int, required=False)
@click.option("--school", "slug", required=True)
@in_words
def import_undo(run: int | None, slug: str) -> None:
    """Undo an import (the last one when no number is given), within thirty days."""
    school = the_school(slug)
    with at(school):
        found = latest_done() if run is None else run_by_id(run)
        if found is None:
            raise Refused("There is no such import to undo.")
        try:
            undone = undo(found, by=None)
        except NothingToUndo:
            raise Refused(f"Import {found.pk} is not recorded, so there is nothing to undo.") from None
        except EverythingBuiltUpon as refusal:
            raise Refused(f"Nothing was undone: {'; '.join(refusal.words)}.") from None
        except TooLateToUndo:
            raise Refused(f"Import {found.pk} is more than thirty days old.") from None
        except MarksSince:
            raise Refused("Somebody has taken part in something in the new year, so it cannot be taken back.") from None
    click.echo(f"Import {undone.pk} is undone.")
    for kept in undone.kept_in_undo:
        click.echo(f"Kept: {kept}")


@click.command()
@click.option("--school", "slug", required=True)
@click.option("--as", "email", required=True, help="The person who exports; their role decides.")
@click.option("-o", "folder", required=True, type=click.Path(file_okay=False), help="The folder to write into.")
@click.option("--for", "purpose", required=True, type=PURPOSE, help="What the files are for.")
@click.option("--agreed-by", help=f"{AGREED_BY}, and for needs.")
@click.option("--with-needs", is_flag=True, help="With special educational needs and other flags.")
@in_words
def export(slug: str, email: str, folder: str, purpose: str, agreed_by: str | None, with_needs: bool) -> None:  # noqa: FBT001 click passes options by name
    """Write pupils, enrolments, years, sessions and participation as CSV: raw facts, no figure.

    Each file begins with a line that says who took it, when and what for; a second person is told.
    """
    school = the_school(slug)
    with at(school):
        user = the_person(email, school, Permission.EXPORT_NAMED)
        agreed = the_second(agreed_by, user, school) if agreed_by else None
        if with_needs:
            _refuse_needs(user, agreed, school)
        written = _exported(school, Path(folder), by=user, purpose=purpose, agreed_by=agreed, with_closed=with_needs)
    for file in written:
        click.echo(file)


def _refuse_needs(user: User, agreed: User | None, school: School) -> None:
    held = assignments_in(user, school)
    if not opens_needs_and_flags(held):
        raise Refused(f"{user.email} does not see everybody's needs and flags at {school.name}.")
    if agreed is None:
        raise Refused("Needs and flags leave only when a second person agrees: say --agreed-by EMAIL.")


def _exported(
    school: School, folder: Path, *, by: User, purpose: str, agreed_by: User | None, with_closed: bool
) -> list[Path]:
    """The files; where they cannot be written, nothing is said to have left."""
    try:
        with transaction.atomic():
            mark = let_out_in_words(
                school,
                by=by,
                whole_school=True,
                names=Pupil.objects.count(),
                purpose=purpose,
                agreed_by=agreed_by,
                detail={"with_needs": with_closed},
            )
            return export_school(school.pk, folder, mark=mark, with_closed=with_closed)
    except OSError as problem:
        raise Refused(f"{folder} could not be written: {problem.strerror}.") from problem


@click.command()
@click.option("--canonical", is_flag=True, required=True, help="Sorted JSON lines without ids or clock times.")
@click.option("--school", "slug", required=True)
@in_words
def dump(slug: str, canonical: bool) -> None:  # noqa: ARG001, FBT001 the only form there is
    """Print the meaning of a school, to compare with another."""
    school = the_school(slug)
    with at(school):
        for line in canonical_lines(school):
            click.echo(line)

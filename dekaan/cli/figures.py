"""Figures: coverage, the governors' report, and whether the kept tables are true."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click
from django.db.models import QuerySet

from dekaan.access.data_classes import DataClass
from dekaan.access.exporting import PURPOSES
from dekaan.access.permissions import COUNTED_BY, Permission
from dekaan.access.queries import assignments_in, permissions_in
from dekaan.benchmarks.queries.names import TELLS
from dekaan.cli.letting_out import AGREED_BY, PURPOSE, let_out_in_words, the_second
from dekaan.cli.words import Refused, as_json, at, in_words, the_person, the_school
from dekaan.core.academic_year import academic_year_of, today
from dekaan.destinations.changes import tell_everything
from dekaan.destinations.queries import told_wrongly
from dekaan.duties.queries import Line, duty_board
from dekaan.frameworks.queries import criteria, frameworks
from dekaan.measures import changes as counting
from dekaan.measures.cells import BREAKDOWNS, COLUMNS
from dekaan.measures.models import PupilYear
from dekaan.measures.queries import HIDDEN, Figure, misses, released
from dekaan.measures.queries import coverage as figures_of
from dekaan.people.models import Group, Pupil
from dekaan.people.queries import narrowed_to
from dekaan.reports.changes import governors_report_pdf
from dekaan.reports.models import FrozenFigure, Report
from dekaan.reports.queries.again import found_again, is_of_before
from dekaan.reports.queries.picture import in_words as said_of
from dekaan.schools.models import School

KEPT_IN = dict(zip(BREAKDOWNS[1:], COLUMNS, strict=True))
OF_BEFORE = (
    "This paper was issued before every number that a paper prints was frozen. What it says of the plan, of time and money, of "
    "the programme and of published destinations stands in the paper alone; below is what it did freeze."
)


@click.command()
@click.option("--school", "slug", required=True)
@click.option(
    "--year", type=click.IntRange(1990, 2200), help="The academic year that starts then; this one when left out."
)
@click.option("--framework", "framework_key", type=click.Choice([each.key for each in frameworks()]))
@click.option("--criterion", help="One criterion only, by its id; the figures show them.")
@click.option("--by", "breakdown", type=click.Choice(BREAKDOWNS), default="all", show_default=True)
@click.option("--report", "report_id", type=int, help="Every figure that this report froze, then and now.")
@click.option("--names", is_flag=True, help="Name the pupils who miss it; needs --as and --for.")
@click.option("--as", "email", help="The person who asks; their role decides.")
@click.option("--for", "purpose", type=PURPOSE, help="What the names are for; a second person is told.")
@click.option("--agreed-by", help=f"{AGREED_BY}.")
@click.option("--json", "json_", is_flag=True, help="As JSON.")
@in_words
def coverage(
    slug: str,
    year: int | None,
    framework_key: str | None,
    criterion: str | None,
    breakdown: str,
    report_id: int | None,
    names: bool,  # noqa: FBT001 click passes options by name
    email: str | None,
    purpose: str | None,
    agreed_by: str | None,
    json_: bool,  # noqa: FBT001 the same
) -> None:
    """How many pupils meet each criterion that rests on what they did."""
    school = the_school(slug)
    if report_id is not None:
        _frozen_again(school, report_id, json_=json_)
        return
    academic_year = academic_year_of(today()) if year is None else year
    wanted = [each for each in frameworks() if framework_key in (None, each.key)]
    if criterion and not any(criterion == known.id for each in wanted for known in each.counted):
        known_ids = ", ".join(known.id for each in wanted for known in each.counted)
        raise Refused(f"“{criterion}” is not a criterion that is counted. Those are: {known_ids}.")
    if names and not email:
        raise Refused("Names are shown to somebody: say who asks with --as EMAIL.")
    if names and not purpose:
        raise Refused(f"Names leave for a purpose: say --for and one of {', '.join(PURPOSES)}.")
    if names and breakdown in TELLS:
        raise Refused(
            f"A list of names by {breakdown} would say of each what does not leave in a list: leave --by out."
        )
    with at(school):
        needed = Permission.EXPORT_NAMED if names else Permission.BENCHMARKS_SEE
        user = the_person(email, school, needed) if email else None
        exact = {Permission.FIGURES_EXACT}
        if user and breakdown in COUNTED_BY:  # figures in groups say how many are so, and names who is
            counts, sees = COUNTED_BY[breakdown]
            the_person(user.email, school, counts)
            exact.add(sees)
        fit = released if user and not exact <= permissions_in(user, school) else list
        visible = narrowed_to(assignments_in(user, school), DataClass.E) if user else None
        rows = [
            _row(school, figure)
            | (_missing(school, figure, visible if visible is not None else Pupil.objects.all()) if names else {})
            for each in wanted
            for figure in fit(
                figures_of(school.pk, academic_year, each, criterion=criterion or "", breakdown=breakdown)
            )
        ]
        mark = ""
        if names and user:
            mark = let_out_in_words(
                school,
                by=user,
                names=sum(len(row["missing"]) for row in rows),
                purpose=purpose,
                agreed_by=the_second(agreed_by, user, school) if agreed_by else None,
                detail={"criterion": criterion or "", "year": academic_year, "by": breakdown},
            )
    if json_:
        as_json([row | {"mark": mark} for row in rows] if mark else rows)
        return
    if mark:
        click.echo(mark)
    _say(rows)


def _say(rows: list[dict[str, Any]]) -> None:
    """A line a figure, with the names under it; then of whom a criterion is asked that is not asked of everybody."""
    for row in rows:
        click.echo(f"{row['criterion']:10} {row['value']:14} {_in_words(row)}")
        for name in row.get("missing", []):
            click.echo(f"    {name}")
    for criterion_id in dict.fromkeys(row["criterion"] for row in rows):
        if note := criteria()[criterion_id].cohort_note:
            click.echo(f"{criterion_id}: {note}")


def _frozen_again(school: School, report_id: int, *, json_: bool) -> None:
    """Every figure of an issued report: as it was frozen, and as the records have it today. Small numbers stay hidden."""
    with at(school):
        report = Report.objects.filter(pk=report_id).defer(*Report.HEAVY).first()
        if report is None:
            raise Refused(f"{school.name} has no report {report_id}.")
        found = found_again(school, report, today())
    rows = [
        {
            "framework": each.frozen.framework,
            "criterion": each.frozen.criterion,
            "year": each.frozen.academic_year,
            "breakdown": each.frozen.breakdown,
            "value": each.frozen.value,
            "source": each.frozen.source,
            "on": each.frozen.on,
            "then": _numbers(each.frozen),
            "now": _numbers(each.now) if each.now else None,
            **_words(each.then, "then"),
            **_words(each.now, "now"),
            "same": each.is_the_same,
        }
        for each in found
    ]
    if json_:
        as_json(rows)
        return
    if is_of_before(found):
        click.echo(OF_BEFORE)
    for row in rows:
        now = "the same" if row["same"] else f"now {_told(row, 'now') or 'counted no more'}"
        name = f"{row['framework']:15} {row['criterion']:22} {row['value']:16}"
        click.echo(f"{name} {_told(row, 'then') or HIDDEN:40} {now}")


def _words(figure: Figure | None, when: str) -> dict[str, str]:
    """Its share, how much of it is assumed, and its own words."""
    said = said_of(figure) if figure and figure.of and figure.met is not None else {"share": "", "assumed": ""}
    return {
        f"{when}_share": said["share"],
        f"{when}_assumed": said["assumed"],
        f"{when}_says": figure.band if figure else "",
    }


def _told(row: dict[str, Any], when: str) -> str:
    """A line's figure: its numbers, share, what of it is assumed, and what is said in words."""
    return "; ".join(filter(None, (row[when], *(row[f"{when}_{each}"] for each in ("share", "assumed", "says")))))


def _numbers(figure: Figure | FrozenFigure) -> str | None:
    """ "93 of 104, 7 unknown"; None where it is hidden."""
    if figure.met is None:
        return None
    of = f" of {figure.of}" if figure.of is not None else ""
    return f"{figure.met}{of}" + (f", {figure.unknown} unknown" if figure.unknown else "")


def _row(school: School, figure: Figure) -> dict[str, Any]:
    return {
        "school": school.slug,
        "year": figure.academic_year,
        "framework": figure.framework,
        "criterion": figure.criterion,
        "breakdown": figure.breakdown,
        "value": _value(figure),
        "met": figure.met,
        "of": figure.of,
        "unknown": figure.unknown,
        "band": figure.band,
    }


def _missing(school: School, figure: Figure, visible: QuerySet[Pupil]) -> dict[str, list[str]]:
    missing = set(misses(school.pk, figure.academic_year, figure.criterion)) & _group_of(figure)
    return {"missing": [str(pupil) for pupil in visible.filter(pk__in=missing)]}


def _in_words(row: dict[str, Any]) -> str:
    if row["of"] is None:
        return HIDDEN
    return f"{row['met']:5} of {row['of']:5}, {row['unknown']:4} unknown   {row['band']}"


def _group_of(figure: Figure) -> set[int]:
    """The pupils of the figure's group that year."""
    rows = PupilYear.objects.filter(academic_year=figure.academic_year)
    if figure.breakdown == "all":
        return set(rows.values_list("pupil_id", flat=True))
    pairs = rows.values_list("pupil_id", KEPT_IN[figure.breakdown])
    return {pupil for pupil, value in pairs if ("" if value is None else str(value)) == figure.value}


def _value(figure: Figure) -> str:
    """A tutor group by its name; everything else as it is kept."""
    if figure.breakdown == "tutor-group" and figure.value:
        return Group.objects.get(pk=int(figure.value)).name
    return figure.value


@click.command()
@click.option("--school", "slug", required=True)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="A day that has been; today when left out.")
@click.option("--as", "email", help="The person who asks; their role decides whether numbers are told.")
@click.option("--json", "json_", is_flag=True, help="As JSON.")
@in_words
def duties(slug: str, on: datetime | None, email: str | None, json_: bool) -> None:  # noqa: FBT001 the same
    """How the school stands to each duty, and what does not bind it."""
    school, day = the_school(slug), on.date() if on else today()
    if day > today():
        raise Refused(f"{day} is still to come. Give a day that has been.")
    with at(school):
        user = the_person(email, school, Permission.BENCHMARKS_SEE) if email else None
        exact = user is None or Permission.FIGURES_EXACT in permissions_in(user, school)
        board = duty_board(school, day, exact=exact)
    if json_:
        as_json([_duty(line) for line in board.lines])
        return
    for force, lines in board.groups:
        click.echo(f"{force}")
        for line in lines:
            until = f" Look again on {line.judgement.next_on}." if line.judgement.next_on else ""
            click.echo(f"  {line.in_force.duty.id:5} {line.words:8} {line.in_force.duty.title}: ", nl=False)
            click.echo(f"{line.judgement.sentence}{until}")
    if board.elsewhere:
        click.echo("Does not bind this school")
    for each in board.elsewhere:
        click.echo(f"  {each.duty.id:5} {each.duty.title}: {each.binding.why}")


def _duty(line: Line) -> dict[str, Any]:
    return {
        "duty": line.in_force.duty.id,
        "title": line.in_force.duty.title,
        "force": line.in_force.version.force,
        "since": line.in_force.version.begins,
        "state": line.judgement.state,
        "why": line.judgement.sentence,
        "next": line.judgement.next_on,
    }


@click.group()
def report() -> None:
    """Reports as PDF."""


@report.command("governors")
@click.option("--school", "slug", required=True)
@click.option("-o", "path", required=True, type=click.Path(dir_okay=False), help="The PDF to write.")
@in_words
def report_governors(slug: str, path: str) -> None:
    """The governors' report of today; nothing is frozen."""
    school = the_school(slug)
    with at(school):
        write_file(path, governors_report_pdf(school, on=today()))
    click.echo(path)


@click.group()
def measures() -> None:
    """Check or rebuild the kept figures."""


@measures.command()
@click.option("--school", "slug", help="One school; all when left out.")
@in_words
def verify(slug: str | None) -> None:
    """Compare what is kept with what a rebuild would keep; changes nothing."""
    found = 0
    for school in _schools(slug):
        with at(school):
            differences = [*told_wrongly(), *counting.verify()]
        for difference in differences:
            click.echo(f"{school.slug}: {difference}", err=True)
        found += len(differences)
    if found:
        raise Refused(f"{found} differences. Mend them with: dekaan measures rebuild")
    click.echo("What is kept is true.")


@measures.command()
@click.option("--school", "slug", help="One school; all when left out.")
@in_words
def rebuild(slug: str | None) -> None:
    """Make the kept figures anew from the records."""
    for school in _schools(slug):
        with at(school):
            tell_everything()
            counting.rebuild()
        click.echo(f"{school.name}: rebuilt.")


def _schools(slug: str | None) -> list[School]:
    return [the_school(slug)] if slug else list(School.objects.all())


def write_file(path: str, content: bytes) -> None:
    """The file holds that content; a refusal where it cannot be written."""
    try:
        Path(path).write_bytes(content)
    except OSError as problem:
        raise Refused(f"{path} could not be written: {problem.strerror}.") from problem

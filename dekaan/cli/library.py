"""What others publish, loaded from their files: occupations and destination measures."""

from datetime import date
from pathlib import Path

import click

from dekaan.cli.words import Refused, in_words
from dekaan.exchange.queries import Unreadable, read_sheet
from dekaan.library.changes import NotPublished, load_destinations, load_occupations
from dekaan.library.queries import stages


@click.group()
def library() -> None:
    """Load what the information library shows of occupations and of published destination measures."""


@library.group("load")
def library_load() -> None:
    """Read a published file; it stands in place of the one of its kind that was loaded before."""


@library_load.command("soc")
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--source", default="", help="Where it is from, as it is to be said; else the file's name.")
@click.option("--dated", default="", help="The day of its publication, YYYY-MM-DD.")
@in_words
def library_load_soc(file: str, source: str, dated: str) -> None:
    """Read the Standard Occupational Classification 2020, structure and descriptions, as the ONS publishes it (Excel or CSV)."""
    path = _there(file)
    try:
        sheet = read_sheet(path)
        loaded = load_occupations(
            [(row.number, row.cells) for row in sheet.rows],
            source=source or path.name,
            published_on=_a_day(dated),
            by=None,
        )
    except (Unreadable, NotPublished) as refusal:
        raise Refused(str(refusal)) from None
    click.echo(f"Loaded {loaded.entries} groups of occupations.")


@library_load.command("destinations")
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--stage", type=click.Choice([*stages()]), required=True, help="After which stage pupils are followed.")
@click.option("--source", default="", help="Where it is from, as it is to be said; else the file's name.")
@click.option("--dated", default="", help="The day of its publication, YYYY-MM-DD.")
@in_words
def library_load_destinations(file: str, stage: str, source: str, dated: str) -> None:
    """Read published destination measures from CSV: of the schools here, by their URN, and of England.

    They are shown as published, with the publisher's marks, and never added to what a school has found out itself.
    """
    path = _there(file)
    try:
        loaded = load_destinations(
            path.read_bytes(),
            stage=stage,
            source=source or path.name,
            published_on=_a_day(dated),
            by=None,
        )
    except NotPublished as refusal:
        raise Refused(str(refusal)) from None
    click.echo(f"Loaded {loaded.entries} rows. Schools in it: {', '.join(loaded.of_schools) or 'none of those here'}.")
    if loaded.not_in_it:
        click.echo(f"Not in it: {', '.join(loaded.not_in_it)}.")


def _a_day(dated: str) -> date | None:
    try:
        return date.fromisoformat(dated) if dated else None
    except ValueError:
        raise Refused(f"“{dated}” is no day. Give it as YYYY-MM-DD, such as 2026-10-17.") from None


def _there(file: str) -> Path:
    path = Path(file)
    if not path.is_file():
        raise Refused(f"There is no file {file}.")
    return path

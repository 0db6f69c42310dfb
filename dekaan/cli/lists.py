"""Lists in and out: imports, exports, and the whole meaning of a school."""

import click

from dekaan.cli.canonical import canonical_lines
from dekaan.cli.words import Refused, at, in_words, the_school


@click.group("import")
def import_() -> None:
    """Read lists from the school's information system."""


@click.command()
@click.option("--school", "slug", required=True)
@click.option("--as", "email", required=True, help="The person who exports; their role decides.")
@click.option("-o", "folder", required=True, type=click.Path(file_okay=False), help="The folder to write into.")
@in_words
def export(slug: str, email: str, folder: str) -> None:
    """Write pupils, enrolments, sessions and participation as CSV."""
    raise Refused(f"{slug} {email} {folder}")


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

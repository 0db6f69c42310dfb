"""Every command, in the order of a school's life."""

import click

from dekaan import __version__
from dekaan.cli import (
    destinations,
    figures,
    keeping,
    library,
    lists,
    morning,
    partners,
    privacy,
    serving,
    setting_up,
    trail,
    website,
)
from dekaan.cli.words import Refused
from dekaan.core.under_way import WORDS, restore_under_way


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="dekaan")
@click.pass_context
def dekaan(context: click.Context) -> None:
    """Careers leadership for English secondary schools, on your own machine.

    Begin with `dekaan demo` to look around, or `dekaan migrate`, `dekaan school add` and `dekaan user add` to start.
    Data are kept in the folder DEKAAN_DATA.
    """
    if restore_under_way() and context.invoked_subcommand != keeping.restore.name:
        raise Refused(WORDS)


for command in (
    serving.demo,
    serving.serve,
    serving.check,
    setting_up.migrate,
    setting_up.school,
    setting_up.user,
    lists.import_,
    figures.coverage,
    figures.duties,
    destinations.destinations,
    figures.report,
    lists.export,
    lists.dump,
    partners.partners,
    library.library,
    figures.measures,
    privacy.privacy,
    website.website,
    morning.morning,
    trail.audit,
    keeping.backup,
    keeping.drill,
    keeping.restore,
):
    dekaan.add_command(command)

"""The public registers that partners are looked up in."""

from pathlib import Path

import click

from dekaan.cli.words import Refused, in_words
from dekaan.partners.changes import NotARegister, load_register


@click.group()
def partners() -> None:
    """Load the registers that employers and providers are looked up in."""


@partners.command("load")
@click.argument("file", type=click.Path(dir_okay=False))
@in_words
def partners_load(file: str) -> None:
    """Read the register of schools (URN, EstablishmentName) or of learning providers (UKPRN, name) from CSV.

    It is kept for every school of the installation, in place of the one that was loaded before.
    """
    path = Path(file)
    if not path.is_file():
        raise Refused(f"There is no file {file}.")
    try:
        loaded = load_register(path.read_bytes(), by=None)
    except NotARegister as refusal:
        raise Refused(str(refusal)) from None
    left_out = f" {loaded.left_out} closed schools and children's centres are left out." if loaded.left_out else ""
    click.echo(f"Loaded {loaded.entries} entries of {loaded.register}.{left_out}")

"""Data rights: what goes because it was kept long enough, and erasures put in force again."""

from typing import Any

import click

from dekaan.cli.words import Refused, as_json, at, in_words, the_school
from dekaan.core.academic_year import today
from dekaan.privacy.changes import reapply_erasures, run_retention
from dekaan.privacy.queries.retention import retention_plan


@click.group()
def privacy() -> None:
    """Erase what was kept long enough, or whoever came back with an older backup."""


@privacy.command("retention")
@click.option("--school", "slug", required=True)
@click.option("--dry-run", is_flag=True, help="Say what would go; change nothing.")
@click.option("--json", "json_", is_flag=True, help="As JSON.")
@in_words
def retention(slug: str, dry_run: bool, json_: bool) -> None:  # noqa: FBT001 click passes options by name
    """Do now what the morning's round does: erase whoever left longer ago than the school keeps records."""
    school = the_school(slug)
    with at(school):
        plan = retention_plan(today())
    said: dict[str, Any] = {
        "is_on": plan.is_on,
        "years": plan.years,
        "held": len(plan.held),
        "to_go": plan.counts_to_go,
        "go": plan.counts,
    }
    failed = 0
    if not dry_run:
        run = run_retention(school, today())
        said["go"], failed = run.went, run.failed
    if json_:
        as_json(said)
        return
    if not plan.is_on:
        click.echo("Nothing goes until a Careers Leader or data protection officer lets it, under Data protection.")
    will = "would go" if dry_run else "went"
    click.echo("; ".join(f"{count} {name}" for name, count in said["go"].items()) + f" {will}; {len(plan.held)} held.")
    if failed:
        raise Refused(f"{failed} could not go: the reason stands above. They stay whole, and are tried again.")


@privacy.command("reapply-erasures")
@in_words
def reapply() -> None:
    """After the restore of an older backup: erase again whoever was erased since it was made."""
    click.echo(f"{reapply_erasures()} erased again.")

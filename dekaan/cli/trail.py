"""The audit trail on the command line: whether it is whole, and how far it has got."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from dekaan.audit.changes import accept_heads, tie_all
from dekaan.audit.queries import NO_SCHOOL, Head, NoHead, Verdict, as_head, chains, heads, verify
from dekaan.cli.words import Refused, as_json, in_words, the_school
from dekaan.schools.models import School


@click.group()
def audit() -> None:
    """Whether anybody has altered the audit trail."""


@audit.command("verify")
@click.option("--school", "slug", help="One school only; every school and what belongs to none when left out.")
@click.option("--heads", "file", type=click.Path(dir_okay=False), help="Heads kept elsewhere, to compare with.")
@click.option("--json", "json_", is_flag=True, help="As JSON.")
@in_words
def verify_trail(slug: str | None, file: str | None, json_: bool) -> None:  # noqa: FBT001 click passes options by name
    """Read the whole trail and name the first line that was changed, put in, moved or is missing."""
    names = {school.pk: school.slug for school in School.objects.all()}
    kept = _read(file) if file else []
    wanted = [the_school(slug).pk] if slug else sorted({*chains(), *(head.school for head in kept)})
    verdicts = [verify(chain, kept) for chain in wanted]
    if json_:
        as_json([_row(each, names) for each in verdicts])
    else:
        for each in verdicts:
            click.echo(_sentence(each, names))
    broken = [each for each in verdicts if each.broken]
    if broken:
        raise Refused(f"The audit trail is not whole: {', '.join(_name(each.school_id, names) for each in broken)}.")


@audit.command("heads")
@in_words
def trail_heads() -> None:
    """Print how far the trail of each school has got, signed, to keep somewhere else (a line each day)."""
    tie_all()
    for head in heads():
        click.echo(json.dumps(asdict(head)))


@audit.command("accept")
@click.option("--school", "slug", help="One school only.")
@click.option("--because", required=True, help="Why the trail is right as it stands; kept in it.")
@in_words
def accept(slug: str | None, because: str) -> None:
    """Go on from the trail as it stands: after a restore, or on a machine that is new."""
    accept_heads(by=None, because=because, school_id=the_school(slug).pk if slug else None)
    click.echo("The trail goes on from where it stands, and says so in a line of its own.")


def _read(file: str) -> list[Head]:
    """The heads in a file, one a line; a refusal where one is not ours."""
    found = []
    for number, line in enumerate(Path(file).read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found.append(as_head(json.loads(line)))
        except (NoHead, ValueError):
            raise Refused(f"Line {number} of {file} is not a head that this installation signed.") from None
    return found


def _name(chain: int, names: dict[int, str]) -> str:
    return "no one school" if chain == NO_SCHOOL else names.get(chain, f"school number {chain}")


def _row(verdict: Verdict, names: dict[int, str]) -> dict[str, Any]:
    return {
        "school": names.get(verdict.school_id, ""),
        "number": verdict.school_id,
        "lines": verdict.lines,
        "waiting": verdict.waiting,
        "whole": verdict.broken is None,
        "first_broken": asdict(verdict.broken) if verdict.broken else None,
    }


def _sentence(verdict: Verdict, names: dict[int, str]) -> str:
    name = _name(verdict.school_id, names)
    if verdict.broken:
        which = f" (event {verdict.broken.event})" if verdict.broken.event else ""
        return f"{name}: NOT whole. Line {verdict.broken.place}{which}: {verdict.broken.words}"
    waiting = f", {verdict.waiting} more waiting to be tied" if verdict.waiting else ""
    return f"{name}: {verdict.lines} lines, whole{waiting}."

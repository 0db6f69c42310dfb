"""Backups: making, trying, restoring."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.utils import timezone

from dekaan.backups import changes
from dekaan.cli.words import Refused, as_json, in_words

KEY_FILE = click.option(
    "--key",
    "key_file",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="DEKAAN_BACKUP_KEY",
    required=True,
    help="The file with the private key.",
)
JSON = click.option("--json", "json_", is_flag=True, help="As JSON.")


def refusing(command: Callable[..., Any]) -> Callable[..., Any]:
    """A backup that is refused is a sentence and exit code 1."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except changes.Refusal as refusal:
            raise Refused(str(refusal)) from None

    return in_words(run)


@click.group(invoke_without_command=True)
@click.option("-o", "out", type=click.Path(path_type=Path), help="A file or folder; else the data folder's backups.")
@click.option("--keep", type=click.IntRange(1, 1000), help="Leave this many of the newest in the folder.")
@click.option("--drill", "drill_", is_flag=True, help="Restore it at once into an empty place and compare.")
@JSON
@click.pass_context
@refusing
def backup(context: click.Context, out: Path | None, keep: int | None, drill_: bool, json_: bool) -> None:  # noqa: FBT001 click passes options by name
    """Write everything into one encrypted file, while everybody works on."""
    if context.invoked_subcommand:
        if out or keep or drill_ or json_:
            raise click.UsageError("Options come after the name of the command.")
        return
    made = changes.back_up(out, keep=keep, drill=drill_)
    if json_:
        as_json(
            {
                "file": str(made.file),
                "size": made.size,
                "sha256": made.sha256,
                "made_at": made.made_at.isoformat(),
                "schools": made.schools,
                "rows": made.rows,
                "drilled": made.drilled,
                "tidied": [str(each) for each in made.tidied],
            }
        )
        return
    click.echo(
        f"{made.file}: {made.size / 1e6:.1f} MB, {made.rows} rows, {len(made.schools)} school(s); read back whole."
    )
    if made.drilled:
        click.echo("Restored into an empty place: every school is what it was.")
    for old in made.tidied:
        click.echo(f"Tidied away: {old.name}")
    if made.file.parent == settings.DATA / "backups":
        click.echo("It lies on the same machine as the data. Copy it to another: docs/backing-up.md says how.")


@backup.command("key")
@click.option("--again", is_flag=True, help="Another pair, for the backups from now on.")
@refusing
def backup_key(again: bool) -> None:  # noqa: FBT001 click passes options by name
    """Make the pair of keys: one locks backups and stays, the other opens them and must leave this machine."""
    pair = changes.make_pair(Path(settings.DATA), again=again)
    click.echo(f"Backups are locked with {pair.public} from now on.")
    click.echo(f"What opens them is in {pair.private_file}")
    click.echo(
        "1. Copy that file to two places that are not this machine, such as the school's safe and a password safe."
    )
    click.echo("2. Try it: dekaan drill --key THE-COPY")
    click.echo("3. Delete it here. Whoever steals this machine must not find it.")
    click.echo("If every copy is lost, no backup can ever be opened again, by you, by us or by anybody.")


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@KEY_FILE
@JSON
@refusing
def drill(file: Path | None, key_file: Path, json_: bool) -> None:  # noqa: FBT001 click passes options by name
    """Restore the newest backup into an empty place and compare; nothing live is touched.

    FILE is another backup, or a folder whose newest is taken.
    """
    done = changes.drill(file, key_file=key_file)
    if json_:
        as_json(
            {
                "file": str(done.file),
                "made_at": done.made_at.isoformat(),
                "schools": done.schools,
                "checksums_compared": done.compared,
            }
        )
        return
    click.echo(f"{done.file.name} of {_moment(done.made_at)} restores.")
    click.echo(
        f"Every school is what it was: {', '.join(done.schools) or 'none yet'}."
        if done.compared
        else "An older version made it, so rows were counted and checksums could not be compared."
    )


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--key",
    "key_file",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="DEKAAN_BACKUP_KEY",
    help="The file with the private key.",
)
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), help="A data folder of its own, on SQLite.")
@click.option("--over", is_flag=True, help="Put it in the place of the schools that are here; they are kept aside.")
@click.option(
    "--agreed-by", help="With --over and --go-back: the account of a Careers Leader or headteacher who agrees."
)
@click.option("--go-back", is_flag=True, help="Put back what was here before the last restore.")
@click.option("--finish", is_flag=True, help="Carry a restore that was cut short to its end.")
@click.option("--forget", is_flag=True, help="Delete what is kept from before restores.")
@JSON
@refusing
def restore(
    file: Path | None,
    key_file: Path | None,
    into: Path | None,
    over: bool,  # noqa: FBT001 click passes options by name
    agreed_by: str | None,
    go_back: bool,  # noqa: FBT001 the same
    finish: bool,  # noqa: FBT001 the same
    forget: bool,  # noqa: FBT001 the same
    json_: bool,  # noqa: FBT001 the same
) -> None:
    """Put a backup in place, after everything in it was checked beside the live data."""
    if [file is not None, go_back, finish, forget].count(True) != 1:
        raise click.UsageError("Say which backup, or --go-back, or --finish, or --forget.")
    if forget:
        _tell_forgotten(changes.forget_kept(), json_=json_)
        return
    if go_back:
        done = changes.go_back(agreed_by=agreed_by)
    elif finish:
        done = changes.finish(into=into)
    elif file is None or key_file is None:
        raise click.UsageError("Say with --key which file holds the private key.")
    else:
        done = changes.restore(file, key_file=key_file, into=into, over=over, agreed_by=agreed_by)
    if json_:
        as_json(
            {
                "made_at": done.made_at.isoformat(),
                "schools": done.schools,
                "checksums_compared": done.compared,
                "kept_aside": done.aside,
            }
        )
        return
    schools = f" ({', '.join(done.schools)})" if done.schools else ""
    click.echo(f"In place: the state of {_moment(done.made_at)}{schools}.")
    if done.compared:
        click.echo("Every school is what it was at the moment of the backup.")
    if done.aside:
        click.echo(f"What was here is kept in {done.aside}")
        click.echo("Wrong one? dekaan restore --go-back --agreed-by …. Right one? dekaan restore --forget.")
    click.echo("Start the service again: everybody signs in anew.")


def _tell_forgotten(moments: list[str], *, json_: bool) -> None:
    if json_:
        as_json({"forgotten": moments})
        return
    click.echo(f"Deleted: {', '.join(moments)}" if moments else "Nothing was kept.")


def _moment(when: Any) -> str:
    return f"{timezone.localtime(when):%-d %B %Y, %H:%M}"

"""Serving: web and worker together; and the demonstration."""

import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

import click
from django.conf import settings
from django.core.management import call_command

from dekaan.access.roles import ROLES
from dekaan.cli.setting_up import make_ready
from dekaan.cli.words import Refused, in_words
from dekaan.core.checks import on_sqlite
from dekaan.core.production import reasons_not_to_start, refusal
from dekaan.core.under_way import WORDS, restore_under_way
from dekaan.demo.build import AlreadyBuilt, build
from dekaan.demo.people import CAST, PASSWORD

PATIENCE = 10  # seconds that a process is given to end by itself
PORTS = click.IntRange(1, 65535)


@click.command()
@click.option("--no-serve", is_flag=True, help="Build only.")
@click.option("--schools", type=click.IntRange(1, 200), default=3, show_default=True)
@click.option("--pupils", type=click.IntRange(20, 5000), help="In the first school; the others keep their proportion.")
@click.option("--years", type=click.IntRange(1, 7), default=3, show_default=True)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Build as if it were that day.")
@click.option("--port", type=PORTS, default=8000, show_default=True)
@in_words
def demo(no_serve: bool, schools: int, pupils: int | None, years: int, today: object, port: int) -> None:  # noqa: ARG001, FBT001 --today is read before the settings
    """An invented trust with three years of history, and one login per role."""
    if settings.PRODUCTION:
        raise Refused("The demonstration prints its passwords, so production mode has none. Unset DEKAAN_MODE for it.")
    make_ready()
    try:
        built = build(schools=schools, pupils=pupils, years=years)
        click.echo(f"Built: {', '.join(school.name for school in built.schools)}. Everyone in it is invented.")
    except AlreadyBuilt:
        click.echo(f"The schools in {settings.DATA.name}/ stay as they are. (Empty the folder to begin again.)")
        built = None
    click.echo("\nSign in as (the password of all is: " + PASSWORD + ")")
    for person in CAST:
        held = ", ".join(f"{ROLES[role].name}{f' at {slug}' if slug else ''}" for role, slug in person.roles)
        click.echo(f"  {person.email:28} {held}")
    click.echo(
        "At a school each of them would show an authenticator app or a passkey as well; here nobody is asked for one."
    )
    for file in built.files if built else []:
        click.echo(f"To try: {file}")
    if not no_serve:
        _serve(port=port, host="127.0.0.1", workers=2)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=PORTS, default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 32), default=2, show_default=True, help="Web processes.")
@in_words
def serve(host: str, port: int, workers: int) -> None:
    """Web and worker, until you press Ctrl-C. In production mode only where nothing is unsafe."""
    _refuse_unless_safe(databases=[])
    if on_sqlite() or not settings.PRODUCTION:  # on PostgreSQL the owner migrates, and whoever serves owns nothing
        make_ready()
    _refuse_unless_safe(databases=["default"])
    _serve(port=port, host=host, workers=workers)


@click.command()
@in_words
def check() -> None:
    """Say what production mode would refuse to start on."""
    if not settings.PRODUCTION:
        raise Refused("This is the demonstration. Set DEKAAN_MODE=production to be told what is unsafe.")
    _refuse_unless_safe(databases=["default"])
    click.echo("Nothing stands against starting in production mode.")
    if not settings.EMAIL_URL:
        click.echo(
            "No mail server is named: the worker prints each mail, with the links in it, to where it writes its log, and no "
            "colleague gets one. Set DEKAAN_SMTP_HOST."
        )


def _refuse_unless_safe(*, databases: list[str]) -> None:
    if reasons := reasons_not_to_start(databases):
        raise Refused(refusal(reasons))


def _serve(*, port: int, host: str, workers: int) -> None:
    """Start both, stop both: when either ends, so does the other."""
    _ask_for(host, port)
    if settings.PRODUCTION:
        call_command("collectstatic", verbosity=0, interactive=False)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "dekaan.settings"}
    web = [
        sys.executable, "-m", "gunicorn", "dekaan.wsgi:application", "--bind", f"{host}:{port}",
        "--workers", str(workers), "--threads", "4", "--worker-class", "gthread", "--log-level", "warning",
        "--no-control-socket",
    ]  # fmt: skip
    worker = [sys.executable, "-m", "dekaan.cli.worker"]
    running = [subprocess.Popen(web, env=environment), subprocess.Popen(worker, env=environment)]
    click.echo(f"\nDekaan answers on http://{host}:{port}/ (Ctrl-C stops it)")

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        while all(process.poll() is None for process in running):
            if restore_under_way():  # with the worker: its jobs know the state of before
                raise Refused(WORDS)
            time.sleep(0.3)
        raise Refused("One of the two has ended by itself, so both are stopped.")
    except KeyboardInterrupt:
        click.echo("Stopping.")
    finally:
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()


def _ask_for(host: str, port: int) -> None:
    """The address is free to be served on; a refusal otherwise."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as problem:
        raise Refused(f"{host}:{port} cannot be served on ({problem.strerror}). Choose with --port.") from problem

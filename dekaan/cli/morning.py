"""The morning's round: each school turns to the new day.

Who joins or leaves is counted, sessions that nobody recorded leave their pupils unknown, uploaded files whose time
for undo has passed are deleted and so are yesterday's presses. Records that were kept long enough do not go by
themselves yet: a leaving date typed wrongly today must not erase a pupil tomorrow. `dekaan privacy retention` does it.
"""

import logging
import threading
from datetime import date

import click
from django.db import connections, transaction

from dekaan.access.changes import forget_presses, forget_tries
from dekaan.audit.changes import tie_all
from dekaan.cli.words import in_words
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.exchange.changes import delete_old_files
from dekaan.people.changes import turn_to_day
from dekaan.programme.changes import note_unrecorded
from dekaan.schools.models import School

EVERY = 60  # seconds between two looks at the calendar
log = logging.getLogger(__name__)


def go_round(on: date) -> None:
    """Every school lives on that day, whatever days were missed; safe to repeat."""
    for school in School.objects.all():
        with transaction.atomic(), working_in(school):
            turn_to_day(school, on)
            note_unrecorded(on)
        with working_in(school):
            delete_old_files()
            forget_presses()
    forget_tries()


def keep_going_round(stop: threading.Event) -> None:
    """Until told to stop: a round whenever the day has changed. A database that is away is asked again.

    Each time the audit's chains are tied to their end too, whatever a web process that was killed has left.
    """
    done: date | None = None
    while not stop.is_set():
        now = today()
        try:
            if done != now:
                go_round(now)
                done = now
            tie_all()
        except Exception:  # whatever it is, the next morning must come
            log.exception("The morning's round of %s is not done; it is tried again", now)
        finally:
            connections.close_all()
        stop.wait(EVERY)


@click.command()
@in_words
def morning() -> None:
    """Do what the worker does each morning: count who joins or leaves, begin a new year, delete old uploads."""
    go_round(today())
    click.echo("Every school is at today.")

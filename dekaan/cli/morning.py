"""The morning's round: each school turns to the new day.

Who joins or leaves is counted, whoever has left the staff or whose last role has run out comes in no more, what is
handed over on that day changes hands, whoever was asked by a link and has not answered is reminded where the school began
it, sessions that nobody recorded leave their pupils unknown, uploaded files whose time for undo has passed are deleted and
so are yesterday's presses, on a Monday everybody is written to who has something to do and wants it, a visit of the
school's own website and a look at the library's links are asked for where the last was a week ago, the list of erasures in
the data folder is whole, and records that were kept long enough go where the school lets them, each named for 30 days
before.

What goes wrong at one school is that school's alone: the others go on, the log says why, and Home says that it was
not finished.
"""

import logging
import threading
import time
from datetime import date

import click
from django.db import connections, transaction

from dekaan.access.changes import close_accounts_without_roles, forget_old_resets, forget_presses, forget_tries
from dekaan.audit.changes import tie_all
from dekaan.cli.words import Refused, in_words
from dekaan.core.academic_year import today
from dekaan.core.scope import working_in
from dekaan.destinations.changes import remind_due
from dekaan.evidence.changes import forget_strays
from dekaan.exchange.changes import delete_old_files
from dekaan.handover.changes import take_effect_on
from dekaan.jobs.changes import forget_done_jobs, forget_old_mail
from dekaan.library.changes import ask_weekly_look, forget_old_presses, forget_old_rounds
from dekaan.library.tasks import look_at_links
from dekaan.people.changes import end_roles_of_leavers, turn_to_day
from dekaan.plan.changes import note_words_of_plans, write_weekly_mails
from dekaan.privacy.changes import erase_forgotten, run_retention
from dekaan.programme.changes import note_unrecorded
from dekaan.provider_requests.changes import forget_old_contacts
from dekaan.schools.changes import note_round
from dekaan.schools.models import School
from dekaan.website.changes import ask_weekly, forget_old_checks
from dekaan.website.tasks import visit_website

EVERY = 60  # seconds between two looks at the calendar
AGAIN = 3600  # seconds until a round that was not finished somewhere is tried again
log = logging.getLogger(__name__)


class NotAllWent(Exception):
    """Some records that were kept long enough could not go; the log has said which, by number."""


def go_round(on: date) -> list[School]:
    """Every school lives on that day, whatever days were missed; safe to repeat. Answers where it was not finished."""
    failed = [school for school in School.objects.all() if not _gone_round(school, on)]
    _write_to_people(on)
    close_accounts_without_roles()
    forget_tries()
    forget_old_resets()
    forget_done_jobs()
    forget_old_mail()
    return failed


def _write_to_people(on: date) -> None:
    """Whoever has something to do this week is written to; what goes wrong with it is no school's round."""
    try:
        write_weekly_mails(on)
    except Exception:  # whatever it is, the rest of the morning must come
        log.exception("The mails of the week of %s are not all written; what is not is left out", on)


def _gone_round(school: School, on: date) -> bool:
    """Whether the school's round is finished; a database that is away is no school's fault, and is raised."""
    try:
        with transaction.atomic(), working_in(school):
            turn_to_day(school, on)
            end_roles_of_leavers()
            note_unrecorded(on)
            note_words_of_plans()
        with working_in(school):
            delete_old_files()
            forget_strays()
            forget_presses()
        with transaction.atomic(), working_in(school):
            remind_due(school, on)
        with transaction.atomic(), working_in(school):
            ask_weekly(lambda check: visit_website.enqueue(school.pk, check.pk))
            forget_old_checks(on)
            ask_weekly_look(lambda look: look_at_links.enqueue(school.pk, look.pk))
            forget_old_rounds(on)
            forget_old_presses(on)
        with working_in(school):
            take_effect_on(on)
        with transaction.atomic(), working_in(school):
            erase_forgotten()
            forget_old_contacts(on)
        if run_retention(school, on).failed:
            raise NotAllWent
    except Exception:  # whatever it is, the next school must have its morning
        log.exception("The morning's round of %s is not finished at school %s", on, school.pk)
        note_round(school, failed_on=on)
        return False
    note_round(school, failed_on=None)
    return True


def keep_going_round(stop: threading.Event) -> None:
    """Until told to stop: a round whenever the day has changed. A database that is away is asked again.

    Each time the audit's chains are tied to their end too, whatever a web process that was killed has left.
    """
    done: date | None = None
    again_at = float("inf")
    while not stop.is_set():
        now = today()
        try:
            if done != now or time.monotonic() >= again_at:
                again_at = time.monotonic() + AGAIN if go_round(now) else float("inf")
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
    """Do what the worker does each morning: count who joins or leaves, begin a new year, let go what is over."""
    if failed := go_round(today()):
        names = ", ".join(school.name for school in failed)
        raise Refused(f"Not finished at {names}: the reason stands above. Every other school is at today.")
    click.echo("Every school is at today.")

"""The worker beside the web: jobs and mail from the database, and the morning's round."""

import logging
import os
import sys
import threading

import django
from django.conf import settings
from django.db import Error, connections

from dekaan.core.discreet import keep_quiet

PATIENCE = 2  # seconds until a database that is away is asked again
log = logging.getLogger(__name__)


def main() -> None:
    """Do jobs as they come, and go round whenever the day has changed, until the process is told to end."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dekaan.settings")
    django.setup()
    from dekaan.cli.morning import keep_going_round  # Django must be ready before models are imported
    from dekaan.core.under_way import WORDS, restore_under_way

    if restore_under_way():
        sys.exit(WORDS)

    keep_quiet()

    stop = threading.Event()
    rounds = threading.Thread(target=keep_going_round, args=[stop], name="morning")
    rounds.start()
    try:
        while not do_jobs():
            stop.wait(PATIENCE)
    finally:
        stop.set()
        rounds.join()


def do_jobs() -> bool:
    """Jobs are done until the process is told to end; False where the database went away meanwhile.

    What was in hand then is free again, since it was in the hand of a name that nobody uses any more.
    """
    from dekaan.jobs import changes  # Django must be ready before models are imported

    ended = threading.Event()
    try:
        worker = changes.begin_work()
        heart = threading.Thread(target=changes.keep_beating, args=[worker, settings.LEASE, ended], name="heart")
        post = threading.Thread(target=changes.keep_sending, args=[worker, ended], name="post")
        heart.start()
        post.start()
        try:
            doer = changes.Doer(worker)
            doer.configure_signals()
            doer.run()
        finally:
            ended.set()
            heart.join()
            post.join()
            changes.end_work(worker.pk)
    except Error:
        log.exception("The database is away; the worker asks again in %s seconds", PATIENCE)
        connections.close_all()
        return False
    return True


if __name__ == "__main__":
    main()

"""The worker beside the web: jobs from the database, and the morning's round."""

import os
import threading

import django
from django.core.management import call_command


def main() -> None:
    """Do jobs as they come, and go round whenever the day has changed, until the process is told to end."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dekaan.settings")
    django.setup()
    from dekaan.cli.morning import keep_going_round  # Django must be ready before models are imported

    stop = threading.Event()
    rounds = threading.Thread(target=keep_going_round, args=[stop], name="morning")
    rounds.start()
    try:
        call_command("db_worker", verbosity=0, interval=0.5)
    finally:
        stop.set()
        rounds.join()


if __name__ == "__main__":
    main()

"""The worker beside the web: jobs from the database, and the morning's round."""

import os

import django
from django.core.management import call_command

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dekaan.settings")
    django.setup()
    call_command("db_worker", verbosity=0, interval=0.5)

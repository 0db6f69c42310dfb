"""The command line's table of contents. Exit code 0 done, 1 refused in words on standard error, 2 wrong usage."""

import os
import sys
from contextlib import suppress
from datetime import date

import django
from django.core.exceptions import ImproperlyConfigured

from dekaan.core.discreet import keep_quiet


def main() -> None:
    """Run the command that was typed; a refusal is a sentence, never a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dekaan.settings")
    _read_day(sys.argv)
    try:
        django.setup()
    except (OSError, ValueError, ImproperlyConfigured) as problem:  # the folder, the address of the database, the day
        sys.exit(f"Dekaan cannot start: {problem}")
    keep_quiet()
    from dekaan.cli.commands import dekaan  # Django must be ready before models are imported

    dekaan(prog_name="dekaan")


def _read_day(words: list[str]) -> None:
    """`--today` must be known before the settings are read; one that is no day is left for click to refuse."""
    for word, after in zip(words, [*words[1:], ""], strict=True):
        option, _, joined = word.partition("=")
        if option == "--today":
            with suppress(ValueError):
                os.environ["DEKAAN_TODAY"] = date.fromisoformat(joined or after).isoformat()

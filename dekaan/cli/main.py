"""The command line's table of contents. Exit code 0 done, 1 refused in words on standard error, 2 wrong usage."""

import os
import sys

import django


def main() -> None:
    """Run the command that was typed; a refusal is a sentence, never a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dekaan.settings")
    _read_day(sys.argv)
    django.setup()
    from dekaan.cli.commands import dekaan  # Django must be ready before models are imported

    dekaan(prog_name="dekaan")


def _read_day(words: list[str]) -> None:
    """`--today` must be known before the settings are read."""
    if "--today" in words[:-1]:
        os.environ["DEKAAN_TODAY"] = words[words.index("--today") + 1]

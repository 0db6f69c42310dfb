"""Production mode does not start on what is unsafe, nor any mode in the midst of a restore: it says why, one sentence each, and ends with exit code 1."""

import sys
from pathlib import Path

from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.db import DatabaseError

from dekaan.core.under_way import WORDS, restore_under_way


def reasons_not_to_start(databases: list[str]) -> list[str]:
    """What Django's and our own checks for deployment find, each as a sentence with what to do; empty when all is well.

    Without databases only the settings and the files are looked at. A restore that was cut short stands against starting
    in every mode.
    """
    if restore_under_way():
        return [WORDS]
    if not settings.PRODUCTION:
        return []
    try:
        found = run_checks(include_deployment_checks=True, databases=databases)
    except DatabaseError as problem:
        return [f"The database cannot be asked: {str(problem).strip().splitlines()[0]}"]
    serious = [each for each in found if each.level >= WARNING and not each.is_silenced()]
    return [f"{each.msg} {each.hint or ''} ({each.id})".replace("  ", " ") for each in serious]


def refuse_what_is_unsafe() -> None:
    """End the process with exit code 1 and every reason on standard error: for a web server."""
    reasons = reasons_not_to_start(["default"])
    if settings.PRODUCTION and not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        reasons.append("The look has not been collected. Start with `dekaan serve`, which does it.")
    if reasons:
        sys.stderr.write(refusal(reasons) + "\n")
        raise SystemExit(1)


def refusal(reasons: list[str]) -> str:
    """The reasons as a technician reads them."""
    return "\n".join([f"Dekaan does not start in {settings.MODE} mode:", *(f"- {reason}" for reason in reasons)])

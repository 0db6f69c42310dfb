"""A process of its own that opens a copy, never the live database: it looks, or builds a backup up and compares.

Started with the copy's address in its environment; asked in one JSON line, answers in one. The live service goes on
meanwhile with its own connections, and a copy that cannot be opened takes only this process with it.
"""

import json
import os
import re
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

import django

from dekaan.backups import refusals
from dekaan.backups.place import Place

REFUSED = 3


def look(place: Place) -> dict[str, Any]:
    """Migrations and checksums of the copy. Raises a Refusal."""
    return _ask(place, {"do": "look"})


def build(
    place: Place, *, manifest: dict[str, Any], files: dict[str, Path], for_use: bool, keys: dict[str, str]
) -> dict[str, Any]:
    """The copy holds what the backup says, and is up to date; `for_use` ends sessions and puts erasures in force.

    `keys` are those of the backup, as the environment gives them. Answers with what was compared. Raises a Refusal.
    """
    paths = {name: str(file) for name, file in files.items()}
    asked = {"do": "build", "manifest": manifest, "files": paths, "for_use": for_use}
    return _ask(place, asked, keys)


def settle(place: Place, plan: dict[str, Any]) -> None:
    """What has just been put in place notes that it was, and its audit trail goes on from where it stands."""
    _ask(place, {"do": "settle"} | plan)


def _ask(place: Place, what: dict[str, Any], more: dict[str, str] | None = None) -> dict[str, Any]:
    environment = {name: value for name, value in os.environ.items() if name != "DEKAAN_DEBUG"} | {
        "DJANGO_SETTINGS_MODULE": "dekaan.settings",
        "DEKAAN_DATA": str(place.data),
        "DEKAAN_DATABASE_URL": place.address,
        # Nothing is signed there; a copy in an empty folder shall not make a key of its own.
        "DEKAAN_SECRET_KEY": secrets.token_urlsafe(64),
    }
    environment |= more or {}
    done = subprocess.run(
        [sys.executable, "-m", "dekaan.backups.trial"],
        input=json.dumps(what),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        close_fds=False,  # it holds the lock of its parent, also where that is killed
    )
    if done.returncode == REFUSED:
        said = json.loads(done.stdout)
        raise getattr(refusals, said["refusal"])(said["words"])
    if done.returncode:
        # Only the kind of fault: what a database complains of may quote a pupil's row.
        kinds = re.findall(r"^([\w.]+(?:Error|Exception)|[\w.]+\.[A-Z]\w+):", done.stderr, re.MULTILINE)
        kind = kinds[-1] if kinds else f"code {done.returncode}"
        raise refusals.NotTheSame(f"What the backup holds could not be opened as a database of Dekaan ({kind}).")
    return dict(json.loads(done.stdout))


def main() -> None:
    """Read what is asked on standard input, answer on standard output."""
    what = json.loads(sys.stdin.read())
    django.setup()
    from dekaan.backups.building import built, looked_at, settled  # Django must be ready before models are imported

    try:
        if what["do"] == "look":
            answer = looked_at()
        elif what["do"] == "settle":
            answer = settled(what)
        else:
            files = {name: Path(file) for name, file in what["files"].items()}
            answer = built(what["manifest"], files, for_use=what["for_use"])
    except refusals.Refusal as refusal:
        print(json.dumps({"refusal": type(refusal).__name__, "words": str(refusal)}))  # noqa: T201 its answer
        sys.exit(REFUSED)
    print(json.dumps(answer))  # noqa: T201 its answer


if __name__ == "__main__":
    main()

"""What `make isolation` prints: how much was asked, what was found, what sabotage was noticed."""

import json
import os
from pathlib import Path

IS_WHOLE = os.environ.get("DEKAAN_ISOLATION") == "whole"


def _book() -> Path:
    return Path(os.environ["DEKAAN_TEST_RUN"]) / "isolation"


def said(**numbers: int) -> None:
    """Add to the tally of this run, whichever process of it asks."""
    folder = _book()
    folder.mkdir(exist_ok=True)
    with (folder / f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as book:
        book.write(json.dumps(numbers) + "\n")


def told() -> dict[str, int]:
    """The tally so far."""
    total: dict[str, int] = {}
    for book in sorted(_book().glob("*.jsonl")) if _book().is_dir() else []:
        for line in book.read_text(encoding="utf-8").splitlines():
            for name, number in json.loads(line).items():
                total[name] = total.get(name, 0) + number
    return total

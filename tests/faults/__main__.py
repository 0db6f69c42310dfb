"""`make faults`: every kind of fault on one database, a line each; ends with 1 where anything was lost, half done or doubled.

`python -m tests.faults KIND TIMES` is one kind, so many times: a process each, since each has a database of its own.
`DEKAAN_TEST_DATABASE` chooses SQLite or PostgreSQL.
"""

import os
import subprocess
import sys

FULL = (
    ("import", 200),
    ("statements", 0),
    ("disk", 0),
    ("web", 100),
    ("worker", 100),
    ("held", 3),
    ("restart", 10),
)
ON_POSTGRES = os.environ.get("DEKAAN_TEST_DATABASE") == "postgres"
ONLY = {"disk": not ON_POSTGRES, "held": not ON_POSTGRES, "restart": ON_POSTGRES}  # one has a file, the other a server


def one(kind: str, times: int) -> bool:
    """One kind of fault, in this process; true where nothing broke. 0 times is all there are."""
    from tests import databases
    from tests.faults import imports, saving, working  # all ready Django, which a run of all kinds need not

    whole = times == 0
    kinds = {
        "import": lambda: imports.killed_in_import(times, *([] if times >= 50 else [300])),
        "statements": lambda: imports.failed_statements(150 if whole else 30, most=times or None),
        "disk": lambda: imports.failed_writes(60 if whole else 20, most=times or None),
        "web": lambda: saving.killed_web(times),
        "worker": lambda: working.killed_worker(times),
        "held": lambda: saving.held_writer(times),
        "restart": lambda: saving.restarted_database(times),
    }
    try:
        fault = kinds[kind]()
    finally:
        databases.pytest_unconfigure()
    print(fault, flush=True)
    return fault.is_clean


def all_of_them() -> bool:
    """Every kind at full number, each in a process of its own."""
    clean = True
    for kind, times in FULL:
        if ONLY.get(kind, True):
            words = [sys.executable, "-m", "tests.faults", kind, str(times)]
            done = subprocess.run(words, check=False, timeout=3600, stderr=subprocess.PIPE, text=True)
            clean &= done.returncode == 0
            if done.returncode:  # else it is what the service said of the faults that were made
                print(done.stderr[-4000:], file=sys.stderr)
    return clean


if __name__ == "__main__":
    sys.exit(not (one(sys.argv[1], int(sys.argv[2])) if len(sys.argv) == 3 else all_of_them()))

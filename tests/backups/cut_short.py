"""Restores and goings back that are killed with -9 at one of their steps, and what is there afterwards: in one installation.

`python -m tests.backups.cut_short FILE KEY TIMES` with the installation's own environment; answers in JSON. 0 times
is one that is left unfinished. A step is a
file opened to write, moved or deleted, a statement, a process begun. Children are forked, so that a kill costs a moment.
"""

import hashlib
import json
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dekaan.settings")

import django

django.setup()

from django.conf import settings
from django.db import connection

from dekaan.backups import changes
from dekaan.backups.queries import checksums
from dekaan.backups.refusals import Busy
from dekaan.core.production import reasons_not_to_start
from dekaan.core.under_way import PLAN, WORDS, restore_under_way
from tests.backups.installation import LEADER

connection.settings_dict["OPTIONS"].pop("pool", None)  # a fork would share its connections
DATA = Path(settings.DATA)
STEPS = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "sqlite3.connect", "subprocess.Popen", "statement"}
DELAYS = (0, 0, 0, 0.004, 0.02, 0.5)  # seconds after the step: some are long, and are to be cut in the middle
PATIENCE = 120


@contextmanager
def steps_seen(seen: Callable[[str], None]) -> Iterator[None]:
    """Each step of this process is told, from the moment at which it begins."""

    def heard(event: str, args: tuple) -> None:
        writes = event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+")
        if event in STEPS or writes:
            seen(f"{event} {args[0]!s}")

    def statement(execute: Callable, sql: str, params: object, many: bool, context: dict) -> object:
        seen(f"statement {sql[:60]}")
        return execute(sql, params, many, context)

    sys.addaudithook(heard)
    with connection.execute_wrapper(statement):
        yield


def die_at(number: int, delay: float, *, with_children: bool) -> Callable[[str], None]:
    """This process is killed at its n-th step, or that long after it."""
    left = [number]

    def die() -> None:
        (os.killpg if with_children else os.kill)(os.getpid(), signal.SIGKILL)

    def seen(_step: str) -> None:
        left[0] -= 1
        if left[0] == 0:
            threading.Timer(delay, die).start() if delay else die()

    return seen


def beside(work: Callable[[], object], seen: Callable[[str], None] | None = None) -> bool:
    """The work is done in a process of its own; True where it came to its end, and a fault of its own is raised."""
    connection.close()
    number = os.fork()
    if not number:
        os.setpgid(0, 0)
        try:
            if seen is None:
                work()
            else:
                with steps_seen(seen):
                    work()
            os._exit(0)
        except BaseException as problem:  # noqa: BLE001 the exit code says it
            print(repr(problem), file=sys.stderr, flush=True)
            os._exit(1)
    _, status = os.waitpid(number, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise AssertionError("it was refused instead of being killed")
    return os.WIFEXITED(status)


def patiently(work: Callable[[], object]) -> Callable[[], object]:
    """A process beside may outlive the one that was killed, and holds the lock until it ends."""

    def worked() -> object:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return work()
            except Busy as busy:
                if str(busy) == WORDS or time.monotonic() > until:
                    raise
                time.sleep(0.2)

    return worked


def state() -> str:
    """What is there: what the school means, the uploads and the keys, as one sum."""
    try:
        found = [json.dumps(checksums(), sort_keys=True)]
    finally:
        connection.close()
    files = [*sorted((DATA / "uploads").rglob("*")), DATA / "secret-key"]
    found += [f"{file.relative_to(DATA)} {file.read_bytes().hex()}" for file in files if file.is_file()]
    return hashlib.sha256("\n".join(found).encode()).hexdigest()


def die_in_place(step: str) -> None:
    """Killed when the new state is in place, and its audit trail does not say so yet."""
    if step.startswith("subprocess.Popen") and restore_under_way():
        os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    file, key, times = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    dice, told, partial = random.Random(7), Counter[str](), []
    works = {
        "restore": patiently(lambda: changes.restore(file, key_file=key, over=True, agreed_by=LEADER)),
        "go back": patiently(lambda: changes.go_back(agreed_by=LEADER)),
    }
    if not times:
        sys.exit(beside(works["restore"], die_in_place))
    states, steps = {"go back": state()}, {}
    for name, work in works.items():  # once each without a kill: what there is to be seen, and each of the two states
        log = DATA / f"steps-{name}"
        with log.open("a") as out:
            beside(work, lambda step, out=out: print(step.replace("\n", " "), file=out, flush=True))
        steps[name] = [line for line in log.read_text().splitlines() if log.name not in line]
        log.unlink()
        assert states.get(name, "") in {"", state()}, "going back is not where it was"
        states[name] = state()
    assert states["restore"] != states["go back"]
    for turn in range(times):
        name = "go back" if state() == states["restore"] else "restore"
        goal, before = states[name], state()
        planned = next(at for at, step in enumerate(steps[name], 1) if PLAN in step)
        placing = range(planned + 1, len(steps[name]) + 1)
        # Most of them once the plan lies there, spread over what it puts in place; the others before that.
        at = dice.randrange(1, planned) if turn % 5 == 4 else placing[(turn * 37 + 5) % len(placing)]
        told["killed"] += not beside(
            works[name], die_at(at, dice.choice(DELAYS), with_children=bool(dice.randrange(2)))
        )
        if restore_under_way():
            told["waited to be finished"] += 1
            assert reasons_not_to_start([]) == [WORDS]
            if turn % 3 == 0:  # killed once more, in the midst of finishing
                beside(patiently(changes.finish), die_at(dice.randrange(1, 20), 0, with_children=False))
            if restore_under_way():
                beside(patiently(changes.finish))
            now = state()
            told["finished"] += now == goal
            if now != goal:
                partial.append(f"{name} killed at {steps[name][at - 1]}, finished, is not the new state")
        else:
            now = state()
            told["as before"] += now == before
            told["as after"] += now == goal
        if now not in states.values():
            partial.append(f"{name} killed at {steps[name][at - 1]}: neither")
            break
    beside(patiently(changes.forget_kept))
    left = sorted(each.name for each in DATA.glob("*restore*"))
    print(json.dumps({**told, "tried": times, "partial": partial, "left": left}))


if __name__ == "__main__":
    main()

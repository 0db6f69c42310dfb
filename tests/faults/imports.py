"""An import that is killed, or whose writes fail, leaves the school as before it or as after it."""

import os
import random
import shutil
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.faults.ground import Fault, bring_back, is_sound, keep, killed, make_ready, started, state_of

# isort: split
from django.db import OperationalError, connection

from dekaan.access.door import WRITES
from dekaan.access.models import User
from dekaan.core.scope import working_in
from dekaan.exchange.changes import Upload, confirm, import_at_once, start_import
from dekaan.exchange.models import ImportRun
from dekaan.exchange.tasks import compare_import, read_import, record_import
from dekaan.schools.models import School
from tests.exchange.lists import as_csv, pupils
from tests.factories.schools import person, place

FULL_SIZE = 2000
SAMPLED = 5  # one kill in so many is followed by the import once more, to its end


class Importing:
    """A school with some of its pupils, and the list that brings the others and changes some."""

    def __init__(self, rows: int) -> None:
        at = place("kestrel")
        self.school: School = at.school
        self.leader: User = person(at, "careers-leader")
        listed = pupils(rows)
        here = [row for row in listed if int(row["Adno"]) % 4 == 0]
        with working_in(self.school):
            import_at_once(self.upload(here), kind="pupils", by=self.leader, leader_has_looked=True)
        for row in listed[::8]:
            row["Reg Group"] = row["Year"].removeprefix("Year ") + "F"
        self.listed = listed
        keep("before")
        self.before = state_of(self.school)
        began = time.monotonic()
        self.run()
        self.takes = time.monotonic() - began
        self.after = state_of(self.school)
        assert self.before != self.after
        bring_back("before")

    def upload(self, rows: list[dict[str, str]]) -> Upload:
        content = as_csv(rows).encode()
        return Upload("pupils.csv", len(content), [content])

    def run(self) -> None:
        """Upload, read, compare, confirm and record, each as the web and the worker do it."""
        with working_in(self.school):
            upload = self.upload(self.listed)
            run = start_import(upload, kind="pupils", coverage="all", by=self.leader)
        read_import.func(self.school.pk, run.pk)
        with working_in(self.school):
            state = ImportRun.objects.get(pk=run.pk).state
        if state == ImportRun.State.STAGING:
            compare_import.func(self.school.pk, run.pk)
        with working_in(self.school):
            confirm(ImportRun.objects.get(pk=run.pk), by=self.leader, leader_has_looked=True)
        record_import.func(self.school.pk, run.pk, self.leader.pk)

    def run_and_live_on(self) -> None:
        """As a worker, which does not end with its work."""
        self.run()
        time.sleep(self.takes)

    def judge(self, fault: Fault, *, again: bool) -> None:
        """As before or as after, the file whole; brought in again it is as after."""
        now = state_of(self.school)
        if not is_sound():
            fault.broken.append(f"the file is damaged after {fault.tried}")
        if now not in {self.before, self.after}:
            fault.partial += 1
        elif again and now == self.before:
            self.run()
            now = state_of(self.school)
            if now != self.after:
                fault.broken.append(f"brought in again after {fault.tried}, it is not as if nothing had happened")
        if now != self.before:
            bring_back("before")


def killed_in_import(times: int, rows: int = FULL_SIZE, seed: int = 1) -> Fault:
    """kill -9 at a random moment of an import."""
    fault, dice = Fault("kill -9 in import"), random.Random(seed)
    make_ready()
    importing, before, after = Importing(rows), 0, 0
    while fault.tried < times:
        fault.tried += 1
        # Half of them at the end, where it is recorded.
        moment = dice.uniform(0, 1) if fault.tried % 2 else dice.uniform(0.7, 1.5)
        fault.true += killed(started(importing.run_and_live_on), moment * importing.takes)
        was = state_of(importing.school)
        before, after = before + (was == importing.before), after + (was == importing.after)
        importing.judge(fault, again=fault.tried % SAMPLED == 0)
    fault.said = f"{rows} rows, {before} as before, {after} as after"
    return fault


def failed_statements(rows: int = 150, most: int | None = None) -> Fault:
    """Each statement that writes fails in turn, as on a full disk; with `most`, so many spread over all."""
    fault = Fault("every statement of an import fails")
    make_ready()
    importing = Importing(rows)
    counting = Failing(0)
    with connection.execute_wrapper(counting):
        importing.run()
    bring_back("before")
    every = range(1, -counting.left + 1)
    for number in every if most is None else every[:: len(every) // most][:most]:
        fault.tried += 1
        wrapper = Failing(number)
        try:
            with connection.execute_wrapper(wrapper):
                importing.run()
        except OperationalError:
            fault.true += wrapper.left == 0
        connection.close()
        importing.judge(fault, again=fault.tried % SAMPLED == 0)
    fault.said = f"{rows} rows, {len(every)} statements that write"
    return fault


class Failing:
    """The n-th statement that writes fails, as on a full disk."""

    def __init__(self, number: int) -> None:
        self.left = number

    def __call__(self, execute: Callable, sql: str, params: object, many: bool, context: object) -> object:
        if WRITES.match(sql):
            self.left -= 1
            if self.left == 0:
                raise OperationalError("database or disk is full")
        return execute(sql, params, many, context)


CALLS = (("pwrite64", "ENOSPC"), ("fdatasync", "EIO"), ("unlink", "EIO"), ("write", "ENOSPC"))


def failed_writes(rows: int = 60, most: int | None = None, seed: int = 1) -> Fault:
    """Each write, sync and deletion of the file of an import fails in turn: the kernel says so, through strace."""
    fault, dice = Fault("every write of an import to the disk fails"), random.Random(seed)
    if shutil.which("strace") is None:
        fault.broken.append("strace is not here (on Debian: apt-get install strace)")
        return fault
    make_ready()
    importing = Importing(rows)
    counts = {call: _counted(importing, call) for call, _ in CALLS}
    bring_back("before")
    moments = [(call, error, each) for call, error in CALLS for each in range(1, counts[call] + 1)]
    if most is not None and most < len(moments):
        moments = sorted(dice.sample(moments, most))
    for call, error, each in moments:
        fault.tried += 1
        code = _traced(importing, ["-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={each}"])
        fault.true += code != 0
        importing.judge(fault, again=fault.tried % SAMPLED == 0)
    counted = ", ".join(f"{count} × {call}" for call, count in counts.items())
    fault.said = f"{rows} rows: {counted}"
    return fault


def _counted(importing: Importing, call: str) -> int:
    log = Path(os.environ["DEKAAN_TEST_RUN"], "calls")
    assert _traced(importing, ["-e", f"trace={call}", "-o", str(log)]) == 0
    bring_back("before")
    with log.open() as said:
        return sum(f"{call}(" in line for line in said)


def _traced(importing: Importing, how: list[str]) -> int:
    """The import in a process that strace watches from its first moment; answers with its exit code."""
    ready, go = os.pipe()

    def wait_and_run() -> None:
        os.close(go)
        os.read(ready, 1)
        importing.run()

    number = started(wait_and_run)
    os.close(ready)
    quiet = {"stdout": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
    tracer = subprocess.Popen(["strace", "-f", "-p", str(number), *how], stderr=subprocess.PIPE, text=True, **quiet)
    while "attached" not in (line := tracer.stderr.readline()):
        assert line, "strace could not watch the import"
    os.close(go)
    reader = threading.Thread(target=tracer.stderr.read)  # a full pipe would keep it waiting
    reader.start()
    _, status = os.waitpid(number, 0)
    tracer.wait()
    reader.join()
    return os.waitstatus_to_exitcode(status)

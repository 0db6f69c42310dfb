"""The real server under ten thousand requests: what it keeps in memory."""

import http.client
import os
import re
import resource
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

from django.db import connection

from tests import databases

PAGES = (
    *("", "benchmarks/", "pupils/", "programme/", "reports/"),
    *("programme/planner/", "benchmarks/gap/", "compass/", "evidence/", "curriculum/", "feedback/"),
)
PORT = 8799


class Visitor:
    """Somebody signed in, on a connection that stays open."""

    def __init__(self, email: str, password: str) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        self.cookies: dict[str, str] = {}
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.ask("/sign-in/"))
        assert token
        said = urlencode({"csrfmiddlewaretoken": token.group(1), "login": email, "password": password})
        self.ask("/sign-in/", said)

    def ask(self, address: str, body: str | None = None) -> str:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://127.0.0.1:{PORT}/"}
        self.line.request("GET" if body is None else "POST", address, body, headers)
        answer = self.line.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, content = value.split(";")[0].partition("=")
                self.cookies[cookie] = content
        page = answer.read().decode()
        assert answer.status in {200, 302}, (address, answer.status)
        return page


def memory(school: str, email: str, password: str, requests: int) -> dict[str, float]:
    """Megabytes of both workers together after a hundred requests and after all of them."""
    command = [sys.executable, "-m", "gunicorn", "dekaan.wsgi:application", "--bind", f"127.0.0.1:{PORT}"]
    command += [
        "--workers",
        "2",
        "--threads",
        "4",
        "--worker-class",
        "gthread",
        "--log-level",
        "error",
        "--keep-alive",
        "120",
    ]
    address = os.environ.get("DEKAAN_DATABASE_URL", "")
    env = os.environ | {"DEKAAN_DATABASE_URL": address.replace(f"//{databases.OWNER}:", f"//{databases.WEB_ROLE}:")}
    connection.close()
    server = subprocess.Popen(command, env=env)
    try:
        visitors = _signed_in(server, email, password)
        sizes = []
        for number in range(1, requests + 1):
            visitors[number % len(visitors)].ask(f"/{school}/{PAGES[number % len(PAGES)]}")
            if number in {100, requests}:
                sizes.append(_resident(server.pid))
    finally:
        server.terminate()
        server.wait(30)
    return {
        "mb_after_100": sizes[0],
        "mb_after_all": sizes[1],
        "ratio": round(sizes[1] / sizes[0], 3),
        "must": 1.1,
    }


def _signed_in(server: subprocess.Popen, email: str, password: str) -> list[Visitor]:
    for _ in range(100):
        assert server.poll() is None, "the server ended"
        try:
            return [Visitor(email, password) for _ in range(8)]
        except ConnectionRefusedError:
            time.sleep(0.2)
    raise AssertionError("the server did not answer")


def _resident(master: int) -> float:
    """The workers of that server; the master only waits."""
    workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    pages = sum(int(Path(f"/proc/{worker}/statm").read_text().split()[1]) for worker in workers)
    return round(pages * resource.getpagesize() / 2**20, 1)

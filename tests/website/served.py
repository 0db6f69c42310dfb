"""Websites of our own on this machine, and the wire that leads to them: real servers, real sockets, invented names."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from dekaan.core.fetching.addresses import is_public
from dekaan.core.fetching.wire import Wire

PUBLIC = "93.184.216.34"
Answers = Callable[[BaseHTTPRequestHandler], None]


class Local(Wire):
    """Every name leads where the test says, and every public address to the test's own server; time can be made short."""

    def __init__(self, ports: dict[int, int], names: dict[str, list[list[str]]] | None = None) -> None:
        self.ports = ports  # the web's ports → ports on this machine
        self.names = names or {}
        self.asked: list[str] = []  # names that were resolved
        self.connected: list[str] = []  # addresses that were connected to
        self.paused: list[float] = []
        self.ahead = 0.0  # seconds by which this clock is before the real one

    def resolve(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        answers = self.names.get(host, [[PUBLIC]])
        return answers[min(self.asked.count(host), len(answers)) - 1]

    def connect(self, address: str, port: int, timeout: float):
        self.connected.append(address)
        assert is_public(address), f"connected to {address}"
        return super().connect("127.0.0.1", self.ports[port], timeout)

    def now(self) -> float:
        return super().now() + self.ahead

    def pause(self, seconds: float) -> None:
        self.paused.append(seconds)


class Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asks hangs up when they have read enough."""


@contextmanager
def serving(answers: Answers | dict[str, Any], *, secure: Callable[[Any], Any] | None = None) -> Iterator[int]:
    """A server on this machine; answers its port. Of a dictionary, path → page, (status, headers, body) or a function."""
    tell = answers if callable(answers) else _from(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            tell(self)

        do_HEAD = do_GET  # noqa: N815 as http.server calls it

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    server = Quiet(("127.0.0.1", 0), Handler)
    if secure:
        server.socket = secure(server.socket)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _from(pages: dict[str, Any]) -> Answers:
    def tell(request: BaseHTTPRequestHandler) -> None:
        said = pages.get(request.path, (404, {}, b"Not here"))
        if callable(said):
            said(request)
            return
        status, headers, body = said if isinstance(said, tuple) else (200, {}, said)
        send(request, status, headers, body if isinstance(body, bytes) else body.encode())

    return tell


def send(
    request: BaseHTTPRequestHandler, status: int = 200, headers: dict[str, str] | None = None, body: bytes = b""
) -> None:
    """An answer with its length and kind."""
    request.send_response(status)
    kind = "application/pdf" if body.startswith(b"%PDF") else "text/html; charset=utf-8"
    for name, value in ({"Content-Type": kind, "Content-Length": str(len(body))} | (headers or {})).items():
        if value:
            request.send_header(name, value)
    request.end_headers()
    if request.command != "HEAD":
        request.wfile.write(body)


@pytest.fixture
def website() -> Iterator[Callable[..., Local]]:
    """`website({path: page})` serves it at ports 80 of every public name, and is the wire that leads there."""
    open_ones = []

    def serve(answers: Answers | dict[str, Any], **names: Any) -> Local:
        context = serving(answers)
        port = context.__enter__()
        open_ones.append(context)
        return Local({80: port, 443: port}, {name.replace("_", "."): value for name, value in names.items()})

    yield serve
    for each in open_ones:
        each.__exit__(None, None, None)


IN_USE: list[Local] = []


def in_use() -> Local:
    """What the setting names: the wire of the test that runs."""
    return IN_USE[-1]


@pytest.fixture
def served(website, settings) -> Iterator[Callable[..., Local]]:
    """`served({path: page})`: the website that the worker, or a command, visits."""
    settings.WIRE = "tests.website.served.in_use"

    def serve(answers: Answers | dict[str, Any], **names: Any) -> Local:
        IN_USE.append(website(answers, **names))
        return IN_USE[-1]

    yield serve
    IN_USE.clear()

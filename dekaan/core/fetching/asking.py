"""One address is asked for, and followed where it leads on; every step is looked at anew."""

import http.client
import io
import re
import socket
import ssl
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

from dekaan.core.fetching.addresses import Address, NotFetched, is_public, on_host
from dekaan.core.fetching.wire import CONNECT_SECONDS, READ_SECONDS, Wire

PAGE_LIMIT, PDF_LIMIT = 5 * 1024 * 1024, 10 * 1024 * 1024
SECONDS = 25.0  # for one answer, however it trickles
MOST_REDIRECTS = 5
MOST_ADDRESSES = 4  # of a name that has several, so many are tried
_REDIRECTS = {301, 302, 303, 307, 308}
_BLOCKED = {401, 402, 403, 407, 418, 429, 451}
_GONE = {404, 410}


@dataclass(frozen=True)
class Answer:
    """What a website answered."""

    address: str
    content: bytes
    charset: str


@dataclass(frozen=True)
class Asker:
    """Who asks, of which host and no other, over which wire, and what it may ask for, looked at at every step.

    Where no host is named, of any on the public internet.
    """

    host: str | None
    identity: str
    wire: Wire
    is_let: Callable[[Address], bool] = lambda _: True
    ends_at: float = float("inf")  # of the whole visit, by the wire's clock
    headers: Mapping[str, str] = field(default_factory=dict)  # besides, or instead of, those of a visitor

    def ask(self, written: str, *, method: str = "GET", most: int | None = None, reads: bool = True) -> Answer:
        """The answer, after the redirects that it asks for; without `reads` nothing of its body. Raises NotFetched."""
        address, been = on_host(written, self.host), set[str]()
        until = min(self.wire.now() + SECONDS, self.ends_at)
        while True:
            if address.whole in been or len(been) > MOST_REDIRECTS:
                raise NotFetched("redirects")
            been.add(address.whole)
            if not self.is_let(address):
                raise NotFetched("robots")
            answer = self._step(address, method, until, most, reads=reads)
            if isinstance(answer, Answer):
                return answer
            address = on_host(answer, self.host, base=address.whole)

    def _step(self, address: Address, method: str, until: float, most: int | None, *, reads: bool) -> Answer | str:
        """The answer, or the address that it leads on to."""
        connection = http.client.HTTPConnection(address.host, address.port)
        made = self._connected(address, until)
        connection.sock = _Guarded(made, until, self.wire)  # type: ignore[assignment]
        try:
            headers = {
                "User-Agent": self.identity,
                "Accept": "text/html, application/xhtml+xml, application/pdf;q=0.9",
                "Accept-Encoding": "gzip",
                "Accept-Language": "en-GB, en",
                "Connection": "close",
            } | dict(self.headers)
            connection.request(method, address.path, headers=headers)
            reply = connection.getresponse()
            if reply.status in _REDIRECTS and reply.getheader("Location"):
                return str(reply.getheader("Location")).strip()
            _look_at_status(reply.status)
            content = b"" if method == "HEAD" or not reads else _body(reply, most or _limit(address, reply))
        except TimeoutError as problem:
            raise NotFetched("too-slow") from problem
        except (http.client.HTTPException, OSError, ValueError, zlib.error) as problem:
            raise NotFetched("odd-answer") from problem
        finally:
            connection.close()
            made.close()
        return Answer(address.whole, content, _charset(reply.getheader("Content-Type") or ""))

    def _connected(self, address: Address, until: float) -> socket.socket:
        """A connection to an address of the name that was looked at: another answer a moment later changes nothing."""
        try:
            found = self.wire.resolve(address.host, address.port)
        except OSError as problem:
            raise NotFetched("no-name") from problem
        if not found:
            raise NotFetched("no-name")
        if not all(is_public(each) for each in found):
            raise NotFetched("not-public")
        made = None
        for each in found[:MOST_ADDRESSES]:
            left = min(CONNECT_SECONDS, until - self.wire.now())
            if left <= 0:
                raise NotFetched("too-slow")
            try:
                made = self.wire.connect(each, address.port, left)
                break
            except OSError:
                continue
        if made is None:
            raise NotFetched("no-answer")
        if address.scheme == "http":
            return made
        try:
            return self.wire.secured(made, address.host)
        except TimeoutError as problem:
            made.close()
            raise NotFetched("too-slow") from problem
        except ssl.SSLCertVerificationError as problem:
            made.close()
            raise NotFetched("certificate") from problem
        except OSError as problem:
            made.close()
            raise NotFetched("no-answer") from problem


def _look_at_status(status: int) -> None:
    if status in _BLOCKED:
        raise NotFetched("blocked")
    if status in _GONE:
        raise NotFetched("not-found")
    if status >= 500:
        raise NotFetched("server-error")
    if not 200 <= status < 300:
        raise NotFetched("odd-answer")


def _limit(address: Address, reply: http.client.HTTPResponse) -> int:
    is_pdf = "pdf" in (reply.getheader("Content-Type") or "").casefold() or address.path.partition("?")[0].casefold().endswith(".pdf")  # fmt: skip
    return PDF_LIMIT if is_pdf else PAGE_LIMIT


def _body(reply: http.client.HTTPResponse, most: int) -> bytes:
    """The whole body, unpacked; no more is read, or unpacked, than the limit. Raises NotFetched."""
    promised = reply.length
    if (promised or 0) > most:
        raise NotFetched("too-large")
    packed = (reply.getheader("Content-Encoding") or "identity").strip().casefold()
    if packed not in {"identity", "gzip", "x-gzip", "deflate", ""}:
        raise NotFetched("odd-answer")
    unpacker = None if packed in {"identity", ""} else zlib.decompressobj(47 if "gzip" in packed else zlib.MAX_WBITS)
    read, content = 0, bytearray()
    while piece := reply.read(65536):
        read += len(piece)
        content += piece if unpacker is None else unpacker.decompress(piece, most - len(content) + 1)
        if max(read, len(content)) > most or (
            unpacker is not None and unpacker.unconsumed_tail and len(content) >= most
        ):
            raise NotFetched("too-large")
    # Half a page would seem to lack what stands in its other half.
    if read < (promised or 0) or (unpacker is not None and read and not unpacker.eof):
        raise NotFetched("odd-answer")
    return bytes(content)


def _charset(content_type: str) -> str:
    message = Message()
    message["Content-Type"] = content_type
    said = message.get_content_charset("")
    return said if re.fullmatch(r"[A-Za-z0-9_.:-]{1,40}", said) else ""


class _Guarded:
    """A connection of which every reading has its own time and all of them together theirs."""

    def __init__(self, made: socket.socket, until: float, wire: Wire) -> None:
        self._made, self._until, self._wire = made, until, wire

    def sendall(self, content: Any) -> None:
        self._wait()
        self._made.sendall(content)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Timed(self._made, self._wait))

    def close(self) -> None:
        """http.client closes it before the body is read; whoever made the connection closes that."""

    def _wait(self) -> None:
        left = self._until - self._wire.now()
        if left <= 0:
            raise TimeoutError
        self._made.settimeout(min(READ_SECONDS, left))


class _Timed(io.RawIOBase):
    def __init__(self, made: socket.socket, wait: Callable[[], None]) -> None:
        self._made, self._wait = made, wait

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        self._wait()
        return self._made.recv_into(into)

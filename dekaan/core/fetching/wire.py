"""The wire: names are resolved, connections made and secured, and time passes. Tests bring one that leads to their own servers."""

import socket
import ssl
import threading
import time
from queue import Empty, Queue

RESOLVE_SECONDS, CONNECT_SECONDS, READ_SECONDS = 10.0, 8.0, 10.0


class Wire:
    """The real one."""

    def resolve(self, host: str, port: int) -> list[str]:
        """Every address that the name has now. Raises OSError; the system's resolver is not waited for without end."""
        answers: Queue[list[str] | OSError] = Queue()

        def look_up() -> None:
            try:
                found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
                answers.put(list(dict.fromkeys(str(each[4][0]) for each in found)))
            except (OSError, UnicodeError) as problem:
                answers.put(problem if isinstance(problem, OSError) else OSError(str(problem)))

        threading.Thread(target=look_up, daemon=True, name="resolving").start()
        try:
            answer = answers.get(timeout=RESOLVE_SECONDS)
        except Empty:
            raise TimeoutError from None
        if isinstance(answer, OSError):
            raise answer
        return answer

    def connect(self, address: str, port: int, timeout: float) -> socket.socket:
        """A connection to that very address: no name is looked up again. Raises OSError."""
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        made = socket.socket(family, socket.SOCK_STREAM)
        try:
            made.settimeout(timeout)
            made.connect((address, port))
        except BaseException:
            made.close()
            raise
        return made

    def secured(self, made: socket.socket, host: str) -> socket.socket:
        """The connection encrypted, its certificate held to the name. Raises ssl.SSLError."""
        return self.trusted().wrap_socket(made, server_hostname=host)

    def trusted(self) -> ssl.SSLContext:
        """Whose certificates are trusted: those that the machine trusts."""
        return ssl.create_default_context()

    def now(self) -> float:
        """Seconds, by a clock that nobody sets."""
        return time.monotonic()

    def pause(self, seconds: float) -> None:
        """Nothing is asked for so long."""
        time.sleep(seconds)

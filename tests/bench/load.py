"""Eight connections that ask as fast as they are answered: wrk where there is one, else our own."""

import re
import selectors
import shutil
import socket
import subprocess
import time
from contextlib import ExitStack
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

CONNECTIONS = 8


class BadAnswer(Exception):
    """The server answered anything but 200: a fast error is no measurement."""


@dataclass(frozen=True, slots=True)
class Loader:
    name: str

    @classmethod
    def found(cls) -> "Loader":
        return cls("wrk" if shutil.which("wrk") else "python")

    def requests_a_second(self, url: str, seconds: float) -> float:
        if self.name == "wrk":
            return _by_wrk(url, seconds)
        return _by_python(url, seconds)


def _by_wrk(url: str, seconds: float) -> float:
    said = subprocess.run(
        ["wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{max(1, round(seconds))}s", url],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    if fault := re.search(r"Non-2xx.*|Socket errors.*", said):
        raise BadAnswer(f"{url}: {fault[0]}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert rate, said
    return float(rate[1])


class _Connection:
    """One keep-alive connection; knows where an answer ends by its Content-Length."""

    def __init__(self, host: str, port: int, request: bytes) -> None:
        self.socket = socket.create_connection((host, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.request = request
        self.received = b""

    def ask(self) -> None:
        self.received = b""
        self.socket.sendall(self.request)

    def is_answered(self) -> bool:
        self.received += self.socket.recv(262_144)
        head, end, body = self.received.partition(b"\r\n\r\n")
        if not end:
            return False
        if not head.startswith(b"HTTP/1.1 200"):
            raise BadAnswer(head.split(b"\r\n")[0].decode())
        length = re.search(rb"content-length: (\d+)", head, re.I)
        assert length, "an answer without Content-Length"
        return len(body) >= int(length[1])


def _by_python(url: str, seconds: float) -> float:
    parts = urlsplit(url)
    assert parts.hostname
    assert parts.port
    target = quote(parts.path, safe="/%") + (f"?{parts.query}" if parts.query else "")
    request = f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
    answered = 0
    with selectors.DefaultSelector() as selector, ExitStack() as sockets:
        for _ in range(CONNECTIONS):
            connection = _Connection(parts.hostname, parts.port, request)
            sockets.enter_context(connection.socket)
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.ask()
        began_at = time.perf_counter()
        while time.perf_counter() - began_at < seconds:
            for key, _ in selector.select(1):
                if key.data.is_answered():
                    answered += 1
                    key.data.ask()
        took = time.perf_counter() - began_at
    return answered / took

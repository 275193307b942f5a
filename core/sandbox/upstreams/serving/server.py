"""The HTTP server on loopback: finds the publisher asked, counts, breaks what is to be broken."""

import socketserver
import sys
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR, socket
from urllib.parse import parse_qsl, unquote, urlsplit

from core.sandbox.upstreams.serving import faults
from core.sandbox.upstreams.serving.contract import (
    Answer,
    Material,
    Postbox,
    Publisher,
    Receiver,
    Refused,
    Route,
    Sent,
    Target,
    Upstream,
)
from core.sandbox.upstreams.serving.registry import all_upstreams

HOST = "127.0.0.1"
REMEMBERED = 10_000
NOT_FOUND = Answer("text/plain;charset=UTF-8", b"no such publisher", HTTPStatus.NOT_FOUND)


class Ledger:
    """What was asked, and by how many at once; readable by tests while the server runs."""

    def __init__(self) -> None:
        self.requests: deque[str] = deque(maxlen=REMEMBERED)
        self.most_parallel: dict[str, int] = {}
        self._running: dict[str, int] = {}
        self._lock = threading.Lock()

    def arrive(self, target: str, name: str) -> int:
        with self._lock:
            self.requests.append(target)
            running = self._running[name] = self._running.get(name, 0) + 1
            self.most_parallel[name] = max(running, self.most_parallel.get(name, 0))
            return running

    def leave(self, name: str) -> None:
        with self._lock:
            self._running[name] -= 1


class StandIns(ThreadingHTTPServer):
    """All upstreams under one address, each below its publisher's prefix."""

    daemon_threads = False
    block_on_close = True
    request_queue_size = 128

    def __init__(self, material: Material, fault: faults.Fault | None, port: int) -> None:
        self.ledger = Ledger()
        self.fault = fault
        self.stopping = threading.Event()
        self._open: set[socket] = set()
        self._publishers: dict[str, Publisher] = {}
        self._upstreams: dict[tuple[str, str], Upstream] = {}
        self._routes: dict[str, dict[str, Route]] = {}
        self._postboxes: dict[str, Postbox] = {}
        self.receivers: dict[str, Receiver] = {}
        self._taking = threading.Lock()
        for upstream in all_upstreams():
            if isinstance(upstream, Postbox):
                self._postboxes[upstream.prefix] = upstream
                self.receivers[upstream.prefix] = upstream.receiver()
            else:
                self._admit(upstream, material)
        super().__init__((HOST, port), Handler)

    def _admit(self, upstream: Upstream, material: Material) -> None:
        prefix = upstream.publisher.prefix
        self._publishers[prefix] = upstream.publisher
        for address, route in upstream.routes(material).items():
            self._routes.setdefault(prefix, {})[address] = route
            self._upstreams[prefix, address] = upstream

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.server_port}"

    def server_bind(self) -> None:
        """Without the look-up of the host's name, which can take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    @contextmanager
    def answered(self, target: str) -> Iterator[faults.Delivery]:
        """The answer; while the block lasts, the request counts as running."""
        prefix, asked = read_target(target)
        publisher = self._publishers.get(prefix)
        if publisher is None:
            yield faults.Delivery(self._greeting() if target == "/" else NOT_FOUND)
            return
        upstream = self._upstreams.get((prefix, publisher.address(asked)))
        name = upstream.name if upstream else prefix
        running = self.ledger.arrive(target, name)
        try:
            if upstream and upstream.most_parallel and running > upstream.most_parallel:
                yield faults.Delivery(faults.TOO_MANY)
            else:
                yield self._answer(publisher, asked)
        finally:
            self.ledger.leave(name)

    @contextmanager
    def received(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> Iterator[faults.Delivery]:
        """Hand what was sent to its service; a fault strikes only what is posted."""
        prefix, asked = read_target(target)
        if prefix not in self.receivers:
            yield faults.Delivery(NOT_FOUND)
            return
        name = self._postboxes[prefix].name
        sent = Sent(method, asked, {key.lower(): value for key, value in headers.items()}, body)

        def take() -> Answer:
            with self._taking:
                return self.receivers[prefix].answer(sent)

        self.ledger.arrive(target, name)
        try:
            yield faults.deliver_sent(take, self.fault if method == "POST" else None)
        finally:
            self.ledger.leave(name)

    def _answer(self, publisher: Publisher, asked: Target) -> faults.Delivery:
        try:
            ask = publisher.read(asked, self._routes[publisher.prefix])
        except Refused as refused:
            return faults.Delivery(refused.answer)
        return faults.deliver(ask, publisher, self.fault)

    def _greeting(self) -> Answer:
        lines = sorted(
            [
                *(f"{self.url}/{prefix}/ {name}" for prefix, name in self._upstreams),
                *(f"{self.url}/{prefix}/" for prefix in self._postboxes),
            ]
        )
        return Answer("text/plain;charset=UTF-8", "\n".join([*lines, ""]).encode())

    def process_request(
        self, request: socket | tuple[bytes, socket], client_address: object
    ) -> None:
        if isinstance(request, socket):
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket | tuple[bytes, socket]) -> None:
        if isinstance(request, socket):
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no error; anything else is one of ours, and is told."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def stop(self) -> None:
        """Ends the waiting of slow answers and of idle connections, then every thread."""
        self.stopping.set()
        self.shutdown()
        for connection in tuple(self._open):
            hang_up(connection)
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "StandIn"
    disable_nagle_algorithm = True
    server: StandIns

    def do_GET(self) -> None:
        if read_target(self.path)[0] in self.server.receivers:
            self._receive("GET")
            return
        with self.server.answered(self.path) as delivery:
            rest = self._begin(delivery)
        self._end(delivery, rest)

    def do_POST(self) -> None:
        self._receive("POST")

    def _receive(self, method: str) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = dict(self.headers.items())
        with self.server.received(method, self.path, headers, body) as delivery:
            rest = self._begin(delivery)
        self._end(delivery, rest)

    def _end(self, delivery: faults.Delivery, rest: bytes) -> None:
        # Sent last, so that a client that has its answer is no longer counted as waiting for it.
        self.wfile.write(rest)
        if delivery.manner in (faults.Manner.TRUNCATED, faults.Manner.LOST):
            self.close_connection = True
            hang_up(self.connection)

    def _begin(self, delivery: faults.Delivery) -> bytes:
        """What is left to send."""
        answer = delivery.answer
        whole = self._head(answer) + answer.body
        middle = len(whole) - len(answer.body) // 2
        match delivery.manner:
            case faults.Manner.LOST:
                return b""
            case faults.Manner.TRUNCATED:
                return whole[:middle]
            case faults.Manner.SLOW:
                self.wfile.write(whole[:middle])
                self.server.stopping.wait(delivery.pause)
                return whole[middle:]
        return whole

    def _head(self, answer: Answer) -> bytes:
        reason = HTTPStatus(answer.status).phrase
        lines = (
            f"{self.protocol_version} {answer.status} {reason}",
            f"Content-Type: {answer.content_type}",
            f"Content-Length: {len(answer.body)}",
        )
        return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")

    def log_message(self, format: str, *args: object) -> None:
        pass


def read_target(target: str) -> tuple[str, Target]:
    """The publisher's prefix, and what was asked below it."""
    parts = urlsplit(target)
    prefix, *segments = (unquote(segment) for segment in parts.path[1:].split("/"))
    return prefix, Target(tuple(segments), dict(parse_qsl(parts.query, keep_blank_values=True)))


def hang_up(connection: socket) -> None:
    with suppress(OSError):  # the other side was faster
        connection.shutdown(SHUT_RDWR)

"""The load generator counts whole answers, and takes no fault for a fast answer."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.bench.load import BadAnswer, Loader


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    answered = 0

    def do_GET(self) -> None:
        type(self).answered += 1
        body = b"x" * 70_000
        self.send_response(200 if self.path == "/fine" else 500)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *args: object) -> None:
        """The loader hangs up when its time is over: nothing to report."""


@pytest.fixture
def url() -> Iterator[str]:
    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    Handler.answered = 0
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


class TestLoader:
    def test_counts_what_was_answered(self, url):
        rate = Loader("python").requests_a_second(f"{url}/fine", 0.5)

        # Up to eight answers are under way when the time is over.
        assert 0 < Handler.answered - rate * 0.5 < 50
        assert rate > 10

    def test_refuses_faults(self, url):
        with pytest.raises(BadAnswer, match="500"):
            Loader("python").requests_a_second(f"{url}/broken", 0.5)

"""A stand-in upstream's answers, kept as files and handed out again.

The stand-in makes up each row when it is asked for it, which takes longer than the portal takes to
read it. So its answers are recorded once, and what is measured is the portal, not the stand-in.
"""

import hashlib
import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from core.sandbox import upstreams
from core.sandbox.bench.wrk import BenchFailed

HOST = "127.0.0.1"
ROWS_A_CALL = 1000
KEY = "sample-key"
FOLDER = Path(upstreams.__file__).parent


def addresses(rows: int) -> list[str]:
    """The calls by which a feed reads the city's list from beginning to end."""
    return [
        f"/seoul/{KEY}/json/fcltOpenInfo/{start}/{start + ROWS_A_CALL - 1}/"
        for start in range(1, rows + 1, ROWS_A_CALL)
    ]


def sources_print() -> str:
    """A fingerprint of the stand-ins: where they change, so do the rows."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def file_of(folder: Path, address: str) -> Path:
    return folder / f"{address.split('/')[-3]}.json"


def record(rows: int, into: Path) -> Path:
    """Answer the folder that holds the answers for so many rows; make it where it is missing."""
    folder = into / f"{rows}-{sources_print()}"
    missing = [address for address in addresses(rows) if not file_of(folder, address).exists()]
    if missing:
        folder.mkdir(parents=True, exist_ok=True)
        with upstreams.serve(rows=rows) as base_url:
            for address in missing:
                _record(base_url, address, file_of(folder, address))
    return folder


def _record(base_url: str, address: str, path: Path) -> None:
    connection = http.client.HTTPConnection(base_url.removeprefix("http://"), timeout=60)
    try:
        connection.request("GET", address)
        response = connection.getresponse()
        body = response.read()
    finally:
        connection.close()
    if response.status != http.client.OK:
        raise BenchFailed(f"The stand-in upstream answers {response.status} to {address}.")
    beside = path.with_suffix(".new")
    beside.write_bytes(body)
    beside.replace(path)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    folder: Path

    def do_GET(self) -> None:
        try:
            body = file_of(self.folder, self.path).read_bytes()
        except (OSError, IndexError):
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/json;charset=UTF-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def replaying(folder: Path) -> Iterator[str]:
    """Serve the recorded answers on loopback; answers the address for `--upstreams`."""
    handler = type("Handler", (_Handler,), {"folder": folder})
    server = ThreadingHTTPServer((HOST, 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, name="recorded answers")
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

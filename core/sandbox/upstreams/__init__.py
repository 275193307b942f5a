"""Stand-ins for other governments' services, speaking their wire formats over real sockets.

with serve(rows=100, fault="http500", fault_times=1) as base_url:
    httpx.get(f"{base_url}/seoul/any-key/json/fcltOpenInfo/1/5/")
    assert base_url.requests == [...]
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.sandbox.upstreams.serving.contract import DEFAULT_ROWS, Material
from core.sandbox.upstreams.serving.faults import SLOW_SECONDS, Fault
from core.sandbox.upstreams.serving.server import StandIns


class BaseUrl(str):
    """The servers' address, a plain string that also tells what was asked of it so far."""

    server: StandIns
    slow_seconds: float

    @property
    def requests(self) -> list[str]:
        """Paths with their queries, in order of arrival (the last 10,000)."""
        return list(self.server.ledger.requests)

    @property
    def most_parallel(self) -> dict[str, int]:
        """By upstream (`seoul_open_data`, `central_facilities`): most requests at one moment."""
        return dict(self.server.ledger.most_parallel)

    def taken_by(self, prefix: str) -> list[dict[str, object]]:
        """What was sent to a service that takes things (`nhn`, `push`), in order of arrival."""
        return list(self.server.receivers[prefix].taken)

    def break_with(self, fault: str | None, times: int | None = None) -> None:
        """From now on; None mends everything."""
        self.server.fault = Fault(fault, times, self.slow_seconds) if fault else None


@contextmanager
def serve(
    *,
    rows: int = DEFAULT_ROWS,
    data: Path | None = None,
    fault: str | None = None,
    fault_times: int | None = None,
    slow_seconds: float = SLOW_SECONDS,
    seed: int = 0,
    port: int = 0,
) -> Iterator[BaseUrl]:
    """All upstreams on loopback, in threads of this process, for as long as the block lasts."""
    broken = Fault(fault, fault_times, slow_seconds) if fault else None
    server = StandIns(Material(rows, data, seed), broken, port)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="stand-ins")
    thread.start()
    base_url = BaseUrl(server.url)
    base_url.server = server
    base_url.slow_seconds = slow_seconds
    try:
        yield base_url
    finally:
        server.stop()
        thread.join()

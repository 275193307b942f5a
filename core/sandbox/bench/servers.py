"""The servers under measurement: the portal as `make run` starts it, and the bare application."""

import http.client
import os
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from core.sandbox import commands, engines
from core.sandbox.bench.databases import environment
from core.sandbox.bench.wrk import BenchFailed
from core.sandbox.children import Child, stop_all

READY_SECONDS = 60
HOST = "127.0.0.1"
# One address asks all the time; the throttles count, and never say no.
NO_END = str(10**9)
WEB_BARE = (*commands.WEB[:-1], "core.sandbox.bench.bare:application")


@dataclass(frozen=True, slots=True)
class Servers:
    """Addresses of the servers on one database."""

    bare: str
    uncached: str
    cached: str
    # The group of processes of the last one: see `processor_seconds`.
    group: int = 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def portal_settings(port: int, metrics: Path, *, keeps_pages: bool) -> dict[str, str]:
    return {
        "SITE_URL": f"http://{HOST}:{port}",
        "API_RATE": NO_END,
        "PAGE_RATE": NO_END,
        "PROMETHEUS_MULTIPROC_DIR": str(metrics),
    } | ({} if keeps_pages else {"PAGE_CACHE_MB": "0"})


def metrics_folder(name: str) -> Path:
    """Answer an empty folder, in which the processes of one server keep their counters."""
    metrics = engines.var_dir() / "metrics" / name
    metrics.mkdir(parents=True, exist_ok=True)
    for stale in metrics.glob("*.db"):
        stale.unlink()
    return metrics


@contextmanager
def serving(database: str, *, redis: int) -> Iterator[Servers]:
    """Serve one database three times over: bare, by the portal, and by it without kept pages."""
    with ExitStack() as stack:
        given = environment(database, redis=redis)

        groups: list[int] = []

        def serve(name: str, command: Sequence[str], **more: str) -> str:
            child = _child(f"{database}-{name}", command, given | more)
            stack.callback(stop_all, [child])
            url = _started(child)
            groups.append(child.process.pid if child.process else 0)
            return url

        def portal(name: str, *, keeps_pages: bool) -> str:
            port = free_port()
            metrics = metrics_folder(f"{database}-{name}")
            chosen = portal_settings(port, metrics, keeps_pages=keeps_pages)
            return serve(name, commands.WEB, GRANIAN_PORT=str(port), **chosen)

        yield Servers(
            bare=serve("bare", WEB_BARE, GRANIAN_PORT=str(free_port()), BENCH_BARE="1"),
            uncached=portal("uncached", keeps_pages=False),
            cached=portal("cached", keeps_pages=True),
            group=groups[-1],
        )


def processor_seconds(group: int) -> float:
    """Answer how long the processors have worked for a group of processes so far."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # one that has just ended
            # What follows the name, which may hold anything: state, parent, group, …
            told = stat.read_text().rpartition(")")[2].split()
            ticks += (int(told[2]) == group) * (int(told[11]) + int(told[12]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _child(name: str, command: Sequence[str], environ: Mapping[str, str]) -> Child:
    log = engines.var_dir() / "log" / f"{name}.log"
    log.unlink(missing_ok=True)
    return Child(
        name=name,
        command=command,
        cwd=engines.CHECKOUT,
        log=log,
        environ={**environ, "GRANIAN_HOST": HOST},
    )


def _started(child: Child) -> str:
    port = int(child.environ["GRANIAN_PORT"])
    child.start()
    deadline = time.monotonic() + READY_SECONDS
    path = "/ok" if "BENCH_BARE" in child.environ else "/readyz"
    while time.monotonic() < deadline:
        if child.process is None or child.process.poll() is not None:
            break
        if status_of(port, path) == http.client.OK:
            return f"http://{HOST}:{port}"
        time.sleep(0.1)
    raise BenchFailed(f"The server {child.name} did not come up; {child.log} says why.")


def status_of(port: int, path: str) -> int | None:
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def check(base: str, addresses: Sequence[str], *, cookie: str = "") -> int:
    """Ask each address once; all must answer 200. Answers the bytes of the median body."""
    connection = http.client.HTTPConnection(base.removeprefix("http://"), timeout=120)
    sizes = []
    try:
        for address in addresses:
            connection.request("GET", address, headers={"Cookie": cookie} if cookie else {})
            response = connection.getresponse()
            sizes.append(len(response.read()))
            if response.status != http.client.OK:
                raise BenchFailed(f"{base}{address} answers {response.status}.")
    finally:
        connection.close()
    return sorted(sizes)[len(sizes) // 2]


def without_proxies() -> None:
    """Nothing here may leave the machine."""
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        os.environ.pop(name, None)

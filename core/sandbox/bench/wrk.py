"""Drives `wrk`: finds or installs it, asks a server for a few seconds, and reads what it says."""

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 8
# One thread of wrk asks far faster than any of these servers answers.
THREADS = 1
TIMEOUT_SECONDS = 20
SCRIPT = Path(__file__).with_name("rotate.lua")
INSTALL = ("apt-get", "install", "--yes", "--quiet", "wrk")


class BenchFailed(Exception):
    """The benchmark cannot go on; the message is one sentence that says why."""


@dataclass(frozen=True, slots=True)
class Load:
    """What one run of wrk measured; latencies in milliseconds."""

    rate: float
    p50: float
    p99: float
    requests: int


def find_wrk() -> str:
    """Answer wrk's path; where it is missing, install it if we may."""
    if found := shutil.which("wrk"):
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(INSTALL, check=False, stdout=subprocess.DEVNULL)  # noqa: S603
    if found := shutil.which("wrk"):
        return found
    raise BenchFailed("`make bench` needs wrk, which is not here: apt-get install wrk")


def command(wrk: str, url: str, *, seconds: int) -> list[str]:
    return [
        wrk, "--threads", str(THREADS), "--connections", str(CONNECTIONS),
        "--duration", f"{seconds}s", "--timeout", f"{TIMEOUT_SECONDS}s",
        "--script", str(SCRIPT), url,
    ]  # fmt: skip


def measure(
    wrk: str,
    url: str,
    addresses: Path,
    *,
    seconds: int,
    begin: int = 0,
    cookie: str = "",
    bodies: Path | None = None,
) -> Load:
    """Ask `url` for the addresses of a file in turn; an answer that is no success fails the run."""
    done = subprocess.run(  # noqa: S603
        command(wrk, url, seconds=seconds),
        env=environment(addresses, begin=begin, cookie=cookie)
        | ({"BENCH_BODIES": str(bodies)} if bodies else {}),
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds + 2 * TIMEOUT_SECONDS,
    )
    if done.returncode != 0:
        raise BenchFailed(f"wrk ended with status {done.returncode}: {done.stderr.strip()}")
    return read_output(done.stdout, what=f"{url} ({addresses.stem})")


def environment(addresses: Path, *, begin: int, cookie: str) -> dict[str, str]:
    """What the script asks for; it sends no cookie where there is none."""
    told = {"BENCH_ADDRESSES": str(addresses), "BENCH_BEGIN": str(begin)}
    return dict(os.environ) | told | ({"BENCH_COOKIE": cookie} if cookie else {})


def read_output(output: str, *, what: str) -> Load:
    """Read the line of figures that the script writes last."""
    lines = [line for line in output.splitlines() if line.startswith('{"requests"')]
    if not lines:
        raise BenchFailed(f"wrk told no figures about {what}: {output.strip()[-300:]}")
    told = json.loads(lines[-1])
    if told["refused"] or told["broken"] or not told["requests"]:
        raise BenchFailed(
            f"{what}: of {told['requests']} requests, {told['refused']} were answered with an error"
            f" and {told['broken']} not at all."
        )
    return Load(
        rate=told["requests"] / told["microseconds"] * 1e6,
        p50=told["p50"] / 1000,
        p99=told["p99"] / 1000,
        requests=told["requests"],
    )


def write_addresses(path: Path, addresses: Sequence[str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(addresses) + "\n", encoding="ascii")
    return path

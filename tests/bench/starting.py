"""How long `make run` takes: on an existing var/, as printed by the launcher itself."""

import os
import re
import signal
import subprocess
import sys
import time

from core.sandbox import engines
from core.sandbox.launch import _free_port
from tests.bench.measures import Figure

FIRST_SECONDS = 180.0
AGAIN_SECONDS = 15.0
UP_SECONDS = 300


def starting() -> list[Figure]:
    """Start twice in a place of its own: the first makes everything, the second finds it made."""
    sandbox = engines.var_dir() / "run"
    first, second = (_seconds_to_up(str(sandbox)) for _ in range(2))
    less = ("what is allowed", True)
    group = "start of the portal, dependencies installed (seconds)"
    return [
        Figure(group, "first, from an empty var/", first, FIRST_SECONDS, " s", 1.0, *less),
        Figure(group, "again", second, AGAIN_SECONDS, " s", 1.0, *less),
    ]


def _seconds_to_up(sandbox: str) -> float:
    environ = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("DATABASE_", "REDIS_", "DJANGO_SETTINGS"))
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "core.sandbox.launch"],
        cwd=engines.CHECKOUT,
        env=environ | {"SANDBOX_DIR": sandbox, "PORT": str(_free_port())},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    deadline = time.monotonic() + UP_SECONDS
    try:
        for line in process.stdout:
            if up := re.match(r"Up in ([\d.]+) s", line):
                return float(up[1])
            if time.monotonic() > deadline:
                break
        sys.exit("the portal did not come up; its logs are under var/bench/run/log")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)

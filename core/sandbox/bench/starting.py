"""Measures how long `make run`'s launcher takes where a former run has left everything."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from core.sandbox import engines
from core.sandbox.bench.judging import Result
from core.sandbox.bench.servers import free_port
from core.sandbox.bench.wrk import BenchFailed
from core.sandbox.children import follow_parent

COMMAND = (sys.executable, "-m", "core.sandbox.launch")
UP = re.compile(r"^Up in ")
MOST_SECONDS = 15.0
ROUNDS = 3
STOP_SECONDS = 60
# What the launcher finds out by itself.
DECIDED_BY_LAUNCHER = re.compile(
    r"(DATABASE_URL|REDIS_URL|SECRET_KEY|FIELD_KEYS|DEBUG|SITE_URL|MAKE\w*|MFLAGS"
    r"|DJANGO_SETTINGS_MODULE)"
)


def measure(var: Path) -> Result:
    start_and_stop(var)  # whatever it takes the first time: tables, static files, sample data
    rounds = [start_and_stop(var) for _ in range(ROUNDS)]
    return Result(
        name="make run on an existing var/",
        figure=median(rounds),
        unit="s",
        target=MOST_SECONDS,
        at_most=True,
    )


def environment(var: Path, port: int) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not DECIDED_BY_LAUNCHER.fullmatch(k)}
    return kept | {"SANDBOX_DIR": str(var), "PORT": str(port), "PYTHONUNBUFFERED": "1"}


def start_and_stop(var: Path) -> float:
    """Answer the seconds from the command to the word that the portal is up."""
    began_at = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603
        COMMAND,
        cwd=engines.CHECKOUT,
        env=environment(var, free_port()),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=lambda: follow_parent(signal.SIGTERM),  # noqa: PLW1509
    )
    said = []
    try:
        for line in process.stdout or ():
            said.append(line)
            if UP.match(line):
                return time.perf_counter() - began_at
        raise BenchFailed(f"The launcher did not get the portal up: {''.join(said[-3:]).strip()}")
    finally:
        process.terminate()
        process.communicate(timeout=STOP_SECONDS)

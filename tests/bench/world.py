"""The bench's own world under var/bench: engines, one database for each size, servers."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpx
import psycopg

from core.sandbox import commands, engines
from core.sandbox.children import signal_group, start, with_this_python
from core.sandbox.launch import _free_port

READY_SECONDS = 120


class World:
    """Everything of one size; made anew where it does not hold as many rows as asked for."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.name = f"bench_{rows}"
        self.log = engines.var_dir() / "log"
        self.log.mkdir(parents=True, exist_ok=True)
        self.database_url = engines.postgres_url().replace("/portal?", f"/{self.name}?")
        self.environ = os.environ | {
            "DATABASE_URL": self.database_url,
            "SECRET_KEY": "bench" * 12,
            "DJANGO_SETTINGS_MODULE": "seoul_portal.settings",
            "DEBUG": "0",
            "API_RATE": "0",
            "LOG_LEVEL": "INFO",
        }

    def connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.database_url, autocommit=True)

    def begin_anew(self) -> None:
        with psycopg.connect(engines.postgres_url(), autocommit=True) as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
            admin.execute(f"CREATE DATABASE {self.name}")
        self.run(commands.MIGRATE)

    def run(self, command: Sequence[str]) -> str:
        done = subprocess.run(
            with_this_python(command),
            cwd=engines.CHECKOUT,
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            sys.exit(f"{' '.join(command)}: {done.stdout}{done.stderr}")
        return done.stdout

    def is_filled(self) -> bool:
        try:
            with self.connect() as connection:
                found = connection.execute("SELECT count(*) FROM welfare_facility").fetchone()
        except psycopg.Error:
            return False
        return found is not None and found[0] >= self.rows

    def fill(self) -> None:
        self.begin_anew()
        with self.upstreams() as url:
            self.sync(url)
        self.settle()

    def sync(self, upstreams_url: str) -> dict[str, dict[str, Any]]:
        told = self.run((*commands.SYNC_ALL, "--upstreams", upstreams_url, "--json"))
        runs = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
        return {run["feed"]: run for run in runs}

    def settle(self) -> None:
        """What autovacuum would do in a while, done now: measured is the state it ends in."""
        with self.connect() as connection:
            connection.execute("VACUUM ANALYZE")

    @contextmanager
    def upstreams(self) -> Iterator[str]:
        port = _free_port()
        command = (*commands.upstreams(port), "--rows", str(self.rows))
        with self._process(command, self.environ, "upstreams"):
            yield f"http://127.0.0.1:{port}"

    @contextmanager
    def server(
        self, app: str = "", *, path: str = "/healthz", settings: str = "seoul_portal.settings"
    ) -> Iterator[str]:
        """The web server as `make run` starts it, with another application where one is named."""
        port = _free_port()
        command = list(commands.WEB)
        if app:
            command[-1:] = ["--factory", app]
        environ = self.environ | {
            "GRANIAN_HOST": "127.0.0.1",
            "GRANIAN_PORT": str(port),
            "DJANGO_SETTINGS_MODULE": settings,
        }
        with self._process(command, environ, re.sub(r"\W", "-", app or settings)):
            url = f"http://127.0.0.1:{port}"
            _wait_for(f"{url}{path}")
            yield url

    @contextmanager
    def _process(
        self, command: Sequence[str], environ: dict[str, str], name: str
    ) -> Iterator[subprocess.Popen[bytes]]:
        log = self.log / f"{name}.log"
        process = start(command, cwd=engines.CHECKOUT, log=log, environ=environ)
        try:
            time.sleep(0.5)
            yield process
        finally:
            process.terminate()
            try:
                process.wait(15)
            finally:
                signal_group(process, signal.SIGKILL)


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx.get(url, timeout=30, trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    sys.exit(f"{url} does not answer")


def read(url: str) -> httpx.Response:
    return httpx.get(url, timeout=60, trust_env=False)

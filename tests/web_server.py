"""The portal under its real web server, with services of the test's choice."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from core.sandbox import commands, engines
from core.sandbox.children import signal_group, with_this_python
from core.sandbox.launch import _free_port

READY_SECONDS = 60
PORTAL = "seoul_portal.wsgi:application"


@contextmanager
def web_server(log: Path, *, app: str = PORTAL, **environ: str) -> Iterator[httpx.Client]:
    """Serve the portal as `make run` does; `environ` adds to what the tests run with."""
    port = _free_port()
    given = {"GRANIAN_HOST": "127.0.0.1", "GRANIAN_PORT": str(port), "GRANIAN_WORKERS": "1"}
    # The command line's --workers beats the environment: one worker is enough here.
    instead = {"2": "1", PORTAL: app}
    command = [instead.get(part, part) for part in with_this_python(commands.WEB)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=engines.CHECKOUT,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "seoul_portal.settings"} | given | environ,
            stdout=output,
            stderr=output,
            process_group=0,
        )
    client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False)
    try:
        _wait_until_alive(client, process, log)
        yield client
    finally:
        client.close()
        process.terminate()
        try:
            process.wait(10)
        finally:
            signal_group(process, 9)
            process.wait()


def _wait_until_alive(client: httpx.Client, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if client.get("/healthz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"the web server did not come up:\n{log.read_text()}")

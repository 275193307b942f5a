"""A copy of the working tree where the launcher is started for real, and what it leaves."""

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import httpx
import psutil

from core.sandbox.launch import _free_port

ROOT = Path(__file__).resolve().parents[3]
UP_SECONDS = 600
NOT_OURS = ("DATABASE_", "REDIS_", "SANDBOX_DIR", "DJANGO_SETTINGS_MODULE", "MAKELEVEL", "PYTEST")


def copy_tree(to: Path) -> Path:
    """Copy what git knows or would add, and the assets and messages that `make` has built."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    built = [path for folder in ("static/dist", "locale") for path in (ROOT / folder).rglob("*")]
    for path in [ROOT / name for name in listed if name] + built:
        if path.is_file():
            target = to / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target)
    return to


@dataclass
class Run:
    """One start of the launcher, told from everything else on the machine by a mark."""

    checkout: Path
    port: int = field(default_factory=_free_port)
    mark: str = field(default_factory=lambda: uuid4().hex)
    environ: dict[str, str] = field(default_factory=dict)

    def start(self) -> "Run":
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(NOT_OURS)}
        given = {"PORT": str(self.port), "SANDBOX_THROWAWAY": "1", "RUN_MARK": self.mark}
        self.output = self.checkout / f"output-{self.mark}"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "core.sandbox.launch"],
                cwd=self.checkout,
                env=inherited | given | self.environ,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        return self

    def said(self) -> str:
        return self.output.read_text()

    def wait_for(self, words: str, seconds: float = UP_SECONDS) -> "Run":
        deadline = time.monotonic() + seconds
        while words not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, f"no {words!r} in:\n{self.said()}{self.logs()}"
            time.sleep(0.05)
        return self

    def logs(self) -> str:
        logs = sorted((self.checkout / "var" / "log").glob("*.log"))
        return "".join(f"\n== {log.name}\n{log.read_text()[-2000:]}" for log in logs)

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=20, trust_env=False)

    def processes(self) -> list[psutil.Process]:
        """Every process of this run, whatever its parent: all of them inherit the mark."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.environ().get("RUN_MARK") == self.mark:
                    found.append(process)
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
        return [p for p in found if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]

    def processor_seconds(self) -> float:
        """What all processes of this run, and those that they have ended, have used until now."""
        times = [process.cpu_times() for process in self.processes()]
        return sum(t.user + t.system + t.children_user + t.children_system for t in times)

    def process_of(self, word: str) -> psutil.Process:
        """The process that the launcher itself started with this word in its command line."""
        children = psutil.Process(self.process.pid).children()
        return next(child for child in children if word in child.cmdline())

    def left(self, seconds: float = 60) -> list[str]:
        """What still runs after the given time at most."""
        deadline = time.monotonic() + seconds
        while (alive := self.processes()) and time.monotonic() < deadline:
            time.sleep(0.1)
        return [" ".join(process.cmdline()) for process in alive]

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        os.killpg(self.process.pid, number)
        return self.process.wait(60)

    def end_for_good(self) -> None:
        for process in self.processes():
            process.kill()
        self.process.wait(10)

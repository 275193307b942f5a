"""Child processes that never outlive the launcher: started, watched, restarted, ended."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
# A child that dies is started again after these seconds; once more, and the run ends.
RESTART_AFTER_SECONDS = (1.0, 3.0, 9.0)
# One that has lived this long has earned its restarts back.
STEADY_SECONDS = 120.0
STOP_SECONDS = 8.0


def with_this_python(command: Sequence[str]) -> list[str]:
    """Run the portal's own interpreter, whichever `python` the machine has."""
    return [sys.executable if part == "python" else part for part in command]


def follow_parent(death_signal: signal.Signals) -> None:
    """Have Linux signal this process should its parent be killed, which nobody could report."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, death_signal)


def _following(death_signal: signal.Signals, nice: int) -> Callable[[], None]:
    parent = os.getpid()

    def prepare() -> None:
        os.nice(nice)
        follow_parent(death_signal)
        if os.getppid() != parent:  # it was killed between fork and prctl
            os.kill(os.getpid(), signal.SIGKILL)

    return prepare


def start(
    command: Sequence[str],
    *,
    cwd: Path,
    log: Path,
    environ: Mapping[str, str],
    death_signal: signal.Signals = signal.SIGTERM,
    nice: int = 0,
) -> subprocess.Popen[bytes]:
    """Start a command in a process group of its own, so that Ctrl-C reaches the launcher alone."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603
            with_this_python(command),
            cwd=cwd,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            process_group=0,
            preexec_fn=_following(death_signal, nice),  # noqa: PLW1509
        )


def signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def describe_end(status: int) -> str:
    if status < 0:
        return f"was ended by {signal.Signals(-status).name}"
    return f"ended with status {status}"


@dataclass
class Child:
    """One lasting process of the run."""

    name: str
    command: Sequence[str]
    cwd: Path
    log: Path
    environ: Mapping[str, str]
    # Celery's worker finishes its tasks first on SIGTERM; SIGQUIT makes it hand them back.
    death_signal: signal.Signals = signal.SIGTERM
    # What citizens wait for comes first: the others take what the web server leaves.
    nice: int = 0
    # Who is told of its process, also of each that follows the first.
    on_start: Callable[[str, int], None] = field(default=lambda name, group: None, repr=False)
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    restarts: int = 0
    due_at: float | None = field(default=None, repr=False)

    def start(self) -> None:
        self.process = start(
            self.command,
            cwd=self.cwd,
            log=self.log,
            environ=self.environ,
            death_signal=self.death_signal,
            nice=self.nice,
        )
        self.on_start(self.name, self.process.pid)
        self.started_at = time.monotonic()
        self.due_at = None

    def look(self, say: Callable[[str], None]) -> bool:
        """Restart a process that has died; answer False once it has died too often."""
        now = time.monotonic()
        if self.due_at is not None:
            if now >= self.due_at:
                self.start()
            return True
        if self.process is None or (status := self.process.poll()) is None:
            return True
        signal_group(self.process, signal.SIGKILL)  # what it may have left behind holds the port
        if now - self.started_at > STEADY_SECONDS:
            self.restarts = 0
        ended = f"The {self.name} {describe_end(status)}; {self.log} says why."
        if self.restarts >= len(RESTART_AFTER_SECONDS):
            say(f"{ended} It has been started {self.restarts + 1} times: giving up.")
            return False
        wait = RESTART_AFTER_SECONDS[self.restarts]
        say(f"{ended} Starting it again in {wait:.0f} s.")
        self.restarts += 1
        self.due_at = now + wait
        return True


def stop_all(children: Sequence[Child]) -> None:
    """End every child: asked first, told after a while, and its whole group killed in the end."""
    for child in children:
        _signal(child, signal.SIGTERM)
    _wait(children, STOP_SECONDS)
    for child in children:
        _signal(child, child.death_signal)
    _wait(children, STOP_SECONDS / 2)
    for process in [child.process for child in children if child.process is not None]:
        signal_group(process, signal.SIGKILL)
        process.wait()


def _signal(child: Child, number: signal.Signals) -> None:
    if child.process is not None and child.process.poll() is None:
        child.process.send_signal(number)


def _wait(children: Sequence[Child], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if all(child.process is None or child.process.poll() is not None for child in children):
            return
        time.sleep(0.05)

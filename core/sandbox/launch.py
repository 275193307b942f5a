"""`make run`: brings the whole portal up on this machine, watches it, and takes it down again."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

from core.sandbox import commands, engines, prepared
from core.sandbox.children import Child, describe_end, follow_parent, signal_group, start, stop_all
from core.sandbox.probe import unreadiness
from core.sandbox.survivors import Survivors

# A weak machine that works on other things too needs a minute and more.
READY_SECONDS = 180.0
POLL_SECONDS = 0.05
WATCH_SECONDS = 0.25
LARGEST_PORT = 65_535

Process = subprocess.Popen[bytes]


class StartRefused(Exception):
    """The portal cannot run; the message is one sentence that says what to do."""


class Interrupted(Exception):
    """Ctrl-C or SIGTERM arrived while something was being prepared."""


class Launcher:
    def __init__(self, *, port: int, checkout: Path, var: Path) -> None:
        self.port = port
        self.checkout = checkout
        self.var = var
        self.stopping = False
        self.began_at = time.monotonic()
        self.children: list[Child] = []
        self.survivors = Survivors(checkout)
        self.embedded = not any(
            os.environ.get(name) for name in ("DATABASE_URL", "DATABASE_URL_FILE")
        )
        self.upstreams_port = _free_port()
        self.environ = self._environment()

    def _environment(self) -> dict[str, str]:
        defaults = {
            # As close to production as one machine comes; the sample people alone need DEBUG.
            "DEBUG": "0",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "UPSTREAMS_URL": self.upstreams_url if self.has_samples else "",
            "PROMETHEUS_MULTIPROC_DIR": str(self.var / "metrics"),
        }
        fixed = {
            "GRANIAN_HOST": "127.0.0.1",
            "GRANIAN_PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
        }
        return defaults | os.environ | fixed

    @property
    def upstreams_url(self) -> str:
        return f"http://127.0.0.1:{self.upstreams_port}"

    @property
    def has_samples(self) -> bool:
        """Samples go into the embedded database; into another one only where DEBUG is asked for."""
        return self.embedded or os.environ.get("DEBUG") in {"1", "true", "yes", "on"}

    # What happens, in order.

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        try:
            with self._step("PostgreSQL and Redis"):
                settings = self._start_command(commands.READ_SETTINGS)
                engines.hold_if_embedded(os.environ)
                self._finish(settings, commands.READ_SETTINGS)
            self._prepare()
            self._start_lasting()
            self._tell()
            return self._watch()
        except Interrupted:
            return 0
        finally:
            say("Stopping.")
            stop_all(self.children)
            self.survivors.dismiss()
            engines.release()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _prepare(self) -> None:
        marks_path = self.var / "prepared.json"
        marks = prepared.read_marks(marks_path)
        migrations = prepared.migrations_print(self.checkout)
        if not self.embedded or marks.get("migrations") != f"{migrations} {self._database()}":
            with self._step("Database tables"):
                self._command(commands.MIGRATE)
                self._command(commands.RULES)
            if self.embedded:
                marks["migrations"] = f"{migrations} {self._database()}"
        static = prepared.static_print(self.checkout)
        if marks.get("static") != static or not (self.var / "static").is_dir():
            with self._step("Static files"):
                self._command(commands.COLLECT_STATIC)
            marks["static"] = static
        prepared.write_marks(marks_path, marks)
        if self.has_samples:
            self._prepare_samples(marks, marks_path)

    def _prepare_samples(self, marks: prepared.Marks, marks_path: Path) -> None:
        self._start_child("stand-in upstreams", commands.upstreams(self.upstreams_port), nice=5)
        sampled = self._database().rsplit("/", 2)[0] if self.embedded else "own"
        if marks.get("samples") == sampled and self._sign_ins().exists():
            return
        debug = self.environ | {"DEBUG": "1"}
        with self._step("Stand-in upstreams"):
            self._wait_for("stand-in upstreams", self._upstreams_answer)
        synced = self._sync_samples()
        with self._step("Sample people and records"):
            self._command(commands.sample_people(self._sign_ins()), environ=debug)
        if synced:
            marks["samples"] = sampled
        prepared.write_marks(marks_path, marks)

    def _sync_samples(self) -> bool:
        try:
            with self._step("Sample data through the sync"):
                self._command(commands.SYNC_ALL)
        except StartRefused as refusal:
            say(f"{refusal} The portal starts without; the next start tries again.")
            return False
        return True

    def _start_lasting(self) -> None:
        for folder in ("beat", "metrics"):
            (self.var / folder).mkdir(parents=True, exist_ok=True)
        for stale in (self.var / "metrics").glob("*.db"):
            stale.unlink()
        with self._step("Web server, workers and beat"):
            self._start_child("web server", commands.WEB)
            self._start_child("worker", commands.WORKER, death_signal=signal.SIGQUIT, nice=10)
            self._start_child(
                "sync worker", commands.SYNC_WORKER, death_signal=signal.SIGQUIT, nice=10
            )
            self._start_child("beat", commands.BEAT, nice=10)
            self._wait_for("web server", lambda: unreadiness(self.port) is None)

    def _tell(self) -> None:
        say(f"Up in {time.monotonic() - self.began_at:.1f} s: {self.environ['SITE_URL']}/")
        if self.has_samples and self._sign_ins().exists():
            say(self._sign_ins().read_text(encoding="utf-8").rstrip())
        say(f"Logs: {self.var / 'log'}. Ctrl-C stops everything.")

    def _watch(self) -> int:
        while not self.stopping:
            if not all([child.look(say) for child in self.children]):
                return 1
            time.sleep(WATCH_SECONDS)
        return 0

    # With what.

    def _database(self) -> str:
        return prepared.embedded_database_print()

    def _sign_ins(self) -> Path:
        return self.var / "sign-ins.txt"

    def _log(self, name: str) -> Path:
        return self.var / "log" / f"{name.replace(' ', '-')}.log"

    def _upstreams_answer(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.upstreams_port), 1):
            return True
        return False

    def _start_child(
        self,
        name: str,
        command: Sequence[str],
        *,
        death_signal: signal.Signals = signal.SIGTERM,
        nice: int = 0,
    ) -> None:
        log = self._log(name)
        if log.exists():
            log.replace(log.with_suffix(".log.1"))
        child = Child(
            name=name,
            command=command,
            cwd=self.checkout,
            log=log,
            environ=self.environ,
            death_signal=death_signal,
            nice=nice,
            on_start=self.survivors.note,
        )
        child.start()
        self.children.append(child)

    def _wait_for(self, name: str, is_ready: Callable[[], bool]) -> None:
        child = next(child for child in self.children if child.name == name)
        deadline = time.monotonic() + READY_SECONDS
        while not is_ready():
            self._raise_if_stopping()
            if child.process is not None and (status := child.process.poll()) is not None:
                raise StartRefused(f"The {name} {describe_end(status)}: {_last_line(child.log)}")
            if time.monotonic() > deadline:
                raise StartRefused(
                    f"The {name} was not ready after {READY_SECONDS:.0f} s; {child.log} says why."
                )
            time.sleep(POLL_SECONDS)

    def _command(self, command: Sequence[str], *, environ: dict[str, str] | None = None) -> None:
        self._finish(self._start_command(command, environ=environ), command)

    def _start_command(
        self, command: Sequence[str], *, environ: dict[str, str] | None = None
    ) -> Process:
        log = self._log("prepare")
        log.unlink(missing_ok=True)
        return start(command, cwd=self.checkout, log=log, environ=environ or self.environ)

    def _finish(self, process: Process, command: Sequence[str]) -> None:
        while (status := process.poll()) is None:
            if self.stopping:
                signal_group(process, signal.SIGTERM)
                with suppress(subprocess.TimeoutExpired):
                    process.wait(5)
                signal_group(process, signal.SIGKILL)
                process.wait()
            time.sleep(POLL_SECONDS)
        self._raise_if_stopping()
        if status != 0:
            raise StartRefused(
                f"`{' '.join(command)}` {describe_end(status)}: {_last_line(self._log('prepare'))}"
            )

    def _raise_if_stopping(self) -> None:
        if self.stopping:
            raise Interrupted

    @contextmanager
    def _step(self, title: str) -> Iterator[None]:
        began_at = time.monotonic()
        yield
        self._raise_if_stopping()
        say(f"  {title:<32}{time.monotonic() - began_at:6.1f} s")


def say(line: str) -> None:
    # A reader that has gone (`make run | head`) must not keep us from stopping the children.
    with suppress(BrokenPipeError):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), f"see {log}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _chosen_port() -> int:
    value = os.environ.get("PORT") or "8000"
    if not value.isdecimal() or not 0 < int(value) <= LARGEST_PORT:
        raise StartRefused(
            f"PORT is {value!r}; it must be a whole number from 1 to {LARGEST_PORT}."
        )
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(value)))
        except OSError as fault:
            raise StartRefused(
                f"Port {value} cannot be used ({fault.strerror}): "
                f"stop what uses it, or choose another, as in `make run PORT=8001`."
            ) from fault
    return int(value)


@contextmanager
def _only_run(var: Path) -> Iterator[None]:
    """Refuse a second run on the same data: two beats would send every task twice."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise StartRefused(
                f"The portal already runs from this folder (process {lock.read().strip()})."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def main() -> NoReturn:
    if "MAKELEVEL" in os.environ:  # killing `make` must end the portal that it started
        follow_parent(signal.SIGTERM)
    try:
        with _only_run(engines.var_dir()):
            launcher = Launcher(
                port=_chosen_port(), checkout=engines.CHECKOUT, var=engines.var_dir()
            )
            sys.exit(launcher.run())
    except (StartRefused, engines.EnginesUnavailable) as refusal:
        sys.stderr.write(f"{refusal}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()

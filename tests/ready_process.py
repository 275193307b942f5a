"""A process with Django ready, which begins commands in children that a test may kill any time.

A command begun anew takes seconds before it does anything, and a third of the kills would strike
Python's start. A child of this process is at work at once; what it holds (connections, locks,
files) is its own, as a command's is, and ends with it.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import NoReturn, Self

CHECKOUT = Path(__file__).resolve().parents[1]


class ReadyProcess:
    """The test's side: `with ReadyProcess(environ) as ready: ready.begin("sync", …)`."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.ready_process"],
            cwd=CHECKOUT,
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        self._answered()  # it is ready: what is begun from here on does not wait for its start
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._process.communicate()

    def begin(self, *words: str) -> int:
        """Begin a command and answer the number of its process, which stands until `wait`."""
        return self._ask("\t".join(words))

    def wait(self) -> int:
        """Answer how the command that was begun ended: 0, its code, or -9 where it was killed."""
        return self._ask("")

    def _ask(self, line: str) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return self._answered()

    def _answered(self) -> int:
        assert self._process.stdout is not None
        return int(self._process.stdout.readline())


def main() -> None:
    import django  # noqa: PLC0415 (only where this runs as a process)
    from django.core.management import call_command  # noqa: PLC0415
    from django.urls import get_resolver  # noqa: PLC0415

    django.setup()
    get_resolver().url_patterns  # noqa: B018 (imports what a command would)
    _answer(0)
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            _run(call_command, line.rstrip("\n").split("\t"))
        _answer(pid)
        sys.stdin.readline()
        _answer(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


def _answer(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _run(call_command: Callable[..., object], words: list[str]) -> NoReturn:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)
    try:
        call_command(*words)
    except SystemExit as ended:
        os._exit(int(ended.code or 0))
    except BaseException:
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()

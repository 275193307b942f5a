"""Ends what outlives a launcher that was killed: a worker whose broker is gone may hang for ever.

Children are signalled by Linux itself when the launcher dies. This process is for those that do not
end by it: it is told of each by a pipe, which closes with the launcher however that ends.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

# Longer than a web server or a worker takes to end when it is asked to.
GRACE_SECONDS = 15.0
DONE = "done"


class Survivors:
    """The launcher's side: tells which process now runs under a child's name."""

    def __init__(self, checkout: Path, *, grace: float = GRACE_SECONDS) -> None:
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "core.sandbox.survivors", str(grace)],
            cwd=checkout,
            stdin=subprocess.PIPE,
            text=True,
            process_group=0,
        )

    def note(self, name: str, group: int) -> None:
        self._say(f"{group} {name}")

    def dismiss(self) -> None:
        """End it without its doing anything: every child has been seen to end."""
        self._say(DONE)
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()
        self._process.wait()

    def _say(self, line: str) -> None:
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.write(f"{line}\n")
                self._process.stdin.flush()


def main() -> None:
    groups = read_groups(sys.stdin)
    if groups:
        time.sleep(float(sys.argv[1]))
    for group in groups:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)


def read_groups(lines: Iterable[str]) -> set[int]:
    """Answer which groups may be left: the last of each name, or none after a clean end."""
    groups: dict[str, int] = {}
    for line in lines:
        if line.strip() == DONE:
            return set()
        number, _, name = line.strip().partition(" ")
        groups[name] = int(number)
    return set(groups.values())


if __name__ == "__main__":
    main()

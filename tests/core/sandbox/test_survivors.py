"""What outlives the launcher is ended, and nothing else is."""

import signal
import subprocess
import sys

import pytest

from core.sandbox.survivors import Survivors, read_groups
from tests.core.sandbox.checkout import ROOT

DEAF = "import signal, time; [signal.signal(n, signal.SIG_IGN) for n in (2, 3, 15)]; time.sleep(60)"


@pytest.fixture
def deaf():
    """A process that no signal ends but one."""
    process = subprocess.Popen([sys.executable, "-c", DEAF], process_group=0)
    yield process
    process.kill()
    process.wait()


def test_a_process_that_hears_nothing_is_killed_after_the_launcher(deaf):
    survivors = Survivors(ROOT, grace=0.1)
    survivors.note("worker", deaf.pid)

    survivors._process.stdin.close()  # what a kill of the launcher does

    assert deaf.wait(20) == -signal.SIGKILL
    assert survivors._process.wait(20) == 0


def test_nothing_is_ended_after_a_clean_end(deaf):
    survivors = Survivors(ROOT, grace=0.1)
    survivors.note("worker", deaf.pid)

    survivors.dismiss()

    assert deaf.poll() is None


def test_a_child_that_was_started_again_is_known_by_its_last_process():
    lines = ["11 worker\n", "12 sync worker\n", "13 worker\n"]

    assert read_groups(lines) == {12, 13}
    assert read_groups([*lines, "done\n"]) == set()

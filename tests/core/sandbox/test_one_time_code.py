"""The code is that of RFC 6238, appendix B (SHA-1), cut to the six digits that apps show."""

import subprocess
import sys

import pytest

from core.sandbox.one_time_code import one_time_code

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(
    ("at", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_follows_the_standard(at, code):
    assert one_time_code(SECRET, at=at) == code
    assert one_time_code("gezd gnbv gy3t qojq gezd gnbv gy3t qojq", at=at) == code


def test_is_told_on_the_command_line():
    told = subprocess.run(
        [sys.executable, "-m", "core.sandbox.one_time_code", SECRET],
        check=True, capture_output=True, text=True,
    )  # fmt: skip

    # Nothing but the code, so that a script may take it as it is.
    assert told.stdout.removesuffix("\n").isdecimal()
    assert len(told.stdout) == len("123456\n")
    assert told.stderr.startswith("for ")

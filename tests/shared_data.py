"""Where the publishers' real rows are; tests that need them skip where they are not."""

import os
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
SHARED_DATA = Path(os.environ.get("SHARED_DATA") or CHECKOUT.parent / "shared" / "data")

needs_shared_data = pytest.mark.skipif(
    not (SHARED_DATA / "facilities").is_dir(),
    reason="the publishers' real rows are not on this machine (SHARED_DATA names their folder)",
)

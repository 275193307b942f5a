"""The portal's Celery application with one more task, which a test can interrupt."""

import os
import time
from pathlib import Path

from seoul_portal.celery import app

__all__ = ["app", "note"]


@app.task(name="tests.note")
def note(*, path: str) -> None:
    """Note each start; the first run is long enough to be killed in, a later one ends at once."""
    notes = Path(path)
    with notes.open("a") as lines:
        lines.write(f"started {os.getpid()}\n")
    if notes.read_text().count("started") == 1:
        time.sleep(120)
    with notes.open("a") as lines:
        lines.write("done\n")

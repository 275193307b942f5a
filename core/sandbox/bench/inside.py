"""Runs the work of one of these modules inside the portal, in a process of its own.

`BENCH_WORK='{"people": 1000}' python -m core.sandbox.bench.inside filling` calls
`filling.work(people=1000)` in a Django that is set up, and tells the answer as a line of JSON.
"""

import json
import os
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import django

from core.sandbox.bench import databases

PACKAGE = "core.sandbox.bench"
# Not on the command line: it may hold the cookie of somebody who has signed in.
TOLD = "BENCH_WORK"


def main() -> None:
    (module,) = sys.argv[1:]
    django.setup()
    work: Callable[..., Any] = import_module(f"{PACKAGE}.{module}").work
    sys.stdout.write(json.dumps(work(**json.loads(os.environ.pop(TOLD)))) + "\n")


def run(module: str, environ: Mapping[str, str], **told: Any) -> Any:
    """Let the work be done where `environ` says, and answer what it answers."""
    command = ("python", "-m", f"{PACKAGE}.inside", module)
    said = databases.run(command, {**environ, TOLD: json.dumps(told)})
    return json.loads(said.splitlines()[-1])


if __name__ == "__main__":
    main()

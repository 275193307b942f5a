"""The nightly pass over a city: against bare NumPy, and beside OpenFisca on as many people."""

import json
import os
import sys
from typing import Any

from core.sandbox import engines
from core.sandbox.bench.databases import run
from core.sandbox.bench.judging import Result
from core.sandbox.bench.syncing import say
from core.sandbox.bench.wrk import BenchFailed

LEAST_SHARE, MOST_MEGABYTES, LEAST_CORES, LEAST_TIMES = 0.5, 2048, 1.6, 20
OPENFISCA = engines.CHECKOUT / "core/sandbox/bench/openfisca_pass.py"
REQUIREMENTS = engines.CHECKOUT / "requirements/bench.txt"


def measure(*, persons: int, benefits: int) -> list[Result]:
    asked = ("--persons", str(persons), "--benefits", str(benefits))
    told = json.loads(run(("python", "manage.py", "bench_screening", *asked), os.environ))
    results = [
        Result(
            name=f"nightly pass, {benefits:,} benefits",
            rows=told["persons"],
            figure=told["ours_rate"] / 1e6,
            unit="million pairs/s",
            against="bare NumPy, column by column",
            limit=told["bare_rate"] / 1e6,
            ratio=told["ours_rate"] / told["bare_rate"],
            target=LEAST_SHARE,
        ),
        Result(
            name="nightly pass, memory of both processes",
            rows=told["persons"],
            figure=told["ours_megabytes"],
            unit="MB",
            target=MOST_MEGABYTES,
            at_most=True,
        ),
        Result(
            name="nightly pass, cores in use",
            rows=told["persons"],
            figure=told["ours_cores"],
            unit="cores",
            target=LEAST_CORES,
        ),
    ]
    beside = _openfisca(persons)
    if beside is not None:
        results.append(
            Result(
                name="nightly pass, times OpenFisca",
                rows=told["persons"],
                figure=told["ours_rate"] / 1e6,
                unit="million person × formula/s",
                against="OpenFisca, template country",
                limit=beside["rate"] / 1e6,
                ratio=told["ours_rate"] / beside["rate"],
                target=LEAST_TIMES,
            )
        )
    return results


def _openfisca(persons: int) -> dict[str, Any] | None:
    """Answer its rate; where the package index does not give it to us, say so and go on."""
    home = engines.var_dir() / "openfisca"
    python = home / "bin" / "python"
    try:
        if not (home / "ready").is_file():
            say("Installing OpenFisca into an environment of its own …")
            run((sys.executable, "-m", "venv", "--clear", str(home)), os.environ)
            install = ("-m", "pip", "install", "--quiet", "--require-hashes", "-r")
            run((str(python), *install, str(REQUIREMENTS)), os.environ)
            (home / "ready").touch()
        told: dict[str, Any] = json.loads(
            run((str(python), str(OPENFISCA), str(persons)), os.environ)
        )
    except BenchFailed as fault:
        say(f"OpenFisca is not measured: {fault}")
        return None
    return told

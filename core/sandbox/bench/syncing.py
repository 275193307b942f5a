"""Measures a first and an unchanged sync against the bare load, and fills the databases kept."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import psycopg

from core.sandbox import engines
from core.sandbox.bench import bare_load, databases, recorded
from core.sandbox.bench.judging import Pair, Result, against_limit
from core.sandbox.bench.wrk import BenchFailed

SCRATCH = "bench_sync"
FIRST_TARGET, UNCHANGED_TARGET = 0.4, 2.0
MOST_MEGABYTES = 350.0
# Three rounds, and one where a round takes minutes.
ROUNDS, MANY_ROWS = 3, 500_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Seconds of one round, and the syncing process's memory."""

    rows: int
    first: float
    unchanged: float
    bare: float
    megabytes: float


def kept_database(rows: int) -> str:
    return f"bench_{rows}"


def ensure_kept(rows: int, *, anew: bool = False) -> dict[str, Any] | None:
    """Fill the database of so many rows by the real sync, unless a former run has done it.

    Answers what the sync told, search index included; None where nothing had to be done.
    """
    database = kept_database(rows)
    mark = f"{databases.migrations_mark()} {recorded.sources_print()}"
    if not anew and databases.mark_of(database) == mark:
        return None
    databases.make(database)
    with recorded.replaying(_answers(rows)) as url:
        told = run_sync(database, url, with_search=True)
    databases.settle(database)
    databases.note(database, mark)
    return told


def _answers(rows: int) -> Path:
    return recorded.record(rows, engines.var_dir() / "answers")


def run_sync(database: str, url: str, *, with_search: bool = False) -> dict[str, Any]:
    command = ["python", "-m", "core.sandbox.bench.sync_once", url]
    output = databases.run(
        [*command, "--search"] if with_search else command, databases.environment(database)
    )
    told: dict[str, Any] = json.loads(output.splitlines()[-1])
    if told["status"] != "COMPLETED":
        raise BenchFailed(f"The sync into {database} did not complete: {told['reason']}")
    return told


def measure(rows: int) -> list[Result]:
    rounds = [measure_round(rows) for _ in range(1 if rows >= MANY_ROWS else ROUNDS)]
    databases.drop(SCRATCH)
    return results(rounds, asked=rows)


def measure_round(rows: int) -> Round:
    """First sync, bare load of the rows it published, unchanged sync: from the same cold start."""
    databases.make(SCRATCH)
    url_of_database = databases.url_of(SCRATCH)
    with recorded.replaying(_answers(rows)) as url:
        databases.settle(SCRATCH)
        first = run_sync(SCRATCH, url)
        if first["inserted"] + first["rejected"] != first["received"]:
            raise BenchFailed(f"The first sync found rows that were there already: {first}")
        path = engines.var_dir() / f"{SCRATCH}.copy"
        published = bare_load.unload(url_of_database, path)
        bare = bare_load.load(url_of_database, path)
        path.unlink()
        databases.settle(SCRATCH)
        again = run_sync(SCRATCH, url)
        if again["inserted"] or again["unchanged"] != first["inserted"]:
            raise BenchFailed(f"The second sync wrote what had not changed: {again}")
    return Round(
        rows=published,
        first=first["seconds"],
        unchanged=again["seconds"],
        bare=bare,
        megabytes=max(first["peak_mb"], again["peak_mb"]),
    )


def results(rounds: list[Round], *, asked: int) -> list[Result]:
    return [
        against_limit(
            "first sync",
            [Pair(one.rows / one.first, one.rows / one.bare) for one in rounds],
            rows=asked,
            unit="rows/s",
            against="COPY + upsert",
            target=FIRST_TARGET,
        ),
        against_limit(
            "unchanged sync",
            [Pair(one.rows / one.unchanged, one.rows / one.first) for one in rounds],
            rows=asked,
            unit="rows/s",
            against="first sync",
            target=UNCHANGED_TARGET,
        ),
        Result(
            name="sync, most memory held",
            rows=asked,
            figure=median(one.megabytes for one in rounds),
            unit="MB",
            target=MOST_MEGABYTES,
            at_most=True,
        ),
    ]


def filling_results(told: dict[str, Any], *, asked: int) -> list[Result]:
    """What filling a kept database took beyond the sync, and the most memory it held in all."""
    if told.get("search_seconds") is None:
        return []
    return [
        Result(
            name="search index after a first sync",
            rows=asked,
            figure=told["search_seconds"],
            unit="s",
        ),
        Result(
            name="sync and search index, most memory held",
            rows=asked,
            figure=told["search_peak_mb"],
            unit="MB",
            target=MOST_MEGABYTES,
            at_most=True,
        ),
    ]


def connect(rows: int) -> psycopg.Connection[Any]:
    return psycopg.connect(databases.url_of(kept_database(rows)), autocommit=True)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()

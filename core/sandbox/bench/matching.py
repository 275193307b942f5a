"""One household of four before a whole catalogue: through the API, and the computation alone."""

import http.client
import json
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from core.sandbox import engines
from core.sandbox.bench import databases, syncing
from core.sandbox.bench.asking import ROUNDS
from core.sandbox.bench.judging import Pair, Result, against_limit
from core.sandbox.bench.servers import serving
from core.sandbox.bench.wrk import BenchFailed, write_addresses
from core.sandbox.bench.wrk import measure as load

DATABASE = "bench_match"
REDIS = 9
MATCH = "/api/v1/benefits/match/"
LEAST_SHARE, MOST_TIMES = 0.2, 3.0
# A couple, a child and a grandmother, of whom most is known; each differs by a birthday.
VARIANTS = 28


def measure(wrk: str, *, facilities: int, benefits: int, seconds: int) -> list[Result]:
    """The catalogue lies in a copy of the database that the bare query reads."""
    databases.copy(syncing.kept_database(facilities), DATABASE)
    environ = databases.environment(DATABASE, redis=REDIS)
    told = json.loads(
        databases.run(("python", "manage.py", "bench_match", "--benefits", str(benefits)), environ)
    )
    databases.settle(DATABASE)
    pairs = _ask(wrk, seconds=seconds)
    databases.drop(DATABASE)
    return [
        against_limit(
            "API match, household of four",
            pairs,
            rows=benefits,
            unit="req/s",
            against="bare query",
            target=LEAST_SHARE,
        ),
        Result(
            name="match, the computation alone",
            rows=benefits,
            figure=told["ours_ms"],
            unit="ms",
            against="bare NumPy, as many comparisons",
            limit=told["bare_ms"],
            ratio=told["ours_ms"] / told["bare_ms"],
            target=MOST_TIMES,
            at_most=True,
        ),
    ]


def _ask(wrk: str, *, seconds: int) -> list[Pair]:
    folder = engines.var_dir() / "addresses"
    bodies = _write_bodies(folder / "match.json")
    match = write_addresses(folder / "match.txt", [MATCH])
    query = write_addresses(folder / "query.txt", ["/query"])
    pairs = []
    with ExitStack() as stack:
        servers = stack.enter_context(serving(DATABASE, redis=REDIS))
        _warm(servers.uncached)
        for _ in range(ROUNDS):
            limit = load(wrk, servers.bare, query, seconds=seconds)
            ours = load(wrk, servers.uncached, match, seconds=seconds, bodies=bodies)
            pairs.append(Pair(ours.rate, limit.rate))
    return pairs


def _warm(url: str) -> None:
    """Ask until both processes have read and compiled the rules."""
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=120)
    try:
        for body in households():
            connection.request(
                "POST", MATCH, json.dumps(body), {"Content-Type": "application/json"}
            )
            answer = connection.getresponse()
            answer.read()
            if answer.status != http.client.OK:
                raise BenchFailed(f"{url}{MATCH} answers {answer.status}.")
            connection.close()
    finally:
        connection.close()


def _write_bodies(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(body, ensure_ascii=True) for body in households()]
    path.write_text("\n".join(lines) + "\n", encoding="ascii")
    return path


def households() -> Sequence[dict[str, Any]]:
    return [
        {
            "on": "2026-11-28",
            "district": "노원구",
            "home_owner": False,
            "income_monthly": 3_800_000,
            "household_yes": [],
            "household_no": ["MULTICULTURAL", "SINGLE_PERSON", "SINGLE_PARENT"],
            "members": [
                {"id": "me", "birth_date": f"1986-02-{day:02}", "sex": "F", "yes": ["EMPLOYED"],
                 "no": ["DISABLED", "JOB_SEEKER"]},
                {"id": "2", "birth_date": f"1984-07-{day:02}", "sex": "M", "yes": ["JOB_SEEKER"],
                 "no": ["DISABLED", "EMPLOYED"]},
                {"id": "3", "birth_date": f"2017-04-{day:02}", "sex": "M", "yes": ["ELEMENTARY"]},
                {"id": "4", "birth_date": f"1956-03-{day:02}", "sex": "F", "yes": ["DISABLED"]},
            ],
        }
        for day in range(1, VARIANTS + 1)
    ]  # fmt: skip

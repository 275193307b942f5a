"""`make bench`: prepares, measures, and tells the results on the screen and in var/bench.json."""

import datetime
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from core.sandbox import commands, engines
from core.sandbox.bench import (
    asking,
    clerks,
    databases,
    matching,
    people,
    report,
    screening,
    starting,
    syncing,
)
from core.sandbox.bench.judging import Result, missed
from core.sandbox.bench.syncing import say
from core.sandbox.bench.wrk import BenchFailed, find_wrk

PARTS = ("http", "sync", "people", "clerks", "match", "screening", "start")


def read_arguments(given: Sequence[str] | None = None) -> Namespace:
    parser = ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--sync-rows", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--case-rows", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--notice-rows", type=int, default=100_000)
    parser.add_argument("--clerks", type=int, default=850)
    parser.add_argument("--clerk-cases", type=int, default=100_000)
    parser.add_argument("--clerk-seconds", type=int, default=180)
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--benefits", type=int, default=11_000)
    parser.add_argument("--seconds", type=int, default=5, help="of each single measurement")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--only", nargs="+", default=[""], help="requests whose name holds this")
    parser.add_argument("--anew", action="store_true", help="fill the kept databases again")
    return parser.parse_args(given)


def main() -> None:
    asked = read_arguments()
    var = engines.var_dir()
    # Everything measured lives apart from the portal's own data.
    os.environ["SANDBOX_DIR"] = str(var / "bench")
    try:
        results = measure(asked)
    except (BenchFailed, engines.EnginesUnavailable) as fault:
        sys.exit(str(fault))
    tell(results, asked, var)


def measure(asked: Namespace) -> list[Result]:
    results: list[Result] = []
    if "http" in asked.parts:
        results += measure_requests(asked)
    if "sync" in asked.parts:
        engines.hold()
        for rows in asked.sync_rows:
            say(f"Syncing {rows:,} rows …")
            results += syncing.measure(rows)
    if "people" in asked.parts:
        results += measure_people(asked)
    if "clerks" in asked.parts:
        results += measure_clerks(asked)
    if "match" in asked.parts:
        results += measure_matching(asked)
    if "screening" in asked.parts:
        say(f"Judging {asked.persons:,} people …")
        results += screening.measure(persons=asked.persons, benefits=asked.benefits)
    if "start" in asked.parts:
        say("Starting the portal …")
        results.append(starting.measure(engines.var_dir() / "portal"))
    return results


def measure_requests(asked: Namespace) -> list[Result]:
    wrk = find_wrk()
    engines.hold()
    results: list[Result] = []
    for rows in sorted(asked.rows):
        say(f"Preparing {rows:,} rows …")
        if (told := syncing.ensure_kept(rows, anew=asked.anew)) is not None:
            results += syncing.filling_results(told, asked=rows)
    collect_static(min(asked.rows))
    say("Asking …")
    return [
        *asking.ask(wrk, sizes=asked.rows, seconds=asked.seconds, only=asked.only),
        *results,
    ]


def measure_people(asked: Namespace) -> list[Result]:
    """Requests lie on top of a database with facilities, which the bare limit reads."""
    wrk = find_wrk()
    engines.hold()
    facilities = min(asked.rows)
    syncing.ensure_kept(facilities, anew=asked.anew and "http" not in asked.parts)
    collect_static(facilities)
    return people.measure(
        wrk,
        cases=asked.case_rows,
        notices=asked.notice_rows,
        facilities=facilities,
        seconds=asked.seconds,
        anew=asked.anew,
    )


def measure_clerks(asked: Namespace) -> list[Result]:
    engines.hold()
    facilities = min(asked.rows)
    syncing.ensure_kept(facilities, anew=asked.anew and "http" not in asked.parts)
    collect_static(facilities)
    say(f"Seating {asked.clerks:,} clerks among {asked.clerk_cases:,} requests …")
    return clerks.measure(
        clerks=asked.clerks,
        cases=asked.clerk_cases,
        benefits=asked.benefits,
        facilities=facilities,
        seconds=asked.clerk_seconds,
    )


def measure_matching(asked: Namespace) -> list[Result]:
    wrk = find_wrk()
    engines.hold()
    facilities = min(asked.rows)
    syncing.ensure_kept(facilities, anew=asked.anew and "http" not in asked.parts)
    collect_static(facilities)
    say(f"Matching {asked.benefits:,} benefits …")
    return matching.measure(
        wrk, facilities=facilities, benefits=asked.benefits, seconds=asked.seconds
    )


def collect_static(rows: int) -> None:
    environ = databases.environment(syncing.kept_database(rows))
    databases.run(commands.COLLECT_STATIC, environ)


def tell(results: Sequence[Result], asked: Namespace, var: Path) -> None:
    machine = report.machine()
    say(f"\n{machine}\n\n{report.as_text(results)}")
    report.write_json(
        var / "bench.json",
        results,
        at=datetime.datetime.now(tz=datetime.UTC).isoformat(timespec="seconds"),
        machine=machine,
        seconds=asked.seconds,
        load=os.getloadavg(),
    )
    (var / "bench.md").write_text(report.as_markdown(results), encoding="utf-8")
    judged = [result for result in results if result.target is not None]
    say(f"\n{len(judged) - len(missed(results))} of {len(judged)} targets met. {var}/bench.json")


if __name__ == "__main__":
    main()

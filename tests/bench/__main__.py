"""`make bench`: measures, prints the table, and writes var/bench.json.

`make bench BENCH="--rows 10000 --seconds 2 --only serve"` for a short look.
"""

import argparse
import json
import os
import platform
import shutil
import sys
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--rows", type=int, action="append", help="facilities; may be repeated")
    parser.add_argument("--sync-rows", type=int, action="append", help="rows of a sync")
    parser.add_argument("--seconds", type=float, default=4.0, help="of each of three rounds")
    parser.add_argument("--only", choices=("start", "serve", "sync"), action="append")
    parser.add_argument("--keep", action="store_true", help="use what var/bench already holds")
    return parser.parse_args()


def prepare_environment(*, keep: bool) -> None:
    """Engines of the bench's own, told before anything reads where they are."""
    folder = ROOT / "var" / "bench"
    if not keep:
        shutil.rmtree(folder, ignore_errors=True)
    for name in [n for n in os.environ if n.startswith(("DATABASE_", "REDIS_", "SANDBOX_"))]:
        del os.environ[name]
    os.environ["SANDBOX_DIR"] = str(folder)


def main() -> None:
    options = parse()
    prepare_environment(keep=options.keep)
    from core.sandbox import engines
    from tests.bench.load import Loader
    from tests.bench.measures import Figure, growth, serving, syncing
    from tests.bench.starting import starting
    from tests.bench.world import World

    parts = options.only or ["start", "serve", "sync"]
    rows = options.rows or [10_000, 1_000_000]
    loader = Loader.found()
    figures: list[Figure] = []
    missing: list[str] = []
    if "start" in parts:
        figures += starting()
    engines.hold()
    if "sync" in parts:
        for number in options.sync_rows or [100_000, 1_000_000]:
            figures += syncing(World(number))
    if "serve" in parts:
        served: list[list[Figure]] = []
        for number in rows:
            world = World(number)
            if not world.is_filled():
                world.fill()
            measured, absent = serving(world, loader, options.seconds)
            served.append(measured)
            figures += measured
            missing += absent
        if len(served) > 1:
            figures += growth(served[0], served[-1])
    tell(figures, missing, loader.name)
    write(figures, missing, loader.name)
    if missing or any(figure.is_met is False for figure in figures):
        sys.exit(1)


def tell(figures: list["Figure"], missing: list[str], loader: str) -> None:  # noqa: F821
    say(f"\n{os.cpu_count()} processors, {platform.platform()}, load by {loader}, 8 connections\n")
    for group, members in groupby(figures, key=lambda figure: figure.group):
        say(group)
        say(f"  {'':<28}{'portal':>12}{'limit':>12}{'ratio':>9}{'wanted':>9}  against")
        for one in members:
            verdict = {True: "", False: "  MISSED", None: ""}[one.is_met]
            wanted = "" if one.wanted is None else f"{one.wanted:.2f}"
            say(
                f"  {one.name:<28}{one.portal:>12,.2f}{one.limit:>12,.2f}"
                f"{one.ratio:>9.2f}{wanted:>9}  {one.against}{verdict}"
            )
        say("")
    for line in missing:
        say(f"not measured: {line}")


def write(figures: list["Figure"], missing: list[str], loader: str) -> None:  # noqa: F821
    told = {
        "processors": os.cpu_count(),
        "platform": platform.platform(),
        "loader": loader,
        "figures": [figure.as_json() for figure in figures],
        "not_measured": missing,
    }
    path = ROOT / "var" / "bench.json"
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

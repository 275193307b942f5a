"""Runs the city's facility feed once in this process, and tells what it took as a line of JSON.

`python -m core.sandbox.bench.sync_once URL [--search]`: the pass alone, and after it, where asked
for, what follows a pass (the search index).
"""

import json
import sys
import time
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path

import django


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("--search", action="store_true")
    asked = parser.parse_args()
    django.setup()
    sys.stdout.write(json.dumps(sync(asked.url, with_search=asked.search)) + "\n")


def sync(url: str, *, with_search: bool) -> dict[str, object]:
    # After Django's set-up, which reads the settings.
    from django.utils import timezone  # noqa: PLC0415

    from core.feeds.services import chosen_feeds, sync_feed  # noqa: PLC0415

    (feed,) = chosen_feeds(["welfare.seoul_facilities"])
    began_at = time.perf_counter()
    run = sync_feed(feed=replace(feed, after_commit=None), clock=timezone.now, upstreams=url)
    told: dict[str, object] = {
        "seconds": time.perf_counter() - began_at,
        "status": str(run.status),
        "reason": run.reason,
        "received": run.received,
        "inserted": run.inserted,
        "unchanged": run.unchanged,
        "rejected": run.rejected,
        "peak_mb": peak_megabytes(),
        "search_seconds": None,
    }
    if with_search and feed.after_commit is not None:
        began_at = time.perf_counter()
        feed.after_commit(timezone.now())
        told["search_seconds"] = time.perf_counter() - began_at
        told["search_peak_mb"] = peak_megabytes()
    return told


def peak_megabytes() -> float:
    """The most memory this process has held, by the kernel's own account."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the kernel does not tell VmHWM")


if __name__ == "__main__":
    main()

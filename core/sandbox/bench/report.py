"""Tells the results: a table on the screen, the same for a page of the docs, and a JSON file."""

import json
import os
import platform
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from core.sandbox.bench.judging import Result

HEAD = ("what", "rows", "figure", "against", "limit", "ratio", "target", "")
VERDICTS = {True: "met", False: "MISSED", None: ""}


def cells(result: Result) -> tuple[str, ...]:
    return (
        result.name,
        "" if result.rows is None else f"{result.rows:,}",
        f"{number(result.figure)} {result.unit}",
        result.against,
        "" if result.limit is None else number(result.limit),
        "" if result.ratio is None else f"{result.ratio:.2f}",
        _target(result),
        VERDICTS[result.is_met],
    )


def number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"  # noqa: PLR2004


def _target(result: Result) -> str:
    if result.target is None:
        return ""
    return f"{'≤' if result.at_most else '≥'} {result.target:g}"


def as_text(results: Sequence[Result]) -> str:
    lines = [HEAD, *(cells(result) for result in results)]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)
        )
        for line in lines
    )


def as_markdown(results: Sequence[Result]) -> str:
    lines = [HEAD, ("---",) * len(HEAD), *(cells(result) for result in results)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def machine() -> str:
    """The class of machine, without its name."""
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores ({model}), {memory:.0f} GB, "
        f"{platform.system()}, Python {platform.python_version()}"
    )


def write_json(path: Path, results: Sequence[Result], **about: object) -> None:
    told = [asdict(result) | {"met": result.is_met} for result in results]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps({**about, "results": told}, ensure_ascii=False, indent=1) + "\n",
        encoding="utf-8",
    )

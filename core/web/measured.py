"""The measured facts of the statement on accessibility, as the last browser run wrote them."""

import datetime
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FACTS = Path(__file__).resolve().parent / "data" / "accessibility.json"


@dataclass(frozen=True, slots=True)
class Measured:
    """What was judged, how it was looked at, and what was found wrong."""

    measured_on: datetime.date
    axe: str
    browser: str
    judgements: int
    widths: tuple[int, ...]
    sizes: tuple[int, ...]
    contrasts: tuple[str, ...]
    pages: dict[str, list[str]]  # languages by kind of page
    faults: tuple[str, ...]


@cache
def measured() -> Measured:
    told = json.loads(FACTS.read_text(encoding="utf-8"))
    return Measured(
        measured_on=datetime.date.fromisoformat(told["measured_on"]),
        axe=told["axe"],
        browser=told["browser"],
        judgements=told["judgements"],
        widths=tuple(told["widths"]),
        sizes=tuple(told["sizes"]),
        contrasts=tuple(told["contrasts"]),
        pages=told["pages"],
        faults=tuple(told["faults"]),
    )

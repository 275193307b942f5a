"""Households whose verdicts are known: nothing is published that changes one without a word on it.

A line is `programme | verdict | people @ household | why | why in Korean | source`. People stand
between slashes, and the first is judged, or the one marked by a `*`: a birthday, a sex, `+FACT`
that is so, `-FACT` that is not, `gets:` and `not:` programmes, `name=value`. Of the household
likewise, with `income`, `band`, `home` and `on`. Staff are told the Korean words; the English ones
are for whoever keeps the rules.
Its sources are those of the conditions that decide: of a no, what is not met; of what depends, what
is open; of what is likely, all of them. They stand between semicolons.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

from welfare.rules.conditions import Verdict
from welfare.rules.facts import Household, Member

# The day on which the households are as told, where they do not say another.
USUAL_DAY = datetime.date(2026, 11, 23)
NUMBERS = frozenset({"income_monthly", "assets", "pregnancy_weeks"})
LONG_NAMES = {"income": "income_monthly", "band": "income_band", "home": "home_owner"}
SETS = {"+": "yes", "-": "no", "gets:": "receives", "not:": "receives_not"}
SEXES = ("F", "M")
JUDGED = "*"


@dataclass(frozen=True, slots=True)
class RegressionHousehold:
    """A member's verdict about a programme on a day, why it is that, and by what law."""

    name: str
    programme: str
    verdict: Verdict
    household: Household
    on: datetime.date
    why: str
    why_ko: str
    source: str
    # Which of the members is judged.
    judged: int = 0


def regression_households() -> list[RegressionHousehold]:
    folder = resources.files("welfare.rules.programmes") / "regression"
    files = sorted((entry for entry in folder.iterdir()), key=lambda entry: entry.name)
    return [
        household
        for entry in files
        for household in read_households(entry.name, entry.read_text(encoding="utf-8"))
    ]


def read_households(name: str, text: str) -> Iterator[RegressionHousehold]:
    """Read a file of households, or raise ValueError with the line that cannot be read."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            try:
                yield _read(f"{name}:{number}", line)
            except (ValueError, KeyError) as fault:
                raise ValueError(f"{name}:{number}: {fault}") from fault


def _read(name: str, line: str) -> RegressionHousehold:
    programme, verdict, told, why, why_ko, source = (part.strip() for part in line.split("|"))
    if not source:
        raise ValueError("no source")
    if not why_ko:
        raise ValueError("no Korean name")
    people, _, shared = told.partition("@")
    each = [words.split() for words in people.split("/")]
    judged = [number for number, words in enumerate(each) if JUDGED in words]
    if len(judged) > 1:
        raise ValueError("one of them is judged")
    members = tuple(
        Member(f"m{number}", **_words([one for one in words if one != JUDGED]))
        for number, words in enumerate(each)
    )
    of_all = _words(shared.split())
    on = of_all.pop("on", USUAL_DAY)
    return RegressionHousehold(
        name,
        programme,
        Verdict[verdict],
        Household(members, **of_all),
        on,
        why,
        why_ko,
        source,
        next(iter(judged), 0),
    )


def _words(words: list[str]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for word in words:
        sign = next((sign for sign in SETS if word.startswith(sign)), None)
        if sign is not None:
            told.setdefault(SETS[sign], set()).add(word.removeprefix(sign))
        elif word in SEXES:
            told["sex"] = word
        elif "=" in word:
            name, _, value = word.partition("=")
            told[LONG_NAMES.get(name, name)] = _value(LONG_NAMES.get(name, name), value)
        else:
            told["birth_date"] = datetime.date.fromisoformat(word)
    return {name: frozenset(v) if isinstance(v, set) else v for name, v in told.items()}


def _value(name: str, value: str) -> Any:
    if name in NUMBERS:
        return int(value)
    if name == "home_owner":
        return {"yes": True, "no": False}[value]
    if name in ("on", "resident_since"):
        return datetime.date.fromisoformat(value)
    return value

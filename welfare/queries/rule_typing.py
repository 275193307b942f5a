"""What officers type into a rule, read in the words of its pages, and the same words back.

Codes are taken too: they stand in what was written before, and in files.
"""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from welfare.models import MEDIAN_INCOME, Benefit, RuleVersion
from welfare.queries.benefit_filters import BenefitFilters
from welfare.queries.benefits import benefit_page
from welfare.queries.fact_names import NAMES_OF, OURS
from welfare.queries.rule_words import SLOT_WORDS, TITLES, subject_words
from welfare.rules.figures import PAID
from welfare.rules.stored import GROUPS
from welfare.rules.vocabulary import Group

# As many as one reads at once; of more, the nearest.
MOST_NAMED, NEAREST = 16, 5
IN_BRACKETS = re.compile(r"\(([^()\s]+)\)$")


class UnknownWords(ValueError):
    """What was typed is none of what can be meant: `near` is what could."""

    def __init__(self, typed: str, near: Iterable[str]) -> None:
        super().__init__(typed)
        self.typed = typed
        self.near = tuple(near)


def value_names(field: str) -> dict[str, str]:
    """Answer what can be chosen of a field, and what it is called; nothing where it is a number."""
    if field == Group.RECEIVES:
        return {key: one.name for key, one in OURS.items()}
    if field not in GROUPS:
        return {}
    return {name: str(words) for name, words in NAMES_OF[Group(field)].items()}


def read_value(field: str, typed: str) -> list[str]:
    """Answer the names of a field's values from words divided by commas."""
    known = value_names(field)
    return [_read(one, known) for one in typed.split(",") if one.strip()]


def say_value(field: str, value: Any) -> str:
    names = value_names(field)
    if isinstance(value, list | tuple):
        return ", ".join(names.get(str(one), str(one)) for one in value)
    return str(value)


def read_slot(typed: str) -> str:
    """Answer a place that has a name of ours by it; any other is called as it is typed."""
    return _code_of(typed, SLOT_WORDS) or typed


def table_names() -> dict[str, str]:
    """Answer what can be named as a table, by what it is called: those kept, and those foreseen."""
    kept = RuleVersion.objects.in_force().figures().in_order()
    names = {MEDIAN_INCOME: "기준 중위소득"} | TITLES
    names |= {f"{PAID}{key}": f"{one.name}: 주는 금액" for key, one in OURS.items()}
    return names | {row.figure: subject_words(row) for row in kept if row.figure not in names}


def read_table(typed: str, names: Mapping[str, str]) -> str:
    """Answer a table by its name in words; one that has none yet is called as it is typed."""
    return _code_of(typed, names) or typed


def read_benefit(typed: str) -> str:
    """Answer the number of the benefit that is meant: by it, by its name, or by both together."""
    found = IN_BRACKETS.search(typed)
    codes = [typed, found[1] if found else typed]
    if known := Benefit.objects.filter(pk__in=codes).order_by("code").first():
        return known.pk
    called = Benefit.objects.listed().filter(name=typed).order_by("code")[:2]
    if len(called) == 1:
        return called[0].pk
    rows = benefit_page(BenefitFilters(q=typed)).rows[:NEAREST]
    raise UnknownWords(typed, [benefit_words(one.code, one.name) for one in rows])


def benefit_words(code: str, name: str) -> str:
    return f"{name} ({code})"


def programmes_called(typed: str) -> list[str]:
    """Answer the programmes whose name holds what is typed, for whoever searches by words."""
    plain = _plain(typed)
    return [key for key, one in OURS.items() if plain and plain in _plain(one.name)]


def _read(typed: str, known: Mapping[str, str]) -> str:
    if code := _code_of(typed, known):
        return code
    words = list(known.values())
    plain = _plain(typed)
    near = [one for one in words if plain in _plain(one)]
    near = near or get_close_matches(typed.strip(), words, NEAREST)
    raise UnknownWords(typed.strip(), near[:NEAREST] or words[:MOST_NAMED])


def _code_of(typed: str, names: Mapping[str, str]) -> str:
    plain = _plain(typed)
    if by_code := next((code for code in names if _plain(code) == plain), ""):
        return by_code
    called = [code for code, words in names.items() if _plain(words) == plain]
    return called[0] if len(called) == 1 else ""


def _plain(words: str) -> str:
    return "".join(str(words).split()).casefold()

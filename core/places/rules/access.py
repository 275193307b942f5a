"""Accessibility facts: what is known of getting in and getting on, by whom and since when."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

YES, NO, UNKNOWN = "YES", "NO", "UNKNOWN"
ANSWERS = frozenset({YES, NO, UNKNOWN})
# 장애인·노인·임산부 등의 편의증진 보장에 관한 법률 시행규칙 별표 1: a door is 0.9 m wide or more.
DOOR_CENTIMETRES = 90
FEATURES = (
    "STEP_FREE",
    "RAMP",
    "LIFT",
    "ACCESSIBLE_TOILET",
    "ACCESSIBLE_PARKING",
    "DOOR_WIDTH",
    "TACTILE_PAVING",
    "BRAILLE_SIGNS",
    "AUDIO_GUIDE",
    "HEARING_LOOP",
    "SIGN_LANGUAGE",
    "WHEELCHAIR_LOAN",
    "NURSING_ROOM",
    "GUIDE_DOG",
)


class FactRefused(ValueError):
    """An accessibility fact cannot be meant as written."""


@dataclass(frozen=True, slots=True)
class AccessFact:
    """One answer about one feature, with who says so and the day they looked."""

    feature: str
    answer: str
    source: str
    checked_date: datetime.date
    centimetres: int | None = None

    def __post_init__(self) -> None:
        if self.feature not in FEATURES:
            raise FactRefused(f"Unknown feature: {self.feature}")
        if self.answer not in ANSWERS:
            raise FactRefused(f"Unknown answer: {self.answer}")
        if not self.source.strip():
            raise FactRefused("A fact needs its source.")
        if self.centimetres is not None and self.feature != "DOOR_WIDTH":
            raise FactRefused("Only a door has a width.")


def facts_from_json(stored: Mapping[str, Mapping[str, Any]] | None) -> tuple[AccessFact, ...]:
    """Read what the database keeps, in the order in which pages tell it."""
    kept = stored or {}
    if unknown := set(kept) - set(FEATURES):
        raise FactRefused(f"Unknown features: {', '.join(sorted(unknown))}")
    return tuple(
        AccessFact(
            feature=feature,
            answer=kept[feature]["answer"],
            source=kept[feature]["source"],
            checked_date=datetime.date.fromisoformat(kept[feature]["checked_date"]),
            centimetres=kept[feature].get("centimetres"),
        )
        for feature in FEATURES
        if feature in kept
    )


def facts_to_json(facts: Iterable[AccessFact]) -> dict[str, dict[str, Any]]:
    stored: dict[str, dict[str, Any]] = {}
    for fact in facts:
        if fact.feature in stored:
            raise FactRefused(f"Two facts about {fact.feature}")
        entry: dict[str, Any] = {
            "answer": fact.answer,
            "source": fact.source,
            "checked_date": fact.checked_date.isoformat(),
        }
        if fact.centimetres is not None:
            entry["centimetres"] = fact.centimetres
        stored[fact.feature] = entry
    return stored


def judge_accessible(facts: Iterable[AccessFact]) -> bool | None:
    """Judge whether one gets in and about in a wheelchair; None where the facts do not say.

    In: a step-free entrance or a ramp, and a door that is wide enough where its width is known.
    About: a toilet one can use. A known no to any of these is a no; anything else is not known.
    """
    answers = {fact.feature: _answer(fact) for fact in facts}
    ways_in = (answers.get("STEP_FREE"), answers.get("RAMP"))
    entrance = True if True in ways_in else None if None in ways_in else False
    toilet, door = answers.get("ACCESSIBLE_TOILET"), answers.get("DOOR_WIDTH")
    if False in (entrance, toilet, door):
        return False
    return True if entrance and toilet else None


def _answer(fact: AccessFact) -> bool | None:
    if fact.feature == "DOOR_WIDTH" and fact.centimetres is not None:
        return fact.centimetres >= DOOR_CENTIMETRES
    return {YES: True, NO: False}.get(fact.answer)

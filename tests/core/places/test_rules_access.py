"""Accessibility facts, and the verdict that follows from them."""

import datetime

import pytest

from core.places.enums import AccessFeature, Answer
from core.places.rules import (
    AccessFact,
    FactRefused,
    facts_from_json,
    facts_to_json,
    judge_accessible,
)
from core.places.rules.access import ANSWERS, FEATURES

DAY = datetime.date(2026, 11, 1)


def fact(feature, answer="YES", centimetres=None):
    return AccessFact(feature, answer, "현장 확인", DAY, centimetres)


class TestAccessFact:
    def test_knows_the_features_that_people_see(self):
        assert set(FEATURES) == set(AccessFeature.values)
        assert set(Answer.values) == ANSWERS

    @pytest.mark.parametrize(
        ("feature", "answer", "source", "centimetres"),
        [
            ("POOL", "YES", "현장 확인", None),
            ("RAMP", "MAYBE", "현장 확인", None),
            ("RAMP", "YES", " ", None),
            ("RAMP", "YES", "현장 확인", 90),
        ],
    )
    def test_refuses_what_cannot_be_meant(self, feature, answer, source, centimetres):
        with pytest.raises(FactRefused):
            AccessFact(feature, answer, source, DAY, centimetres)

    def test_is_stored_with_source_and_day(self):
        facts = (fact("RAMP"), fact("DOOR_WIDTH", centimetres=95))

        stored = facts_to_json(facts)

        assert stored["RAMP"] == {
            "answer": "YES",
            "source": "현장 확인",
            "checked_date": "2026-11-01",
        }
        assert facts_from_json(stored) == facts
        assert facts_from_json(None) == ()

    def test_is_told_once(self):
        with pytest.raises(FactRefused):
            facts_to_json([fact("RAMP"), fact("RAMP", "NO")])


class TestJudgeAccessible:
    @pytest.mark.parametrize(
        ("facts", "verdict"),
        [
            ([], None),
            ([fact("RAMP")], None),
            ([fact("RAMP"), fact("ACCESSIBLE_TOILET")], True),
            ([fact("STEP_FREE"), fact("ACCESSIBLE_TOILET")], True),
            ([fact("STEP_FREE", "NO"), fact("RAMP"), fact("ACCESSIBLE_TOILET")], True),
            ([fact("STEP_FREE", "NO"), fact("ACCESSIBLE_TOILET")], None),
            ([fact("STEP_FREE", "NO"), fact("RAMP", "NO")], False),
            ([fact("RAMP"), fact("ACCESSIBLE_TOILET", "NO")], False),
            ([fact("RAMP"), fact("ACCESSIBLE_TOILET", "UNKNOWN")], None),
            ([fact("RAMP"), fact("ACCESSIBLE_TOILET"), fact("DOOR_WIDTH", "YES", 80)], False),
            ([fact("RAMP"), fact("ACCESSIBLE_TOILET"), fact("DOOR_WIDTH", "YES", 90)], True),
            ([fact("LIFT", "NO"), fact("RAMP"), fact("ACCESSIBLE_TOILET")], True),
        ],
    )
    def test_promises_only_what_is_known(self, facts, verdict):
        assert judge_accessible(facts) is verdict

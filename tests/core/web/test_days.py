"""Days as people type them: every usual way, and never a guess."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from core.web.days import TypedDay

BORN = datetime.date(1956, 3, 2)


class TestTypedDay:
    @pytest.mark.parametrize(
        "typed",
        [
            "19560302",
            "1956-03-02",
            "1956-3-2",
            "1956. 3. 2.",
            "1956/03/02",
            "1956년 3월 2일",
            " 19560302 ",
        ],
    )
    def test_takes_what_people_type(self, typed):
        assert TypedDay().clean(typed) == BORN

    @pytest.mark.parametrize(
        "typed",
        [
            "195632",
            "1956111",
            "560302",
            "내일",
            "19560231",
            "1956-13-01",
            "00000101",
            "1956-03-02-07",
            "٠" * 8,
        ],
    )
    def test_guesses_nothing_and_says_what_would_be_right(self, typed):
        with pytest.raises(ValidationError, match="예: 19560302"):
            TypedDay().clean(typed)

    def test_says_so_in_english(self):
        with (
            translation.override("en"),
            pytest.raises(ValidationError, match="for example 19560302"),
        ):
            TypedDay().clean("tomorrow")

    def test_asks_for_no_calendar(self):
        drawn = str(TypedDay().widget.render("day", BORN))
        assert 'inputmode="numeric"' in drawn
        assert 'value="1956-03-02"' in drawn

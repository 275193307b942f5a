"""A page says when a place opens, that it is closed, or that nobody knows, in both languages."""

import datetime

import pytest
from django.utils import translation

from core.places.rules import Schedule, WeeklyHours
from core.web.opening import SEOUL, opening_state, week_hours

HOURS = {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
SATURDAY = datetime.datetime.fromisoformat("2026-11-28T12:00+09:00")
NINE_TO_ONE = ((9 * 60, 13 * 60),)
SCHEDULE = Schedule(WeeklyHours(days=(NINE_TO_ONE,) * 3 + ((),) * 4, holidays=None))


class TestOpening:
    def test_claims_nothing_of_a_day_that_nobody_knows(self):
        state = opening_state(Schedule(WeeklyHours.from_json(HOURS | {"sat": None})), SATURDAY)
        assert (state.is_open, state.word) == (False, "오늘 여는지 확인되지 않음")
        assert "전화로 물어보세요" in state.sentence

    def test_says_closed_where_it_is_known(self):
        state = opening_state(Schedule(WeeklyHours.from_json(HOURS | {"sat": []})), SATURDAY)
        assert state.word == "지금 닫혀 있음"

    def test_tells_both_apart_in_the_week(self):
        week = WeeklyHours.from_json(HOURS | {"sat": None, "sun": []})
        told = {str(day.name): day.hours for day in week_hours(Schedule(week), SATURDAY.date())}
        assert (told["토요일"], told["일요일"]) == ("확인되지 않음", "쉽니다")

    @pytest.mark.parametrize(
        ("at", "korean", "english"),
        [
            ("2026-03-02T10:00", "오늘 13:00까지 엽니다.", "Open until 13:00 today."),
            ("2026-03-02T08:00", "오늘 09:00에 엽니다.", "Opens at 09:00 today."),
            ("2026-03-02T14:00", "내일 09:00에 엽니다.", "Opens at 09:00 tomorrow."),
            ("2026-03-05T14:00", "월요일 09:00에 엽니다.", "Opens at 09:00 on Monday."),
        ],
    )
    def test_says_until_when_or_from_when(self, at, korean, english):
        moment = datetime.datetime.fromisoformat(at).replace(tzinfo=SEOUL)

        assert opening_state(SCHEDULE, moment).sentence == korean
        with translation.override("en"):
            assert opening_state(SCHEDULE, moment).sentence == english

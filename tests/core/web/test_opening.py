"""Whether a place is open, in sentences that can be read aloud in both languages."""

import datetime

import pytest
from django.utils import translation

from core.places.rules.hours import Schedule, WeeklyHours
from core.web.opening import SEOUL, opening_state

NINE_TO_ONE = ((9 * 60, 13 * 60),)
SCHEDULE = Schedule(WeeklyHours(days=(NINE_TO_ONE,) * 3 + ((),) * 4, holidays=None))


@pytest.mark.parametrize(
    ("at", "korean", "english"),
    [
        ("2026-03-02T10:00", "오늘 13:00까지 엽니다.", "Open until 13:00 today."),
        ("2026-03-02T08:00", "오늘 09:00에 엽니다.", "Opens at 09:00 today."),
        ("2026-03-02T14:00", "내일 09:00에 엽니다.", "Opens at 09:00 tomorrow."),
        ("2026-03-05T14:00", "월요일 09:00에 엽니다.", "Opens at 09:00 on Monday."),
    ],
)
def test_says_until_when_or_from_when(at, korean, english):
    moment = datetime.datetime.fromisoformat(at).replace(tzinfo=SEOUL)

    assert opening_state(SCHEDULE, moment).sentence == korean
    with translation.override("en"):
        assert opening_state(SCHEDULE, moment).sentence == english

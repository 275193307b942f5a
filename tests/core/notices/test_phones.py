"""A number is sent few codes, however many people ask for it."""

import datetime

import pytest

from accounts.models import User
from core.notices.services import phones
from core.notices.services.phones import PhoneRefused, ask_for_code

NOW = datetime.datetime(2026, 11, 28, 9, 0, tzinfo=datetime.UTC)
NUMBER, OTHER = "01012345678", "01087654321"


@pytest.fixture
def sent(db, monkeypatch):
    """What would have gone to the provider, and to whom."""
    told = []
    monkeypatch.setattr(phones, "_send", lambda number, code, now: told.append(number))
    return told


def ask(turn, number=NUMBER, now=NOW):
    person, _ = User.objects.get_or_create(email=f"asker-{turn}@example.com")
    ask_for_code(person_id=person.pk, phone=number, now=now)


class TestANumber:
    def test_is_sent_five_codes_an_hour_whoever_asks(self, sent):
        for turn in range(5):
            ask(turn)
        with pytest.raises(PhoneRefused, match="한 시간 뒤에"):
            ask(5)

        assert sent == [NUMBER] * 5
        ask(5, OTHER)
        assert sent[-1] == OTHER

    def test_is_sent_ten_a_day(self, sent):
        for turn in range(10):
            ask(turn, now=NOW + turn % 3 * datetime.timedelta(hours=1))
        with pytest.raises(PhoneRefused, match="하루 뒤에"):
            ask(10, now=NOW + datetime.timedelta(hours=3))

        assert len(sent) == 10

    def test_is_told_to_nobody_who_reads_redis(self, sent, redis_holds):
        ask(0)

        names = [name for name in redis_holds() if "sms:" in name]
        assert len(names) == 2
        assert not any(NUMBER in name for name in names)
        assert all(0 < redis_holds()[name] <= 86_400 for name in names)

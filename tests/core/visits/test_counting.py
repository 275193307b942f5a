"""Openings are added up and stored by the day; nothing is known of who opened anything."""

import datetime

import pytest
import redis

from core.visits import counting
from core.visits.counting import KEY, OpeningsCounter, count_opening, counter, store
from core.visits.models import Openings
from core.visits.rules import is_robot
from core.visits.services import TAKEN, store_openings

DAY = datetime.date(2026, 3, 2)
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


def stored():
    return dict(Openings.objects.values_list("key", "times"))


class TestRobots:
    @pytest.mark.parametrize(
        "agent",
        ["", "Googlebot/2.1", "Mozilla/5.0 (compatible; Yeti/1.1)", "curl/8", "python-httpx"],
    )
    def test_are_not_counted(self, agent):
        assert is_robot(agent)

    def test_do_not_include_browsers(self):
        assert not is_robot(BROWSER)


class TestCounter:
    def test_adds_up_in_memory_and_sends_once(self):
        one = OpeningsCounter()
        for _ in range(3):
            one.add("welfare.facility", "A1")
        assert store().hgetall(KEY) == {}

        one.flush()

        assert store().hgetall(KEY) == {"welfare.facility A1": "3"}

    def test_sends_by_itself_once_some_seconds_are_over(self, monkeypatch):
        monkeypatch.setattr(counting, "FLUSH_SECONDS", 0)
        one = OpeningsCounter()

        one.add("welfare.facility", "A1")

        assert store().hgetall(KEY) == {"welfare.facility A1": "1"}

    def test_holds_no_more_than_people_could_open(self, monkeypatch):
        monkeypatch.setattr(counting, "MOST_HELD", 2)
        one = OpeningsCounter()
        for number in range(5):
            one.add("welfare.facility", f"A{number}")

        one.flush()

        assert len(store().hgetall(KEY)) == 2

    def test_goes_on_without_redis(self, monkeypatch, caplog):
        monkeypatch.setattr(counting, "store", lambda: redis.Redis(port=1))
        one = OpeningsCounter()
        one.add("welfare.facility", "A1")

        one.flush()

        assert [said.message for said in caplog.records] == ["openings were not counted"]


@pytest.mark.django_db
class TestStoreOpenings:
    def test_adds_to_the_numbers_of_the_day(self):
        for times in (2, 3):
            store().hset(KEY, "welfare.facility A1", times)
            assert store_openings(day=DAY) == 1

        assert stored() == {"A1": 5}
        assert store_openings(day=DAY) == 0

    def test_takes_up_what_a_killed_run_had_taken(self):
        store().hset(TAKEN, "welfare.facility A1", 2)
        store().hset(KEY, "welfare.facility A2", 1)

        store_openings(day=DAY)
        store_openings(day=DAY)

        assert stored() == {"A1": 2, "A2": 1}

    def test_forgets_what_is_older_than_it_is_kept(self):
        Openings.objects.create(kind="x", key="old", day=DAY - datetime.timedelta(800), times=1)
        store().hset(KEY, "x new", 1)

        store_openings(day=DAY)

        assert stored() == {"new": 1}


class TestCountOpening:
    def test_counts_people(self):
        count_opening(("welfare.facility", "A1"), agent=BROWSER)
        count_opening(("welfare.facility", "A1"), agent="Googlebot/2.1")

        counter.flush()

        assert store().hgetall(KEY) == {"welfare.facility A1": "1"}

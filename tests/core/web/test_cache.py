"""The shared cache with a Redis that goes away and comes back."""

import hashlib
import logging
import time
from pathlib import Path

import pytest
from django.core.cache import cache as shared

from core.web import cache, revision
from core.web.cache import ForgivingRedisCache
from tests.redis_server import redis_at


@pytest.fixture
def throwaway(tmp_path, monkeypatch) -> tuple[ForgivingRedisCache, Path]:
    monkeypatch.setattr(cache, "absence", cache.Absence())
    monkeypatch.setattr(cache, "REST_SECONDS", 0.05)
    path = tmp_path / "r.sock"
    return ForgivingRedisCache(f"unix://{path}?db=0", {}), path


class TestForgivingRedisCache:
    def test_keeps_what_it_is_given_while_redis_is_there(self, throwaway):
        kept, path = throwaway
        with redis_at(path):
            kept.set("a", 1)
            assert kept.get("a") == 1
            assert kept.add("a", 2) is False
            assert kept.incr("a") == 2
            assert kept.get_many(["a", "b"]) == {"a": 2}
            assert kept.delete("a") is True

    def test_is_an_empty_cache_while_redis_is_away(self, throwaway):
        kept, path = throwaway
        with redis_at(path):
            kept.set("a", 1)

        assert kept.get("a", "nothing") == "nothing"
        assert kept.add("a", 1) is True
        kept.set("a", 1)
        assert kept.get_many(["a"]) == {}
        assert kept.has_key("a") is False
        assert kept.delete("a") is False
        assert kept.get_or_set("a", lambda: 7) == 7
        kept.clear()
        with pytest.raises(ValueError, match="not found"):
            kept.incr("a")

    def test_says_once_that_redis_went_and_once_that_it_came_back(self, throwaway, caplog):
        kept, path = throwaway
        with caplog.at_level(logging.WARNING, "core.web.cache"):
            for _ in range(3):
                kept.get("a")
                time.sleep(0.06)
            with redis_at(path):
                kept.set("a", 1)
                kept.set("b", 1)
        said = [record.getMessage() for record in caplog.records]

        assert len(said) == 2
        assert said[0].startswith("Redis is away")
        assert said[1] == "Redis is back."

    def test_asks_again_only_after_a_rest(self, throwaway, monkeypatch):
        kept, path = throwaway
        monkeypatch.setattr(cache, "REST_SECONDS", 60.0)
        kept.get("a")
        with redis_at(path):
            kept.set("a", 1)
            assert kept.get("a") is None


class TestRevision:
    def test_may_be_raised_while_redis_is_away(self, throwaway, monkeypatch):
        kept, path = throwaway
        monkeypatch.setattr(revision, "cache", kept)
        monkeypatch.setattr(revision, "watch", revision.RevisionWatch())

        assert revision.raise_revision() == 0
        with redis_at(path):
            time.sleep(0.06)
            assert revision.raise_revision() == 1


class TestKeys:
    def test_of_who_signs_in_are_told_to_nobody_who_reads_redis(
        self, client, db, redis_holds, settings
    ):
        email, address = "kim@example.com", "203.0.113.77"
        client.post(
            "/accounts/login/",
            {"login": email, "password": "wrong"},
            REMOTE_ADDR=address,
        )

        names = [name for name in redis_holds() if "allauth" in name]
        plain = hashlib.sha256(email.encode()).hexdigest()
        assert len(names) > 1
        assert not any(email in name or address in name or plain in name for name in names)
        settings.SECRET_KEY = "another" * 10
        assert shared.make_key("allauth:rl:x") not in names
        assert shared.make_key("allauth:rl:x") != shared.make_key("allauth:rl:y")

    def test_of_everything_else_stay_as_they_are(self):
        assert shared.make_key("kept") == ":1:kept"

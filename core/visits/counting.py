"""Counts openings: in the process, then every few seconds in Redis, then by the hour in a table."""

import logging
import threading
import time
from collections import Counter
from functools import cache

import redis
from django.conf import settings

from core.visits.rules import is_robot

KEY = "visits:openings"
FLUSH_SECONDS = 10.0
# Whatever asks for more different things than this between two flushes is a program.
MOST_HELD = 5_000

log = logging.getLogger(__name__)


@cache
def store() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=0.5, socket_timeout=1.0, decode_responses=True
    )


class OpeningsCounter:
    """Adds up in memory; a process that is killed loses its last seconds, and no visitor waits."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: Counter[str] = Counter()
        self._flush_at = time.monotonic() + FLUSH_SECONDS

    def add(self, kind: str, key: str) -> None:
        now = time.monotonic()
        with self._lock:
            if len(self._held) < MOST_HELD:
                self._held[f"{kind} {key}"] += 1
            if now < self._flush_at:
                return
            held, self._held = self._held, Counter()
            self._flush_at = now + FLUSH_SECONDS
        _send(held)

    def flush(self) -> None:
        with self._lock:
            held, self._held = self._held, Counter()
        _send(held)


def _send(held: Counter[str]) -> None:
    try:
        pipeline = store().pipeline(transaction=False)
        for name, times in held.items():
            pipeline.hincrby(KEY, name, times)
        pipeline.execute()
    except redis.RedisError as fault:
        # Numbers are not worth a page: these few seconds go uncounted.
        log.warning("openings were not counted", extra={"reason": type(fault).__name__})


counter = OpeningsCounter()


def count_opening(thing: tuple[str, str], *, agent: str) -> None:
    if not is_robot(agent):
        counter.add(*thing)

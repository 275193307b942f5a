"""The shared cache over Redis; while Redis is away it is an empty cache, not an error."""

import logging
import time
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from django.core.cache.backends.redis import RedisCache
from django.utils.crypto import salted_hmac
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import TimeoutError as RedisSlow

P = ParamSpec("P")
T = TypeVar("T")

# After a failure Redis is left alone for this long, so that no page waits for it again and again.
REST_SECONDS = 2.0

logger = logging.getLogger(__name__)


# Of the sign-in library: addresses of people and of machines, in clear or under a plain hash.
OF_PEOPLE = "allauth:"


def key_of(key: str, prefix: str, version: int) -> str:
    """Answer what a key is called in Redis, where more can look than may know who signs in.

    A plain hash of an e-mail address is found by trying addresses; with our secret it is not.
    """
    if key.startswith(OF_PEOPLE):
        mark = salted_hmac("core.web.cache", key, algorithm="sha256").hexdigest()
        key = f"{OF_PEOPLE}{mark}"
    return f"{prefix}:{version}:{key}"


class Absence:
    """Whether Redis was found away a moment ago; one for all threads of the process."""

    def __init__(self) -> None:
        self.until = 0.0
        self.was_said = False

    def is_now(self) -> bool:
        return time.monotonic() < self.until

    def begin(self, fault: Exception) -> None:
        self.until = time.monotonic() + REST_SECONDS
        if not self.was_said:
            self.was_said = True
            logger.warning("Redis is away; pages are served without the cache (%s).", fault)

    def end(self) -> None:
        if self.was_said:
            self.was_said = False
            logger.warning("Redis is back.")


absence = Absence()


class ForgivingRedisCache(RedisCache):
    """Answers as an empty cache would (Django's DummyCache) whenever Redis does not answer."""

    def _ask(self, otherwise: T, method: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if absence.is_now():
            return otherwise
        try:
            answer = method(*args, **kwargs)
        except (RedisAway, RedisSlow) as fault:
            absence.begin(fault)
            return otherwise
        absence.end()
        return answer

    def add(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> bool:
        return self._ask(True, super().add, key, value, *args, **kwargs)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._ask(default, super().get, key, default, version)

    def set(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> None:
        self._ask(None, super().set, key, value, *args, **kwargs)

    def touch(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        return self._ask(False, super().touch, key, *args, **kwargs)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._ask(False, super().delete, key, version)

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        return self._ask({}, super().get_many, keys, version)

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return self._ask(False, super().has_key, key, version)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        answer = self._ask(None, super().incr, key, delta, version)
        if answer is None:
            raise ValueError(f"Key '{key}' not found")
        return answer

    def set_many(self, data: Any, *args: Any, **kwargs: Any) -> list[Any]:
        return self._ask([], super().set_many, data, *args, **kwargs)

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        self._ask(None, super().delete_many, keys, version)

    def clear(self) -> None:
        self._ask(None, super().clear)

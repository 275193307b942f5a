"""Keeps what is dear to work out until published data changes: in memory, and in Redis for all."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache

from core.web.revision import current_revision

ValueT = TypeVar("ValueT")
CAPACITY = 4096
REDIS_SECONDS = 6 * 60 * 60

logger = logging.getLogger(__name__)


class Kept:
    """A least-recently-used store whose values belong to one revision of the published data."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._values: OrderedDict[str, tuple[int, Any]] = OrderedDict()
        self._lock = threading.Lock()
        self._making: dict[str, threading.Lock] = {}

    def get(self, key: str, make: Callable[[], ValueT]) -> ValueT:
        """Answer the value of the key at the present revision; work it out where nobody has."""
        revision = current_revision()
        with self._lock:
            held = self._values.get(key)
            if held is not None and held[0] == revision:
                self._values.move_to_end(key)
                return held[1]  # type: ignore[no-any-return]
            making = self._making.setdefault(key, threading.Lock())
        # One thread works it out; the others wait for it rather than do the same beside it.
        with making:
            held = self._values.get(key)
            if held is not None and held[0] == revision:
                return held[1]  # type: ignore[no-any-return]
            try:
                value = self._shared(f"kept:{revision}:{key}", make)
                self._keep(key, revision, value)
            finally:
                self._making.pop(key, None)
        return value

    def _keep(self, key: str, revision: int, value: Any) -> None:
        with self._lock:
            self._values[key] = (revision, value)
            self._values.move_to_end(key)
            while len(self._values) > self._capacity:
                self._values.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._values.clear()

    def _shared(self, key: str, make: Callable[[], ValueT]) -> ValueT:
        try:
            held = cache.get(key)
        except Exception:
            logger.warning("What other processes keep could not be read", exc_info=True)
            return make()
        if held is not None:
            return held[0]  # type: ignore[no-any-return]
        value = make()
        try:
            cache.set(key, (value,), REDIS_SECONDS)
        except Exception:
            logger.warning("What was worked out could not be shared", exc_info=True)
        return value


kept = Kept()

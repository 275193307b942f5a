"""Keeps what is dear to work out until published data changes: in memory, and some of it for all.

What follows from words that somebody typed stays in the process: in Redis it would be told to
others, and anybody could fill with it what also holds the queue.
"""

import hashlib
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache

from core.web.revision import current_revision

ValueT = TypeVar("ValueT")
CAPACITY = 1024
# Long enough for the processes that start after a publication to find it.
SHARED_SECONDS = 10 * 60

logger = logging.getLogger(__name__)


class Kept:
    """A least-recently-used store whose values belong to one revision of the published data."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._values: OrderedDict[str, tuple[int, Any]] = OrderedDict()
        self._lock = threading.Lock()
        self._making: dict[str, threading.Lock] = {}

    def get(self, key: str, make: Callable[[], ValueT], *, is_shared: bool = False) -> ValueT:
        """Answer the value of the key at the present revision; work it out where nobody has.

        `is_shared` is for the few values that are the same whatever is asked: other processes find
        them in Redis.
        """
        revision, name = current_revision(), _name(key)
        with self._lock:
            held = self._values.get(name)
            if held is not None and held[0] == revision:
                self._values.move_to_end(name)
                return held[1]  # type: ignore[no-any-return]
            making = self._making.setdefault(name, threading.Lock())
        # One thread works it out; the others wait for it rather than do the same beside it.
        with making:
            held = self._values.get(name)
            if held is not None and held[0] == revision:
                return held[1]  # type: ignore[no-any-return]
            try:
                value = self._shared(f"kept:{revision}:{name}", make) if is_shared else make()
                self._keep(name, revision, value)
            finally:
                self._making.pop(name, None)
        return value

    def _keep(self, name: str, revision: int, value: Any) -> None:
        with self._lock:
            self._values[name] = (revision, value)
            self._values.move_to_end(name)
            while len(self._values) > self._capacity:
                self._values.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._values.clear()

    def _shared(self, name: str, make: Callable[[], ValueT]) -> ValueT:
        try:
            held = cache.get(name)
        except Exception:
            logger.warning("What other processes keep could not be read", exc_info=True)
            return make()
        if held is not None:
            return held[0]  # type: ignore[no-any-return]
        value = make()
        try:
            cache.set(name, (value,), SHARED_SECONDS)
        except Exception:
            logger.warning("What was worked out could not be shared", exc_info=True)
        return value


def _name(key: str) -> str:
    """Answer a short name that any cache takes, and that tells nobody what the key was."""
    return hashlib.blake2b(key.encode(errors="surrogatepass"), digest_size=16).hexdigest()


kept = Kept()

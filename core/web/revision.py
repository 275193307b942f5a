"""The number of the data's present state: whoever publishes data raises it, and caches follow."""

import logging
import threading
import time

from django.core.cache import cache

KEY = "portal:revision"
CHECKED_EVERY_SECONDS = 1.0

logger = logging.getLogger(__name__)


class RevisionWatch:
    """Answers the revision from memory, and asks Redis at most once a second."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._revision = 0
        self._ask_at = 0.0

    def current(self) -> int:
        now = time.monotonic()
        if now >= self._ask_at and self._lock.acquire(blocking=False):
            try:
                self._ask_at = now + CHECKED_EVERY_SECONDS
                self._revision = int(cache.get(KEY) or 0)
            except Exception:
                # Without Redis a page is served as it was; it ages out of the cache in a minute.
                logger.warning("The data revision could not be read", exc_info=True)
            finally:
                self._lock.release()
        return self._revision

    def forget(self) -> None:
        self._ask_at = 0.0


watch = RevisionWatch()


def current_revision() -> int:
    return watch.current()


def raise_revision() -> int:
    """Say that published data changed; call it after the transaction that changed it."""
    cache.add(KEY, 0, timeout=None)
    try:
        revision = cache.incr(KEY)
    except ValueError:
        # Redis is away: the data is published all the same, and kept pages age out in a minute.
        logger.warning("The data revision could not be raised")
        return watch.current()
    watch.forget()
    return int(revision)

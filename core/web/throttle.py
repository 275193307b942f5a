"""Counts how often one address asks in a minute, in Redis for all processes together."""

import hashlib
import ipaddress
import logging
import threading
import time
from dataclasses import dataclass
from functools import lru_cache

import redis
from django.conf import settings
from django.http import HttpRequest

WINDOW_SECONDS = 60
# A process takes its share in portions, so that most requests need no round trip to Redis.
PORTIONS = 30
REST_AFTER_FAULT = 5.0
IPV6_HOME = 64  # bits; one household or office has that many addresses of its own
IPV6_SITE = 48  # what a provider gives a customer at most: 65,536 such networks
IPV6 = 6

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Share:
    """What this process may still answer to one address in the present minute."""

    left: int
    is_spent: bool = False  # Redis has said that there is no more to be had


class Throttle:
    """A fixed window of a minute; without Redis everybody is let through."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._window = 0
        self._shares: dict[str, Share] = {}
        self._redis: redis.Redis | None = None
        self._ask_again_at = 0.0
        self._is_away = False

    def seconds_to_wait(self, what: str, address: str, *, rate: int, now: float) -> int:
        """Answer 0 where the address may have `what`; `rate` is requests a minute, 0 for any."""
        if rate <= 0:
            return 0
        window = int(now // WINDOW_SECONDS)
        who = f"{what}:{address}"
        with self._lock:
            if window != self._window:
                self._window = window
                self._shares.clear()
            share = self._shares.get(who)
            if share is None:
                share = self._shares[who] = Share(0)
            if share.left <= 0 and not share.is_spent:
                self._take(share, who, rate=rate, window=window)
            if share.left <= 0:
                return max(1, int((window + 1) * WINDOW_SECONDS - now) + 1)
            share.left -= 1
        return 0

    def forget(self) -> None:
        with self._lock:
            self._shares.clear()
            self._redis = None
            self._ask_again_at = 0.0
            self._is_away = False

    def _take(self, share: Share, who: str, *, rate: int, window: int) -> None:
        portion = max(1, rate // PORTIONS)
        taken = self._count(_key(window, who), portion)
        if taken is None:
            share.left = portion
            return
        share.left = max(0, portion - max(0, taken - rate))
        share.is_spent = taken >= rate

    def _count(self, key: str, portion: int) -> int | None:
        """Add to the count in one round trip; None where Redis is away."""
        if time.monotonic() < self._ask_again_at:
            return None
        try:
            if self._redis is None:
                self._redis = redis.Redis.from_url(
                    settings.REDIS_URL, socket_connect_timeout=0.25, socket_timeout=0.25
                )
            with self._redis.pipeline(transaction=False) as pipe:
                pipe.incrby(key, portion)
                pipe.expire(key, 2 * WINDOW_SECONDS)
                count = int(pipe.execute()[0])
        except redis.RedisError as fault:
            if not self._is_away:  # said once, however long it lasts
                logger.warning("Requests are not limited: Redis does not answer (%s)", fault)
            self._is_away = True
            self._ask_again_at = time.monotonic() + REST_AFTER_FAULT
            return None
        self._is_away = False
        return count


throttle = Throttle()


def _key(window: int, who: str) -> str:
    """Keep no address where many may look: its hash is another each minute."""
    secret = settings.SECRET_KEY.encode()[: hashlib.blake2b.MAX_KEY_SIZE]
    mark = hashlib.blake2b(f"{window}:{who}".encode(), key=secret, digest_size=16).hexdigest()
    return f"throttle:{mark}"


def address_of(request: HttpRequest) -> str:
    """Answer who asks: the peer, or what the portal's own proxies say of it, if that is one."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    if settings.PROXIES:
        passed = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if told := _home(passed[-min(settings.PROXIES, len(passed))].strip()):
            return told
    return _home(peer)


def site_of(home: str) -> str:
    """Answer the widest network that one customer has, of what `address_of` answered."""
    if "/" not in home:
        return home
    return str(ipaddress.ip_network(home).supernet(new_prefix=IPV6_SITE))


@lru_cache(maxsize=4096)
def _home(address: str) -> str:
    """Answer an address as it is counted, of IPv6 the network of a home; "" where it is none."""
    try:
        read = ipaddress.ip_address(address.partition("%")[0].strip("[]"))
    except ValueError:
        return ""
    if read.version != IPV6:
        return str(read)
    return str(ipaddress.ip_network((read, IPV6_HOME), strict=False))

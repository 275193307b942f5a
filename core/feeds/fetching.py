"""Fetches the pages of an upstream: time-outs, retries of what may pass, and few calls at once."""

import datetime
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import httpx
import stamina

from core.feeds.protocol import Connection, FeedRefused, FeedUnavailable

T = TypeVar("T")

CONNECT_SECONDS = 10.0
# A thousand rows are under a megabyte; what never ends must fill neither memory nor a night.
MOST_BYTES = 2**25
MOST_SECONDS = 300
ATTEMPTS = 5
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 20.0
# TourAPI refuses the default agent of HTTP libraries; naming ourselves is also the polite thing.
USER_AGENT = "seoul-citizen-portal/1.0"

HTTP_TOO_MANY, HTTP_SERVER_ERROR = 429, 500
HTTP_REFUSED = frozenset({401, 403})
NEXT_TIME = "다음 정기 실행에서 다시 시도합니다."
KST = datetime.timezone(datetime.timedelta(hours=9))


class Hiccup(Exception):
    """A fault that may pass: the same call is tried again."""


class Fetcher:
    """Gets bytes by HTTP, as patiently as the connection says."""

    def __init__(self, *, name: str, parallel: int, upstream: Connection) -> None:
        self.name = name
        self.parallel = parallel
        self.wait_factor = upstream.wait_factor
        self._client = httpx.Client(
            timeout=httpx.Timeout(CONNECT_SECONDS, read=upstream.read_seconds),
            headers={"User-Agent": USER_AGENT},
        )

    def close(self) -> None:
        self._client.close()

    def get(
        self, url: str, *, parse: Callable[[bytes], T], params: dict[str, str] | None = None
    ) -> T:
        """Answer what `parse` makes of the body; `parse` raises Hiccup for what may pass."""
        try:
            for attempt in stamina.retry_context(
                on=(Hiccup, httpx.RequestError),
                attempts=ATTEMPTS,
                timeout=None,
                wait_initial=FIRST_WAIT_SECONDS * self.wait_factor,
                wait_max=LONGEST_WAIT_SECONDS * self.wait_factor,
                wait_jitter=self.wait_factor,
            ):
                with attempt:
                    return self._ask(url, params, parse)
        except httpx.TimeoutException as fault:
            raise FeedUnavailable(
                f"{self.name}: 제공 기관의 서버가 제때 답하지 않았습니다. {NEXT_TIME}"
            ) from fault
        except httpx.RequestError as fault:
            raise FeedUnavailable(
                f"{self.name}: 제공 기관과의 연결이 도중에 끊겼습니다. {NEXT_TIME}"
            ) from fault
        except Hiccup as fault:
            raise FeedUnavailable(
                f"{self.name}: {fault} {ATTEMPTS}번 시도했습니다. {NEXT_TIME}"
            ) from fault
        raise AssertionError("stamina always runs one attempt")

    def _ask(self, url: str, params: dict[str, str] | None, parse: Callable[[bytes], T]) -> T:
        with self._client.stream("GET", url, params=params) as response:
            status = response.status_code
            if status == HTTP_TOO_MANY:
                raise Hiccup("제공 기관이 호출이 잦다고 답했습니다(429).")
            if status >= HTTP_SERVER_ERROR:
                raise Hiccup(f"제공 기관의 서버에 오류가 있습니다({status}).")
            if response.has_redirect_location:
                raise FeedRefused(
                    f"{self.name}: 제공 기관이 다른 주소로 보냈습니다({status}). "
                    "서비스의 주소가 바뀌었는지 확인해 주세요."
                )
            body = self._read(response)
        try:
            # 401 and 403 mostly come with a body that says more: the gateway's parser reads it.
            return parse(body)
        except Hiccup:
            if status in HTTP_REFUSED:
                raise refuse_bad_key(self.name) from None
            raise

    def _read(self, response: httpx.Response) -> bytes:
        body = bytearray()
        until = time.monotonic() + MOST_SECONDS
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > MOST_BYTES:
                raise FeedRefused(
                    f"{self.name}: 제공 기관의 답이 너무 큽니다({MOST_BYTES // 2**20}MB 넘음). "
                    "서비스가 바뀌었는지 확인이 필요합니다."
                )
            if time.monotonic() > until:
                raise httpx.ReadTimeout("the answer never ended", request=response.request)
        return bytes(body)


def tomorrow(now: datetime.datetime) -> datetime.datetime:
    """Answer the coming midnight in Korea, when daily quotas begin anew."""
    day = now.astimezone(KST).date() + datetime.timedelta(days=1)
    return datetime.datetime.combine(day, datetime.time(), KST)


def in_order(calls: Iterator[Callable[[], T]], *, parallel: int) -> Iterator[T]:
    """Make the calls, at most `parallel` at once, and yield their answers in order.

    Holds at most `parallel` answers at a time, so memory does not grow with the number of calls.
    """
    with ThreadPoolExecutor(max_workers=parallel) as pool:
        waiting: deque[Future[T]] = deque()
        try:
            for call in calls:
                waiting.append(pool.submit(call))
                if len(waiting) >= parallel:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def refuse_bad_key(name: str) -> FeedRefused:
    return FeedRefused(
        f"{name}: 인증키가 받아들여지지 않았습니다. 설정의 인증키를 확인해 주세요. "
        "확인 전에는 다시 시도해도 같은 결과입니다."
    )


def refuse_over_quota(name: str, *, now: datetime.datetime) -> FeedRefused:
    until = tomorrow(now)
    return FeedRefused(
        f"{name}: 오늘의 호출 한도를 다 썼습니다. "
        f"{until:%Y년 %m월 %d일 %H시}(한국 시각) 이후에 다시 받습니다.",
        until=until,
    )

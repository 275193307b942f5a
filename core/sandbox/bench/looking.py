"""Asks staff's lists in this process, in turn with and without the access log.

Without it nobody is looking, as far as the portal knows: no row is noted, no statement examined and
no entry written. Nothing else differs, so what a request takes longer with it is what it costs.
"""

import gc
import io
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from statistics import median
from typing import Any
from unittest.mock import patch
from wsgiref.util import setup_testing_defaults

from django.core.wsgi import get_wsgi_application

from core.records import reading
from core.sandbox.bench.wrk import BenchFailed

WARM_UP = 5


class Nobody:
    """Stands where the present request's reading is kept, and never holds one."""

    def get(self) -> None:
        return None

    def set(self, _reading: object) -> None:
        return None

    def reset(self, _token: None) -> None:
        return None


@contextmanager
def nobody_looks() -> Iterator[None]:
    with patch.object(reading, "_open", Nobody()):
        yield


def work(*, path: str, cookie: str, host: str, times: int) -> dict[str, float]:
    """Answer the milliseconds that a request takes at the median, with the log and without it."""
    application = get_wsgi_application()
    for _ in range(WARM_UP):
        _ask(application, path, cookie, host)
        with nobody_looks():
            _ask(application, path, cookie, host)
    logged, bare = [], []
    gc.collect()
    for _ in range(times):
        logged.append(_ask(application, path, cookie, host))
        with nobody_looks():
            bare.append(_ask(application, path, cookie, host))
    return {"logged": median(logged), "bare": median(bare)}


def _ask(application: Any, path: str, cookie: str, host: str) -> float:
    said: list[str] = []

    def start(status: str, headers: Sequence[tuple[str, str]], *_: object) -> None:
        said.append(status)

    environ = _environ(path, cookie, host)
    began_at = time.perf_counter()
    answer = application(environ, start)
    for _ in answer:
        pass
    answer.close()
    milliseconds = (time.perf_counter() - began_at) * 1000
    if not said[0].startswith("200"):
        raise BenchFailed(f"{path} answers {said[0]}.")
    return milliseconds


def _environ(path: str, cookie: str, host: str) -> Mapping[str, Any]:
    environ = {
        "PATH_INFO": path,
        "HTTP_HOST": host,
        "HTTP_COOKIE": cookie,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(),
    }
    setup_testing_defaults(environ)
    return environ

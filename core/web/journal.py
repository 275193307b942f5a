"""What every request leaves behind: a log line and a share of the metrics, no word on a person."""

import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from prometheus_client import Counter, Histogram

from core.web.request_id import current_request_id

REQUESTS = Counter(
    "portal_http_requests", "Requests answered, by view.", ["view", "method", "status"]
)
SECONDS = Histogram(
    "portal_http_request_seconds",
    "Seconds until the answer began, by view.",
    ["view"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0),
)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SERVER_FAULT = 500

log = structlog.get_logger("portal.request")


class JournalMiddleware:
    """Names the view, never the path or the query: these may hold a person's words or a secret."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._counters: dict[tuple[str, str, int], Counter] = {}
        self._histograms: dict[str, Histogram] = {}
        self._static = "/" + settings.STATIC_URL.strip("/") + "/"

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began_at = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - began_at
        view = self._view_name(request, response)
        method = request.method if request.method in METHODS else "other"
        self._count(view, str(method), response.status_code, seconds)
        if view != "static":
            say = log.error if response.status_code >= SERVER_FAULT else log.info
            say(
                "request",
                request_id=current_request_id.get(),
                view=view,
                method=method,
                status=response.status_code,
                ms=round(seconds * 1000, 2),
            )
        return response

    def _view_name(self, request: HttpRequest, response: HttpResponseBase) -> str:
        if (match := request.resolver_match) is not None:
            return match.view_name
        if request.path_info.startswith(self._static):
            return "static"
        return "cached" if "Age" in response else "unmatched"

    def _count(self, view: str, method: str, status: int, seconds: float) -> None:
        key = (view, method, status)
        if (counter := self._counters.get(key)) is None:
            counter = self._counters[key] = REQUESTS.labels(view, method, status)
        if (histogram := self._histograms.get(view)) is None:
            histogram = self._histograms[view] = SECONDS.labels(view)
        counter.inc()
        histogram.observe(seconds)

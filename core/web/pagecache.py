"""Keeps public pages in the process's memory for a moment, and answers conditional requests."""

import gzip
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeGuard

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, ResponseHeaders
from django.utils.http import parse_etags

from core.visits.counting import count_opening
from core.web.headers import CheckedHeaders
from core.web.public import PublicPolicy
from core.web.revision import current_revision

LONGEST_SECONDS = 60
LARGEST_BODY = 512 * 1024
LARGEST_QUERY = 512
WORTH_COMPRESSING = 860
MEGABYTE = 1024 * 1024
COMPRESSIBLE = (
    "text/",
    "application/json",
    "application/geo+json",
    "application/ld+json",
    "image/svg",
)
# Belong to one answer, not to the page.
OWN_HEADERS = frozenset({"x-request-id", "content-length", "set-cookie", "date"})
ABOUT_THE_BODY = frozenset({"content-type", "content-length", "content-encoding"})
NOT_MODIFIED = 304

NO_GZIP = re.compile(r"gzip\s*;\s*q=0(\.0*)?\s*(,|$)")

Key = tuple[str, ...]
# Whose page it is, (kind, key), where a view says so: its openings are counted.
Thing = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Form:
    """A page in one encoding, as it is sent."""

    body: bytes
    headers: ResponseHeaders

    @classmethod
    def of(cls, body: bytes, headers: ResponseHeaders, **changed: str) -> "Form":
        """Take over what belongs to the page, not what belongs to one answer."""
        lasting = CheckedHeaders(headers, without=OWN_HEADERS)
        for name, value in {**changed, "Content-Length": str(len(body))}.items():
            lasting[name.replace("_", "-")] = value
        return cls(body, lasting)


@dataclass(slots=True)
class Page:
    """One answer as it left the innermost middleware, with its compressed form."""

    plain: Form
    stored_at: float
    expires_at: float
    revision: int
    worth_compressing: bool = False
    thing: Thing | None = None
    size: int = field(init=False)
    _compressed: Form | None = None

    def __post_init__(self) -> None:
        # As if it were compressed already: a page's size must not change while it is kept.
        self.size = (len(self.plain.body) + 1024) * (2 if self.worth_compressing else 1)

    @property
    def etags(self) -> tuple[str, str]:
        """Of the plain and of the compressed form: a strong mark differs where a byte does."""
        plain = self.plain.headers["ETag"]
        return plain, f'{plain[:-1]}-gz"'

    def compressed(self) -> Form:
        """Compress when somebody first wants it so: most programs never do."""
        if self._compressed is None:
            # Nothing secret is on a public page, so this gives nothing away (BREACH).
            body = gzip.compress(self.plain.body, compresslevel=5, mtime=0)
            self._compressed = Form.of(
                body, self.plain.headers, ETag=self.etags[1], Content_Encoding="gzip"
            )
        return self._compressed

    def is_fresh(self, now: float, revision: int) -> bool:
        return now < self.expires_at and revision == self.revision


class Pages:
    """A small least-recently-used store, bounded by bytes."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: Key) -> Page | None:
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None
            if not page.is_fresh(time.monotonic(), current_revision()):
                self._drop(key)
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: Key, page: Page) -> None:
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self._size += page.size
            while self._size > self._capacity:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._size = 0

    def __len__(self) -> int:
        return len(self._pages)

    def _drop(self, key: Key) -> None:
        if (page := self._pages.pop(key, None)) is not None:
            self._size -= page.size


pages = Pages(settings.PAGE_CACHE_MB * MEGABYTE)


class PageCacheMiddleware:
    """Stands outermost: a hit costs neither session, language, address resolution nor template."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        key = _key(request)
        if (page := pages.get(key)) is not None:
            _count(request, page.thing)
            return _answer(request, page, age=int(time.monotonic() - page.stored_at))
        # Before the view reads: a change meanwhile outdates the page.
        revision = current_revision()
        response = self.get_response(request)
        _count(request, getattr(response, "thing", None))
        if not _is_page(response):
            return response
        may_keep = _may_keep(request, response)
        if not may_keep and _goes_as_it_is(request, response):
            response.headers["Content-Length"] = str(len(response.content))
            return response
        page = _page(response, revision)
        if may_keep:
            pages.put(key, page)
        return _answer(request, page, age=None)


def _count(request: HttpRequest, thing: Thing | None) -> None:
    if thing is not None and request.method == "GET":
        count_opening(thing, agent=request.META.get("HTTP_USER_AGENT", ""))


def _key(request: HttpRequest) -> Key:
    meta = request.META
    scheme = request.scheme or "http"
    return (scheme, meta.get("HTTP_HOST", ""), request.path, meta.get("QUERY_STRING", ""))


def _is_page(response: HttpResponseBase) -> TypeGuard[HttpResponse]:
    """Tell a 200 of a public view; anything else passes as it is."""
    return (
        getattr(response, "public_policy", None) is not None
        and isinstance(response, HttpResponse)
        and "ETag" in response.headers
    )


def _goes_as_it_is(request: HttpRequest, response: HttpResponse) -> bool:
    """Tell an answer that is neither compressed nor compared with what the asker holds."""
    meta = request.META
    return (
        request.method == "GET"
        and "HTTP_IF_NONE_MATCH" not in meta
        and "HTTP_ACCEPT_ENCODING" not in meta
        and not response.cookies
    )


def _page(response: HttpResponse, revision: int) -> Page:
    policy: PublicPolicy = response.public_policy  # type: ignore[attr-defined]
    now = time.monotonic()
    body, headers = response.content, response.headers
    return Page(
        plain=Form.of(body, headers),
        worth_compressing=_is_worth_compressing(body, headers),
        thing=getattr(response, "thing", None),
        stored_at=now,
        expires_at=now + min(policy.max_age, LONGEST_SECONDS),
        revision=revision,
    )


def _may_keep(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        settings.PAGE_CACHE_MB > 0
        and request.method == "GET"
        and not response.cookies
        and response.headers.get("Vary", "") == "Accept-Encoding"
        and len(response.content) <= LARGEST_BODY
        and len(request.META.get("QUERY_STRING", "")) <= LARGEST_QUERY
    )


def _is_worth_compressing(body: bytes, headers: ResponseHeaders) -> bool:
    wanted = headers.get("Content-Type", "").startswith(COMPRESSIBLE)
    return wanted and len(body) >= WORTH_COMPRESSING and "Content-Encoding" not in headers


def _answer(request: HttpRequest, page: Page, age: int | None) -> HttpResponse:
    form = page.plain
    if page.worth_compressing and _takes_gzip(request):
        form = page.compressed()
    asked = request.META.get("HTTP_IF_NONE_MATCH")
    if asked and _matches(asked, page):
        response = HttpResponse(status=NOT_MODIFIED)
        response.headers = _without_entity(form.headers)
    else:
        response = HttpResponse(b"" if request.method == "HEAD" else form.body)
        response.headers = CheckedHeaders(form.headers)
    if age is not None:
        response.headers["Age"] = str(age)
    return response


def _takes_gzip(request: HttpRequest) -> bool:
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    return "gzip" in accepted and not NO_GZIP.search(accepted)


def _matches(asked: str, page: Page) -> bool:
    tags = parse_etags(asked)
    return "*" in tags or any(tag.removeprefix("W/") in page.etags for tag in tags)


def _without_entity(headers: ResponseHeaders) -> ResponseHeaders:
    """Answer what a 304 repeats: everything but what describes a body it does not carry."""
    return CheckedHeaders(headers, without=ABOUT_THE_BODY)

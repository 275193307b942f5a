"""Marks a view as public: readable without sign-in, cacheable by anyone, and unable to write."""

import hashlib
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, NoReturn, TypeVar, cast

from django.contrib.auth.decorators import login_not_required
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.http import parse_etags

from core.web.errors import not_allowed
from core.web.headers import ConstantHeaders
from core.web.readonly import read_only, read_only_chunks
from core.web.revision import current_revision

View = Callable[..., Any]
ViewT = TypeVar("ViewT")
ERRORS_FROM = 400
# How long a page may be told that says where one place is: it may have to be a secret from now on.
BRIEFLY = 30
# How long a shared cache may still tell what is too old, while it asks for what is new.
STALE_SECONDS = 10
ALLOWED = ("GET", "HEAD", "OPTIONS")
# A shared cache keeps one answer for everybody, so none of these may decide what is answered.
PERSONAL = ("session", "user", "auser", "_messages", "COOKIES", "htmx")
# Where Django's CSRF protection notes the visitor's token.
CSRF_MARKS = ("CSRF_COOKIE", "CSRF_COOKIE_NEEDS_UPDATE")
NEVER_VARIES_ON = frozenset({"cookie", "accept-language", "accept-encoding"})


class PersonTouched(RuntimeError):
    """A public view looked at who is asking; the message names what it touched."""


class Refused:
    """Stands where the session, the user, … would be, and raises when anything looks at it."""

    def __init__(self, what: str) -> None:
        object.__setattr__(self, "_what", what)

    def _refuse(self, *_args: object) -> NoReturn:
        what = object.__getattribute__(self, "_what")
        raise PersonTouched(
            f"A public page is the same for everybody and may not use request.{what}. "
            "Drop @public, or ask for it on a page of its own."
        )

    __getattr__ = __setattr__ = __call__ = __getitem__ = __setitem__ = __contains__ = _refuse
    __iter__ = __len__ = __bool__ = __eq__ = __str__ = _refuse
    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class PublicPolicy:
    """How long anybody may keep the answer, in seconds."""

    max_age: int

    @property
    def cache_control(self) -> str:
        return f"public, max-age={self.max_age}, stale-while-revalidate={STALE_SECONDS}"

    @cached_property
    def headers(self) -> ConstantHeaders:
        return ConstantHeaders({"Cache-Control": self.cache_control, "Vary": "Accept-Encoding"})


def public(*, max_age: int) -> Callable[[ViewT], ViewT]:
    """Mark a function view, the answer of `as_view()`, or a class that has `as_view`."""
    policy = PublicPolicy(max_age)

    def decorate(view: ViewT) -> ViewT:
        if isinstance(view, type):
            return cast(ViewT, _public_class(view, policy))
        return cast(ViewT, _public_view(cast(View, view), policy))

    return decorate


def anonymous(view: View) -> View:
    """Open a view to people who have not signed in; its GET is read-only, nobody keeps it."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return cast(HttpResponseBase, view(request, *args, **kwargs))
        with read_only():
            return _rendered(view(request, *args, **kwargs))

    return login_not_required(wrapped)


def is_public(view: View) -> bool:
    return getattr(view, "public_policy", None) is not None


def open_routes() -> Iterator[tuple[str, View]]:
    """Yield every address that needs no sign-in, as (route, view), in the order of the URLconf."""
    for route, view in _routes(get_resolver().url_patterns, ""):
        if not getattr(view, "login_required", True):
            yield route, view


def public_routes() -> Iterator[tuple[str, View]]:
    """Yield every address that is marked with `@public`."""
    return ((route, view) for route, view in open_routes() if is_public(view))


def _routes(patterns: list[Any], prefix: str) -> Iterator[tuple[str, View]]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from _routes(entry.url_patterns, f"{prefix}{entry.pattern}")
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.pattern}", entry.callback


def _public_class(view_class: Any, policy: PublicPolicy) -> Any:
    make_view = view_class.as_view.__func__

    def as_view(cls: type, *args: Any, **kwargs: Any) -> View:
        return _public_view(make_view(cls, *args, **kwargs), policy)

    view_class.as_view = classmethod(as_view)
    return view_class


def _public_view(view: View, policy: PublicPolicy) -> View:
    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method not in ALLOWED:
            return not_allowed(request, ALLOWED)
        request.is_public_page = True  # type: ignore[attr-defined]
        with _nobody(request), read_only():
            response = _rendered(view(request, *args, **kwargs))
        _let_anybody_keep(response, policy, request)
        return _unchanged(request, response) or response

    wrapped.public_policy = policy  # type: ignore[attr-defined]
    # It takes nothing, so nobody needs a token to be told so.
    wrapped.csrf_exempt = True  # type: ignore[attr-defined]
    return login_not_required(wrapped)


def _rendered(response: Any) -> HttpResponseBase:
    """Render now, inside the guard, what Django would render after the view."""
    if hasattr(response, "render") and not response.is_rendered:
        response = response.render()
    if isinstance(response, StreamingHttpResponse) and not response.is_async:
        response.streaming_content = read_only_chunks(cast(Any, response.streaming_content))
    return cast(HttpResponseBase, response)


@contextmanager
def _nobody(request: HttpRequest) -> Iterator[None]:
    """Take away who is asking while the view runs, and give it back to the middleware."""
    taken = {name: getattr(request, name) for name in PERSONAL if name in request.__dict__}
    csrf = {name: request.META.pop(name) for name in _csrf_names(request)}
    for name in (*taken, "COOKIES"):
        setattr(request, name, Refused(name))
    try:
        yield
        if _csrf_names(request):
            raise PersonTouched("A public page may not hold a CSRF token: it is one person's.")
    finally:
        request.__dict__.pop("COOKIES")
        request.__dict__.update(taken)
        request.META.update(csrf)


def _csrf_names(request: HttpRequest) -> list[str]:
    return [name for name in CSRF_MARKS if name in request.META]


def _mark(body: bytes) -> str:
    """Tell bodies apart, not friend from foe: of what tells enough, processors do this fastest."""
    return hashlib.sha1(body, usedforsecurity=False).hexdigest()[:24]


def _stream_mark(request: HttpRequest, policy: PublicPolicy) -> str:
    """Mark what is too long to be read for a mark: the data's revision, and when it was asked.

    What a stream tells of "now" may be as old as it may be kept.
    """
    window = int(time.time()) // max(policy.max_age, 1)
    told = f"{current_revision()} {window} {request.get_full_path()}"
    return f'W/"{hashlib.blake2b(told.encode(), digest_size=12).hexdigest()}"'


def _unchanged(request: HttpRequest, response: HttpResponseBase) -> HttpResponse | None:
    """Answer 304 for a stream that the asker has already; whole pages are the page cache's."""
    asked = request.META.get("HTTP_IF_NONE_MATCH", "")
    if not response.streaming or response.headers.get("ETag") not in parse_etags(asked):
        return None
    response.close()
    kept = ("ETag", "Cache-Control", "Vary")
    headers = {name: response.headers[name] for name in kept if name in response.headers}
    return HttpResponseNotModified(headers=headers)


def _let_anybody_keep(
    response: HttpResponseBase, policy: PublicPolicy, request: HttpRequest
) -> None:
    if response.status_code >= ERRORS_FROM:
        response.headers.setdefault("Cache-Control", "no-store")
        return
    policy.headers.set_where_missing_on(response)
    if vary := response.headers["Vary"].replace("Accept-Encoding", ""):
        names = re.findall(r"[^\s,]+", vary)
        kept = [name for name in names if name.lower() not in NEVER_VARIES_ON]
        response.headers["Vary"] = ", ".join(("Accept-Encoding", *kept))
    if isinstance(response, HttpResponse) and response.status_code == HttpResponse.status_code:
        response.headers.setdefault("ETag", f'"{_mark(response.content)}"')
    elif response.streaming and response.status_code == HttpResponse.status_code:
        response.headers.setdefault("ETag", _stream_mark(request, policy))
    # Read by the page cache, which is the last to touch the answer.
    response.public_policy = policy  # type: ignore[attr-defined]

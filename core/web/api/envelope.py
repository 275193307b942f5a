"""The one form of every list: how many, what comes before and after, and the results."""

import json
from urllib.parse import urlencode

from django.http import HttpRequest


def list_body(
    request: HttpRequest,
    results: bytes,
    *,
    count: int,
    capped: bool,
    page: int,
    has_next: bool,
) -> bytes:
    """Join ready JSON objects (without the brackets) to a list as bytes."""
    following = _address(request, page + 1) if has_next else b"null"
    previous = _address(request, page - 1) if page > 1 else b"null"
    return b'{"count":%d,"count_capped":%s,"next":%s,"previous":%s,"results":[%s]}' % (
        count,
        b"true" if capped else b"false",
        following,
        previous,
        results,
    )


def origin_of(request: HttpRequest) -> str:
    """Answer the portal's own address as it was asked at; worked out once for each request."""
    known: str | None = getattr(request, "origin", None)
    if known is None:
        known = request.origin = f"{request.scheme}://{request.get_host()}"  # type: ignore[attr-defined]
    return known


def with_origin(request: HttpRequest, objects: bytes) -> bytes:
    """Answer ready JSON objects with whole addresses: they are stored without the portal's own."""
    return objects.replace(b'"url":"/', b'"url":"%b/' % origin_of(request).encode())


def _address(request: HttpRequest, page: int) -> bytes:
    return json.dumps(page_address(request, page)).encode()


def page_address(request: HttpRequest, page: int) -> str:
    """Answer the address of another page of the same list."""
    asked = [(name, request.GET[name]) for name in request.GET if name != "page"]
    parts = [urlencode(asked)] if asked else []
    if page > 1:
        parts.append(f"page={page}")
    query = f"?{'&'.join(parts)}" if parts else ""
    return f"{origin_of(request)}{request.path}{query}"
